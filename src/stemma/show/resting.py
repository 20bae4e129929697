"""On whose word a claim rests: its incident's origins, each with the reports that stand on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.model import ClaimAt, Descent, Incident, Origins, Record
from stemma.show.ledger import LedgerRow, make_ledger
from stemma.show.told import Told, told_in

DEEPEST: Final = 20
"""Steps of a lineage that are walked; circular citations have no end."""


@dataclass(frozen=True, slots=True)
class Step:
    """A report below an origin: `depth` steps from it, and how it depends on the report above (null for the
    first ones)."""

    told: Told
    depth: int
    how: str | None
    credited: bool


@dataclass(frozen=True, slots=True)
class Root:
    """One origin, with the reports that rest on it, each under the one that it depends on."""

    name: str
    institution: str | None
    kind: str
    anonymous: bool
    held: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """One statement about the incident that the claim makes, with origins of its own."""

    what: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Resting:
    """A claim, what it is about, and whose word that rests on. `statements` are the claim's own."""

    report: str
    claim: str
    evidence: str
    chain: str
    incident: str | None
    title: str
    low: int
    likely: int
    high: int
    sentence: str
    reasons: tuple[str, ...]
    roots: tuple[Root, ...]
    statements: tuple[Said, ...]


def make_resting(record: Record, report: str, claim: str) -> Resting:
    """Whose word the claim rests on; raises `KeyError` where the record has no such claim."""
    row = _ledger_row(record, report, claim)
    at = ClaimAt(report=report, claim=claim)
    incident = next((one for one in record.incidents if at in one.claims), None)
    origins = incident.origins if incident else Origins()
    return Resting(
        report=report,
        claim=claim,
        evidence=row.claim.evidence,
        chain=row.chain,
        incident=incident.id if incident else None,
        title=" ".join(incident.title.split()) if incident else "",
        low=origins.low,
        likely=origins.likely,
        high=origins.high,
        sentence=origins.sentence,
        reasons=origins.reasons,
        roots=roots_of(record, origins),
        statements=tuple(_statements(incident, at)),
    )


def roots_of(record: Record, origins: Origins) -> tuple[Root, ...]:
    """The origins with the reports on each, those held and of most reports first."""
    return tuple(
        Root(
            name=one.name,
            institution=one.institution,
            kind=one.kind.value,
            anonymous=one.anonymous,
            held=one.held,
            steps=tuple(_steps(record, one.reports)),
        )
        for one in sorted(origins.origins, key=lambda origin: (not origin.held, -len(origin.reports)))
    )


def _ledger_row(record: Record, report: str, claim: str) -> LedgerRow:
    for coding in record.codings:
        if coding.report == report:
            for row in make_ledger([coding]):
                if row.claim.id == claim:
                    return row
    raise KeyError(f"{report}#{claim}")


def _statements(incident: Incident | None, at: ClaimAt) -> Iterator[Said]:
    for statement in incident.statements if incident else ():
        if at in statement.claims:
            what = " ".join(part for part in (statement.attribute, statement.of) if part)
            yield Said(what, statement.origins.sentence)


def _steps(record: Record, reports: tuple[str, ...]) -> Iterator[Step]:
    """The reports as a tree, flat: each below the earliest report among them that it depends on."""
    told = told_in(record, reports)
    among = {one.report for one in told}
    above: dict[str, tuple[str, Descent, bool]] = {}
    for edge in record.lineage.dependences:
        if edge.report in among and edge.parent in among and edge.parent != edge.report:
            above.setdefault(edge.report, (edge.parent, edge.kind, edge.credited))
    drawn: set[str] = set()

    def grow(one: Told, depth: int) -> Iterator[Step]:
        if one.report in drawn or depth > DEEPEST:
            return
        drawn.add(one.report)
        parent = above.get(one.report) if depth else None
        yield Step(one, depth, parent[1].value if parent else None, bool(parent and parent[2]))
        for child in told:
            if above.get(child.report, ("",))[0] == one.report:
                yield from grow(child, depth + 1)

    for one in told:
        if one.report not in above:
            yield from grow(one, 0)
    for one in told:  # what is left hangs in a circle
        yield from grow(one, 0)
