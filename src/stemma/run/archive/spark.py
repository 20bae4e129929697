"""The runner for a cluster: the same tasks, carried out by Apache Spark.

Spark hands tasks out and tries again where a machine is lost. All else is ours, on every machine alike: each
of its Python workers keeps a hand, so that a record that ends its process never fails a task of Spark's.
The folder of the run and the files read must be under the same paths on every machine.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from typing import Any, Final

from stemma.errors import EngineError, StemmaError, UsageError
from stemma.run.archive.hand import Hand
from stemma.run.archive.job import Job
from stemma.run.engines import start_engine

FAILURES: Final = 4
"""How often Spark tries a task whose machine was lost; local mode would not try again unless told."""
_LOCAL: Final = re.compile(r"local\[(\d+|\*)\]")
ON_THIS_MACHINE: Final = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""For `local[N]`, and for `local-cluster[…]`, whose executors are processes of this machine."""
QUICK: Final = {"spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"}
"""Java that starts soon and leaves the cores to the workers, where all is on this machine: on a busy one 20
tasks that do nothing took `local[2]` 26 to 52 s, and 71 to 100 s without."""
_hand: dict[str, Hand] = {}


class SparkRunner:
    """Spark at an address, asked first when there is something to do, and kept until `close`."""

    def __init__(self, job: Job, address: str) -> None:
        self._job, self._address = job, address
        self._session: Any = None

    def engine(self) -> tuple[str, str]:
        """The name and version of this machine's engine; raises as starting it does."""
        engine = start_engine(self._job.settings.extract)
        return engine.name, engine.version

    def run(self, tasks: Sequence[dict[str, Any]], *, warm: bool = False) -> Iterator[Any]:
        """The answers to the tasks, in their order; raises `StemmaError` as a local run does.

        Spark's workers are not warmed: which of them gets a task is Spark's to say.
        """
        if self._session is None:
            self._session = open_session(self._address)
        wire = self._job.wire()
        lines = [json.dumps(task) for task in tasks]
        try:
            spread = self._session.sparkContext.parallelize(lines, len(lines))
            answers = spread.map(lambda line: carry_out(wire, line)).collect()
        except Exception as error:
            if type(error).__module__.split(".")[0] not in ("py4j", "pyspark"):
                raise
            said = re.search(r"^\S*(?:Error|Exception): (.*)$", str(error), re.MULTILINE)
            raise EngineError(
                f"Spark gave up ({(said[1] if said else type(error).__name__)[:300]})",
                where=self._address,
                mend="look at its log, then run the same command again: what is done is kept",
            ) from error
        for kind, answer in answers:
            if kind == "fault":
                what, where, mend = answer
                raise StemmaError(what, where=where, mend=mend)
            yield answer

    def close(self) -> None:
        """Lets Spark end, and its workers with it."""
        if self._session is not None:
            self._session.stop()
            self._session = None


def carry_out(job_wire: str, line: str) -> tuple[str, Any]:
    """Does one task in a worker of Spark's; a fault that a person must mend is an answer, tried once."""
    hand = _hand.get(job_wire)
    if hand is None:
        for other in _hand.values():
            other.close()
        _hand.clear()
        hand = _hand[job_wire] = Hand(Job.from_wire(job_wire))
    try:
        return "answer", hand.do(json.loads(line))
    except StemmaError as error:
        return "fault", (error.what, error.where, error.mend)


def open_session(address: str) -> Any:
    """A session of Spark at `spark://…`, `local[N]` or another of its addresses; raises `UsageError`."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(
            "a cluster needs PySpark",
            where="--cluster",
            mend="install it with: pip install 'stemma-record[spark]', and a Java runtime (17 or newer)",
        ) from error
    # Spark would start the system's python3, which has none of our packages.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    local = _LOCAL.fullmatch(address)
    builder = SparkSession.builder.appName("stemma archive").master(
        f"local[{local[1]},{FAILURES}]" if local else address
    )
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.task.maxFailures": str(FAILURES),
        "spark.log.level": "ERROR",
        "spark.speculation": "false",
        **(ON_THIS_MACHINE | QUICK if address.startswith("local") else {}),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise UsageError(
            f"Spark cannot be started or reached ({type(error).__name__})",
            where=address,
            mend="look whether Java 17 is installed, and at the address (spark://HOST:7077, local[2])",
        ) from error
