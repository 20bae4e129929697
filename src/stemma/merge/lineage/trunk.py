"""Lineage from the reports up: revisions, edges, tellings in other words, dispatches, and no circle."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from stemma.merge.lineage.align import align, alignments_of
from stemma.merge.lineage.archive import Archive, gather
from stemma.merge.lineage.dispatches import find_dispatches, retell_abroad
from stemma.merge.lineage.likeness import Likeness
from stemma.merge.lineage.order import days_apart, order_of
from stemma.merge.lineage.weave import Weaver
from stemma.merge.protocol import Held
from stemma.model import Dependence, Descent, Lineage
from stemma.model.lineage import REVISION

RETOLD_IN_ORDER: Final = 0.8
"""Names and figures in one order, from which on a report without credit retells another. Pages of the
coded stories that only tell the same event: .62 at most."""

RETOLD_TRAITS: Final = 8
RETOLD_WITHIN: Final = 7
RETOLD_COVERED: Final = 0.7
"""What a cheap look at the two sets of traits must show before their order is compared."""


def grow(held: Sequence[Held], today: datetime.date) -> Lineage:
    """The lineage of these reports."""
    archive = gather(held, today)
    traces = archive.traces
    by_outlet: dict[str, list[int]] = {}
    naming: dict[str, list[int]] = {}
    for number, trace in enumerate(traces):
        if trace.own.outlet:
            by_outlet.setdefault(trace.own.outlet, []).append(number)
        for cue in trace.cues:
            if cue.agency:
                naming.setdefault(cue.outlet, []).append(number)
    numbers = {trace.report: number for number, trace in enumerate(traces)}
    weaver = Weaver(archive, Likeness(archive), by_outlet, naming, numbers)
    edges: list[list[Dependence]] = [[] for _ in traces]
    # Parents first: only then it is known what a report has through another.
    for number in sorted(range(len(traces)), key=lambda one: (traces[one].day or 10**7, one)):
        edges[number] = list(weaver.edges(number))
    for number, edge in _revisions(archive):
        edges[number] = [edge, *(one for one in edges[number] if one.parent != edge.parent)]
    for number, edge in _retold(weaver):
        edges[number].append(edge)
    for (number, outlet), copy in retell_abroad(weaver).items():
        reason = f"names {outlet} and tells what {traces[copy].report}, its copy in another language, tells"
        edges[number] = [
            one.model_copy(update={"kind": Descent.REWRITES, "reason": reason})
            if one.parent == f"outlet:{outlet}"
            else one
            for one in edges[number]
        ]
    dependences = _without_circles(archive, edges)
    return Lineage(dependences=tuple(dependences), dispatches=tuple(find_dispatches(weaver)))


def _revisions(archive: Archive) -> Iterator[tuple[int, Dependence]]:
    """Reports with one address and different texts: each is a revision of the one before it."""
    by_address: dict[int, list[int]] = {}
    for number, trace in enumerate(archive.traces):
        if trace.address:
            by_address.setdefault(trace.address, []).append(number)
    for numbers in by_address.values():
        numbers.sort(key=lambda one: (archive.traces[one].day or 10**7, one))
        for older, newer in pairwise(numbers):
            here, there = archive.words(newer), archive.words(older)
            overlap = align(here, there)
            same = archive.traces[older].kin == archive.traces[newer].kin
            yield (
                newer,
                Dependence(
                    report=archive.traces[newer].report,
                    parent=archive.traces[older].report,
                    kind=Descent.COPIES,
                    credited=False,
                    reason="the same text at the same address"
                    if same
                    else f"{REVISION} the same address, another text",
                    score=0.95,
                    alignments=alignments_of(overlap, here, there),
                ),
            )


def _retold(weaver: Weaver) -> Iterator[tuple[int, Dependence]]:
    """Reports without shared words or credit that have the names and figures of another in its order."""
    archive, likeness = weaver.archive, weaver.likeness
    traces = archive.traces
    alone = [number for number in range(len(traces)) if not weaver.parents.get(number)]
    taken: set[int] = set()
    for low, high in likeness.pairs(alone, RETOLD_TRAITS // 2):
        one, other = traces[low], traces[high]
        if one.own.outlet == other.own.outlet or days_apart(one, other) > RETOLD_WITHIN:
            continue
        if one.kin == other.kin or likeness.shared(low, high) < RETOLD_TRAITS:
            continue
        shares = likeness.covered(low, high), likeness.covered(high, low)
        if max(shares) < RETOLD_COVERED or likeness.ordered(low, high) < RETOLD_IN_ORDER:
            continue
        order = order_of(one, other, *shares, (low, high))
        parent, child = (low, high) if order.first else (high, low)
        if child in taken or traces[child].text_credits() or any(child in f for f in weaver.carries.values()):
            continue
        taken.add(child)
        abroad = one.language != other.language
        yield (
            child,
            Dependence(
                report=traces[child].report,
                parent=traces[parent].report,
                kind=Descent.TRANSLATES if abroad else Descent.REWRITES,
                credited=False,
                reason=f"has its {likeness.shared(low, high)} names and figures in its order; {order.reason}",
                score=round(0.7 * order.score + 0.1, 3),
            ),
        )


def _without_circles(archive: Archive, edges: list[list[Dependence]]) -> Iterator[Dependence]:
    """All edges; of those that close a circle the surest stay, the others mean another story."""
    numbers = {trace.report: number for number, trace in enumerate(archive.traces)}
    inner = [(edge, number) for number, some in enumerate(edges) for edge in some if edge.parent in numbers]
    up: dict[int, list[int]] = {}
    closing: set[int] = set()
    for edge, number in sorted(inner, key=lambda one: -one[0].score):
        parent = numbers[edge.parent]
        if parent == number or _reaches(up, parent, number):
            closing.add(id(edge))
        else:
            up.setdefault(number, []).append(parent)
    for number, some in enumerate(edges):
        for edge in some:
            if id(edge) not in closing:
                yield edge
                continue
            outlet = archive.traces[numbers[edge.parent]].own.outlet
            if outlet and edge.credited and not archive.traces[number].own.is_named(outlet):
                yield edge.model_copy(
                    update={
                        "parent": f"outlet:{outlet}",
                        "alignments": (),
                        "reason": f"{edge.reason}; in a circle, so an earlier story is meant, not held",
                    }
                )


def _reaches(up: dict[int, list[int]], start: int, goal: int) -> bool:
    seen, stack = {start}, [start]
    while stack:
        one = stack.pop()
        if one == goal:
            return True
        for parent in up.get(one, ()):
            if parent not in seen:
                seen.add(parent)
                stack.append(parent)
    return False
