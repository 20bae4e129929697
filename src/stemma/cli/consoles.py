"""The two streams: results on standard output, everything else on standard error."""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, Final

from stemma.cli.harmless import harmless

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH: Final = 100
"""Columns of a table in a pipe or a file, where no terminal says how wide it is."""


def out_console() -> Console:
    """The console for results."""
    return _console(stderr=False)


def err_console() -> Console:
    """The console for progress, messages and summaries."""
    return _console(stderr=True)


def _console(*, stderr: bool) -> Console:
    from rich.console import Console

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            """Left to the guard of the commands; Rich itself would end the process with a failure."""
            raise BrokenPipeError

    stream = sys.stderr if stderr else sys.stdout
    # No markup, no emoji codes, no highlighting: what a report says is never an instruction.
    width = PIPE_WIDTH if not stream.isatty() and not os.environ.get("COLUMNS") else None
    return Quiet(stderr=stderr, markup=False, emoji=False, highlight=False, width=width)


def say(line: str) -> None:
    """One line on standard error, harmless whatever it quotes."""
    print(harmless(line), file=sys.stderr, flush=True)


def prepare_streams(*, machine: bool = False) -> None:
    """No character may stop the output; `machine` formats are UTF-8 wherever they go."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if machine and stream is sys.stdout:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
            else:
                stream.reconfigure(errors="backslashreplace")


def on_screen() -> bool:
    """True where results go to a terminal."""
    return sys.stdout.isatty()
