"""The process that does the work: `python -m stemma.run.archive.child`, tasks on its input, answers behind.

It is a process of its own so that what crashes, hangs or eats memory takes nothing else with it.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from contextlib import suppress
from typing import Any, BinaryIO, Final, cast

from stemma.errors import StemmaError
from stemma.run.archive.job import Job, Shard
from stemma.run.archive.watching import Watch, end_with_parent, limit_memory

PAGE: Final = (
    b"<html><head><title>A note</title></head><body><article><p>The army shelled the market of the town on "
    b"3 May 2019 and killed two people, the mayor said.</p></article></body></html>"
)
"""What is read to warm up."""


def main() -> None:
    """Answers one line for each line it gets, until there are no more; the first line is the job."""
    answers = _own_output()
    job = Job.from_wire(sys.stdin.buffer.readline().decode())
    end_with_parent()
    limit_memory(job.options.memory_mib)
    doing = Doing(job)
    for line in sys.stdin.buffer:
        task = json.loads(line)
        answer = doing.answer(task)
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.flush()


def leave_pandas(pyarrow: Any) -> None:
    """Has pyarrow do without pandas, which it loads when it first makes an array out of a list: that took one
    of the two seconds of a processor in which a worker is ready. A frame can be had later all the same."""

    class NoPandas:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            if name == "pandas":
                raise ImportError(name)

    if "pandas" in sys.modules:
        return
    finder = cast(Any, NoPandas)
    sys.meta_path.insert(0, finder)
    try:
        pyarrow.array([])
    finally:
        sys.meta_path.remove(finder)


def _own_output() -> BinaryIO:
    """The output for answers alone: what a library prints goes to standard error."""
    sys.stdout.flush()
    own = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return own


class Doing:
    """The tasks of a job: tell the `engine`, `warm` up, `scan` some files, `work` on a shard, `merge` some
    circles."""

    def __init__(self, job: Job) -> None:
        from stemma.run.archive.working import Worker

        self._job = job
        self._watch = Watch(job.options.seconds)
        self._worker = Worker(job, self._watch)
        self._is_warm = False

    def answer(self, task: dict[str, Any]) -> dict[str, Any]:
        """What came of a task: `{"answer": …}`, or `{"fault": […]}` for what a person must mend."""
        try:
            return {"answer": self.do(task)}
        except StemmaError as error:
            return {"fault": [error.what, error.where, error.mend]}
        except Exception as error:
            if os.environ.get("STEMMA_DEBUG"):
                traceback.print_exc(file=sys.stderr)
            what = f"a fault in the program ({type(error).__name__}: {error})"
            return {"fault": [what, self._job.out, "send the maintainers this line"]}
        finally:
            self._watch.rest()

    def do(self, task: dict[str, Any]) -> Any:
        """Does one task; raises `StemmaError`."""
        if task["do"] == "engine":
            from stemma.run.engines import start_engine

            engine = start_engine(self._job.settings.extract)
            return [engine.name, engine.version]
        if task["do"] == "warm":
            self._warm_up()
            return None
        if task["do"] == "work":
            self._warm_up()
            return self._worker.work(Shard.from_wire(task["shard"]))
        if task["do"] == "merge":
            from stemma.run.archive.merging import merge_portion

            return merge_portion(self._job, task["portion"], self._watch)
        from stemma.run.archive.scanning import Input, scan

        scan(self._job, task["first"], [Input(*one) for one in task["inputs"]], self._watch)
        return None

    def _warm_up(self) -> None:
        """Has the libraries and the engine loaded before the first record is begun: that takes a second, in
        which a process that is killed from outside would be laid at that record's door. Of 200 kills at
        random points five in a row hit one, and it went to quarantine (`bench/archive_kills.py`)."""
        if self._is_warm:
            return
        self._is_warm = True
        with suppress(Exception):
            from stemma.run.archive.tables import arrow

            leave_pandas(arrow())
            from stemma.model import Report
            from stemma.read import read_document
            from stemma.run.engines import in_threads
            from stemma.run.work import read_one, start_engine

            settings = self._job.settings
            page = Report(id="warm", address="warm", media_type="text/html", content=PAGE)
            # An engine that asks an endpoint would have to be paid for this.
            if in_threads(start_engine(settings.extract)):
                read_document(page, settings.read)
            else:
                read_one(page, settings)


if __name__ == "__main__":
    main()
