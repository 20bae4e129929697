"""Machines that go away while Spark works: the processes that stand for them are killed with `kill -9`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import archives
import pytest
from clusters import PATIENCE, below, done, kill_all, outcome, standalone, started, wait_for, works

from stemma.run.archive.archiving import archive_paths
from stemma.run.archive.options import ArchiveOptions

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are found by /proc"),
]
CLUSTER = "local-cluster[2,1,1024]"
"""Two executors of one core and 1 GiB, each a Java machine of its own."""
REPORTS = 48
SHARD = 6


@pytest.fixture
def news(plug: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    pytest.importorskip("pyspark", reason="PySpark is not installed (extra `spark`)")
    if shutil.which("java") is None:
        pytest.skip("there is no Java runtime")
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(archives.plain_page(number) for number in range(REPORTS)))
    archive_paths([str(path)], str(tmp_path / "plain"), options=ArchiveOptions(reports=SHARD))
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


def at_work(driver: int) -> list[int]:
    """The executors that have a worker process of ours below them."""
    return [pid for pid, command in below(driver).items() if b"ExecutorBackend" in command and works(pid)]


@contextmanager
def at_its_end(driver: subprocess.Popen[str], out: Path) -> Iterator[None]:
    """What is done within comes before the run's end, which it reaches all the same."""
    try:
        yield
        assert done(out) < REPORTS // SHARD
        _, said = driver.communicate(timeout=PATIENCE)
    finally:
        driver.kill()
    assert driver.returncode == 0, said


def test_an_executor_that_is_lost_costs_nothing(news: Path, work_folder: None, tmp_path: Path) -> None:
    out = tmp_path / "out"
    driver = started(news, out, CLUSTER, SHARD)
    with at_its_end(driver, out):
        wait_for(lambda: done(out) > 0 and len(at_work(driver.pid)) == 2, driver)
        os.kill(at_work(driver.pid)[0], signal.SIGKILL)
    assert outcome(out) == outcome(tmp_path / "plain")


def test_a_machine_of_a_cluster_that_is_lost_costs_nothing(news: Path, tmp_path: Path) -> None:
    """A master and two workers, as a user starts them; one of them goes with all that runs on it."""
    out = tmp_path / "out"
    with standalone(tmp_path / "spark", 2) as (address, machines):
        driver = started(news, out, address, SHARD)
        with at_its_end(driver, out):
            wait_for(lambda: done(out) > 0 and all(works(one.pid) for one in machines), driver)
            kill_all(machines[0].pid)
    assert outcome(out) == outcome(tmp_path / "plain")


def test_a_driver_that_is_started_again_goes_on(
    news: Path, work_folder: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    driver = started(news, out, CLUSTER, SHARD)
    try:
        wait_for(lambda: done(out) > 0 and len(at_work(driver.pid)) == 2, driver)
        others = below(driver.pid)
    finally:
        driver.kill()
        driver.communicate()
    before = done(out)
    assert 0 < before < REPORTS // SHARD
    # On one Java machine this time: it need not be the cluster of then. Nothing of it is to be killed, so
    # that no report need take its time.
    monkeypatch.delenv("STEMMA_TEST_SECONDS")
    again = started(news, out, "local[2]", SHARD)
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
