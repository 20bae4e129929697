"""Judgements applied: a person's verdicts on claims and values, and on which claims are one happening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pydantic import ValidationError

from stemma.merge.making import at_of
from stemma.merge.protocol import Held
from stemma.model import Claim, Coding, Entity, Judgement, Note, standing

Pair = frozenset[tuple[str, str]]
ON_PAIRS: Final = frozenset(("same", "not-same"))
ON_CLAIMS: Final = frozenset(("accept", "reject", "correct"))
ADDED: Final = "add"
ENTITY_SIGN: Final = "@"
"""Marks an entity in a subject, `REPORT#@ENTITY`: claims and entities have ids of their own."""


@dataclass(slots=True)
class Judged:
    """The reports with all verdicts applied, and the pairs of claims judged one or two.

    `skipped` are judgements on what is no longer there or cannot be followed, each with the reason.
    """

    held: list[Held]
    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    skipped: list[tuple[Judgement, str]] = field(default_factory=list)


def apply_judgements(
    held: Sequence[Held],
    judgements: Iterable[Judgement],
    incident_claim: Callable[[str], tuple[str, str] | None] = lambda _: None,
) -> Judged:
    """The reports as people judged them, the last verdict on a subject standing; what was undone is not.

    A rejected claim is left out, a corrected value replaced, an accepted claim loses its doubt about the
    machine (its score becomes 1), never the report's own hedge. `incident_claim` gives the first claim of
    an incident's id, for judgements on incidents.
    """
    judged = Judged([])
    last: dict[tuple[str, str], Judgement] = {}
    for judgement in standing(sorted(judgements, key=_moment)):
        if judgement.verdict == "note":  # it says something, and decides nothing
            continue
        about = str(judgement.value) if judgement.verdict in ON_PAIRS else ""
        last[judgement.subject, ADDED if judgement.verdict == ADDED else about] = judgement
    held = [_with_added(one, last.values(), judged) for one in held]
    by_report: dict[str, list[Judgement]] = {}
    same: set[Pair] = set()
    apart: set[Pair] = set()
    known = {one.report: {claim.id for claim in one.coding.claims} for one in held}

    def claim_of(path: str) -> tuple[str, str] | None:
        at = at_of(path)
        if at is None:
            return incident_claim(path)
        return (at.report, at.claim) if at.claim in known.get(at.report, ()) else None

    for judgement in last.values():
        if judgement.verdict in ON_PAIRS:
            ends = [claim_of(judgement.subject), claim_of(str(judgement.value or ""))]
            if None in ends or ends[0] == ends[1]:
                judged.skipped.append((judgement, "one of the two is no longer there"))
                continue
            pair = frozenset(end for end in ends if end)
            (same if judgement.verdict == "same" else apart).add(pair)
        elif judgement.verdict in ON_CLAIMS:
            at = at_of(judgement.subject)
            if at is None or at.claim not in known.get(at.report, ()):
                judged.skipped.append((judgement, "the claim is no longer there"))
            else:
                by_report.setdefault(at.report, []).append(judgement)
    judged.same, judged.apart = frozenset(same - apart), frozenset(apart)
    judged.held = [_judge(one, by_report.get(one.report, ()), judged) for one in held]
    return judged


def _with_added(held: Held, judgements: Iterable[Judgement], judged: Judged) -> Held:
    """`held` with the claims and entities that people added to it, the machine's first."""
    claims = {claim.id: claim for claim in held.coding.claims}
    entities = {entity.id: entity for entity in held.coding.entities}
    for judgement in judgements:
        report, _, name = judgement.subject.rpartition("#")
        if judgement.verdict != ADDED or report != held.report:
            continue
        try:
            wire = dict(judgement.value)
            if name.startswith(ENTITY_SIGN):
                added = Entity.from_wire({**wire, "id": name.removeprefix(ENTITY_SIGN)})
                entities.setdefault(added.id, added)
            else:
                claim = Claim.from_wire({**wire, "id": name})
                claims.setdefault(claim.id, claim)
        except (ValidationError, ValueError, TypeError):
            judged.skipped.append((judgement, "what was added is no claim and no entity"))
    if len(claims) == len(held.coding.claims) and len(entities) == len(held.coding.entities):
        return held
    parts = {"claims": tuple(claims.values()), "entities": tuple(entities.values())}
    return Held(held.document, held.coding.model_copy(update=parts))


def _moment(judgement: Judgement) -> tuple[float, str, str]:
    try:
        stamp = judgement.at.timestamp()
    except (OverflowError, ValueError, OSError):
        stamp = 0.0
    return stamp, judgement.subject, judgement.person


def _judge(held: Held, judgements: Iterable[Judgement], judged: Judged) -> Held:
    claims: dict[str, Claim] = {claim.id: claim for claim in held.coding.claims}
    # Values first: a claim that is corrected and then rejected as a whole is gone.
    for judgement in sorted(judgements, key=lambda j: "/" not in j.subject.rpartition("#")[2]):
        name, _, value = judgement.subject.rpartition("#")[2].partition("/")
        if name not in claims:
            continue
        changed = _changed(claims[name], value, judgement, judged)
        if changed is None:
            del claims[name]
        else:
            claims[name] = changed
    if tuple(claims.values()) == held.coding.claims:
        return held
    coding: Coding = held.coding.model_copy(update={"claims": tuple(claims.values())})
    return Held(held.document, coding)


def _changed(claim: Claim, value: str, judgement: Judgement, judged: Judged) -> Claim | None:
    """The claim as judged; None where it is rejected."""
    if judgement.verdict == "accept":
        return claim.model_copy(update={"score": 1.0}) if not value else claim
    if judgement.verdict == "reject" and not value:
        return None
    wire = claim.wire()
    new = judgement.value if judgement.verdict == "correct" else None
    try:
        if value:
            _put(wire, value.split("."), new, drop=judgement.verdict == "reject")
        elif isinstance(new, dict):
            wire = {**new, "id": claim.id}
        else:
            raise ValueError("a claim is corrected by a whole claim")
        changed = Claim.from_wire(wire)
    except (ValidationError, ValueError, KeyError, IndexError, TypeError):
        judged.skipped.append((judgement, "the value does not fit the claim"))
        return claim
    verb = "corrected" if judgement.verdict == "correct" else "rejected"
    said = f"{verb} by {judgement.person}: {value or 'all'}"
    return changed.model_copy(update={"notes": (*changed.notes, Note(code="judged", text=said))})


def _put(wire: Any, path: Sequence[str], new: Any, *, drop: bool) -> None:
    """Sets or, with `drop`, takes out the value at a path (`time.start`, `counts.0`, `roles.actor`)."""
    for step in path[:-1]:
        wire = wire[int(step)] if isinstance(wire, list) else wire[step]
    last = path[-1]
    if isinstance(wire, list):
        if drop:
            del wire[int(last)]
        else:
            wire[int(last)] = new
    elif drop and isinstance(wire.get(last), list):
        wire[last] = []
    elif drop and isinstance(wire.get(last), bool):
        wire[last] = False
    else:
        wire[last] = new
