"""What is known of each feed and page between rounds: a small SQLite file, so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from stemma.errors import UsageError

VERSION: Final = 1
_SCHEMA: Final = """
create table feeds (address text primary key, etag text, modified text, due real not null default 0,
  failures integer not null default 0, asked real, said text not null default '',
  title text not null default '');
create table pages (key text primary key, address text not null, host text not null, feed text not null,
  report text not null, versions integer not null default 0, hash text, etag text, modified text,
  published text, stated text not null default '', looked integer not null default 0, first real, seen real,
  due real, failures integer not null default 0, said text not null default '',
  kept text not null default '');
create index pages_due on pages (due) where due is not null;
create index pages_report on pages (report);
create table entries (id text primary key, query text not null, at real not null, title text not null,
  html text not null);
create index entries_at on entries (query, at);
create table outbox (key integer primary key, target text not null, body text not null, at real not null);
"""


@dataclass(slots=True)
class FeedState:
    """What the last looks at one feed left: its version, when it is due, failures in a row, what it said."""

    address: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0
    asked: float | None = None
    said: str = ""
    title: str = ""


@dataclass(slots=True)
class PageState:
    """One page. `key` is its address without what does not matter; `report` the id of its first version.

    `versions` counts those in the casebook, `hash` is that of the latest one's text. `looked` counts looks
    since the last change, `due` is when the next one is due, null where none is. `kept` says where the bytes
    of each version are: `FILE:RECORD`, joined by spaces.
    """

    key: str
    address: str
    host: str
    feed: str
    report: str
    versions: int = 0
    hash: str | None = None
    etag: str | None = None
    modified: str | None = None
    published: str | None = None
    stated: str = ""
    looked: int = 0
    first: float | None = None
    seen: float | None = None
    due: float | None = None
    failures: int = 0
    said: str = ""
    kept: str = ""


class State:
    """The file. Who follows (`alone`) is the only one; who only looks may come besides."""

    def __init__(self, path: Path, *, alone: bool = False) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock: sqlite3.Connection | None = None
        try:
            if alone:
                self._lock = _hold(path.with_name("lock.sqlite"))
            self._db = sqlite3.connect(path, timeout=10.0, isolation_level=None)
            self._db.execute("pragma journal_mode=wal")
            self._db.execute("pragma synchronous=normal")
            self._db.execute("pragma cache_size=-4000")
            self._db.execute("begin immediate")
            if self._db.execute("pragma user_version").fetchone()[0] == 0:
                for statement in _SCHEMA.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"pragma user_version={VERSION}")
            self._db.execute("commit")
        except sqlite3.OperationalError as error:
            raise UsageError(str(error), where=str(path), mend="look at the folder") from error
        except sqlite3.DatabaseError as error:
            raise UsageError(
                "it is damaged", where=str(path), mend="move it away; it is made anew"
            ) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()
        if self._lock is not None:
            self._lock.close()

    def feed(self, address: str) -> FeedState:
        """What is known of a feed; a new one is due at once."""
        return self._one(FeedState, "feeds", "address", address) or FeedState(address)

    def page(self, key: str) -> PageState | None:
        """What is known of a page; null for a new one."""
        found: PageState | None = self._one(PageState, "pages", "key", key)
        return found

    def page_of(self, report: str) -> PageState | None:
        """The page whose first version is this report."""
        found: PageState | None = self._one(PageState, "pages", "report", report)
        return found

    def put(self, *rows: FeedState | PageState) -> None:
        """Writes these down."""
        for row in rows:
            table = "feeds" if isinstance(row, FeedState) else "pages"
            names = list(row.__slots__)
            marks = ", ".join("?" * len(names))
            self._db.execute(
                f"insert or replace into {table} ({', '.join(names)}) values ({marks})",
                [getattr(row, name) for name in names],
            )

    def forget_feed(self, address: str) -> None:
        """Drops a feed and those of its pages that nobody has fetched yet."""
        self._db.execute("delete from feeds where address = ?", [address])
        self._db.execute("delete from pages where feed = ? and versions = 0", [address])

    def due_pages(self, now: float, per_host: int) -> Iterator[list[PageState]]:
        """The pages to fetch now, by host, at most `per_host` of each; new ones before old ones."""
        hosts = self._db.execute(
            "select host, min(due) from pages where due <= ? group by host order by 2", [now]
        ).fetchall()
        for host, _ in hosts:
            rows = self._db.execute(
                "select * from pages where host = ? and due <= ? order by versions > 0, due, key limit ?",
                [host, now, per_host],
            )
            yield _rows(PageState, rows)

    def next_due(self) -> float | None:
        """When the next page is due."""
        row = self._db.execute("select min(due) from pages where due is not null").fetchone()
        return None if row[0] is None else float(row[0])

    def waiting(self) -> int:
        """Pages that no look has reached yet."""
        return int(
            self._db.execute("select count(*) from pages where versions = 0 and due is not null").fetchone()[
                0
            ]
        )

    def enter(self, query: str, entries: Sequence[tuple[str, str, str]], at: float, most: int) -> None:
        """Keeps entries (id, title, HTML) of a query's feed, the newest `most` of them."""
        self._db.executemany(
            "insert or ignore into entries (id, query, at, title, html) values (?, ?, ?, ?, ?)",
            [(key, query, at, title, html) for key, title, html in entries],
        )
        self._db.execute(
            "delete from entries where query = ? and id not in "
            "(select id from entries where query = ? order by at desc, id limit ?)",
            [query, query, most],
        )

    def entries(self, query: str) -> list[tuple[str, str, str, float]]:
        """The entries kept of a query, newest first: id, title, HTML, time."""
        sql = "select id, title, html, at from entries where query = ? order by at desc, id"
        return list(self._db.execute(sql, [query]).fetchall())

    def post(self, target: str, body: str, at: float) -> None:
        """Keeps a message that could not be delivered."""
        self._db.execute("insert into outbox (target, body, at) values (?, ?, ?)", [target, body, at])

    def posted(self) -> list[tuple[int, str, str, float]]:
        """The messages to deliver, oldest first: key, target, body, time."""
        return list(
            self._db.execute("select key, target, body, at from outbox order by key limit 1000").fetchall()
        )

    def deliver(self, key: int) -> None:
        """Takes a message out."""
        self._db.execute("delete from outbox where key = ?", [key])

    def _one(self, kind: type[Any], table: str, column: str, value: str) -> Any:
        found = _rows(kind, self._db.execute(f"select * from {table} where {column} = ?", [value]))
        return found[0] if found else None


def _hold(path: Path) -> sqlite3.Connection:
    """A lock that lasts as long as this connection: two programs would ask each host twice."""
    lock = sqlite3.connect(path, timeout=0.2, isolation_level=None)
    try:
        lock.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        mend = "end it, or wait for it"
        what = "another `stemma watch` is at work here"
        raise UsageError(what, where=str(path.parent), mend=mend) from error
    return lock


def _rows(kind: type[Any], cursor: sqlite3.Cursor) -> list[Any]:
    names = [column[0] for column in cursor.description]
    return [kind(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
