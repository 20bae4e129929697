"""How far the reading is: a bar on a terminal, plain lines in a pipe, and a closing summary."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from stemma.cli.consoles import err_console, say
from stemma.cli.guard import Status
from stemma.cli.harmless import harmless

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.progress import Progress, TaskID

    from stemma.model import Refusal

LINE_SECONDS: Final = 10.0
"""How often a pipe or a log is told: seldom enough to stay readable, often enough to show life."""


def count(number: int, noun: str) -> str:
    """`1 report`, `8,120 claims`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


class Run:
    """Counts what became of the reports and tells of it on standard error.

    `bar` allows a progress bar, which is drawn where standard error is a terminal; `total` is asked
    for only then. As a context, it ends the bar whatever happens.
    """

    def __init__(self, *, bar: bool, total: Callable[[], int | None]) -> None:
        self.read = 0
        self.claims = 0
        self.refused = 0
        self.known = 0
        self._told = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        if bar and sys.stderr.isatty():
            self._start(total())

    def _start(self, total: int | None) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            BarColumn(bar_width=None),
            MofNCompleteColumn(),
            TextColumn("{task.description}", markup=False),
            TimeRemainingColumn(compact=True),
            console=err_console(),
            transient=True,
            # Rich would send what is printed to standard output to the bar's stream.
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("reports", total=total)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()
            self._bar = None

    @property
    def has_bar(self) -> bool:
        """True while a bar is on the screen."""
        return self._bar is not None

    def took(self, claims: int) -> None:
        """One more report was read."""
        self.read += 1
        self.claims += claims
        self._tell()

    def knew(self) -> None:
        """One more report was known already."""
        self.known += 1
        self._tell()

    def refuse(self, refusal: Refusal) -> None:
        """One more report could not be read: its line is told at once."""
        self.refused += 1
        if self._bar:
            from rich.text import Text

            self._bar.console.print(Text(harmless(refusal.line())), soft_wrap=True)
        else:
            say(refusal.line())
        self._tell()

    def _tell(self) -> None:
        if self._bar and self._task is not None:
            done = self.read + self.refused + self.known
            told = f"reports · {self.claims:,} claims · {self.refused:,} refused"
            self._bar.update(self._task, completed=done, description=told)
        elif time.monotonic() - self._told > LINE_SECONDS:
            self._told = time.monotonic()
            say(f"… {self.summary()}")

    def summary(self, verb: str = "read") -> str:
        """`594 reports read, 3 refused, 8,120 claims`."""
        parts = [f"{count(self.read, 'report')} {verb}"]
        if self.known:
            parts.append(f"{self.known:,} known already")
        parts.append(f"{self.refused:,} refused")
        parts.append(count(self.claims, "claim"))
        return ", ".join(parts)

    @property
    def status(self) -> Status:
        """How the command ends."""
        return Status.SOME_REFUSED if self.refused else Status.DONE
