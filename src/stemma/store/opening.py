"""Opening a casebook's file: what is there, is it ours, is it of our time."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from stemma.errors import CasebookError, NotACasebookError
from stemma.store import schema
from stemma.store.faults import told_plainly
from stemma.store.migrating import known_version, migrate, say_who_made_it, version_within

_ELSEWHERE: Final = "choose another path with --casebook"
_WAIT_SECONDS: Final = 0.02
_MAGIC: Final = b"SQLite format 3\0"
_SHORTEST: Final = 512
"""Bytes of SQLite's smallest page, so of its smallest database."""

_CACHE_KIB: Final = 4 * 1024
"""Pages that a connection keeps in memory. Each thread that asks at once has a connection of its own, fifteen
at most: eight people on 20,000 reports took 256 MB in all with 4 MB each (`bench/desk.py`)."""


def open_engine(casebook: str, *, create: bool, busy_seconds: float) -> Engine:
    """An engine on the casebook's file, which is made or brought up to date first.

    Its transactions are read-only in effect, unless the execution option `writing` is set: such a
    one takes the write lock at its start. Raises `NotACasebookError`, `CasebookVersionError`,
    `CasebookError`.
    """
    path = Path(casebook).expanduser().absolute()
    with told_plainly(casebook):
        version = _look(path, casebook, busy_seconds)
        if version is None and not create:
            raise CasebookError(
                "there is no casebook here",
                where=casebook,
                mend="make one with `stemma add`, or " + _ELSEWHERE,
            )
        if version is None and not path.parent.is_dir():
            raise CasebookError("the folder does not exist", where=casebook, mend="make it, or " + _ELSEWHERE)
        if version != schema.SCHEMA_VERSION:
            _bring_up_to_date(path, casebook, busy_seconds)
        _use_write_ahead_log(path, busy_seconds)
        return make_file_engine(path, busy_seconds, foreign_keys=True)


def find_casebook(casebook: str, busy_seconds: float) -> Path:
    """The path of a casebook that is there, of whatever version; raises `CasebookError`."""
    path = Path(casebook).expanduser().absolute()
    if _look(path, casebook, busy_seconds) is None:
        raise CasebookError("there is no casebook here", where=casebook, mend=_ELSEWHERE)
    return path


def _look(path: Path, where: str, busy_seconds: float) -> str | None:
    """The schema version of the casebook at `path`; None where there is nothing yet."""
    if path.is_dir():
        raise NotACasebookError(
            "is a folder, not a casebook", where=where, mend="name a file with --casebook"
        )
    if path.exists() and not path.is_file():
        raise NotACasebookError("is not a file", where=where, mend=_ELSEWHERE)
    if not path.exists() or path.stat().st_size == 0:
        return None
    if not _may_be_sqlite(path):
        raise NotACasebookError("is not a casebook", where=where, mend=_ELSEWHERE)
    address = path.as_uri() + "?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=busy_seconds)) as connection:
            marker = connection.execute("PRAGMA application_id").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
            if not tables and marker in (0, schema.APPLICATION_ID):
                return None
            if marker != schema.APPLICATION_ID or not {"casebook", "alembic_version"} <= tables:
                raise NotACasebookError("is an SQLite file but not a casebook", where=where, mend=_ELSEWHERE)
            return known_version(
                connection.execute("SELECT version_num FROM alembic_version").fetchall(), where
            )
    except sqlite3.DatabaseError as error:
        if "file is not a database" in str(error):
            raise NotACasebookError("is not a casebook", where=where, mend=_ELSEWHERE) from error
        raise


def _may_be_sqlite(path: Path) -> bool:
    """False for a file that SQLite must not even open: it takes a very short text for an empty database.

    A head of zeros is left to SQLite, which waits: another process may be making a casebook just now.
    """
    with path.open("rb") as file:
        head = file.read(_SHORTEST)
    return len(head) == _SHORTEST and (head.startswith(_MAGIC) or not any(head))


def _bring_up_to_date(path: Path, where: str, busy_seconds: float) -> None:
    """Runs the migrations that the file lacks, all of them or none.

    Another process may do the same just now: the write lock comes first, then a second look.
    """
    # A migration may make a table anew; with foreign keys on, dropping the old one would take
    # the rows that point to it along. They are checked below instead.
    engine = make_file_engine(path, busy_seconds, foreign_keys=False)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            if version_within(connection) == schema.SCHEMA_VERSION:
                return
            is_new = version_within(connection) is None
            connection.exec_driver_sql(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            migrate(connection, schema.SCHEMA_VERSION)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            if broken is not None:
                raise CasebookError(
                    f"cannot be brought up to date: a row of {broken[0]} has lost its {broken[2]}",
                    where=where,
                    mend="restore a copy",
                )
            if is_new:
                say_who_made_it(connection)
    finally:
        engine.dispose()


def _use_write_ahead_log(path: Path, busy_seconds: float) -> None:
    """Readers and one writer work side by side from now on; the file remembers it.

    SQLite answers "locked" at once, without waiting, where another process does the same just now.
    """
    deadline = time.monotonic() + busy_seconds
    with closing(sqlite3.connect(path.as_uri() + "?mode=rw", uri=True, timeout=busy_seconds)) as connection:
        while True:
            try:
                connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(_WAIT_SECONDS)


def make_file_engine(path: Path, busy_seconds: float, *, foreign_keys: bool) -> Engine:
    """An engine on a casebook's file as it is; one with the option `writing` locks it for others' writing."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def set_up(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions begin where `begin` below says, nowhere else
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        # FULL: a commit is on the disk before `add` returns, so it outlives a power cut as well.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine
