"""A lineage as plain values: edges, and who carries one dispatch."""

from __future__ import annotations

from typing import Any

from stemma.model import Descent, Lineage

CARRIES = frozenset({Descent.COPIES, Descent.EXCERPTS})


def scored_form(lineage: Lineage) -> dict[str, Any]:
    """The edges, and the sets of reports that carry one text, as JSON values.

    `edges` are `{from, to, kind, credited, reason}`; `same_dispatch` lists the reports of each dispatch, and
    each report that others copy or excerpt with those that do.
    """
    edges = [
        {
            "from": edge.report,
            "to": edge.parent,
            "kind": edge.kind.value,
            "credited": edge.credited,
            "reason": edge.reason,
        }
        for edge in lineage.dependences
    ]
    carriers: dict[str, list[str]] = {}
    for edge in lineage.dependences:
        if edge.kind in CARRIES and ":" not in edge.parent:
            carriers.setdefault(edge.parent, [edge.parent]).append(edge.report)
    groups = [list(dispatch.reports) for dispatch in lineage.dispatches]
    groups += [list(dict.fromkeys(group)) for group in carriers.values()]
    return {"edges": edges, "same_dispatch": groups}
