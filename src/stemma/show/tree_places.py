"""A tree placed for a page: boxes, edges and legend with coordinates, so that a template only prints."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from stemma.model import Incident, Record
from stemma.show.tree import VOICE, VOICES, Edge, Node, Tree, make_tree
from stemma.show.tree_svg import DASHES, LEGEND

WIDE: Final = 152
HIGH: Final = 56
"""Width and height of a box in pixels: a 13-inch screen shows six columns with their gaps."""
GAP_X: Final = 56
GAP_Y: Final = 22
EDGE: Final = 12
TOP: Final = 56
FOOT: Final = 46
LETTER: Final = 7.2
SMALL_LETTER: Final = 5.9
"""Pixels that a letter of 12 px and of 10.5 px takes on average, a little too many for safety."""
MOST: Final = 60
"""Nodes drawn with all that hangs together; beyond, only the incident's reports and their parents are."""


@dataclass(frozen=True, slots=True)
class Box:
    """A node at its place.

    `name`, `below` and `said` are cut to fit, `title` says all. `own` is true where it tells of the incident.
    """

    node: Node
    x: int
    y: int
    name: str
    below: str
    said: str
    title: str
    own: bool


@dataclass(frozen=True, slots=True)
class Line:
    """An edge at its place: an SVG path, where its words stand, and all of it in words (`title`)."""

    edge: Edge
    path: str
    x: int
    y: int
    anchor: str
    dash: str
    title: str


@dataclass(frozen=True, slots=True)
class Day:
    """A column's head at `x`; `later` says how long after the column before, empty for the next day."""

    x: int
    name: str
    later: str


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of the legend."""

    x: int
    dash: str
    words: str


@dataclass(frozen=True, slots=True)
class PlacedTree:
    """A tree with all places in pixels; `wide` and `high` are those of a box. `whole` is false where kin was
    left out for want of room."""

    width: int
    height: int
    wide: int
    high: int
    days: tuple[Day, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    keys: tuple[Key, ...]
    whole: bool


def place_incident(record: Record, incident: Incident) -> PlacedTree:
    """The tree of an incident's reports and of all that they have it from, placed.

    What else depends on those parents is another story, and stays away. Beyond `MOST` nodes only the
    incident's reports and parents that are not held are drawn.
    """
    reports = set(incident.reports)
    held = {coding.report for coding in record.codings}
    parents: dict[str, set[str]] = {}
    for edge in record.lineage.dependences:
        if not edge.parent.startswith(VOICE):
            parents.setdefault(edge.report, set()).add(edge.parent)
    shown, todo = set(reports), list(reports)
    while todo:
        new = parents.get(todo.pop(), set()) - shown
        shown |= new
        todo += new
    whole = len(shown) <= MOST
    if not whole:
        shown = reports | {one for report in reports for one in parents.get(report, ()) if one not in held}
    kept = tuple(
        edge
        for edge in record.lineage.dependences
        if edge.report in shown & held and (edge.parent in shown or edge.parent.startswith(VOICE))
    )
    lineage = record.lineage.model_copy(update={"dependences": kept})
    return place_tree(
        make_tree(record.model_copy(update={"lineage": lineage}), shown & held), reports, whole=whole
    )


def place_tree(tree: Tree, own: Collection[str], *, whole: bool = True) -> PlacedTree:
    """`tree` with its places; `own` are the reports that the page is about."""
    nodes = {node.id: node for node in tree.nodes}
    rows = max((node.row for node in tree.nodes), default=0) + 1
    keys = tuple(_keys())
    width = 2 * EDGE + len(tree.columns) * (WIDE + GAP_X) - GAP_X
    return PlacedTree(
        width=max(width, keys[-1].x + 150),
        height=TOP + rows * (HIGH + GAP_Y) + FOOT,
        wide=WIDE,
        high=HIGH,
        days=tuple(_days(tree)),
        boxes=tuple(_box(node, own=node.id in own) for node in tree.nodes),
        lines=tuple(
            _line(edge, nodes[edge.parent], nodes[edge.child])
            for edge in tree.edges
            if edge.parent in nodes and edge.child in nodes
        ),
        keys=keys,
        whole=whole,
    )


def fit(text: str, pixels: float, letter: float) -> str:
    """`text` as one line, cut with … where it is wider; letters of East Asia count double."""
    line = " ".join(text.split())
    room = pixels / letter
    for index, one in enumerate(line):
        room -= 1.9 if unicodedata.east_asian_width(one) in "WF" else 1
        if room < 0:
            return f"{line[: max(1, index - 1)].rstrip()}…"
    return line


def _at(node: Node) -> tuple[int, int]:
    return EDGE + node.column * (WIDE + GAP_X), TOP + node.row * (HIGH + GAP_Y)


def _days(tree: Tree) -> Iterator[Day]:
    before: datetime.date | None = None
    for index, name in enumerate(tree.columns):
        try:
            day = datetime.date.fromisoformat(name)
        except ValueError:  # "not held", "no date"
            yield Day(EDGE + index * (WIDE + GAP_X), name, "")
            continue
        gap = (day - before).days if before else 1
        yield Day(EDGE + index * (WIDE + GAP_X), name, f"{gap} days later" if gap > 1 else "")
        before = day


def _box(node: Node, *, own: bool) -> Box:
    x, y = _at(node)
    names = [f"◌ {v.name}" if v.anonymous else v.name for v in node.voices[:VOICES]]
    more = len(node.voices) - VOICES
    said = ", ".join(names) + (f" +{more}" if more > 0 else "")
    below = node.id if node.held else "not held"
    parts = [node.label, str(node.published or ""), node.title or "", below]
    parts += [f"on the word of {v.name}{' (anonymous)' if v.anonymous else ''}" for v in node.voices]
    if node.held and not own:
        parts.append("does not tell of this incident")
    return Box(
        node,
        x,
        y,
        name=fit(node.label, WIDE - 14, LETTER),
        below=fit(below, WIDE - 14, SMALL_LETTER),
        said=fit(said, WIDE - 14, SMALL_LETTER),
        title=" · ".join(part for part in parts if part),
        own=own or not node.held,
    )


def _line(edge: Edge, parent: Node, child: Node) -> Line:
    (x1, y1), (x2, y2) = _at(parent), _at(child)
    y1, y2 = y1 + HIGH // 2, y2 + HIGH // 2
    if x2 > x1:
        x1, bend = x1 + WIDE, x1 + WIDE + GAP_X // 2
        path = f"M{x1},{y1} C{bend},{y1} {bend - 10},{y2} {x1 + GAP_X - 12},{y2} L{x2},{y2}"
        at, y, anchor = x2 - 11, y2, "end"
    else:  # the same day, or a clock that is wrong: round the right side
        x1, x2 = x1 + WIDE, x2 + WIDE
        out = max(x1, x2) + GAP_X // 2
        path = f"M{x1},{y1} C{out},{y1} {out},{y2} {x2},{y2}"
        at, y, anchor = max(x1, x2) + GAP_X // 2 - 10, (y1 + y2) // 2 + 2, "start"
    credit = "gives credit" if edge.credited else "gives no credit"
    title = f"{child.label} {edge.kind} {parent.label}, {credit}: {edge.reason}"
    return Line(edge, path, at, y, anchor, DASHES.get(edge.kind, ""), " ".join(title.split()))


def _keys() -> Iterator[Key]:
    x = EDGE
    for kind, words in LEGEND:
        yield Key(x, DASHES[kind], words)
        x += 58 + int(len(words) * SMALL_LETTER) + 12
    yield Key(x, "", "")
