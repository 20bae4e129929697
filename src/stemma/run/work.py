"""Reading and extraction of single reports, here or in worker processes, in the order given."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final, TypeVar

from stemma.errors import EngineError, RunEnded, StemmaError
from stemma.extract import extract_claims
from stemma.model import Refusal, Report
from stemma.read import read_document
from stemma.run.engines import in_threads, start_engine
from stemma.run.reading import Reading
from stemma.settings import Settings

__all__ = ["read_one", "start_engine", "try_one", "work_through"]

Passed = TypeVar("Passed")

START_METHOD = "spawn"
"""Not `fork`: the threads of an engine do not survive it."""

ONE_THREAD: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""For worker processes: there are as many as cores, and each library would start a thread for each core."""

AHEAD = 4
"""Reports in flight per worker: enough that none waits, few enough that memory stays flat."""


def read_one(report: Report, settings: Settings | None = None) -> Reading:
    """The reading of one report; raises `ReadError` where it cannot be read."""
    settings = settings or Settings()
    document = read_document(report, settings.read)
    return Reading(document, extract_claims(document, engine=start_engine(settings.extract)))


def try_one(report: Report, settings: Settings) -> Reading | Refusal:
    """The reading of one report, or why there is none: one bad report stops nothing else.

    Raises `RunEnded` where no other report would be read either: a cap, an endpoint that is gone.
    """
    try:
        return read_one(report, settings)
    except RunEnded:
        raise
    except StemmaError as error:
        return refusal_of(error, report)
    except Exception as error:
        # Reports are hostile text: a fault of ours on one page must not cost the other thousand.
        if os.environ.get("STEMMA_DEBUG"):
            traceback.print_exc(file=sys.stderr)
        return Refusal(
            where=report.address,
            code="internal-error",
            what=f"a fault in the program ({type(error).__name__}: {error})",
            mend="send the maintainers this line and the report; STEMMA_DEBUG=1 shows more",
        )


def refusal_of(error: StemmaError, report: Report) -> Refusal:
    """The refusal that `error` stands for."""
    code = getattr(error, "code", None) or ("engine" if isinstance(error, EngineError) else "unreadable")
    return Refusal(
        where=error.where or report.address,
        code=str(code),
        what=error.what,
        mend=error.mend or "look at the file",
    )


def work_through(
    items: Iterable[Report | Refusal | Passed], settings: Settings, workers: int = 1
) -> Generator[tuple[Report | None, Reading | Refusal | Passed], None, None]:
    """Each report with what became of it, in order; what is no report comes back as it went in."""
    if workers > 1:
        yield from _work_side_by_side(items, settings, workers)
        return
    for item in items:
        if isinstance(item, Report):
            yield item, try_one(item, settings)
        else:
            yield None, item


def _work_side_by_side(
    items: Iterable[Report | Refusal | Passed], settings: Settings, workers: int
) -> Generator[tuple[Report | None, Reading | Refusal | Passed], None, None]:
    waiting: deque[tuple[Report | None, Future[Reading | Refusal] | Refusal | Passed]] = deque()

    def first() -> tuple[Report | None, Reading | Refusal | Passed]:
        report, result = waiting.popleft()
        return report, result.result() if isinstance(result, Future) else result

    pool = _make_pool(settings, workers)
    try:
        for item in items:
            if isinstance(item, Report):
                waiting.append((item, pool.submit(try_one, item, settings)))
            else:
                waiting.append((None, item))
            if len(waiting) >= workers * AHEAD:
                yield first()
        while waiting:
            yield first()
    except BrokenProcessPool as error:
        raise EngineError(
            "a worker process was ended from outside (out of memory?)", mend="run again with --workers 1"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _make_pool(settings: Settings, workers: int) -> Executor:
    """Threads for an engine that waits for an endpoint, so that all share its caps; else processes."""
    if in_threads(start_engine(settings.extract)):
        return ThreadPoolExecutor(workers)
    context = multiprocessing.get_context(START_METHOD)
    # Read by the libraries of the processes to come; those of this one are loaded.
    for name, number in ONE_THREAD.items():
        os.environ.setdefault(name, number)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Ctrl-C reaches every process of a terminal; only the parent answers it, with one line."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
