"""Tables as CSV that a spreadsheet can open without being commanded by a report."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from types import TracebackType
from typing import IO, Final, Self

Cell = str | int | float | bool | None

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell of text that begins so may be run as a formula; it gets a leading apostrophe."""

_SUSPECT: Final = frozenset((*FORMULA_STARTS, "'"))


def safe_cell(value: Cell) -> Cell:
    """The value for a cell: empty for null, an apostrophe before what would be a formula."""
    if value is None:
        return ""
    if isinstance(value, str):
        if "\0" in value:
            value = value.replace("\0", "\N{REPLACEMENT CHARACTER}")
        # What already has an apostrophe there gets another, so that a reader can take one off.
        if value[:1] in _SUSPECT and value.lstrip("'").startswith(FORMULA_STARTS):
            return f"'{value}"
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


class Sheet:
    """One CSV table, UTF-8, with a header; closes its file at the end of a `with`."""

    def __init__(self, file: IO[bytes], columns: Sequence[str], delimiter: str = ",") -> None:
        self._file = file
        self._text = io.TextIOWrapper(
            file, "utf-8", errors="backslashreplace", newline="", write_through=False
        )
        # As RFC 4180 has it; and Python's writer quotes a lone carriage return only if lines end so.
        self._rows = csv.writer(self._text, delimiter=delimiter, lineterminator="\r\n")
        self._rows.writerow(columns)
        self.rows = 0

    def write(self, cells: Sequence[Cell]) -> None:
        """Writes one row."""
        self._rows.writerow([safe_cell(cell) for cell in cells])
        self.rows += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._text.close()
