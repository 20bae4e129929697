"""What is at a casebook's path, and one clear line for all that is not a casebook of ours."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import making
import pytest

from stemma.errors import CasebookError, CasebookVersionError, NotACasebookError
from stemma.store import Store, StoreOptions, open_casebook, schema

OpenStore = Callable[..., Store]


def _refusal(casebook: Path, *, create: bool) -> CasebookError:
    before = casebook.read_bytes() if casebook.is_file() else None
    with pytest.raises(CasebookError) as caught:
        open_casebook(StoreOptions(str(casebook)), create=create)
    assert before is None or casebook.read_bytes() == before, "another's file was touched"
    line = caught.value.line()
    assert line.startswith(f"{casebook}: ")
    assert "\n" not in line
    return caught.value


def test_a_new_casebook_says_what_it_is(casebook: Path, open_store: OpenStore) -> None:
    open_store().close()
    with closing(sqlite3.connect(casebook)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (schema.APPLICATION_ID,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        ((made_by,),) = connection.execute("SELECT created_by FROM casebook").fetchall()
        assert made_by.startswith("stemma ")


def test_opening_again_finds_what_was_added(open_store: OpenStore) -> None:
    bundle = making.bundle("a")
    with open_store() as store:
        store.add(*bundle, "u1")
    with open_store(create=False) as store:
        assert store.coding("a") == bundle[2]


def test_an_empty_file_becomes_a_casebook(casebook: Path, open_store: OpenStore) -> None:
    casebook.touch()
    assert open_store().tally().reports == 0


@pytest.mark.parametrize("content", [None, b""])
def test_nothing_there_and_nothing_to_make(casebook: Path, content: bytes | None) -> None:
    if content is not None:
        casebook.write_bytes(content)
    error = _refusal(casebook, create=False)
    assert "there is no casebook here" in error.line()
    assert casebook.exists() is (content is not None)


@pytest.mark.parametrize("create", [True, False])
def test_another_programs_sqlite_file(casebook: Path, create: bool) -> None:
    with closing(sqlite3.connect(casebook)) as connection:
        connection.execute("CREATE TABLE casebook (note TEXT)")
    error = _refusal(casebook, create=create)
    assert isinstance(error, NotACasebookError)
    assert "is an SQLite file but not a casebook; choose another path with --casebook" in error.line()


def test_another_programs_sqlite_file_with_our_number(casebook: Path) -> None:
    with closing(sqlite3.connect(casebook)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("CREATE TABLE notes (note TEXT)")
    assert isinstance(_refusal(casebook, create=True), NotACasebookError)


@pytest.mark.parametrize(
    "content",
    [b"Ten were killed.\n" * 100, b"x", b"PK\x03\x04" + bytes(4096), b"SQLite format 3\x00", bytes(5000)],
)
def test_a_file_of_another_kind(casebook: Path, content: bytes) -> None:
    casebook.write_bytes(content)
    error = _refusal(casebook, create=True)
    assert isinstance(error, NotACasebookError)
    assert "is not a casebook; choose another path with --casebook" in error.line()


def test_a_folder(tmp_path: Path) -> None:
    error = _refusal(tmp_path, create=True)
    assert isinstance(error, NotACasebookError)
    assert "is a folder" in error.line()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(casebook: Path) -> None:
    os.mkfifo(casebook)
    assert "is not a file" in _refusal(casebook, create=True).line()


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    error = _refusal(tmp_path / "missing" / "stemma.casebook", create=True)
    assert "the folder does not exist; make it" in error.line()
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("mysql://host/casebook", "a casebook cannot be in mysql"),
        ("postgresql://host", "does not say which database"),
        ("://x", "is no address of a database"),
    ],
)
def test_an_address_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CasebookError, match=said):
        open_casebook(StoreOptions(address), create=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["100% sure?.casebook", "#1 é.casebook", "a b'c\".casebook", "file:x", ":memory:"]
)
def test_any_file_name_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)
    with open_casebook(StoreOptions(name), create=True) as store:
        store.add(*making.bundle("a"), "u1")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def _as_nobody(act: Callable[[], object]) -> str:
    """The line of the `CasebookError` that `act` meets in a process that is not the superuser."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        answer = "no error"
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            act()
        except CasebookError as error:
            answer = error.line()
        except BaseException as error:
            answer = repr(error)
        os.write(writer, answer.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return answer


posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions of another kind")


@pytest.fixture
def reachable(tmp_path: Path) -> Path:
    """A folder that another user can reach (pytest's own are private)."""
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == tmp_path.owner() and folder.stat().st_mode & 0o077 == 0:
            folder.chmod(0o755)
    return tmp_path


@posix
def test_an_unwritable_folder(reachable: Path) -> None:
    folder = reachable / "locked"
    folder.mkdir()
    folder.chmod(0o555)
    options = StoreOptions(str(folder / "stemma.casebook"))
    line = _as_nobody(lambda: open_casebook(options, create=True))
    assert line.startswith(f"{options.casebook}: cannot be opened for reading and writing; change")


@posix
def test_an_unreadable_casebook(reachable: Path) -> None:
    casebook = reachable / "stemma.casebook"
    open_casebook(StoreOptions(str(casebook)), create=True).close()
    casebook.chmod(0)
    line = _as_nobody(lambda: open_casebook(StoreOptions(str(casebook)), create=False))
    assert line.startswith(f"{casebook}: cannot be opened for reading and writing; change")


def test_a_newer_casebook(casebook: Path, open_store: OpenStore) -> None:
    open_store().close()
    with closing(sqlite3.connect(casebook)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0099'")
        connection.commit()
    error = _refusal(casebook, create=True)
    assert isinstance(error, CasebookVersionError)
    assert "0099" in error.line()
    assert schema.SCHEMA_VERSION in error.line()
    assert error.line().endswith("upgrade stemma")


def test_a_damaged_casebook(casebook: Path, open_store: OpenStore) -> None:
    with open_store() as store:
        for number in range(20):
            store.add(*making.bundle(f"r{number}"), "u1")
    content = bytearray(casebook.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    casebook.write_bytes(content)
    with pytest.raises(CasebookError, match=r"is damaged; restore it from a copy"):
        open_store(create=False).report_ids()


def test_a_casebook_that_another_program_keeps_locked(casebook: Path, open_store: OpenStore) -> None:
    store = open_store(busy_seconds=0.1)
    with closing(sqlite3.connect(casebook, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(CasebookError, match="in use by another process"):
            store.add(*making.bundle("a"), "u1")
        assert list(store.report_ids()) == [], "reading goes on"
    store.add(*making.bundle("a"), "u1")
