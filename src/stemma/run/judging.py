"""Judgements from outside the desk: made and checked, undone, and exchanged between casebooks."""

from __future__ import annotations

import datetime
import getpass
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from stemma.errors import UsageError
from stemma.merge import Held
from stemma.merge.deciding import ON_EDGES, ON_PAIRS, Conflict, conflicts_of, settlement
from stemma.merge.identity import ENTITY_SIGN, end_of
from stemma.merge.judgements import apply_judgements
from stemma.merge.lineage_judged import judge_lineage
from stemma.model import Judgement, Lineage, standing
from stemma.run.keeping import reports_of
from stemma.store.members import require_reviewer
from stemma.store.protocol import Store

HASH_SHOWN: Final = 10
"""Hex digits of a judgement's hash that are shown, and the fewest that name one but for chance."""

LONGEST_LINE: Final = 1_000_000
"""Characters of one line of a file of judgements; a claim added by hand has some thousand."""

MOST_FAULTS: Final = 20
"""Lines that are no judgement after which the rest of a file is left: it is some other file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks to be judged: `other` is the second of a pair or the parent of an edge."""

    verdict: str
    subject: str
    other: str | None = None
    value: Any = None
    kind: str | None = None


def judge(store: Store, asked: Asked, person: str, reason: str | None) -> Judgement:
    """Writes a judgement down and gives it; raises `UsageError` for one that cannot be followed."""
    require_reviewer(store.members(), person)
    if asked.verdict in ("undo", "redo"):
        return _turn(store, asked, person, reason)
    path = subject_path(store, asked.subject)
    value = asked.value
    if asked.verdict in ON_PAIRS:
        value = subject_path(store, _needed(asked.other, "the other one"))
    elif asked.verdict in ON_EDGES:
        path = _report_path(store, asked.subject)
        value = {"parent": _parent(store, _needed(asked.other, "the parent"))}
        if asked.verdict == "depends":
            value["kind"] = asked.kind or "copies"
    elif asked.verdict in ("correct", "add") and value is None:
        raise UsageError("to what?", where=asked.verdict, mend="give the value as JSON with --value")
    made = _made(path, asked.verdict, value, person, reason)
    _check(store, made)
    store.judge(made)
    return made


def _needed(given: str | None, what: str) -> str:
    if not given:
        raise UsageError(f"{what} is missing", where="OTHER", mend="see `stemma judge --help`")
    return given


def _made(subject: str, verdict: str, value: Any, person: str, reason: str | None) -> Judgement:
    at = datetime.datetime.now(datetime.UTC)
    return Judgement(subject=subject, verdict=verdict, value=value, person=person, at=at, reason=reason)


def find_person(reviewer: str | None) -> str:
    """Who judges: the name given, else the login name; raises `UsageError` where there is neither."""
    if reviewer is not None and reviewer.strip():
        return reviewer.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise UsageError("who judges?", where="reviewer", mend="give the name of the reviewer") from error


def subject_path(store: Store, given: str) -> str:
    """The wire path of what a person names: a claim or value, an entity, a report, an incident.

    An entity may be `REPORT#e3`, a report its id alone. An incident is judged by its first claim, since its
    id changes when a claim joins it. Raises `UsageError` where there is nothing of that name.
    """
    given = given.strip()
    if end_of(given) is not None:
        return given
    if "#" not in given and given.startswith("i-"):
        for record in store.merged():
            for incident in record.incidents:
                if incident.id == given and incident.claims:
                    return f"{incident.claims[0].report}#{incident.claims[0].claim}"
    report, sign, rest = given.rpartition("#")
    if not sign or not rest:
        return _report_path(store, given)
    coding = _held(store, report).coding
    name = rest.partition("/")[0]
    is_claim = any(claim.id == name for claim in coding.claims)
    is_entity = not is_claim and any(entity.id == name for entity in coding.entities)
    return f"{report}#{ENTITY_SIGN}{name}" if is_entity else given


def _report_path(store: Store, given: str) -> str:
    report = given.removesuffix("#")
    _held(store, report)
    return f"{report}#"


def _parent(store: Store, given: str) -> str:
    if given.startswith(("outlet:", "source:")) and given.partition(":")[2].strip():
        return given
    return _report_path(store, given).removesuffix("#")


def _held(store: Store, report: str) -> Held:
    try:
        return Held(store.document(report), store.coding(report))
    except KeyError as error:
        raise UsageError(
            "there is no such report, claim, entity or incident",
            where=report,
            mend="write REPORT#CLAIM, REPORT#ENTITY, @NAME, REPORT, or an incident's id after `stemma merge`",
        ) from error


def _check(store: Store, made: Judgement) -> None:
    """Raises `UsageError` where merging would skip this judgement now."""
    held = [_held(store, report) for report in sorted(reports_of(made))]
    before = [one for one in store.judgements() if reports_of(one) & reports_of(made)]
    judged = apply_judgements(held, [*before, made])
    judge_lineage(Lineage(), judged)
    for skipped, why in judged.skipped:
        if skipped == made:
            raise UsageError(why, where=made.subject, mend="look at it with `stemma show REPORT`")


def _turn(store: Store, asked: Asked, person: str, reason: str | None) -> Judgement:
    """Takes back a judgement of this person, or lets it stand again: the one named, else the last."""
    given = list(store.judgements())
    stands = {one.content_hash() for one in standing(given)}
    mine = [one for one in given if one.person == person and one.verdict not in ("undo", "redo")]
    wanted = [one for one in mine if (one.content_hash() in stands) is (asked.verdict == "undo")]
    if asked.subject:
        wanted = [one for one in wanted if one.content_hash().startswith(asked.subject)]
    if not wanted:
        raise UsageError(
            f"{person} has no such judgement", where=asked.verdict, mend="see `stemma judgements list`"
        )
    made = _made(wanted[-1].subject, asked.verdict, wanted[-1].content_hash(), person, reason)
    store.judge(made)
    return made


def settle(store: Store, hashed: str, person: str, reason: str | None) -> Judgement:
    """Ends the conflict in which the judgement of this hash is a side: it holds, the others do not."""
    require_reviewer(store.members(), person)
    for conflict in conflicts_of(store.judgements()):
        for side in conflict.sides:
            if hashed and side.content_hash().startswith(hashed):
                made = _made(side.subject, "settle", settlement(conflict, side), person, reason)
                store.judge(made)
                return made
    raise UsageError(
        "no conflict has a judgement of this hash", where=hashed, mend="see `stemma judgements conflicts`"
    )


def conflicts(store: Store) -> list[Conflict]:
    """The conflicts between reviewers that nobody has settled."""
    return conflicts_of(store.judgements())


def export_lines(store: Store) -> Iterator[str]:
    """All judgements, undone ones too, in the order given, each as one line of JSON."""
    for judgement in store.judgements():
        yield judgement.wire_json()


@dataclass(slots=True)
class Imported:
    """What an import did. `faults` are the lines that are no judgement, each with the reason."""

    new: int = 0
    known: int = 0
    elsewhere: int = 0
    faults: list[str] = field(default_factory=list)


def import_lines(store: Store, lines: Iterable[str], where: str) -> Imported:
    """Takes in judgements as `export_lines` writes them; known ones are passed over.

    Those on reports that are not held (`elsewhere`) are kept: they count as soon as the reports are added.
    """
    known = {one.content_hash() for one in store.judgements()}
    held = set(store.report_ids())
    done = Imported()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if len(line) > LONGEST_LINE:
                raise ValueError("too long")
            judgement = Judgement.from_wire(line)
        except (ValidationError, ValueError) as error:
            short = "too long" if str(error) == "too long" else "no judgement"
            done.faults.append(f"{where}:{number}: {short}; left out")
            if len(done.faults) > MOST_FAULTS:
                break
            continue
        if judgement.content_hash() in known:
            done.known += 1
            continue
        known.add(judgement.content_hash())
        store.judge(judgement)
        done.new += 1
        done.elsewhere += not reports_of(judgement) <= held
    return done


def read_value(given: str | None) -> Any:
    """The value of `--value`: JSON; raises `UsageError` for what is none."""
    if given is None:
        return None
    try:
        return json.loads(given)
    except ValueError as error:
        raise UsageError(
            f"is no JSON ({error})", where="--value", mend='write \'{"text": "May"}\''
        ) from error
