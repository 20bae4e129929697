"""What ends a process that one record holds up: a clock that no hanging library can stop."""

from __future__ import annotations

import faulthandler
import os
import threading
import time
from typing import Final

EVERY: Final = 1.0
"""Seconds between two looks at whether the parent is still there."""


LAX: Final = 0.25
"""Share of its time that a record may be over. Winding the clock up for each record starts a thread each
time; on a busy machine 1,000 tiny records waited 240 s for that."""


class Watch:
    """A clock over each record: the process ends when one, begun with `with`, has run for so many seconds.

    It is faulthandler's own thread in C, so that a record that hangs within a library with the interpreter's
    lock held is ended as well. 0 seconds watch nothing.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._null = open(os.devnull, "wb") if seconds else None  # noqa: SIM115, PTH123 - kept open
        self._wound: float | None = None

    def __enter__(self) -> None:
        if not self._null:
            return
        now = time.monotonic()
        if self._wound is None or now - self._wound > self._seconds * LAX:
            faulthandler.dump_traceback_later(self._seconds * (1 + LAX), exit=True, file=self._null)
            self._wound = now

    def __exit__(self, *reason: object) -> None:
        pass

    def rest(self) -> None:
        """Stops the clock: there is nothing to be done until the next task."""
        if self._wound is not None:
            faulthandler.cancel_dump_traceback_later()
            self._wound = None


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
