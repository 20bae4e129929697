"""What ends a process that one record holds up: a clock that no hanging library can stop."""

from __future__ import annotations

import faulthandler
import os
import threading
import time
from typing import Final

EVERY: Final = 1.0
"""Seconds between two looks at whether the parent is still there."""


class Watch:
    """A clock over one record: within `with`, the process ends when it has run for so many seconds.

    It is faulthandler's own thread in C, so that a record that hangs within a library with the interpreter's
    lock held is ended as well. 0 seconds watch nothing.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._null = open(os.devnull, "wb") if seconds else None  # noqa: SIM115, PTH123 - for the process's life

    def __enter__(self) -> None:
        if self._null:
            faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._null)

    def __exit__(self, *reason: object) -> None:
        if self._null:
            faulthandler.cancel_dump_traceback_later()


def end_with_parent() -> None:
    """Ends this process soon after its parent has ended, however that was."""
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(EVERY)
        os._exit(75)

    threading.Thread(target=look, daemon=True).start()


def limit_memory(mib: int) -> None:
    """Lets this process have so much memory and no more, where the system can hold it to that."""
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = mib * 1024 * 1024
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
