"""A reading: what became of one report on its way through reading and extraction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from stemma.model import Claim, Coding, Document, Entity

if TYPE_CHECKING:
    import pandas
    import polars

    from stemma.run.rows import Claims


@dataclass(frozen=True, slots=True)
class Reading:
    """One report read: its document, and the coding whose offsets point into the document's text."""

    document: Document
    coding: Coding

    @property
    def report(self) -> str:
        """The report's id."""
        return self.coding.report

    @property
    def claims(self) -> tuple[Claim, ...]:
        """What the report says happened or holds, in text order."""
        return self.coding.claims

    @property
    def entities(self) -> tuple[Entity, ...]:
        """The parties, places and things that the claims name."""
        return self.coding.entities

    def to_pandas(self) -> pandas.DataFrame:
        """The claims as a frame of pandas (see `stemma.run.rows`)."""
        return self.ledger.to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """The claims as a frame of polars."""
        return self.ledger.to_polars()

    @property
    def ledger(self) -> Claims:
        """The claims as rows: names for ids, the chain in words."""
        from stemma.run.rows import Claims

        return Claims([self.coding])

    def _repr_html_(self) -> str:
        from stemma.show.html import page_html
        from stemma.show.page import make_page

        return page_html(make_page(self.document, self.coding))
