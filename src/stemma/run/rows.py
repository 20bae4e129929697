"""Answers to a question as rows: typed objects one by one, a frame at once, and a table in a notebook."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, Generic, Self, TypeVar, overload

from stemma.model import Coding, Dependence, Incident, Record
from stemma.show.disputes import DisputeRow
from stemma.show.ledger import LedgerRow
from stemma.show.network import TieRow
from stemma.show.story import StoryRow
from stemma.store.protocol import ShelfRow

if TYPE_CHECKING:
    import pandas
    import polars

    from stemma.export.ledger_table import Table
    from stemma.show.tree import Tree

DRAWN: Final = 60
"""Ties up to which a notebook draws a network by itself: with more, its words are too small to read."""

RowT = TypeVar("RowT")


class Rows(Sequence[RowT], Generic[RowT]):
    """Rows in order. A slice of them is rows of the same kind; `to_pandas` and `to_polars` make a frame."""

    def __init__(self, rows: Iterable[RowT]) -> None:
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, index: int) -> RowT: ...

    @overload
    def __getitem__(self, index: slice) -> Self: ...

    def __getitem__(self, index: int | slice) -> RowT | Self:
        """The row at this place, or the rows of a slice."""
        if isinstance(index, slice):
            return self._cut(index)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[RowT]:
        return iter(self._rows)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self):,}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A frame of pandas under the ledger's columns; `UsageError` where pandas is not installed."""
        from stemma.export.frames import pandas_frame

        return pandas_frame(*self._ledger())

    def to_polars(self) -> polars.DataFrame:
        """A frame of polars under the ledger's columns; `UsageError` where polars is not installed."""
        from stemma.export.frames import polars_frame

        return polars_frame(*self._ledger())

    @abstractmethod
    def _cut(self, index: slice) -> Self: ...

    @abstractmethod
    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        """The ledger's table, and the things of which it makes rows."""


class Claims(Rows[LedgerRow]):
    """Claims with their reports: each row has the `claim`, names for its parties, and its chain in words."""

    def __init__(self, codings: Iterable[Coding]) -> None:
        from stemma.show.ledger import make_ledger

        self.codings = tuple(codings)
        """The codings that hold these claims and no others."""
        super().__init__(make_ledger(self.codings))

    def _cut(self, index: slice) -> Self:
        kept = {(row.report, row.claim.id) for row in self._rows[index]}
        claims = {
            coding.report: tuple(c for c in coding.claims if (coding.report, c.id) in kept)
            for coding in self.codings
        }
        cut = type(self)(
            coding.model_copy(update={"claims": claims[coding.report]})
            for coding in self.codings
            if claims[coding.report]
        )
        cut._rows = self._rows[index]
        return cut

    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        from stemma.export.frames import CLAIMS
        from stemma.export.happenings import Telling

        tellings = {}
        for coding in self.codings:
            entities = {entity.id: entity for entity in coding.entities}
            for claim in coding.claims:
                tellings[coding.report, claim.id] = Telling(coding, claim, entities)
        return CLAIMS, [tellings[row.report, row.claim.id] for row in self._rows]

    def _repr_html_(self) -> str:
        from stemma.show.html import claims_html

        return claims_html(self._rows)


class Reports(Rows[ShelfRow]):
    """The reports of a casebook, as its shelf lists them."""

    def _cut(self, index: slice) -> Self:
        return type(self)(self._rows[index])

    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        from stemma.export.frames import REPORTS

        return REPORTS, self._rows

    def _repr_html_(self) -> str:
        from stemma.show.html_views import reports_html

        return reports_html(self._rows)


class Incidents(Rows[Incident]):
    """Incidents of a record, which holds the claims that they are made of."""

    def __init__(self, record: Record, incidents: Iterable[Incident]) -> None:
        super().__init__(incidents)
        self.record = record

    def _cut(self, index: slice) -> Self:
        return type(self)(self.record, self._rows[index])

    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        from stemma.export.frames import INCIDENTS

        return INCIDENTS, self._rows

    def _repr_html_(self) -> str:
        from stemma.show.html_views import story_html
        from stemma.show.story import make_row

        return story_html([make_row(self.record, incident) for incident in self._rows])


class Timeline(Rows[StoryRow]):
    """Incidents in the order of time, those without a time last; a notebook draws them on an axis of days."""

    def __init__(self, record: Record, rows: Iterable[StoryRow]) -> None:
        super().__init__(rows)
        self.record = record

    def svg(self, by: str = "time") -> str:
        """The incidents on an axis of days: in one lane (`time`), or a lane for each `place` or `actor`."""
        from stemma.run.drawn import standing_alone
        from stemma.show.timeline import make_chart
        from stemma.show.timeline_svg import timeline_svg

        return standing_alone(timeline_svg(make_chart(self.record, self._incidents(), by)))

    def _incidents(self) -> list[Incident]:
        incidents = {incident.id: incident for incident in self.record.incidents}
        return [incidents[row.incident] for row in self._rows]

    def _cut(self, index: slice) -> Self:
        return type(self)(self.record, self._rows[index])

    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        from stemma.export.frames import INCIDENTS

        return INCIDENTS, self._incidents()

    def _repr_html_(self) -> str:
        from stemma.show.html import picture
        from stemma.show.html_views import story_html

        drawn = picture(self.svg(), f"Timeline of {len(self):,} incidents") if self._rows else ""
        return story_html(self._rows, drawn)


class Disputes(Rows[DisputeRow]):
    """Disputes, those of the incidents in most reports first. A frame has one row for each value."""

    def __init__(self, record: Record, rows: Iterable[DisputeRow]) -> None:
        super().__init__(rows)
        self.record = record

    def _cut(self, index: slice) -> Self:
        return type(self)(self.record, self._rows[index])

    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        from stemma.export.frames import DISPUTES
        from stemma.export.ledger_incidents import Said

        found = {
            (incident.id, dispute.attribute, dispute.of, dispute.kind, dispute.note): (incident, dispute)
            for incident in self.record.incidents
            for dispute in incident.disputes
        }
        several = (found[row.incident, row.attribute, row.of, row.kind, row.note] for row in self._rows)
        return DISPUTES, [Said(i, dispute, version) for i, dispute in several for version in dispute.versions]

    def _repr_html_(self) -> str:
        from stemma.show.html_views import disputes_html

        return disputes_html(self._rows)


class Lineage(Rows[Dependence]):
    """Which report depends on which: the edges of the stemma, which a notebook draws."""

    def __init__(self, dependences: Iterable[Dependence], tree: Tree) -> None:
        super().__init__(dependences)
        self.tree = tree
        """The reports with their places in the picture."""

    def svg(self) -> str:
        """The picture, as one SVG document that fetches nothing."""
        from stemma.show.tree_svg import tree_svg

        return tree_svg(self.tree)

    def mermaid(self) -> str:
        """The same as a flowchart for a wiki."""
        from stemma.show.tree_mermaid import tree_mermaid

        return tree_mermaid(self.tree)

    def _cut(self, index: slice) -> Self:
        return type(self)(self._rows[index], self.tree)

    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        from stemma.export.frames import LINEAGE

        return LINEAGE, self._rows

    def _repr_html_(self) -> str:
        from stemma.show.html import faint, picture, whole
        from stemma.show.ledger import plural

        held = sum(node.held for node in self.tree.nodes)
        words = f"{plural(held, 'report')}, {plural(len(self.tree.edges), 'edge')}"
        return whole([picture(self.svg(), f"Lineage: {words}") if held else "", faint(words)])

    def _repr_svg_(self) -> str:
        return self.svg()


class Network(Rows[TieRow]):
    """Ties between parties: who belongs to, leads, controls or fights whom, and by whose word."""

    def __init__(self, rows: Iterable[TieRow], draw: Callable[[], str]) -> None:
        super().__init__(rows)
        self._draw = draw

    def svg(self) -> str:
        """The parties of the whole network and their ties, as one SVG document."""
        from stemma.run.drawn import standing_alone

        return standing_alone(self._draw())

    def _cut(self, index: slice) -> Self:
        return type(self)(self._rows[index], self._draw)

    def _ledger(self) -> tuple[Table, Iterable[Any]]:
        from stemma.export.frames import TIES

        return TIES, self._rows

    def _repr_html_(self) -> str:
        from stemma.show.html import picture
        from stemma.show.html_views import network_html

        few = 0 < len(self) <= DRAWN
        drawn = picture(self.svg(), f"Network of {len(self):,} ties") if few else ""
        return network_html(self._rows, drawn)
