"""A timeline as SVG: a dot for a day, a hollow bar for within, a full bar for through, faded ends."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from stemma.show.svg import clean, element, link, picture, text, title
from stemma.show.timeline import Bar, Chart, Shape

WIDTH: Final = 1104
"""The width of a page's column on a laptop of 13 inches (1280 pixels)."""
NAMES: Final = 324
NOTES: Final = 226
LEFT: Final = NAMES + 14
RIGHT: Final = WIDTH - NOTES
ROW: Final = 24
HEAD: Final = 30
TOP: Final = 46
FADE: Final = 46
"""Pixels over which an end fades that nobody tells."""
LEAST: Final = 6
TICKS: Final = 9

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

Address = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: datetime.date
    days: int

    def x(self, day: datetime.date, *, end: bool = False) -> float:
        """The pixel at which a day begins, or ends."""
        return LEFT + (RIGHT - LEFT) * ((day - self.first).days + end) / self.days


def timeline_svg(chart: Chart, name: str = "timeline-picture", address: Address | None = None) -> str:
    """The chart as one well-formed SVG; `address` gives the page of an incident's id."""
    rows = sum(len(lane.bars) for lane in chart.lanes)
    heads = sum(bool(lane.name) for lane in chart.lanes)
    height = TOP + rows * ROW + heads * HEAD + 46
    label = f"Timeline of {rows} incidents" if rows else "Timeline: nothing to draw"
    return picture(name, WIDTH, height, label, _lines(chart, height, name, address))


def _lines(chart: Chart, height: int, name: str, address: Address | None) -> Iterator[str]:
    if chart.first is None or chart.last is None or not chart.lanes:
        yield text(LEFT, TOP, "Nothing here has a time.", "pic-faint")
        return
    yield _fades(name)
    scale = _Scale(chart.first, max(1, (chart.last - chart.first).days + 1))
    bottom = height - 40
    yield from _axis(scale, bottom)
    y = TOP
    for lane in chart.lanes:
        if lane.name:
            yield text(8, y + 20, lane.name, "pic-lane", fit=RIGHT - 8)
            yield element("line", x1=8, y1=y + HEAD - 3, x2=WIDTH - 8, y2=y + HEAD - 3, class_="pic-rule")
            y += HEAD
        for bar in lane.bars:
            yield _row(bar, scale, y, name, address)
            y += ROW
    yield from _legend(height - 14, name)


def _fades(name: str) -> str:
    """Gradients for ends: to the left, to the right, and both."""
    stops = {
        "start": ((0, 0), (45, 1)),
        "end": ((55, 1), (100, 0)),
        "both": ((0, 0), (35, 1), (65, 1), (100, 0)),
    }
    made = []
    for end, points in stops.items():
        inner = "".join(
            element("stop", offset=f"{at}%", class_="pic-stop", stop_opacity=opacity)
            for at, opacity in points
        )
        made.append(element("linearGradient", inner, id=f"{name}-{end}"))
    return element("defs", "".join(made))


def _axis(scale: _Scale, bottom: int) -> Iterator[str]:
    year = None
    for day, words in ticks(scale.first, scale.days):
        x = scale.x(day)
        yield element("line", x1=x, y1=TOP - 10, x2=x, y2=bottom, class_="pic-grid")
        yield text(x, TOP - 16, words, "pic-tick", text_anchor="middle")
        if words != str(day.year) and day.year != year:
            yield text(x, TOP - 31, str(day.year), "pic-year", text_anchor="middle")
            year = day.year


def ticks(first: datetime.date, days: int) -> list[tuple[datetime.date, str]]:
    """Days to mark on an axis, nine or so, each with its words: days, then months, then years."""
    last = first + datetime.timedelta(days=min(days, (datetime.date.max - first).days))
    for step in (1, 2, 7, 14):
        if days / step <= TICKS + 1:
            return [
                (day, f"{day.day} {MONTHS[day.month - 1]}")
                for day in (first + datetime.timedelta(days=n) for n in range(0, days, step))
            ]
    for months in (1, 2, 3, 6):
        if days / (30.4 * months) <= TICKS + 1:
            found = []
            at = first.year * 12 + first.month - 1
            at += -at % months + (months if first.day > 1 and at % months == 0 else 0)
            while at // 12 <= datetime.MAXYEAR and (day := datetime.date(at // 12, at % 12 + 1, 1)) <= last:
                found.append((day, MONTHS[day.month - 1]))
                at += months
            return found
    years = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if days / (365.25 * n) <= TICKS + 1)
    begin = first.year + (-first.year % years)
    if begin == first.year and (first.month, first.day) > (1, 1):
        begin += years
    return [(datetime.date(year, 1, 1), str(year)) for year in range(begin, last.year + 1, years)]


def _row(bar: Bar, scale: _Scale, y: int, name: str, address: Address | None) -> str:
    middle = y + ROW // 2
    told = {Shape.DAY: "", Shape.WITHIN: "once within this time", Shape.THROUGH: "through this time"}
    unsure = [
        f"its {end} is about, or not told"
        for end, is_fuzzy in (("beginning", bar.fuzzy_start), ("end", bar.fuzzy_end))
        if is_fuzzy
    ]
    inner = [
        title(bar.label, bar.when, told[bar.shape], *unsure, bar.note),
        element("rect", x=4, y=y + 1, width=WIDTH - 8, height=ROW - 2, class_="pic-hit"),
        text(16, middle + 4.5, bar.label, "pic-name", fit=NAMES),
        _mark(bar, scale, middle, name),
        text(RIGHT + 14, middle + 4.5, bar.note, "pic-note", fit=NOTES * 1.15),
    ]
    to = address(bar.id) if address and bar.id else None
    return link(to, "".join(inner), class_="pic-row")


def _mark(bar: Bar, scale: _Scale, middle: int, name: str) -> str:
    first, last = bar.first or bar.last, bar.last or bar.first
    if first is None or last is None:
        return ""
    x1 = scale.x(first) if bar.first else scale.x(first, end=True) - FADE
    x2 = scale.x(last, end=True) if bar.last else scale.x(last) + FADE
    if x2 < LEFT or x1 > RIGHT:
        return _outside(bar, middle, left=x2 < LEFT)
    if bar.shape is Shape.DAY and not (bar.fuzzy_start or bar.fuzzy_end):
        return element("circle", cx=(x1 + x2) / 2, cy=middle, r=5.5, class_="pic-day")
    if bar.shape is Shape.DAY:  # a day, but about
        x1, x2 = min(x1, (x1 + x2) / 2 - 12), max(x2, (x1 + x2) / 2 + 12)
    cut_left, cut_right = x1 < LEFT, x2 > RIGHT
    x1, x2 = max(x1, LEFT), min(max(x2, x1 + LEAST), RIGHT)
    left, right = bar.fuzzy_start and not cut_left, bar.fuzzy_end and not cut_right
    fade = {(True, True): "both", (True, False): "start", (False, True): "end"}.get((left, right))
    kind = "within" if bar.shape is Shape.WITHIN else "through"
    box: dict[str, float] = {"x": x1, "y": middle - 6, "width": x2 - x1, "height": 12}
    if fade:
        soft = " pic-soft" if kind == "within" else ""
        marks = element("rect", **box, fill=f"url(#{name}-{fade})", class_=f"pic-fade{soft}")
    else:
        marks = element("rect", **box, rx=2, class_=f"pic-{kind}")
    if cut_left:
        marks += element("path", d=f"M{LEFT - 8},{middle} l7,-5 v10 z", class_="pic-arrow")
    if cut_right:
        marks += element("path", d=f"M{RIGHT + 8},{middle} l-7,-5 v10 z", class_="pic-arrow")
    return marks


def _outside(bar: Bar, middle: int, *, left: bool) -> str:
    """An arrow at the edge, with the time: the bar lies before or after the window."""
    x, turn = (LEFT, 1) if left else (RIGHT, -1)
    arrow = element("path", d=f"M{x - 8 * turn},{middle} l{8 * turn},-5 v10 z", class_="pic-arrow")
    anchor = "start" if left else "end"
    return arrow + text(x + 6 * turn, middle + 4.5, bar.when, "pic-note", text_anchor=anchor)


def _legend(y: int, name: str) -> Iterator[str]:
    x = 16.0
    marks = (
        (element("circle", cx=x + 14, cy=y - 4, r=5.5, class_="pic-day"), "on that day"),
        ("within", "once within this time"),
        ("through", "all through this time"),
        ("fade", "an end that is about, or that nobody tells"),
    )
    for mark, words in marks:
        if mark == "fade":
            yield element(
                "rect", x=x, y=y - 10, width=30, height=12, fill=f"url(#{name}-both)", class_="pic-fade"
            )
        elif mark in ("within", "through"):
            yield element("rect", x=x, y=y - 10, width=30, height=12, rx=2, class_=f"pic-{mark}")
        else:
            yield mark
        yield element("text", clean(words), x=x + 36, y=y, class_="pic-note")
        x += 36 + len(words) * 6.2 + 22
