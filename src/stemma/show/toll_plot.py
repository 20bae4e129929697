"""A toll placed for a page: a row for each figure in order of time, ranges as bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from stemma.show.tolls import Figure, Toll
from stemma.show.tree_places import LETTER, SMALL_LETTER, fit

LEFT: Final = 300
"""Pixels for the day and the outlet."""
PLOT: Final = 380
"""Pixels for the figures."""
RIGHT: Final = 400
"""Pixels for the value and whose word it is."""
ROW: Final = 26
TOP: Final = 34
FOOT: Final = 14
MOST: Final = 60
"""Figures drawn; the table beside the picture holds all."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure: a line from `x1` to `x2` at height `y`; `open` where no upper end is given.

    `x1` is null where the figure's words are no number. `day` and `outlet` are empty where the row
    above is of the same day and report.
    """

    figure: Figure
    y: int
    x1: float | None
    x2: float
    open: bool
    day: str
    outlet: str
    value: str
    word: str
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale at `x`."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class TollPlot:
    """A toll with all places in pixels; `more` figures are left to the table."""

    title: str
    width: int
    height: int
    top: int
    bottom: int
    left: int
    plot: int
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    more: int


def plot_toll(toll: Toll) -> TollPlot:
    """`toll` with its places."""
    shown = toll.figures[:MOST]
    ends = [end for figure in shown for end in (figure.low, figure.high) if end is not None]
    most = max((1, *ends))
    step = _step(most)
    top = step * -(-most // step)
    scale = PLOT / top
    bottom = TOP + ROW * len(shown)
    return TollPlot(
        title=toll.title,
        width=LEFT + PLOT + RIGHT,
        height=bottom + FOOT,
        top=TOP,
        bottom=bottom,
        left=LEFT,
        plot=PLOT,
        bars=tuple(_bars(shown, scale)),
        ticks=tuple(Tick(round(LEFT + at * scale, 1), f"{at:,}") for at in range(0, top + 1, step)),
        more=len(toll.figures) - len(shown),
    )


def _step(most: int) -> int:
    """A round step of which at most six reach `most`: 1, 2, 5, 10, 20 …"""
    step, factors = 1, (2, 2.5, 2)
    turn = 0
    while most / step > 6:
        step = int(step * factors[turn % 3])
        turn += 1
    return step


def _bars(figures: tuple[Figure, ...], scale: float) -> Iterator[Bar]:
    before, report = "", None
    for index, figure in enumerate(figures):
        day = str(figure.told.published or "no date")
        low = 0 if figure.low is None and figure.high is not None else figure.low
        x1 = None if low is None else round(LEFT + low * scale, 1)
        open_end = low is not None and figure.high is None
        high = low if figure.high is None else figure.high
        names = ", ".join(figure.origins) or "whose word was not found"
        state = "withdrawn: " if figure.withdrawn else ""
        yield Bar(
            figure,
            y=TOP + ROW * index + ROW // 2,
            x1=x1,
            x2=round(LEFT + (high or 0) * scale, 1) + (22 if open_end else 0),
            open=open_end,
            day="" if day == before else day,
            outlet="" if figure.told.report == report else fit(figure.told.label, LEFT - 104, LETTER),
            value=figure.value,
            word=fit(f"{state}{names}", RIGHT - 24 - 7.5 * len(figure.value), SMALL_LETTER),
            title=f"{state}{figure.value}: {figure.told.label}, {day}, on the word of {names}",
        )
        before, report = day, figure.told.report
