"""Several hosts at once, each in its own order, and no more results in memory than are being looked at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator, Sequence
from queue import Empty, Full, Queue
from typing import Any, Final, TypeVar

T = TypeVar("T")
R = TypeVar("R")
TICK: Final = 0.1
LONGEST_END: Final = 2.0
_END: Final = object()


def in_parallel(
    groups: Sequence[Sequence[T]], work: Callable[[T], R], threads: int, stop: Callable[[], None]
) -> Generator[tuple[T, R], None, None]:
    """Each item with what `work` made of it, as they come; the items of one group one after the other.

    What `work` raises is raised here. Where the caller stops early, `stop` is called: `work` ends soon.
    """
    results: Queue[Any] = Queue(maxsize=max(1, threads))
    waiting = list(reversed(groups))
    lock = threading.Lock()
    ended = threading.Event()

    def put(result: Any) -> None:
        while not ended.is_set():
            try:
                results.put(result, timeout=TICK)
                return
            except Full:
                continue

    def run() -> None:
        while not ended.is_set():
            with lock:
                group = waiting.pop() if waiting else None
            if group is None:
                break
            for item in group:
                if ended.is_set():
                    break
                try:
                    put((item, work(item), None))
                except BaseException as error:
                    put((item, None, error))
        put(_END)

    workers = [threading.Thread(target=run, daemon=True) for _ in range(min(threads, len(groups)))]
    for worker in workers:
        worker.start()
    left = len(workers)
    try:
        while left:
            try:
                # A wait without an end would not hear Ctrl-C on every system.
                found = results.get(timeout=1.0)
            except Empty:
                continue
            if found is _END:
                left -= 1
                continue
            item, result, error = found
            if error is not None:
                raise error
            yield item, result
    finally:
        ended.set()
        if left:
            stop()
        # One that waits for a server ends by its own limits; who pressed Ctrl-C does not wait for it.
        until = time.monotonic() + LONGEST_END
        for worker in workers:
            worker.join(timeout=max(0.0, until - time.monotonic()))
