"""One incident for a reader: who tells of it in which words, on whose word, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stemma.model import Incident, Record
from stemma.show.disputes import DisputeRow, make_disputes
from stemma.show.ledger import LedgerRow, make_ledger
from stemma.show.resting import Root, Said, roots_of
from stemma.show.story import StoryRow, make_row
from stemma.show.told import Told
from stemma.show.tolls import Toll, make_tolls


@dataclass(frozen=True, slots=True)
class Telling:
    """A report that tells of the incident, with its claims about it; none where only its text tells of it."""

    told: Told
    claims: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Why two claims are taken to be about one happening; `score` in [0, 1]."""

    left: str
    right: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Other:
    """Another incident by its id and title."""

    incident: str
    title: str


@dataclass(frozen=True, slots=True)
class IncidentView:
    """An incident with all that a reader asks of it; `whole` is the campaign that it is part of."""

    row: StoryRow
    tellings: tuple[Telling, ...]
    roots: tuple[Root, ...]
    statements: tuple[Said, ...]
    disputes: tuple[DisputeRow, ...]
    tolls: tuple[Toll, ...]
    joined: tuple[Joined, ...]
    whole: Other | None
    parts: tuple[Other, ...]


def make_incident(record: Record, id: str) -> IncidentView:
    """The view of the incident of this id; raises `KeyError` where the record has none."""
    incident = next((one for one in record.incidents if one.id == id), None)
    if incident is None:
        raise KeyError(id)
    row = make_row(record, incident)
    whole = next((one for one in record.incidents if one.id == incident.part_of), None)
    return IncidentView(
        row=row,
        tellings=tuple(_tellings(record, incident, row)),
        roots=roots_of(record, incident.origins),
        statements=tuple(
            Said(" ".join(part for part in (one.attribute, one.of) if part), one.origins.sentence)
            for one in incident.statements
        ),
        disputes=make_disputes(record, (incident,)).rows,
        tolls=make_tolls(record, incident),
        joined=tuple(
            Joined(
                f"{one.left.report}#{one.left.claim}",
                f"{one.right.report}#{one.right.claim}",
                one.reason,
                one.score,
            )
            for one in incident.merged
        ),
        whole=_other(whole) if whole else None,
        parts=tuple(_other(one) for one in record.incidents if one.part_of == id),
    )


def _other(incident: Incident) -> Other:
    return Other(incident.id, " ".join(incident.title.split()))


def _tellings(record: Record, incident: Incident, row: StoryRow) -> Iterator[Telling]:
    """Its reports by time, each with its claims in the order of its words."""
    wanted = {(at.report, at.claim) for at in incident.claims}
    codings = {one.report: one for one in record.codings}
    for told in row.told:
        coding = codings.get(told.report)
        rows = make_ledger([coding]) if coding else ()
        yield Telling(told, tuple(one for one in rows if (told.report, one.claim.id) in wanted))
