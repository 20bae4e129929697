"""A hand: a worker process, started again where it ends before it has answered."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from stemma.errors import EngineError, StemmaError
from stemma.run.archive.files import journal_path
from stemma.run.archive.job import Job
from stemma.run.archive.journal import OUTSIDE, note_death
from stemma.run.work import ONE_THREAD

IDLE_DEATHS: Final = 4
"""Times that a worker may end in a row without having written a line: beyond, it is no record's fault."""

STOPPED_SHARE: Final = 0.2
"""Of such a death, where the process was killed from outside: that may befall four that start in a row (of
200 kills at random points seven runs were given up for it), but not twenty."""


class Hand:
    """Gives tasks to a worker process. Whatever a record does to that process, this one goes on."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def do(self, task: dict[str, Any]) -> Any:
        """The answer to a task; raises `StemmaError` for what a person must mend."""
        idle, size = 0.0, -1
        journal = journal_path(self._job.out, json.loads(task["shard"])[0]) if "shard" in task else None
        while True:
            answer = self._ask(task)
            if answer is not None:
                break
            code = self._ended()
            if self._stopped:
                raise EngineError("the run was stopped", mend="run the same command again to go on")
            if journal is not None:
                note_death(journal, code, self._job.options.seconds)
            now = journal.stat().st_size if journal is not None and journal.exists() else -1
            share = STOPPED_SHARE if code in OUTSIDE else 1.0
            idle, size = (idle + share if now <= size or now < 0 else 0), now
            if idle >= IDLE_DEATHS:
                raise EngineError(
                    f"worker processes end before they have done anything (status {code})",
                    where=_said(task),
                    mend="leave this file out, or allow more with --memory and --seconds",
                )
        if "fault" in answer:
            what, where, mend = answer["fault"]
            raise StemmaError(what, where=where, mend=mend)
        return answer["answer"]

    def _ask(self, task: dict[str, Any]) -> dict[str, Any] | None:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(task).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            return None
        if not line.endswith(b"\n"):
            return None
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "stemma.run.archive.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get("STEMMA_DEBUG") else subprocess.DEVNULL,
            # Ctrl-C reaches every process of a terminal; only the first one answers it.
            start_new_session=True,
            env={**os.environ, **ONE_THREAD},
        )
        assert self._process.stdin is not None
        self._process.stdin.write(self._job.wire().encode() + b"\n")
        return self._process

    def _ended(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()
        return code

    def stop(self) -> None:
        """Ends the process at once, from whatever thread; no other is started."""
        self._stopped = True
        process = self._process
        if process is not None and process.poll() is None:
            process.kill()

    def close(self) -> None:
        """Lets the process end."""
        if self._process is not None:
            if self._process.stdin:
                self._process.stdin.close()
            self._ended()

    @property
    def pid(self) -> int | None:
        """The number of the process, where it runs."""
        return self._process.pid if self._process else None


def _said(task: dict[str, Any]) -> str:
    if "shard" in task:
        return f"shard {json.loads(task['shard'])[0]}"
    if task["do"] in ("engine", "warm"):
        return "starting the engine"
    return str(Path(task["inputs"][0][0])) if task.get("inputs") else "merging"
