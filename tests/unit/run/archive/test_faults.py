from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import archives
import pytest

from stemma.errors import EngineError, StemmaError
from stemma.model import Report
from stemma.run.archive import working
from stemma.run.archive.archiving import archive_paths
from stemma.run.archive.files import done_path, journal_path, write_whole
from stemma.run.archive.hand import Hand
from stemma.run.archive.job import Job, Shard, Slice
from stemma.run.archive.journal import STOPS, Journal, note_death, read_journal
from stemma.run.archive.options import ArchiveOptions
from stemma.run.archive.tables import read_rows
from stemma.run.archive.working import Worker

HELD = ArchiveOptions(reports=4, seconds=8)


def pages(path: Path, texts: dict[int, str], number: int = 8) -> Path:
    """Plain texts, so that the processes need not load what reads HTML."""
    records = [
        archives.warc_record(
            f"https://coast.example/{one}",
            f"Note {one}\n\nThe bridge is open, guard {one} said. {texts.get(one, '')}\n".encode(),
            media_type="text/plain; charset=utf-8",
        )
        for one in range(number)
    ]
    path.write_bytes(b"".join(records))
    return path


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text("utf-8").splitlines()]


def ids(out: Path) -> list[str]:
    return [row["report"] for path in sorted(out.glob("reports/*/*.parquet")) for row in read_rows(path)]


def test_records_that_crash_hang_or_eat_are_put_in_quarantine_and_the_rest_is_read(
    plug: None, tmp_path: Path
) -> None:
    texts = {1: "segfault", 3: "leave", 4: "hungry", 6: "hang"}
    path = pages(tmp_path / "bad.warc", texts)
    found = archive_paths([str(path)], str(tmp_path / "out"), options=HELD)
    told = lines(tmp_path / "out")
    assert [line["outcome"] for line in told] == [
        "read", "refused", "read", "refused", "refused", "read", "refused", "read",
    ]  # fmt: skip
    assert found.outcomes["read"] == 4
    assert [line.get("code") for line in told if line["outcome"] == "refused"] == [
        "poison", "poison", "too-much-memory", "poison",
    ]  # fmt: skip
    assert told[1]["why"] == "it ended its process by signal SIGSEGV"
    assert told[3]["why"] == "it ended its process with status 3"
    assert told[6]["why"] == "it took longer than 8 seconds"
    assert told[1]["attempts"] == 2
    kept = Report.from_wire((tmp_path / "out" / told[1]["kept"]).read_bytes())
    assert b"segfault" in kept.content
    assert ids(tmp_path / "out") == ["bad/1", "bad/3", "bad/6", "bad/8"]


def test_a_worker_killed_again_and_again_loses_nothing_and_doubles_nothing(
    plug: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEMMA_TEST_SECONDS", "0.05")
    path = pages(tmp_path / "news.warc", {}, 40)
    killed, over = [], threading.Event()

    def kill() -> None:
        while not over.wait(0.4) and len(killed) < 6:
            for pid in children(os.getpid()):
                # Only once it is at work: a process killed while it starts has nothing to lose.
                if list((tmp_path / "out").glob("work/*.journal")):
                    os.kill(pid, signal.SIGKILL)
                    killed.append(pid)

    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = archive_paths(
            [str(path)], str(tmp_path / "out"), options=ArchiveOptions(reports=20), workers=2
        )
    finally:
        over.set()
        killer.join()
    assert killed
    assert found.outcomes["read"] == 40
    assert ids(tmp_path / "out") == [f"news/{n}" for n in range(1, 41)]


def children(parent: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            content = status.read_text()
            command = status.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if int(content.rpartition(")")[2].split()[1]) == parent and b"stemma.run.archive.child" in command:
            found.append(int(status.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="processes are found by /proc")
def test_a_driver_that_is_killed_takes_its_workers_with_it_and_is_gone_on_with(
    plug: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STEMMA_TEST_SECONDS", "0.1")
    path, out = pages(tmp_path / "news.warc", {}, 40), tmp_path / "out"
    command = [sys.executable, "-m", "stemma", "archive", str(path), "--out", str(out), "--reports", "10"]
    driver = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not list(out.glob("done/reports/*/*.json")):
        assert driver.poll() is None, "the run was over before it could be killed"
        time.sleep(0.05)
    workers = children(driver.pid)
    driver.kill()
    driver.wait()
    deadline = time.monotonic() + 60
    while any(Path(f"/proc/{pid}").exists() and Path(f"/proc/{pid}/cmdline").read_bytes() for pid in workers):
        assert time.monotonic() < deadline, "a worker outlives its driver"
        time.sleep(0.2)
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "were done already" in done.stderr
    assert ids(out) == [f"news/{n}" for n in range(1, 41)]


def shard_of(path: Path, number: int) -> Shard:
    return Shard(0, (Slice(str(path), "news", 0, number),))


def test_a_full_disk_is_one_line_and_costs_nothing_that_was_done(
    engine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pyarrow")
    path = pages(tmp_path / "news.warc", {}, 6)
    job = Job(str(tmp_path / "out"))
    written = Journal._write

    def fill(self: Journal, line: dict[str, Any]) -> None:
        if line.get("done") == 3:
            # A full disk takes the first half of a line.
            self._file.write(b'12345678 {"done": 3, "li')
            raise OSError(28, "No space left on device")
        written(self, line)

    with monkeypatch.context() as patch:
        patch.setattr(Journal, "_write", fill)
        with pytest.raises(StemmaError, match=r"disk is full.*is kept"):
            Worker(job).work(shard_of(path, 6))
    assert not done_path(job.out, 0).exists()
    assert sorted(read_journal(journal_path(job.out, 0)).results) == [0, 1, 2]
    seen = len(engine.seen)
    with monkeypatch.context() as patch:
        patch.setattr(working, "write_whole", full)
        with pytest.raises(StemmaError, match="disk is full"):
            Worker(job).work(shard_of(path, 6))
    Worker(job).work(shard_of(path, 6))
    assert engine.seen[seen:] == ["news/4", "news/5", "news/6"]
    assert ids(tmp_path / "out") == [f"news/{n}" for n in range(1, 7)]
    assert not journal_path(job.out, 0).exists()


def full(*args: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_file_is_written_wholly_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"before")

    def write(file: Any) -> None:
        file.write(b"half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="space"):
        write_whole(path, write)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_record_is_poison_after_its_own_crashes_and_not_after_a_stop_from_outside(tmp_path: Path) -> None:
    path = tmp_path / "work" / "0.journal"
    options = ArchiveOptions(attempts=2)

    def begin_and_die(code: int | None) -> None:
        journal = Journal(path)
        journal.opened()
        journal.begin(7)
        journal.got()
        journal.close()
        if code is not None:
            note_death(path, code, 120)

    for _ in range(STOPS - 1):
        begin_and_die(-9)
    assert not read_journal(path).is_poison(options)
    begin_and_die(-11)
    assert not read_journal(path).is_poison(options)
    begin_and_die(-11)
    state = read_journal(path)
    assert state.is_poison(options)
    assert (state.suspect, state.got, state.tried) == (7, True, STOPS + 1)


def test_a_journal_that_was_cut_anywhere_keeps_its_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "0.journal"
    journal = Journal(path)
    journal.opened()
    for number in range(3):
        journal.begin(number)
        journal.done(number, {"outcome": "read"}, {"report": f"r{number}", "text": "é\n" * 20})
    journal.close()
    content = path.read_bytes()
    ends = [at + 1 for at, byte in enumerate(content) if byte == 10]
    for cut in range(len(content) + 1):
        path.write_bytes(content[:cut])
        state = read_journal(path)
        assert state.sound == max([end for end in ends if end <= cut], default=0)
        assert len(state.results) == sum(cut >= ends[at] for at in (2, 4, 6))


def test_a_file_that_shrinks_is_said_to_have(engine: Any, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = pages(tmp_path / "news.warc", {}, 2)
    job = Job(str(tmp_path / "out"))
    found = Worker(job).work(shard_of(path, 3))
    assert (found["read"], found["refused"]) == (2, 1)


def test_a_worker_that_cannot_start_ends_the_run_and_one_that_is_killed_is_given_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = pages(tmp_path / "news.warc", {}, 1)
    task = {"do": "work", "shard": shard_of(path, 1).wire_json()}
    for end, starts in (("exit 3", 4), ("kill -9 $$", 20)):
        counted = tmp_path / f"counted{starts}"
        program = tmp_path / "python"
        program.write_text(f"#!/bin/sh\necho x >> {counted}\n{end}\n")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))
        hand = Hand(Job(str(tmp_path / "out")))
        with pytest.raises(EngineError, match="before they have done anything"):
            hand.do(task)
        assert len(counted.read_text().split()) == starts
