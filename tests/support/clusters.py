"""Runs on Apache Spark that something befalls: processes found by /proc, killed, and what came of it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

WORKER = b"stemma.run.archive.child"
PATIENCE = 600
CORES, MEMORY = 1, "1g"


def started(path: Path, out: Path, address: str, reports: int) -> subprocess.Popen[str]:
    """`stemma archive` of `path` on the cluster at `address`."""
    command = [sys.executable, "-m", "stemma", "archive", str(path), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--reports", str(reports), "--cluster", address], stderr=subprocess.PIPE, text=True
    )


def wait_for(found: Callable[[], bool], driver: subprocess.Popen[str] | None = None) -> None:
    """Waits until it is so; raises `AssertionError` where it takes too long or the driver is over before."""
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline, "it took too long"
        if driver is not None and driver.poll() is not None:
            raise AssertionError(f"the run was over before anything could be killed: {driver.communicate()}")
        time.sleep(0.05)


def done(out: Path) -> int:
    """Shards that are done."""
    return len(list(out.glob("done/reports/*/*.json")))


def below(parent: int) -> dict[int, bytes]:
    """The processes below one, at whatever depth, and their command lines."""
    parents, commands = {}, {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
            commands[int(status.parent.name)] = status.with_name("cmdline").read_bytes()
        except OSError:
            continue
    found, more = set[int](), {parent}
    while more:
        more = {one for one, above in parents.items() if above in more}
        found |= more
    return {one: commands[one] for one in found if one in commands}


def works(process: int) -> bool:
    """Whether a worker process of ours is below it."""
    return any(WORKER in command for command in below(process).values())


def kill_all(process: int) -> None:
    """A machine that goes: the process and all below it, at once."""
    for one in (process, *below(process)):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)


def outcome(out: Path) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """The tables, and the manifest but for how often each record was tried."""
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_bytes().splitlines()]
    tables = {path.name: path.read_bytes() for path in out.glob("reports/*/*.parquet")}
    return tables, [{name: line[name] for name in line if name != "attempts"} for line in lines]


@contextmanager
def standalone(folder: Path, machines: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Spark's own cluster manager with so many workers of one core: its address, and the workers."""
    import pyspark

    home = Path(pyspark.__file__).parent
    env = {**os.environ, "SPARK_HOME": str(home), "SPARK_LOCAL_IP": "127.0.0.1"}
    program = str(home / "bin" / "spark-class")
    common = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]
    processes: list[subprocess.Popen[bytes]] = []

    def start(name: str, kind: str, *more: str) -> Path:
        log = folder / f"{name}.log"
        with log.open("wb") as file:
            processes.append(
                subprocess.Popen([program, kind, *common, *more], env=env, stdout=file, stderr=file)
            )
        return log

    folder.mkdir()
    try:
        log = start("master", "org.apache.spark.deploy.master.Master")
        pattern = re.compile(r"Starting Spark master at (spark://\S+)")
        wait_for(lambda: pattern.search(log.read_text("utf-8", "replace")) is not None)
        found = pattern.search(log.read_text("utf-8", "replace"))
        assert found
        size = ["--cores", str(CORES), "--memory", MEMORY, "--work-dir", str(folder / "work")]
        kind = "org.apache.spark.deploy.worker.Worker"
        logs = [start(f"worker{number}", kind, *size, found[1]) for number in range(machines)]
        wait_for(lambda: all("registered with master" in one.read_text("utf-8", "replace") for one in logs))
        yield found[1], processes[1:]
    finally:
        for process in processes:
            kill_all(process.pid)
            process.wait()
