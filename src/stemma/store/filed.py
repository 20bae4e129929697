"""What merging keeps in a casebook: keys by report, reports by key, and the circles merged so far."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import (
    Connection,
    Engine,
    Select,
    bindparam,
    delete,
    insert,
    select,
    text,
    update,
)

from stemma.model import Coding, Document, Record
from stemma.store import schema
from stemma.store.columns import Numbers
from stemma.store.faults import told_plainly
from stemma.store.filing import Filed
from stemma.store.gists import drop_gists, write_gists
from stemma.store.index import next_key
from stemma.store.pack import pack, unpack
from stemma.store.sql import among, asked_table

_AT_ONCE: Final = 2000
"""Rows that are written or read with one statement."""

_MANY: Final = 500_000
"""Key rows from which on the table is filled in the order of the keys: a tree filled at random places
beyond the cache writes a page for each row."""

# A key that very many reports have is counted only as far as it matters.
_COUNTED: Final = (
    "(SELECT count(*) FROM (SELECT 1 FROM block_keys AS b WHERE b.key = asked.value LIMIT :most + 1) AS few)"
)
_SHARING: Final = (
    f"WITH few AS (SELECT value AS key FROM {{asked}} WHERE {_COUNTED} <= :most) "
    "SELECT few.key, b.report FROM few CROSS JOIN block_keys AS b WHERE b.key = few.key"
)
_CROWDED: Final = f"SELECT value FROM {{asked}} WHERE {_COUNTED} > :most"
_LOADED: Final = (
    "SELECT asked.value, documents.wire, codings.wire FROM {asked} "
    "JOIN codings ON codings.key = (SELECT c.key FROM versions AS v JOIN codings AS c ON c.version = v.key "
    "WHERE v.report = asked.value ORDER BY v.key DESC, c.key DESC LIMIT 1) "
    "JOIN documents ON documents.key = codings.document"
)
_PACKED: Final = "SELECT report, packed FROM filings WHERE report IN (SELECT value FROM {asked})"


class SqlFiling:
    """The part `Filing` of a store in a database."""

    _where: str
    _reader: Engine
    _single: Engine
    _writer: Engine

    def unfiled(self) -> Sequence[int]:
        """The reports whose latest coding has not been merged yet, in rising order."""
        table = schema.unfiled
        return [row[0] for row in self._rows(select(table.c.report).order_by(table.c.report))]

    def unfile(self, reports: Iterable[str]) -> None:
        """Marks reports as not merged yet; unknown ids are passed over."""
        table, ids = schema.reports, set(reports)
        with told_plainly(self._where), self._writer.begin() as connection:
            mark_unfiled(connection, select(table.c.key).where(among(table.c.id, ids)))

    def ids_of(self, numbers: Collection[int]) -> Mapping[int, str]:
        """The ids of these reports."""
        wanted = "SELECT key, id FROM reports WHERE key IN (SELECT value FROM {asked})"
        return dict(self._listed(wanted, numbers))

    def loaded(self, reports: Collection[int]) -> Mapping[int, tuple[Document, Coding]]:
        """The latest document and coding of each of these reports."""
        rows = self._listed(_LOADED, reports)
        return {report: (unpack(Document, one), unpack(Coding, two)) for report, one, two in rows}

    def keys_of(self, reports: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The keys that these reports are filed under; none for one that is not filed."""
        found: dict[int, Sequence[int]] = dict.fromkeys(reports, ())
        found |= {report: array("q", keys) for report, keys in self._listed(_PACKED, reports)}
        return found

    def sharing(self, keys: Collection[int], most: int) -> Mapping[int, Collection[int]]:
        """The reports under each of these keys, those keys left out that more than `most` reports have."""
        found: dict[int, set[int]] = {}
        for key, report in self._listed(_SHARING, keys, most=most):
            found.setdefault(key, set()).add(report)
        return found

    def crowded(self, keys: Collection[int], most: int) -> Collection[int]:
        """Those of these keys that more than `most` reports have."""
        return {row[0] for row in self._listed(_CROWDED, keys, most=most)}

    def all_keys(self) -> Iterator[tuple[int, bytes]]:
        """Each filed report with its keys in one piece."""
        table = schema.filings
        last = -1
        while True:
            page = select(table.c.report, table.c.packed).where(table.c.report > last)
            rows = self._rows(page.order_by(table.c.report).limit(_AT_ONCE))
            if not rows:
                return
            yield from ((int(report), bytes(keys)) for report, keys in rows)
            last = rows[-1][0]

    def circles_of(self, reports: Collection[int]) -> Mapping[int, int]:
        """The circle of each of these reports that has one."""
        wanted = (
            "SELECT report, circle FROM filings "
            "WHERE circle IS NOT NULL AND report IN (SELECT value FROM {asked})"
        )
        return dict(self._listed(wanted, reports))

    def members_of(self, circles: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The reports of these circles."""
        wanted = (
            "SELECT circle, report FROM filings "
            "WHERE circle IN (SELECT value FROM {asked}) ORDER BY circle, report"
        )
        found: dict[int, list[int]] = {circle: [] for circle in circles}
        for circle, report in self._listed(wanted, circles):
            found[circle].append(report)
        return found

    def merged_by(self) -> tuple[int, str]:
        """How many judgements have been followed, and by which maker; (0, "") before the first merging."""
        rows = self._rows(select(schema.merged_by.c.judgements, schema.merged_by.c.maker))
        return (int(rows[0][0]), str(rows[0][1])) if rows else (0, "")

    def file(self, filed: Filed) -> None:
        """Writes what merging found; the reports of its circles count as merged from then on."""
        with told_plainly(self._where):
            packed = [(list(members), pack(record)) for members, record in filed.made]
        with told_plainly(self._where), self._writer.begin() as connection:
            _write_keys(connection, filed.keys)
            drop_gists(connection, filed.dropped)
            first = _write_circles(connection, filed.dropped, packed)
            members = [members for members, _ in filed.made]
            write_gists(connection, first, members, filed.gists)
            connection.execute(delete(schema.merged_by))
            state = {"key": 1, "judgements": filed.judgements, "maker": filed.maker}
            connection.execute(insert(schema.merged_by), state)

    def merged(self) -> Iterator[Record]:
        """What was made of each circle: a record without codings."""
        table = schema.circles
        last = 0
        while True:
            page = select(table.c.key, table.c.wire).where(table.c.key > last).order_by(table.c.key)
            rows = self._rows(page.limit(_AT_ONCE))
            if not rows:
                return
            for _, wire in rows:
                yield unpack(Record, wire)
            last = rows[-1][0]

    def merged_with(self, report: str) -> Record | None:
        """What was made of the circle of this report; None where it has not been merged."""
        circles, filings, reports = schema.circles, schema.filings, schema.reports
        wanted = (
            select(circles.c.wire)
            .join(filings, filings.c.circle == circles.c.key)
            .join(reports, reports.c.key == filings.c.report)
            .where(reports.c.id == report)
        )
        rows = self._rows(wanted)
        return unpack(Record, rows[0][0]) if rows else None

    def _rows(self, wanted: Any, given: dict[str, Any] | None = None) -> Sequence[Any]:
        with told_plainly(self._where), self._single.connect() as connection:
            return connection.execute(wanted, given or {}).all()

    def _listed(self, wanted: str, keys: Collection[int], **given: int) -> Iterator[Any]:
        with told_plainly(self._where), self._single.connect() as connection:
            return iter(ask(connection, wanted, keys, **given))


def ask(connection: Connection, wanted: str, keys: Collection[int], **given: int) -> Sequence[Any]:
    """The rows of a statement that has `{asked}`, a table of these keys, in it."""
    statement = text(wanted.format(asked=asked_table(connection.dialect.name)))
    typed = statement.bindparams(bindparam("keys", type_=Numbers()))
    return connection.execute(typed, {"keys": list(keys), **given}).all()


def mark_unfiled(connection: Connection, reports: Select[Any]) -> None:
    """Marks the reports that `reports` selects as not merged yet."""
    table = schema.unfiled
    known = select(table.c.report)
    wanted = reports.where(reports.selected_columns[0].not_in(known))
    connection.execute(insert(table).from_select(["report"], wanted))


def _write_keys(connection: Connection, keys: Mapping[int, Sequence[int]]) -> None:
    filings, blocks = schema.filings, schema.block_keys
    reports = sorted(keys)
    new: list[tuple[int, int]] = []
    for start in range(0, len(reports), _AT_ONCE):
        part = reports[start : start + _AT_ONCE]
        old = {report: array("q", packed) for report, packed in ask(connection, _PACKED, part)}
        gone = [
            {"k": key, "r": report}
            for report, before in old.items()
            for key in set(before) - set(keys[report])
        ]
        if gone:
            connection.execute(
                delete(blocks).where(blocks.c.key == bindparam("k"), blocks.c.report == bindparam("r")), gone
            )
        new += [(key, report) for report in part for key in set(keys[report]) - set(old.get(report, ()))]
        rows = [{"r": report, "k": array("q", keys[report]).tobytes()} for report in part]
        known, fresh = [r for r in rows if r["r"] in old], [r for r in rows if r["r"] not in old]
        if known:
            connection.execute(
                update(filings).where(filings.c.report == bindparam("r")).values(packed=bindparam("k")), known
            )
        if fresh:
            connection.execute(insert(filings).values(report=bindparam("r"), packed=bindparam("k")), fresh)
        if len(new) > _MANY:
            _insert_blocks(connection, new)
            new = []
    _insert_blocks(connection, new)


def _insert_blocks(connection: Connection, rows: list[tuple[int, int]]) -> None:
    rows.sort()
    _execute_many(connection, "INSERT INTO block_keys (key, report) VALUES (?, ?)", rows)


def _execute_many(connection: Connection, statement: str, rows: Sequence[tuple[int, ...]]) -> None:
    """As the driver does it, without a dictionary for each of very many rows."""
    if rows:
        sign = "%s" if connection.dialect.name == "postgresql" else "?"
        connection.exec_driver_sql(statement.replace("?", sign), list(rows))


def _write_circles(
    connection: Connection, dropped: Collection[int], made: Sequence[tuple[Sequence[int], bytes]]
) -> int:
    """Writes the circles, numbered in their order from the number that is given back."""
    circles, filings = schema.circles, schema.filings
    if dropped:
        # Whoever loses a circle and gets no new one below is to be merged again, also after a power cut.
        mark_unfiled(connection, select(filings.c.report).where(among(filings.c.circle, dropped)))
        connection.execute(update(filings).where(among(filings.c.circle, dropped)).values(circle=None))
        connection.execute(delete(circles).where(among(circles.c.key, dropped)))
    following = next_key(connection, circles)
    rows = [{"key": key, "wire": wire} for key, (_, wire) in enumerate(made, following)]
    placed = [(key, report) for key, (members, _) in enumerate(made, following) for report in members]
    if rows:
        connection.execute(insert(circles), rows)
        _execute_many(connection, "UPDATE filings SET circle = ? WHERE report = ?", placed)
        _execute_many(connection, "DELETE FROM unfiled WHERE report = ?", [(one,) for _, one in placed])
    return following
