"""What a plug-in that reads one more format provides."""

from __future__ import annotations

from typing import Protocol

from stemma.model import Document, Report
from stemma.read.options import ReadOptions


class Reader(Protocol):
    """Turns the reports of some media types into documents."""

    media_types: tuple[str, ...]

    def read(self, report: Report, options: ReadOptions) -> Document:
        """The document of `report`; raises `stemma.errors.ReadError` where it cannot be read."""
        ...
