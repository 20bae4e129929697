"""Judgements applied: a person's verdicts on claims and values, and on which claims are one happening."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from stemma.merge.deciding import ADDED, ON_CLAIMS, ON_EDGES, ON_PAIRS, decided
from stemma.merge.identity import ENTITY_SIGN, End, Identity, end_of
from stemma.merge.making import at_of
from stemma.merge.protocol import Held
from stemma.model import Claim, Coding, Entity, Judgement, Note

Pair = frozenset[tuple[str, str]]


@dataclass(slots=True)
class Judged:
    """The reports with all verdicts applied, and what was judged of claims, entities and reports together.

    `same` and `apart` are pairs of claims, `identity` pairs of entities, `edges` the judgements on which
    report depends on which, those on pairs of reports among them. `skipped` are judgements on what is no
    longer there or cannot be followed, each with the reason.
    """

    held: list[Held]
    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    identity: Identity = field(default_factory=Identity)
    edges: list[Judgement] = field(default_factory=list)
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
    last = decided(judgements)
    held = [_with_added(one, last, judged) for one in held]
    by_report: dict[str, list[Judgement]] = {}
    paired = _Paired(held, judged, incident_claim)
    for judgement in last:
        if judgement.verdict in ON_PAIRS:
            paired.take(judgement)
        elif judgement.verdict in ON_EDGES:
            judged.edges.append(judgement)
        elif judgement.verdict in ON_CLAIMS:
            at = at_of(judgement.subject)
            if at is None or not paired.knows(at.report, at.claim):
                judged.skipped.append((judgement, "the claim is no longer there"))
            else:
                by_report.setdefault(at.report, []).append(judgement)
    judged.same = frozenset(paired.same - paired.apart)
    judged.apart = frozenset(paired.apart)
    judged.held = [_judge(one, by_report.get(one.report, ()), judged) for one in held]
    return judged


def identity_of(held: Sequence[Held], judgements: Iterable[Judgement]) -> Identity:
    """The entities of these reports that people judged one party, or two."""
    judged = Judged([])
    paired = _Paired(held, judged, lambda _: None)
    for judgement in decided(judgements):
        if judgement.verdict in ON_PAIRS:
            paired.take(judgement)
    return judged.identity


class _Paired:
    """The judgements that two claims, entities, incidents or reports are one, or two."""

    def __init__(
        self, held: Sequence[Held], judged: Judged, incident_claim: Callable[[str], tuple[str, str] | None]
    ) -> None:
        self.same: set[Pair] = set()
        self.apart: set[Pair] = set()
        self._judged = judged
        self._incident_claim = incident_claim
        self._claims = {one.report: {claim.id for claim in one.coding.claims} for one in held}
        self._entities = {one.report: {entity.id for entity in one.coding.entities} for one in held}

    def knows(self, report: str, claim: str) -> bool:
        """True where this claim is there."""
        return claim in self._claims.get(report, ())

    def take(self, judgement: Judgement) -> None:
        """Sorts a judgement on a pair to what it is about, or skips it with a reason."""
        paths = [judgement.subject, str(judgement.value or "")]
        ends = [end for path in paths if (end := end_of(path))]
        if len(ends) == 2 and ends[0] != ends[1]:
            if all(self._has(end) for end in ends):
                self._judged.identity.add(judgement, (ends[0], ends[1]))
                return
        elif all(report_of(path) for path in paths) and paths[0] != paths[1]:
            if all(report_of(path) in self._claims for path in paths):
                self._judged.edges.append(judgement)
                return
        else:
            claims = [self._claim(path) for path in paths]
            if None not in claims and claims[0] != claims[1]:
                pair = frozenset(claim for claim in claims if claim)
                (self.same if judgement.verdict == "same" else self.apart).add(pair)
                return
        self._judged.skipped.append((judgement, "one of the two is no longer there"))

    def _has(self, end: End) -> bool:
        return end.report is None or end.name in self._entities.get(end.report, ())

    def _claim(self, path: str) -> tuple[str, str] | None:
        at = at_of(path)
        if at is None:
            return self._incident_claim(path)
        return (at.report, at.claim) if self.knows(at.report, at.claim) else None


def report_of(path: str) -> str:
    """The report of a subject `REPORT#`, a report as a whole; empty for any other path."""
    return path.removesuffix("#") if path.endswith("#") else ""


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
