"""Judgements on a lineage: edges that people set or removed, and reports that they judged one or two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stemma.merge.deciding import parent_of
from stemma.merge.judgements import Judged, report_of
from stemma.merge.protocol import Held
from stemma.model import Dependence, Descent, Dispatch, Judgement, Lineage

HELD_ELSEWHERE = ("outlet:", "source:")
"""How the name of a parent starts that is no report held."""


def judge_lineage(lineage: Lineage, judged: Judged) -> Lineage:
    """The lineage with people's judgements in the place of what was computed.

    An edge set by a person takes the place of all computed ones between the two, in either direction. One
    that cannot be followed (no such report or kind, a circle of judged edges) is skipped in `judged`.
    """
    if not judged.edges:
        return lineage
    held = {one.report: one for one in judged.held}
    gone: set[frozenset[str]] = set()
    cut: set[tuple[str, str]] = set()
    made: list[Dependence] = []
    for judgement in judged.edges:
        edge = _edge(judgement, held)
        if isinstance(edge, str):
            judged.skipped.append((judgement, edge))
        elif isinstance(edge, Dependence):
            if _reaches(made, edge.parent, edge.report):
                judged.skipped.append((judgement, "it would close a circle with another judged edge"))
                continue
            gone.add(frozenset((edge.report, edge.parent)))
            made.append(edge)
        elif judgement.verdict == "not-same":
            gone.add(frozenset(edge))
        else:
            cut.add(edge)
    kept = [
        edge
        for edge in lineage.dependences
        if frozenset((edge.report, edge.parent)) not in gone and (edge.report, edge.parent) not in cut
    ]
    # A computed edge that now closes a circle gives way: the person knew better.
    kept = [edge for edge in kept if not _reaches(made, edge.parent, edge.report)]
    order = {report: number for number, report in enumerate(held)}
    everything = sorted([*kept, *made], key=lambda edge: order.get(edge.report, 0))
    return Lineage(
        dependences=tuple(everything), dispatches=tuple(_dispatches(lineage.dispatches, cut, made))
    )


def _edge(judgement: Judgement, held: Mapping[str, Held]) -> Dependence | tuple[str, str] | str:
    """The edge that a judgement sets, the ends of one that it removes, or why it cannot be followed."""
    report = report_of(judgement.subject)
    if report not in held:
        return "the report is no longer there"
    if judgement.verdict in ("same", "not-same"):
        pair = sorted((held[report], held[report_of(str(judgement.value))]), key=_age)
        if judgement.verdict == "not-same":
            return pair[1].report, pair[0].report
        return _made(judgement, pair[1].report, pair[0].report, Descent.COPIES)
    parent = parent_of(judgement)
    if not parent.startswith(HELD_ELSEWHERE) and parent not in held:
        return "the parent is no longer there"
    if parent == report:
        return "a report does not depend on itself"
    if judgement.verdict == "not-depends":
        return report, parent
    try:
        kind = Descent(str(judgement.value.get("kind", Descent.COPIES.value)))
    except ValueError:
        return "there is no such kind of dependence"
    return _made(judgement, report, parent, kind)


def _made(judgement: Judgement, report: str, parent: str, kind: Descent) -> Dependence:
    why = f": {judgement.reason}" if judgement.reason else ""
    reason = f"judged by {judgement.person}{why}"
    return Dependence(report=report, parent=parent, kind=kind, credited=False, reason=reason, score=1.0)


def _age(held: Held) -> tuple[bool, str, str]:
    published = held.coding.published or held.document.published
    return published is None, published.isoformat() if published else "", held.report


def _reaches(edges: Sequence[Dependence], start: str, goal: str) -> bool:
    """True where the judged edges lead from `start` up to `goal`."""
    seen, todo = {start}, [start]
    while todo:
        one = todo.pop()
        if one == goal:
            return True
        above = {edge.parent for edge in edges if edge.report == one} - seen
        seen |= above
        todo += above
    return False


def _dispatches(
    dispatches: Sequence[Dispatch], cut: set[tuple[str, str]], made: Sequence[Dependence]
) -> list[Dispatch]:
    """The dispatches without the reports whose edge to them was removed."""
    found = []
    moved = {edge.report for edge in made if edge.kind is not Descent.CITES}
    for dispatch in dispatches:
        reports = tuple(
            report
            for report in dispatch.reports
            if (report, dispatch.parent) not in cut and report not in moved
        )
        if len(reports) > 1:
            found.append(dispatch.model_copy(update={"reports": reports}))
    return found
