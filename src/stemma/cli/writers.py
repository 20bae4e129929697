"""The forms in which claims are written: one writer per form."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Protocol

from stemma.cli.consoles import on_screen, out_console, prepare_streams
from stemma.cli.harmless import harmless_json
from stemma.cli.sheet import SheetWriter

if TYPE_CHECKING:
    from stemma.model import Coding


class Writer(Protocol):
    """Writes codings to standard output, one by one."""

    def write(self, coding: Coding) -> None:
        """Writes the claims of one report."""
        ...

    def close(self) -> None:
        """Writes what follows the last one."""
        ...


def find_writer(form: str, *, lines: bool = False) -> Writer:
    """The writer for this form; `lines` makes `json` one object per line instead of one array."""
    prepare_streams(machine=form != "table")
    if form == "table":
        return TableWriter()
    if form == "csv":
        return SheetWriter(screen=on_screen())
    return LinesWriter() if lines or form == "jsonl" else ArrayWriter()


class LinesWriter:
    """One coding per line: the wire form that the gold scorer reads."""

    def write(self, coding: Coding) -> None:
        """Writes one line."""
        print(_wire(coding), flush=on_screen())

    def close(self) -> None:
        """Nothing follows the last line."""


class ArrayWriter:
    """One JSON array of codings, written as they come."""

    def __init__(self) -> None:
        self._started = False

    def write(self, coding: Coding) -> None:
        """Writes one element."""
        sys.stdout.write(",\n" if self._started else "[\n")
        sys.stdout.write(_wire(coding))
        self._started = True

    def close(self) -> None:
        """Ends the array."""
        sys.stdout.write("\n]\n" if self._started else "[]\n")


class TableWriter:
    """Blocks of words for a reader, with a line of totals at the end."""

    def __init__(self) -> None:
        from stemma.show import LedgerTally

        self._console = out_console()
        self._tally = LedgerTally()

    def write(self, coding: Coding) -> None:
        """Writes the report's heading and its claims."""
        from stemma.cli.draw_claims import draw_coding

        for row in draw_coding(self._console, coding):
            self._tally.add(row)

    def close(self) -> None:
        """Writes the totals."""
        from stemma.cli.draw_claims import draw_totals

        if self._tally.claims:
            draw_totals(self._console, self._tally)


def _wire(coding: Coding) -> str:
    wire = coding.wire_json()
    return harmless_json(wire) if on_screen() else wire
