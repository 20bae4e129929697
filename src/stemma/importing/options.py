"""The options of importing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`max_cell` are the most characters of one cell, `max_bytes` the most bytes of a file read whole."""

    max_cell: int = 1_000_000
    max_bytes: int = 200_000_000
