"""Disk full, processes killed and processes side by side."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import adder
import making
import pytest
from sqlalchemy import event, exc

from stemma.errors import CasebookError
from stemma.store import Outcome, Query, Store, StoreOptions, database, open_casebook
from stemma.store.faults import casebook_error
from stemma.store.sqlite import SqliteStore

OpenStore = Callable[..., Store]
KILLS = 10


def _assert_whole(casebook: Path) -> None:
    with closing(sqlite3.connect(casebook)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        for table in ("claim_words", "document_words"):
            connection.execute(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")


def _long_text() -> str:
    """Text that compression does not help with."""
    return random.Random(7).randbytes(60_000).hex()


def test_a_full_disk_is_one_line_and_costs_only_the_report_in_hand(
    casebook: Path, open_store: OpenStore
) -> None:
    store = open_store()
    assert isinstance(store, SqliteStore)
    store.add(*making.bundle("a"), "u1")
    store.close()
    limit = casebook.stat().st_size // 4096 + 3
    event.listen(store._reader, "connect", lambda c, _: c.execute(f"PRAGMA max_page_count = {limit}"))
    for _ in range(2):
        with pytest.raises(CasebookError) as caught:
            store.add(*making.bundle("b", _long_text()), "u1")
        assert caught.value.line() == (
            f"{casebook}: the disk is full; "
            "free some space and run the same command again; what was added is kept"
        )
        assert list(store.report_ids()) == ["a"]
    store.close()
    _assert_whole(casebook)
    with open_store(create=False) as again:
        assert again.add(*making.bundle("b", _long_text()), "u1") is Outcome.ADDED


def test_a_disk_that_fills_up_in_the_middle_of_an_add(
    casebook: Path, open_store: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store()
    store.add(*making.bundle("a"), "u1")
    full = exc.OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full"))

    def fail(*_: Any) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(database, "index_coding", fail)
        with pytest.raises(CasebookError, match="the disk is full"):
            store.add(*making.bundle("b"), "u1")
    assert list(store.report_ids()) == ["a"]
    assert store.add(*making.bundle("b"), "u1") is Outcome.ADDED
    store.close()
    _assert_whole(casebook)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("database or disk is full", "the disk is full"),
        ("attempt to write a readonly database", "cannot be opened for reading and writing"),
        ("database disk image is malformed", "is damaged"),
        ("disk I/O error", "the disk cannot be read or written"),
        ("something\nnew", "the database reports: something new"),
    ],
)
def test_each_fault_is_one_line_with_a_way_out(message: str, said: str) -> None:
    line = casebook_error(sqlite3.OperationalError(message), "my.casebook").line()
    assert line.startswith(f"my.casebook: {said}; ")


@pytest.mark.parametrize("half", ["document", "coding"])
def test_half_a_character_is_refused_in_one_line(open_store: OpenStore, half: str) -> None:
    store = open_store()
    report, document, coding = making.bundle("a")
    if half == "coding":
        coding = coding.model_copy(update={"title": "half \ud83d"})
    else:
        document = document.model_copy(update={"title": "half \ud83d"})
    with pytest.raises(CasebookError, match=r"^in/a.txt: the text holds half a character"):
        store.add(report, document, coding, "u1")
    assert list(store.report_ids()) == []
    judgement = making.Judgement(
        subject="a", verdict="note", value="\ud83d", person="Ada", at=making.datetime.datetime(2017, 2, 7)
    )
    with pytest.raises(CasebookError, match="half a character"):
        store.judge(judgement)
    assert list(store.judgements()) == []


def _start(casebook: Path, count: int, *prefixes: str) -> tuple[subprocess.Popen[bytes], Path]:
    """A process that adds, and the file that it writes the ids to."""
    said = casebook.with_name(f"said-by-{prefixes[0]}")
    command = [sys.executable, adder.__file__, str(casebook), str(count), *prefixes]
    with said.open("wb") as file:
        return subprocess.Popen(command, stdout=file, stderr=subprocess.PIPE), said


def _said(file: Path) -> list[str]:
    """The whole lines of the file: a kill may cut the last one short."""
    return file.read_text().split("\n")[:-1]


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_a_killed_process_loses_nothing_that_it_reported_as_added(casebook: Path) -> None:
    """Two processes at a time, so that one may die while the other writes."""
    chance = random.Random(20170207)
    reported: list[str] = []
    for turn in range(KILLS // 2):
        pair = [_start(casebook, 10**6, f"{turn}-{side}-") for side in "ab"]
        while not all(_said(file) or process.poll() is not None for process, file in pair):
            time.sleep(0.01)
        time.sleep(chance.uniform(0.0, 0.15))
        for process, _ in pair:
            os.kill(process.pid, signal.SIGKILL)
        errors = [process.communicate()[1] for process, _ in pair]
        assert errors == [b"", b""]
        assert all(process.returncode == -signal.SIGKILL for process, _ in pair)
        for _, file in pair:
            reported += _said(file)
    assert len(reported) > KILLS
    with open_casebook(StoreOptions(str(casebook)), create=False) as store:
        kept = set(store.report_ids())
        assert set(reported) <= kept
        assert len(kept) <= len(reported) + KILLS, "at most the one in hand was added but not reported"
        assert store.tally().claims == 8 * len(kept), "a report is there with all its claims or not at all"
        assert len(list(store.codings(Query(text="shelled")))) == len(kept)
    _assert_whole(casebook)


def test_two_processes_may_add_to_one_new_casebook_at_once(casebook: Path) -> None:
    pair = [_start(casebook, 40, prefix, "shared-") for prefix in ("a-", "b-")]
    errors = [process.communicate(timeout=60)[1] for process, _ in pair]
    assert errors == [b"", b""]
    assert [process.returncode for process, _ in pair] == [0, 0]
    with open_casebook(StoreOptions(str(casebook)), create=False) as store:
        kept = list(store.report_ids())
        assert sorted({line for _, file in pair for line in _said(file)}) == kept
        assert len(kept) == 20 + 20 + 20
        assert store.tally().claims == 8 * 60
        assert all(len(store.versions(report)) == 1 for report in kept)
    _assert_whole(casebook)
