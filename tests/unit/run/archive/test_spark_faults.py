"""Machines that go away while Spark works: executors in processes of their own, killed with `kill -9`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import archives
import pytest

from stemma.run.archive.archiving import archive_paths
from stemma.run.archive.options import ArchiveOptions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are found by /proc"),
]
CLUSTER = "local-cluster[2,1,1024]"
"""Two executors of one core and 1 GiB, each a Java machine of its own."""
WORKER = b"stemma.run.archive.child"
REPORTS = 48
PATIENCE = 600


@pytest.fixture
def news(plug: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pytest.importorskip("pyspark", reason="PySpark is not installed (extra `spark`)")
    if shutil.which("java") is None:
        pytest.skip("there is no Java runtime")
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(archives.plain_page(number) for number in range(REPORTS)))
    archive_paths([str(path)], str(tmp_path / "plain"), options=ArchiveOptions(reports=6))
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("STEMMA_TEST_SECONDS", "0.2")
    return path


@pytest.fixture
def work_folder() -> Iterator[None]:
    """What Spark's workers write beside Spark itself is taken away again."""
    pyspark = pytest.importorskip("pyspark", reason="PySpark is not installed (extra `spark`)")
    folder = Path(pyspark.__file__).parent / "work"
    before = set(folder.glob("app-*"))
    yield
    for left in set(folder.glob("app-*")) - before:
        shutil.rmtree(left, ignore_errors=True)


def started(path: Path, out: Path, address: str = CLUSTER) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "stemma", "archive", str(path), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--reports", "6", "--cluster", address], stderr=subprocess.PIPE, text=True
    )


def wait_for(found: Callable[[], bool], driver: subprocess.Popen[str] | None = None) -> None:
    deadline = time.monotonic() + PATIENCE
    while not found():
        assert time.monotonic() < deadline, "it took too long"
        if driver is not None and driver.poll() is not None:
            raise AssertionError(f"the run was over before anything could be killed: {driver.communicate()}")
        time.sleep(0.05)


def done(out: Path) -> int:
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
    return {one: commands[one] for one in found}


def at_work(driver: int) -> list[int]:
    """The executors that have a worker process of ours below them."""
    executors = [pid for pid, command in below(driver).items() if b"ExecutorBackend" in command]
    return [pid for pid in executors if any(WORKER in command for command in below(pid).values())]


def outcome(out: Path) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    """The tables, and the manifest but for how often each record was tried."""
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_bytes().splitlines()]
    tables = {path.name: path.read_bytes() for path in out.glob("reports/*/*.parquet")}
    return tables, [{name: line[name] for name in line if name != "attempts"} for line in lines]


def test_an_executor_that_is_lost_costs_nothing(news: Path, work_folder: None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    driver = started(news, out)
    try:
        wait_for(lambda: done(out) > 0 and len(at_work(driver.pid)) == 2, driver)
        os.kill(at_work(driver.pid)[0], signal.SIGKILL)
        assert done(out) < REPORTS // 6
        _, said = driver.communicate(timeout=PATIENCE)
    finally:
        driver.kill()
    assert driver.returncode == 0, said
    assert outcome(out) == outcome(tmp_path / "plain")


def test_a_driver_that_is_started_again_goes_on(news: Path, work_folder: None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    driver = started(news, out)
    try:
        wait_for(lambda: done(out) > 0 and len(at_work(driver.pid)) == 2, driver)
        others = below(driver.pid)
    finally:
        driver.kill()
        driver.communicate()
    before = done(out)
    assert 0 < before < REPORTS // 6
    # On one Java machine this time: it need not be the cluster of then.
    again = started(news, out, "local[2]")
    try:
        _, said = again.communicate(timeout=PATIENCE)
    finally:
        again.kill()
    assert again.returncode == 0, said
    assert "were done already" in said
    assert outcome(out) == outcome(tmp_path / "plain")
    # Nothing of the first start is left behind.
    wait_for(lambda: not any(is_running(pid, command) for pid, command in others.items()))


def is_running(pid: int, command: bytes) -> bool:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes() == command
    except OSError:
        return False
