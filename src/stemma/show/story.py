"""The story and the timeline: the incidents of a record, with their reports and independent origins."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from stemma.model import Incident, Record
from stemma.show.told import Told, outlets_of, told_in
from stemma.show.words import interval_words, place_words


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One incident for a reader.

    `start` and `end` are partial dates. `told` are its reports by time, `outlets` who published them. `low`,
    `likely` and `high` count its independent origins, `sentence` says them, `reasons` why the first
    and the last differ. `disputes` name what is in dispute.
    """

    incident: str
    type: str
    title: str
    start: str | None
    end: str | None
    place: str
    country: str | None
    parties: dict[str, tuple[str, ...]]
    told: tuple[Told, ...]
    outlets: tuple[str, ...]
    origins: tuple[str, ...]
    low: int
    likely: int
    high: int
    sentence: str
    reasons: tuple[str, ...]
    disputes: tuple[str, ...]
    part_of: str | None

    @property
    def when(self) -> str:
        """Its time as words; empty where none is told."""
        return interval_words(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Story:
    """Incidents for a reader, in an order that its maker says."""

    rows: tuple[StoryRow, ...]
    reports: int


def make_story(record: Record, incidents: Sequence[Incident], named: Collection[str] = ()) -> Story:
    """The incidents in the order `told` (see `order_incidents`); ties (who leads whom) are left to the
    network."""
    ordered = order_incidents(record, incidents, named=named)
    return _story([make_row(record, incident) for incident in ordered])


class StoryOrder(StrEnum):
    """How a page of the story is ordered."""

    TOLD = "told"
    """Most reports first."""
    NEWEST = "newest"
    """By when it happened, or was first told, the latest first."""
    FEWEST = "fewest"
    """Fewest independent origins first, of these the most told first."""


def order_incidents(
    record: Record,
    incidents: Sequence[Incident],
    order: StoryOrder = StoryOrder.TOLD,
    *,
    named: Collection[str] = (),
) -> list[Incident]:
    """The incidents without ties, in this order; a page of them is then made with `make_row`.

    Those whose ids are `named`, which bear the words of the question themselves, come before all others.
    """
    published = {coding.report: coding.published for coding in record.codings}

    def told(incident: Incident) -> tuple[int, str, str]:
        return -len(incident.reports), (incident.time and incident.time.start) or "9", incident.id

    def moment(incident: Incident) -> str:
        if incident.time and (incident.time.start or incident.time.end):
            return incident.time.start or incident.time.end or ""
        return min((str(day) for one in incident.reports if (day := published.get(one))), default="")

    found = sorted((one for one in incidents if not one.type.is_tie), key=told)
    if order is StoryOrder.NEWEST:
        found.sort(key=moment, reverse=True)
    elif order is StoryOrder.FEWEST:
        found.sort(key=lambda one: one.origins.likely)
    return sorted(found, key=lambda one: one.id not in named)


def make_timeline(record: Record, incidents: Sequence[Incident]) -> Story:
    """The incidents by when they happened, those without a time last, by their first report."""
    rows = [make_row(record, incident) for incident in incidents if not incident.type.is_tie]
    return _story(sorted(rows, key=_moment))


def _story(rows: Sequence[StoryRow]) -> Story:
    return Story(tuple(rows), len({told.report for row in rows for told in row.told}))


def _moment(row: StoryRow) -> tuple[bool, str, str, str]:
    first = next((str(told.published) for told in row.told if told.published), "9")
    when = row.start or row.end or ""
    return not when, when or first, row.end or "", row.incident


def make_row(record: Record, incident: Incident) -> StoryRow:
    """The row of one incident."""
    told = told_in(record, incident.reports)
    origins = incident.origins
    return StoryRow(
        incident=incident.id,
        type=incident.type.value,
        title=" ".join(incident.title.split()),
        start=incident.time.start if incident.time else None,
        end=incident.time.end if incident.time else None,
        place=place_words(incident.place) if incident.place else "",
        country=incident.place.country if incident.place else None,
        parties=dict(incident.parties),
        told=told,
        outlets=outlets_of(told),
        origins=tuple(origin.name for origin in origins.origins),
        low=origins.low,
        likely=origins.likely,
        high=origins.high,
        sentence=origins.sentence,
        reasons=origins.reasons,
        disputes=tuple(
            dict.fromkeys(" ".join(part for part in (d.attribute, d.of) if part) for d in incident.disputes)
        ),
        part_of=incident.part_of,
    )
