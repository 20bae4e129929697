from __future__ import annotations

import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import archives
import pytest

from stemma.errors import StemmaError
from stemma.run.archive.hand import Hand
from stemma.run.archive.job import Job, Shard, Slice
from stemma.run.archive.local import LocalRunner
from stemma.settings import Settings


@pytest.fixture
def news(tmp_path: Path) -> Path:
    path = tmp_path / "news.warc"
    path.write_bytes(b"".join(archives.plain_page(number) for number in range(4)))
    return path


def scan_of(path: Path) -> dict[str, object]:
    status = path.stat()
    return {"do": "scan", "first": 0, "inputs": [[str(path), "news", status.st_size, status.st_mtime_ns]]}


def work_on(path: Path, number: int) -> dict[str, object]:
    return {"do": "work", "shard": Shard(number, (Slice(str(path), "news", 2 * number, 2),)).wire_json()}


def test_the_same_processes_look_through_and_read(
    plug: None, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[int] = []
    start = Hand._start

    def counted(self: Hand) -> object:
        process = start(self)
        started.append(process.pid)
        return process

    monkeypatch.setattr(Hand, "_start", counted)
    with closing(LocalRunner(Job(str(tmp_path / "out")), 2)) as runner:
        assert runner.engine() == ("fake", "1")
        assert list(runner.run([scan_of(news)], warm=True)) == [None]
        summaries = list(runner.run([work_on(news, number) for number in range(2)]))
    assert sorted(one["shard"] for one in summaries) == [0, 1]
    assert [one["read"] for one in summaries] == [2, 2]
    assert len(started) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)


def test_an_engine_that_cannot_start_is_one_line(tmp_path: Path) -> None:
    from dataclasses import replace

    settings = Settings()
    settings = replace(settings, extract=replace(settings.extract, engine="nobody"))
    with (
        closing(LocalRunner(Job(str(tmp_path / "out"), settings), 1)) as runner,
        pytest.raises(StemmaError, match="no engine is called 'nobody'"),
    ):
        runner.engine()


def test_a_run_that_ends_does_not_wait_for_a_worker_that_is_still_loading(
    plug: None, news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that would load for ten minutes is ended with the run."""
    monkeypatch.setenv("STEMMA_TEST_SECONDS", "600")
    began = time.monotonic()
    with closing(LocalRunner(Job(str(tmp_path / "out")), 2)) as runner:
        assert list(runner.run([scan_of(news)], warm=True)) == [None]
    assert time.monotonic() - began < 60


def test_a_worker_loads_no_pandas_and_frames_can_be_had_all_the_same() -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("pandas", reason="pandas is not installed (extra `pandas`)")
    program = (
        "import sys, pyarrow\n"
        "from stemma.run.archive.child import leave_pandas\n"
        "leave_pandas(pyarrow)\n"
        "table = pyarrow.Table.from_pylist([{'a': 1}])\n"
        "assert 'pandas' not in sys.modules\n"
        "assert table.to_pandas()['a'].tolist() == [1]\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
