"""Claims as CSV that a spreadsheet can open without being commanded by a report."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from stemma.model import Coding

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins so may be run as a formula; it gets a leading apostrophe."""


def safe_cell(value: str | int | float | None) -> str | int | float:
    """The value for a cell: empty for null, an apostrophe before what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


class SheetWriter:
    """Writes one row per claim under the ledger's columns."""

    def __init__(self, *, screen: bool) -> None:
        from stemma.show import COLUMNS

        self._screen = screen
        self._rows = csv.writer(sys.stdout, lineterminator="\n")
        self._rows.writerow(COLUMNS)

    def write(self, coding: Coding) -> None:
        """Writes the claims of one report."""
        from stemma.cli.harmless import harmless_lines
        from stemma.show import make_ledger

        for row in make_ledger([coding]):
            cells = [safe_cell(cell) for cell in row.cells().values()]
            if self._screen:
                cells = [harmless_lines(cell) if isinstance(cell, str) else cell for cell in cells]
            # Python's writer leaves a lone carriage return unquoted, and the row would break there.
            self._rows.writerow(
                [cell.replace("\r", "\n") if isinstance(cell, str) else cell for cell in cells]
            )

    def close(self) -> None:
        """Nothing follows the last row."""
