"""A reading: what became of one report on its way through reading and extraction."""

from __future__ import annotations

from dataclasses import dataclass

from stemma.model import Claim, Coding, Document, Entity


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
