"""The timeline as a chart: what happened on a day, within a time, through a time, and how far it is known."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from stemma.model import Incident, Record
from stemma.show.days import day_of
from stemma.show.ledger import plural
from stemma.show.network import TieRow
from stemma.show.story import StoryRow, make_timeline

MOST_BARS: Final = 200
"""Rows that a chart draws: a sheet of five screens. The table beside it has them all."""

MIDDLE: Final = 0.8
"""The share of bars, counted from the middle, over whose beginnings and ends the chart's window goes."""

STRETCH: Final = 1.5
"""A chart of everything is drawn where it is no more than so many times as long as its middle."""

NO_PLACE: Final = "No place told"
NO_ACTOR: Final = "Nobody named as the doer"
OTHERS: Final = "Others, with one incident each"

LAST: Final = (NO_PLACE, NO_ACTOR, OTHERS)
MOST_LANES: Final = 10
"""Lanes from which on those of one bar are drawn together."""


class Shape(StrEnum):
    """What is known of a time, and so how it is drawn."""

    DAY = "day"
    WITHIN = "within"
    """Once within the time: nobody says on which day."""
    THROUGH = "through"
    """All through the time."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart. Days are inclusive; None is an end that nobody tells.

    `fuzzy_start` and `fuzzy_end`: that end is about, or not told. `id` names the incident, else it is empty.
    """

    id: str
    label: str
    shape: Shape
    first: datetime.date | None
    last: datetime.date | None
    fuzzy_start: bool
    fuzzy_end: bool
    when: str
    note: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Bars under one heading."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Lanes over a window of days. `undated` have no time, `left_out` were too many to draw.

    `before` and `after` count bars that lie wholly outside the window.
    """

    lanes: tuple[Lane, ...]
    first: datetime.date | None
    last: datetime.date | None
    undated: int = 0
    left_out: int = 0
    before: int = 0
    after: int = 0


def make_chart(
    record: Record,
    incidents: Sequence[Incident],
    by: str = "place",
    since: datetime.date | None = None,
    until: datetime.date | None = None,
    *,
    whole: bool = False,
) -> Chart:
    """The chart of incidents (ties are left to the network), by `place`, by `actor`, or in one lane (`time`).

    The window holds the days asked for, else where nearly all lies, with `whole` everything.
    """
    rows = make_timeline(record, incidents).rows
    edtf = {one.id: (one.time.edtf or "") if one.time else "" for one in incidents}
    made = [(row, bar) for row in rows if (bar := _bar(row, edtf[row.incident])) is not None]
    if len(made) > MOST_BARS:
        most = sorted(made, key=lambda item: (-len(item[0].told), item[0].incident))[:MOST_BARS]
        kept = {row.incident for row, _ in most}
        shown = [item for item in made if item[0].incident in kept]
    else:
        shown = made
    lanes: dict[str, list[Bar]] = {}
    for row, bar in shown:
        lanes.setdefault(_lane(row, by), []).append(bar)
    if len(lanes) > MOST_LANES:
        lanes = _gathered(lanes, {row.incident: row for row, _ in shown}, by)
    first, last = window_of([bar for _, bar in shown], since, until, whole=whole)
    named = sorted(lanes.items(), key=lambda item: (item[0] in LAST, -len(item[1]), item[0].casefold()))
    bars = [bar for _, bar in shown]
    return Chart(
        lanes=tuple(Lane(name, tuple(own)) for name, own in named),
        first=first,
        last=last,
        undated=len(rows) - len(made),
        left_out=len(made) - len(shown),
        before=sum(bool(first and _ends(bar) < first) for bar in bars),
        after=sum(bool(last and _begins(bar) > last) for bar in bars),
    )


def make_tie_chart(lanes: Iterable[tuple[str, Sequence[TieRow]]]) -> Chart:
    """Ties through time: from their beginning to their end as said; where an end is not said, it fades.

    Where neither is said, the bar runs between the days on which reports tell of the tie.
    """
    made = []
    for name, rows in lanes:
        bars = [bar for row in rows if (bar := _tie_bar(row)) is not None]
        if bars:
            made.append(Lane(name, tuple(sorted(bars, key=lambda bar: (_begins(bar), bar.label)))))
    every = [bar for lane in made for bar in lane.bars]
    first, last = window_of(every, None, None, whole=True)
    return Chart(tuple(made), first, last)


def window_of(
    bars: Sequence[Bar], since: datetime.date | None, until: datetime.date | None, *, whole: bool
) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day of a chart of these bars; None where it has none."""
    if not bars:
        return since, until
    begins, ends = sorted(map(_begins, bars)), sorted(map(_ends, bars))
    first, last = begins[0], ends[-1]
    cut = int(len(bars) * (1 - MIDDLE) / 2 + 0.5)
    middle = begins[cut], ends[-1 - cut]
    length = max((middle[1] - middle[0]).days, 7)
    if not whole and middle[0] < middle[1] and (last - first).days > STRETCH * length:
        # What lies as near as half the middle's length belongs to the window too.
        air = datetime.timedelta(days=length // 2)
        first = min(day for day in begins if middle[0] - day <= air)
        last = max(day for day in ends if day - middle[1] <= air)
    first, last = since or first, until or last
    return (first, last) if first <= last else (last, first)


def _lane(row: StoryRow, by: str) -> str:
    if by == "actor":
        return next(iter(row.parties.get("actor", ())), NO_ACTOR)
    return (row.place or NO_PLACE) if by == "place" else ""


def _gathered(lanes: dict[str, list[Bar]], rows: dict[str, StoryRow], by: str) -> dict[str, list[Bar]]:
    """Lanes of one bar as one lane, in the order of time; a bar's label then says its place itself."""
    kept = {name: bars for name, bars in lanes.items() if len(bars) > 1 or name in LAST}
    others = [bars[0] for name, bars in lanes.items() if name not in kept]
    if by == "place":
        others = [replace(bar, label=f"{bar.label}, {rows[bar.id].place}") for bar in others]
    return (
        {**kept, OTHERS: sorted(others, key=lambda bar: (_begins(bar), _ends(bar), bar.id))}
        if others
        else kept
    )


def _begins(bar: Bar) -> datetime.date:
    return bar.first or bar.last or datetime.date.max


def _ends(bar: Bar) -> datetime.date:
    return bar.last or bar.first or datetime.date.min


def _bar(row: StoryRow, edtf: str) -> Bar | None:
    first, last = day_of(row.start, last=False), day_of(row.end, last=True)
    if first is None and last is None:
        return None
    about = any(mark in edtf for mark in "~%?")
    if first == last and row.start == row.end:
        shape = Shape.DAY
    elif edtf.startswith(("[", "{")) or row.start == row.end:
        shape = Shape.WITHIN
    else:
        shape = Shape.THROUGH
    return Bar(
        id=row.incident,
        label=_label(row),
        shape=shape,
        first=first,
        last=last,
        fuzzy_start=about or first is None,
        fuzzy_end=about or last is None,
        when=row.when,
        note=weight_words(row),
    )


def _label(row: StoryRow) -> str:
    """The title without time and place, which axis and lane show."""
    label = row.title
    for part in (row.when, row.start or "", row.place):
        if part and label.endswith(f", {part}") and part != label:
            label = label.removesuffix(f", {part}")
    return label


def _tie_bar(row: TieRow) -> Bar | None:
    first, last = day_of(row.start, last=False), day_of(row.end, last=True)
    fuzzy_start, fuzzy_end = first is None, last is None
    first, last = first or row.first_told, last or row.last_told
    if first is None and last is None:
        return None
    title = f" ({', '.join(row.titles)})" if row.titles else ""
    return Bar(
        id="",
        label=f"{row.party} {row.verb} {row.other}{title}",
        shape=Shape.THROUGH,
        first=first,
        last=last,
        fuzzy_start=fuzzy_start,
        fuzzy_end=fuzzy_end and not row.ended,
        when=row.since,
        note=plural(len(row.told), "report"),
    )


def weight_words(row: StoryRow) -> str:
    """How much an incident rests on: `8 reports, 2–3 origins, disputed`."""
    origins = f"{row.low}–{row.high} origins" if row.low != row.high else plural(row.low, "origin")
    parts = [plural(len(row.told), "report"), origins]
    return ", ".join((*parts, "disputed") if row.disputes else parts)
