"""A casebook copied whole, from one database to another, and compared row by row."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, TableClause, delete, func, insert, select, text

from stemma.errors import CasebookError, NotACasebookError
from stemma.model import Document
from stemma.store import schema
from stemma.store.bare import bare_tables
from stemma.store.database import SqlStore
from stemma.store.faults import told_plainly
from stemma.store.index import index_words
from stemma.store.options import StoreOptions
from stemma.store.pack import unpack
from stemma.store.sql import CLAIM_WORDS, DOCUMENT_WORDS, indexed_words
from stemma.store.sqlite import SqliteStore

_AT_ONCE: Final = 500
_HEAD: Final = 100
"""Bytes of the head of an SQLite file."""


def copy_casebook(source: SqlStore, target: SqlStore) -> dict[str, int]:
    """Copies all of `source`, as it is at one moment, into the empty `target`; the rows of each table.

    Wholly or not at all: in the end both are compared, row by row. Raises `CasebookError` where `target` is
    not empty or the two differ.
    """
    where = target.where
    with (
        told_plainly(where),
        source.reader.begin() as reading,
        target.writer.begin() as writing,
    ):
        for table in (schema.reports, schema.judgements, schema.refusals):
            if writing.execute(select(func.count()).select_from(table)).scalar_one():
                raise CasebookError("is not empty", where=where, mend="name a new casebook")
        for table in (schema.members, schema.casebook):
            writing.execute(delete(table))
        before = writing.execute(select(func.count()).select_from(schema.audit)).scalar_one()
        if before:
            raise CasebookError("is not empty", where=where, mend="name a new casebook")
        counts: dict[str, int] = {}
        with bare_tables(writing):
            for table in schema.metadata.sorted_tables:
                counts[table.name] = _copy_table(reading, writing, table)
            _index(reading, writing)
        for table in schema.metadata.sorted_tables:
            if _fingerprint(reading, table) != _fingerprint(writing, table):
                raise CasebookError(f"the copy of {table.name} differs; nothing was kept", where=where)
    return counts


def _rows(connection: Connection, table: Table) -> Iterator[list[Any]]:
    ordered = select(table).order_by(*table.primary_key.columns)
    with connection.execution_options(yield_per=_AT_ONCE).execute(ordered) as answer:
        for part in answer.partitions():
            yield list(part)


def _copy_table(reading: Connection, writing: Connection, table: Table) -> int:
    count = 0
    with _taking(writing, table) as take:
        for part in _rows(reading, table):
            take(part)
            count += len(part)
    return count


@contextmanager
def _taking(writing: Connection, table: Table) -> Iterator[Callable[[list[Any]], object]]:
    """What writes rows into a table; PostgreSQL takes them in one stream, which is several times faster."""
    if writing.dialect.name != "postgresql":
        yield lambda part: writing.execute(insert(table), [dict(row._mapping) for row in part])
        return
    makers = [
        column.type.dialect_impl(writing.dialect).bind_processor(writing.dialect) for column in table.columns
    ]
    with _stream(writing, table.name, [column.name for column in table.columns]) as write:

        def take(part: list[Any]) -> None:
            for row in part:
                write([
                    value if make is None or value is None else make(value)
                    for make, value in zip(makers, row, strict=True)
                ])  # fmt: skip

        yield take


@contextmanager
def _stream(writing: Connection, table: str, columns: Sequence[str]) -> Iterator[Callable[[Any], object]]:
    """What writes single rows into a table of PostgreSQL, all in one stream."""
    quoted = writing.dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name in columns)
    driver: Any = writing.connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quoted(table)} ({names}) FROM STDIN") as stream,
    ):
        yield stream.write_row


def _fingerprint(connection: Connection, table: Table) -> tuple[int, str]:
    whole, count = hashlib.sha256(), 0
    for part in _rows(connection, table):
        count += len(part)
        for row in part:
            whole.update(repr(tuple(row)).encode("utf-8"))
    return count, whole.hexdigest()


def _index(reading: Connection, writing: Connection) -> None:
    """Makes the full-text search anew, which no two databases keep alike."""
    claims, documents = schema.claims, schema.documents
    _index_words(writing, CLAIM_WORDS, _parts(reading, claims, claims.c.evidence))
    texts = (
        [(key, unpack(Document, wire).text) for key, wire in part]
        for part in _parts(reading, documents, documents.c.wire)
    )
    _index_words(writing, DOCUMENT_WORDS, texts)
    if writing.dialect.name == "sqlite":
        writing.execute(text("INSERT INTO name_letters (rowid, folded) SELECT key, folded FROM names"))


def _index_words(writing: Connection, index: TableClause, parts: Iterable[Sequence[tuple[int, str]]]) -> None:
    if writing.dialect.name != "postgresql":
        for part in parts:
            index_words(writing, index, part)
        return
    with _stream(writing, index.name, ("rowid", "words")) as write:
        for part in parts:
            for key, content in part:
                write((key, indexed_words(content)))


def _parts(connection: Connection, table: Table, column: Any) -> Iterator[list[tuple[int, Any]]]:
    last = 0
    while True:
        page = select(table.c.key, column).where(table.c.key > last).order_by(table.c.key).limit(_AT_ONCE)
        rows = [(int(key), value) for key, value in connection.execute(page)]
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def back_up(store: SqlStore, file: Path) -> None:
    """Writes all of the casebook, as it is at one moment, into a new file, which is itself a casebook.

    It has its name only once it is whole and on the disk. Others may go on writing meanwhile. Raises
    `CasebookError` where the file exists or cannot be written.
    """
    where = str(file)
    if file.exists():
        raise CasebookError("is there already", where=where, mend="name a new file")
    part = file.with_name(file.name + ".part")
    with told_plainly(where):
        part.unlink(missing_ok=True)
        try:
            if isinstance(store, SqliteStore):
                _copy_file(store.path, part)
            else:
                with SqliteStore(StoreOptions(str(part)), create=True) as copy:
                    copy_casebook(store, copy)
            make_single(part)
            part.replace(file)
        finally:
            for left in (part, *(part.with_name(part.name + tail) for tail in ("-wal", "-shm"))):
                left.unlink(missing_ok=True)


def _copy_file(path: Path, part: Path) -> None:
    with (
        closing(sqlite3.connect(path.as_uri() + "?mode=rw", uri=True)) as source,
        closing(sqlite3.connect(part)) as copy,
    ):
        source.backup(copy)


def make_single(part: Path) -> None:
    """Makes a casebook one file and on the disk: nothing is left in a write-ahead log beside it."""
    with closing(sqlite3.connect(part)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with part.open("rb+") as file:
        os.fsync(file.fileno())


def check_backup(file: Path) -> None:
    """Raises `CasebookError` where a backup is not whole, in one line that says why."""
    where = str(file)
    with told_plainly(where):
        if not file.is_file():
            raise CasebookError("there is no such file", where=where, mend="give the file of a backup")
        with file.open("rb") as opened:
            head = opened.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(b"SQLite format 3\0"):
            raise NotACasebookError("is no backup of a casebook", where=where)
        page = int.from_bytes(head[16:18], "big")
        wanted = (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")
        size = file.stat().st_size
        if size < wanted:
            raise CasebookError(
                f"is cut short: {size:,} of {wanted:,} bytes are there", where=where, mend="use another copy"
            )
        with closing(sqlite3.connect(file.absolute().as_uri() + "?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise CasebookError("is damaged", where=where, mend="use another copy")
