"""Which reports are of one family by their lineage, and who stands above whom."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.model import Dependence, Descent, Lineage

WHOLE = frozenset((Descent.COPIES, Descent.EXCERPTS, Descent.REWRITES, Descent.TRANSLATES))
"""Ways of depending by which all of a report rests on its parent; `cites` rests on it for a statement."""


class Kinship:
    """A lineage, indexed by report."""

    def __init__(self, lineage: Lineage, reports: Iterable[str]) -> None:
        self.reports = frozenset(reports)
        self._above: dict[str, list[Dependence]] = {}
        for edge in lineage.dependences:
            self._above.setdefault(edge.report, []).append(edge)
        self._root: dict[str, str] = {}
        for edge in lineage.dependences:
            if edge.kind in WHOLE and edge.parent in self.reports:
                self._union(edge.report, edge.parent)
        for dispatch in lineage.dispatches:
            for report in dispatch.reports[1:]:
                self._union(dispatch.reports[0], report)

    def above(self, report: str) -> list[Dependence]:
        """What a report depends on; empty where nothing is known."""
        return self._above.get(report, [])

    def parents(self, report: str) -> list[str]:
        """The reports held that all of this one rests on."""
        return [
            edge.parent
            for edge in self.above(report)
            if edge.kind in WHOLE and edge.parent in self.reports and edge.parent != report
        ]

    def absent(self, report: str) -> list[str]:
        """The outlets, not held, that all of this report rests on, by name."""
        return [
            edge.parent.removeprefix("outlet:")
            for edge in self.above(report)
            if edge.kind in WHOLE and edge.parent.startswith("outlet:")
        ]

    def family(self, report: str) -> str | None:
        """The name of the report's family: equal for reports of one descent; None for a report alone."""
        return self._find(report) if report in self._root else None

    def _find(self, report: str) -> str:
        self._root.setdefault(report, report)
        while self._root[report] != report:
            self._root[report] = self._root[self._root[report]]
            report = self._root[report]
        return report

    def _union(self, one: str, other: str) -> None:
        a, b = sorted((self._find(one), self._find(other)))
        self._root[b] = a
