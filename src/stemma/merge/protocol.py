"""What merging reads: a report as it is held, with its document and coding."""

from __future__ import annotations

from dataclasses import dataclass

from stemma.model import Coding, Document


@dataclass(frozen=True, slots=True)
class Held:
    """One report of a casebook: its document and what was coded in it.

    `lineage` reads the document and the coding's sources; incidents rest on the coding, and on the document
    for tolls and denials that the engine missed. `document.report`
    and `coding.report` are the same id.
    """

    document: Document
    coding: Coding

    @property
    def report(self) -> str:
        """The id of the report."""
        return self.document.report
