"""The tree of a lineage: reports by time, parents that are not held, and how each depends on which."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stemma.model import Coding, Descent, Record, SourceKind

ABSENT: Final = "outlet:"
VOICE: Final = "source:"
VOICED: Final = 3
"""A report rests on voices where at least one claim in so many has one: leads and background rarely do."""

VOICES: Final = 3
"""Voices that a report names in the picture; the rest are counted."""


@dataclass(frozen=True, slots=True)
class VoiceAt:
    """A voice that a report rests on; `anonymous` where no name is given."""

    name: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A report, or with `held` false an outlet's story that is not held.

    `column` counts the days from left to right, `row` from top to bottom. `voices` are those whose word the
    report gives; `unnamed` is true where it rests on voices (see `VOICED`) that are all anonymous.
    """

    id: str
    label: str
    held: bool
    published: datetime.date | None
    title: str | None
    voices: tuple[VoiceAt, ...]
    column: int
    row: int
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """`child` depends on `parent`, so that the arrow runs from parent to child."""

    parent: str
    child: str
    kind: str
    credited: bool
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Tree:
    """A lineage as a picture: nodes with their places, edges, and the names of the columns."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    columns: tuple[str, ...]


def make_tree(record: Record, reports: Iterable[str] | None = None) -> Tree:
    """The tree of a record's lineage; with `reports`, of these and of all that they hang together with."""
    codings = {coding.report: coding for coding in record.codings}
    edges = [
        Edge(d.parent, d.report, d.kind.value, d.credited, d.reason, d.score)
        for d in record.lineage.dependences
        if not d.parent.startswith(VOICE) and d.report in codings and d.parent != d.report
    ]
    kept = set(codings) if reports is None else _together(set(reports) & set(codings), edges)
    edges = [edge for edge in edges if edge.child in kept]
    absent = dict.fromkeys(edge.parent for edge in edges if edge.parent not in codings)
    columns, places = _columns(
        {report: codings[report].published for report in codings if report in kept}, edges
    )
    rows = _rows(places, edges)
    nodes = [
        *(_absent(parent, places[parent], rows[parent]) for parent in absent),
        *(_held(record, codings[r], places[r], rows[r]) for r in codings if r in kept),
    ]
    return Tree(tuple(sorted(nodes, key=lambda n: (n.column, n.row))), tuple(edges), tuple(columns))


def _together(reports: set[str], edges: list[Edge]) -> set[str]:
    """These reports and all that an edge joins to them, by any number of steps."""
    joined: dict[str, set[str]] = {}
    for edge in edges:
        joined.setdefault(edge.parent, set()).add(edge.child)
        joined.setdefault(edge.child, set()).add(edge.parent)
    todo, found = list(reports), set(reports)
    while todo:
        for other in joined.get(todo.pop(), ()):
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def _columns(dates: dict[str, datetime.date | None], edges: list[Edge]) -> tuple[list[str], dict[str, int]]:
    """A column for each day, before them one for parents that are not held; undated reports stand last."""
    days = sorted({day for day in dates.values() if day})
    missing = any(edge.parent not in dates for edge in edges)
    names = [*(["not held"] if missing else []), *(day.isoformat() for day in days)]
    if None in dates.values():
        names.append("no date")
    at = {name: index for index, name in enumerate(names)}
    places = {report: at[day.isoformat() if day else "no date"] for report, day in dates.items()}
    places |= {edge.parent: 0 for edge in edges if edge.parent not in dates}
    return names, places


def _rows(places: dict[str, int], edges: list[Edge]) -> dict[str, int]:
    """A row for each node, near its parents, so that no box stands on another or on an edge's way.

    An edge leaves its parent, turns at once into its child's row, and runs along that: those cells stay free.
    """
    above: dict[str, set[str]] = {}
    below: dict[str, int] = {}
    for edge in edges:
        above.setdefault(edge.child, set()).add(edge.parent)
        below[edge.parent] = below.get(edge.parent, 0) + 1
    rows: dict[str, int] = {}
    taken: set[tuple[int, int]] = set()

    def wish(node: str) -> tuple[int, int, str]:
        near = [rows[parent] for parent in above.get(node, ()) if parent in rows]
        return (min(near) if near else 0), -below.get(node, 0), node

    for column in sorted(set(places.values())):
        for node in sorted((node for node, place in places.items() if place == column), key=wish):
            row = wish(node)[0]
            first = min(
                (places[parent] + 1 for parent in above.get(node, ()) if parent in rows), default=column
            )
            way = range(min(first, column), column + 1)
            while any((cell, row) in taken for cell in way):
                row += 1
            taken |= {(cell, row) for cell in way}
            rows[node] = row
    return rows


def _absent(parent: str, column: int, row: int) -> Node:
    return Node(parent, " ".join(parent.removeprefix(ABSENT).split()), False, None, None, (), column, row)


def _held(record: Record, coding: Coding, column: int, row: int) -> Node:
    voices = tuple(_voices(record, coding))
    most = VOICED * sum(bool(claim.sources) for claim in coding.claims) >= len(coding.claims)
    return Node(
        id=coding.report,
        label=" ".join((coding.outlet or coding.report).split()),
        held=True,
        published=coding.published,
        title=coding.title,
        voices=voices,
        column=column,
        row=row,
        unnamed=bool(voices) and most and all(voice.anonymous for voice in voices),
    )


def _voices(record: Record, coding: Coding) -> Iterator[VoiceAt]:
    """The voices that the lineage says the report rests on, in its order."""
    kinds: dict[str, SourceKind] = {}
    for claim in coding.claims:
        for source in claim.sources:
            kinds.setdefault(" ".join(source.text.split()).casefold(), source.kind)
    seen: set[str] = set()
    for edge in record.lineage.of(coding.report):
        name = " ".join(edge.parent.removeprefix(VOICE).split())
        if edge.parent.startswith(VOICE) and edge.kind is Descent.CITES and name.casefold() not in seen:
            seen.add(name.casefold())
            yield VoiceAt(name, kinds.get(name.casefold()) is SourceKind.ANONYMOUS)
