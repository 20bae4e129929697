"""Lines that hang behind a number, wrapped to the width at hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

NARROWEST: Final = 20
"""Columns that words get at least; a narrower terminal cuts lines itself."""


class Hanging:
    """`lines` under each other, `number` before the first; no spaces behind the words."""

    def __init__(self, number: Text, lines: Sequence[Text], indent: int = 5) -> None:
        self._number = number
        self._lines = lines
        self._indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The wrapped lines."""
        width = max(NARROWEST, options.max_width - self._indent)
        lead = (
            Text(" " * max(0, self._indent - 1 - self._number.cell_len)).append_text(self._number).append(" ")
        )
        for line in self._lines:
            for piece in line.wrap(console, width, overflow="fold") if line.plain else [Text("")]:
                piece.rstrip()
                yield lead + piece if piece.plain else piece
                lead = Text(" " * self._indent)
