"""The casebook in a database: what all databases share."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, Row, Select, delete, distinct, func, select

from stemma.model import Coding, Document, Judgement, Refusal, Report
from stemma.store import schema
from stemma.store.auditing import read_audit, write_down
from stemma.store.chain import CODING, DOCUMENT, JUDGEMENT, VERSION, append, verify
from stemma.store.faults import told_plainly
from stemma.store.filed import SqlFiling, ask, mark_unfiled
from stemma.store.index import index_coding, index_document, next_key
from stemma.store.listed import SqlListing
from stemma.store.members import drop_member, read_members, write_member
from stemma.store.pack import deflate, inflate, pack, unpack
from stemma.store.protocol import (
    Audited,
    Doubt,
    Member,
    Outcome,
    Query,
    Shelf,
    ShelfQuery,
    Tally,
    Verified,
)
from stemma.store.search import documents_with, matching_claims, with_wires
from stemma.store.shelving import list_doubts, list_shelf

_reports, _versions = schema.reports, schema.versions
_documents, _codings = schema.documents, schema.codings

Link = tuple[str, int, Sequence[object]]
"""Kind, key and parts of what gets a link in the chain."""


class SqlStore(SqlFiling, SqlListing):
    """A `Store` on an engine whose every transaction sees one moment of the casebook.

    `where` is the casebook's name in messages. A transaction of an engine with the execution option
    `writing` is the only one that writes until it ends. May be used from several threads; each process
    opens its own.
    """

    def __init__(self, reader: Engine, writer: Engine, where: str, *, single: bool = False) -> None:
        self._where = where
        self._reader = reader
        # A single statement is of one moment by itself: it needs no transaction and fewer ways to a server.
        self._single = reader.execution_options(isolation_level="AUTOCOMMIT") if single else reader
        self._writer = writer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Releases the casebook; a second time does nothing."""
        self._reader.dispose()

    @property
    def where(self) -> str:
        """The casebook's name in messages."""
        return self._where

    @property
    def reader(self) -> Engine:
        """For transactions that read."""
        return self._reader

    @property
    def writer(self) -> Engine:
        """For transactions that write."""
        return self._writer

    def knows(self, bytes_hash: str, report: str, unit: str) -> bool:
        """True where these bytes under this id were already coded as `unit` (see `add`)."""
        wanted = (
            select(_codings.c.key)
            .join_from(_codings, _versions, _codings.c.version == _versions.c.key)
            .join(_reports, _versions.c.report == _reports.c.key)
            .where(_reports.c.id == report, _versions.c.bytes_hash == bytes_hash, _codings.c.unit == unit)
        )
        with told_plainly(self._where), self._single.connect() as connection:
            return connection.execute(wanted).first() is not None

    def add(self, report: Report, document: Document, coding: Coding, unit: str) -> Outcome:
        """Stores one report with all that was made of it, atomically and durably.

        Refusals noted for the report's address are lifted, since it could be read now. Raises
        `CasebookError` where it cannot be written, `ValueError` where the three do not belong
        together.
        """
        # All slow work comes before the write lock, which other processes may wait for.
        with told_plainly(report.address):
            parcel = _Parcel(report, document, coding, unit)
        with told_plainly(self._where), self._writer.begin() as connection:
            outcome = _write(connection, parcel)
            refusals = schema.refusals
            connection.execute(delete(refusals).where(refusals.c.place == report.address))
        return outcome

    def refuse(self, refusal: Refusal) -> None:
        """Notes that a report was refused; the same refusal twice is noted once."""
        with told_plainly(self._where), self._writer.begin() as connection:
            table = schema.refusals
            row = {"hash": refusal.content_hash(), "place": refusal.where, "wire": refusal.wire_json()}
            if connection.execute(select(table.c.key).where(table.c.hash == row["hash"])).first() is None:
                _insert(connection, table, row)

    def refusals(self) -> Iterator[Refusal]:
        """The refusals noted, oldest first."""
        for wire in self._column(select(schema.refusals.c.wire).order_by(schema.refusals.c.key)):
            yield Refusal.from_wire(wire)

    def report_ids(self) -> Sequence[str]:
        """The ids of all reports, sorted."""
        return self._column(select(_reports.c.id).order_by(_reports.c.id))

    def reports_with(self, text: str) -> Sequence[str]:
        """The ids, sorted, of the reports whose latest document has all words of `text`."""
        condition = documents_with(text)
        if condition is None:
            return self.report_ids()
        hits = (
            select(_documents.c.key, _reports.c.id)
            .join_from(_documents, _versions, _documents.c.version == _versions.c.key)
            .join(_reports, _versions.c.report == _reports.c.key)
            .where(condition)
        )
        with told_plainly(self._where), self._reader.begin() as connection:
            found = set()
            for document, report in connection.execute(hits).all():
                latest = _latest(_codings.c.document).where(_reports.c.id == report)
                if connection.execute(latest).scalar_one() == document:
                    found.add(report)
            return sorted(found)

    def document(self, report: str) -> Document:
        """The latest document of this report id; raises `KeyError`."""
        latest = _latest(_documents.c.wire).join(_documents, _codings.c.document == _documents.c.key)
        return unpack(Document, self._one(latest, report).wire)

    def coding(self, report: str) -> Coding:
        """The latest coding of this report id; raises `KeyError`."""
        return unpack(Coding, self._one(_latest(_codings.c.wire), report).wire)

    def original(self, report: str) -> Report:
        """The latest bytes of this report id, as they arrived; raises `KeyError`."""
        row = self._one(_latest(_codings.c.report_wire, _versions.c.content), report)
        bare = unpack(Report, row.report_wire)
        return bare.model_copy(update={"content": inflate(row.content)})

    def versions(self, report: str) -> Sequence[Document]:
        """All documents kept under this id, oldest first; none for an unknown id."""
        kept = (
            select(_documents.c.wire)
            .join_from(_documents, _versions, _documents.c.version == _versions.c.key)
            .join(_reports, _versions.c.report == _reports.c.key)
            .where(_reports.c.id == report)
            .order_by(_versions.c.key, _documents.c.key)
        )
        return [unpack(Document, wire) for wire in self._column(kept)]

    def codings(self, query: Query | None = None) -> Iterator[Coding]:
        """The latest codings by report id, each cut down to the claims that `query` asks for.

        Without a query, all of them, whole. Some are loaded together, all from one state of
        the casebook: what is added meanwhile is not among them.
        """
        if query is not None and query.limit is not None and self._single is not self._reader:
            yield from self._codings_at_once(query)
            return
        with told_plainly(self._where), self._reader.begin() as connection:
            if query is None:
                keys = connection.execute(select(_reports.c.key).order_by(_reports.c.id)).scalars().all()
                yield from (unpack(Coding, wire) for _, wire in _wires(connection, keys))
                return
            rows = connection.execute(matching_claims(query, connection))
            asked = {
                key: [row.ordinal for row in group] for key, group in groupby(rows, key=lambda row: row.key)
            }
            for key, wire in _wires(connection, list(asked)):
                yield _cut(unpack(Coding, wire), asked[key])

    def _codings_at_once(self, query: Query) -> Iterator[Coding]:
        """Claims and their codings in one statement, which is of one moment by itself."""
        with told_plainly(self._where), self._single.connect() as connection:
            rows = connection.execute(with_wires(matching_claims(query, connection))).all()
        for _, group in groupby(rows, key=lambda row: row.key):
            found = list(group)
            yield _cut(unpack(Coding, found[0].wire), [row.ordinal for row in found])

    def judge(self, judgement: Judgement, seen: int | None = None) -> Sequence[Judgement]:
        """Appends a judgement; gives what others said of the same claim after the first `seen`."""
        row = {
            "subject": judgement.subject,
            "verdict": judgement.verdict,
            "person": judgement.person,
            "at": judgement.at.isoformat(),
            "wire": judgement.wire_json(),
        }
        act = judgement.verdict if judgement.verdict in ("undo", "redo") else "judge"
        with told_plainly(self._where), self._writer.begin() as connection:
            crossing = [] if seen is None else _crossing(connection, judgement, seen)
            key = _insert(connection, schema.judgements, row)
            append(connection, [(JUDGEMENT, key, list(row.values()))])
            write_down(connection, act, judgement.subject, judgement.verdict, judgement.person)
        return crossing

    def note(self, act: str, subject: str, detail: str = "", person: str = "") -> None:
        """Enters an act into the audit log; adding and judging enter themselves."""
        with told_plainly(self._where), self._writer.begin() as connection:
            write_down(connection, act, subject, detail, person)

    def audit(self) -> Sequence[Audited]:
        """The audit log, oldest first."""
        with told_plainly(self._where), self._reader.begin() as connection:
            return list(read_audit(connection))

    def members(self) -> Sequence[Member]:
        """Everybody with a role, by name; nobody where all may do all."""
        with told_plainly(self._where), self._single.connect() as connection:
            return read_members(connection)

    def set_member(self, member: Member, by: str = "") -> None:
        """Gives a person a role in place of any other; raises `CasebookError` where no owner is left."""
        with told_plainly(self._where), self._writer.begin() as connection:
            write_member(connection, member, self._where)
            write_down(connection, "role", member.person, member.role.value, by)

    def drop_member(self, person: str, by: str = "") -> None:
        """Takes a person's role away; raises `CasebookError` where no owner would be left."""
        with told_plainly(self._where), self._writer.begin() as connection:
            drop_member(connection, person, self._where)
            write_down(connection, "role", person, "none", by)

    def verify(self, head: str = "") -> Verified:
        """Compares all evidence with the chain of hashes; `head` is a link noted down earlier."""
        with told_plainly(self._where), self._reader.begin() as connection:
            return verify(connection, head)

    def judgements(self, skip: int = 0) -> Iterator[Judgement]:
        """All judgements, in the order given, without the first `skip` of them."""
        table = schema.judgements
        for wire in self._column(select(table.c.wire).order_by(table.c.key).offset(skip)):
            yield Judgement.from_wire(wire)

    def shelf(self, query: ShelfQuery) -> Shelf:
        """A page of the list of reports, and how many there are in all."""
        # Reports are never taken out: a page and a count of two moments do no harm.
        with told_plainly(self._where), self._single.connect() as connection:
            return list_shelf(connection, query)

    def doubts(self, limit: int) -> Sequence[Doubt]:
        """The claims that most need a person's eye, the neediest first."""
        with told_plainly(self._where), self._reader.begin() as connection:
            return list_doubts(connection, limit)

    def tally(self) -> Tally:
        """What the casebook holds, counted over the latest codings."""
        claims = schema.claims
        numbers = {
            "reports": select(func.count()).select_from(_reports),
            "outlets": select(func.count(distinct(_reports.c.outlet))),
            "entities": select(func.count()).select_from(schema.entities),
            "claims": select(func.coalesce(func.sum(_reports.c.claims), 0)),
            "sourced": select(func.coalesce(func.sum(_reports.c.sourced), 0)),
            "hedged": select(func.coalesce(func.sum(_reports.c.hedged), 0)),
            "judgements": select(func.count()).select_from(schema.judgements),
            "refused": select(func.count()).select_from(schema.refusals),
        }
        by_type = select(claims.c.type, func.count()).group_by(claims.c.type).order_by(claims.c.type)
        days = select(func.min(_reports.c.published), func.max(_reports.c.published))
        with told_plainly(self._where), self._reader.begin() as connection:
            counts = {name: int(connection.execute(count).scalar_one()) for name, count in numbers.items()}
            types = {kind: int(count) for kind, count in connection.execute(by_type)}
            first, last = connection.execute(days).one()
        return Tally(
            **counts,
            first_published=datetime.date.fromisoformat(first) if first else None,
            last_published=datetime.date.fromisoformat(last) if last else None,
            claims_by_type=types,
            schema_version=schema.SCHEMA_VERSION,
        )

    def _one(self, latest: Select[Any], report: str) -> Row[Any]:
        with told_plainly(self._where), self._single.connect() as connection:
            row = connection.execute(latest.where(_reports.c.id == report)).first()
        if row is None:
            raise KeyError(report)
        return row

    def _column(self, wanted: Select[Any]) -> list[Any]:
        with told_plainly(self._where), self._single.connect() as connection:
            return list(connection.execute(wanted).scalars())


class _Parcel:
    """What `add` writes, ready made. Raises `ValueError` where the three do not belong together."""

    def __init__(self, report: Report, document: Document, coding: Coding, unit: str) -> None:
        self.bytes_hash = report.bytes_hash()
        self.document_hash = document.content_hash()
        if not report.id == document.report == coding.report:
            raise ValueError(f"three reports at once: {report.id!r}, {document.report!r}, {coding.report!r}")
        if document.report_hash != self.bytes_hash:
            raise ValueError(f"the document was not read from the bytes of {report.id!r}")
        if coding.document_hash not in (None, self.document_hash):
            raise ValueError(f"the coding was not made from the document of {report.id!r}")
        self.report = report.id
        self.text = document.text
        self.coding = coding
        self.unit = unit
        self.content = deflate(report.content)
        self.report_wire = pack(report.model_copy(update={"content": b""}))
        self.document_wire = pack(document)
        self.coding_wire = pack(coding)
        self.added_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _write(connection: Connection, parcel: _Parcel) -> Outcome:
    outcome = Outcome.RECODED
    links: list[Link] = []
    report_key = connection.execute(select(_reports.c.key).where(_reports.c.id == parcel.report)).scalar()
    # Of a new report nothing is asked that only an old one can have.
    new = report_key is None
    if report_key is None:
        report_key = _insert(connection, _reports, {"id": parcel.report})
        outcome = Outcome.ADDED
    same = (_versions.c.report == report_key, _versions.c.bytes_hash == parcel.bytes_hash)
    version = None if new else connection.execute(select(_versions.c.key).where(*same)).scalar()
    if version is None:
        row = {"report": report_key, "bytes_hash": parcel.bytes_hash, "content": parcel.content}
        version = _insert(connection, _versions, row)
        links.append((VERSION, version, (parcel.report, parcel.bytes_hash, parcel.content)))
        outcome = Outcome.VERSION if outcome is Outcome.RECODED else outcome
    known = select(_codings.c.key).where(_codings.c.version == version, _codings.c.unit == parcel.unit)
    if not new and connection.execute(known).first() is not None:
        return Outcome.KNOWN
    document = _document_key(connection, version, parcel, links, new)
    row = {
        "version": version,
        "document": document,
        "unit": parcel.unit,
        "added_at": parcel.added_at,
        "report_wire": parcel.report_wire,
        "wire": parcel.coding_wire,
    }
    links.append((CODING, _insert(connection, _codings, row), list(row.values())))
    append(connection, links)
    write_down(connection, "add", parcel.report, outcome.value)
    newest = select(func.max(_versions.c.key)).where(_versions.c.report == report_key)
    if new or connection.execute(newest).scalar() == version:
        index_coding(connection, report_key, document, parcel.coding, new)
        mark_unfiled(connection, select(_reports.c.key).where(_reports.c.key == report_key))
    return outcome


def _crossing(connection: Connection, judgement: Judgement, seen: int) -> list[Judgement]:
    """What others said of the same claim after the first `seen` judgements."""
    table = schema.judgements
    after = select(table.c.wire).order_by(table.c.key).offset(seen)
    others = [Judgement.from_wire(wire) for wire in connection.execute(after).scalars()]
    claim = claim_of(judgement.subject)
    return [one for one in others if one.person != judgement.person and claim_of(one.subject) == claim]


def claim_of(subject: str) -> str:
    """`REPORT#CLAIM` of a subject `REPORT#CLAIM/VALUE`."""
    report, sign, rest = subject.rpartition("#")
    return report + sign + rest.partition("/")[0]


def _document_key(connection: Connection, version: int, parcel: _Parcel, links: list[Link], new: bool) -> int:
    """The key of the document, entered if this version of the report has not got it; a `new` one has none."""
    same = (_documents.c.version == version, _documents.c.hash == parcel.document_hash)
    key = None if new else connection.execute(select(_documents.c.key).where(*same)).scalar()
    if key is None:
        row = {"version": version, "hash": parcel.document_hash, "wire": parcel.document_wire}
        key = _insert(connection, _documents, row)
        links.append((DOCUMENT, key, list(row.values())))
        index_document(connection, key, parcel.text)
    return key


def _insert(connection: Connection, table: Any, row: dict[str, Any]) -> int:
    key = next_key(connection, table)
    connection.execute(table.insert(), {"key": key, **row})
    return key


def _latest(*columns: Any) -> Select[Any]:
    """Columns of the latest coding: the last one made of the version that arrived last."""
    return (
        select(*columns)
        .select_from(_reports)
        .join(_versions, _versions.c.report == _reports.c.key)
        .join(_codings, _codings.c.version == _versions.c.key)
        .order_by(_versions.c.key.desc(), _codings.c.key.desc())
        .limit(1)
    )


_LATEST_CODINGS: Final = (
    "SELECT asked.value, codings.wire FROM {asked} JOIN codings ON codings.key = "
    "(SELECT c.key FROM versions AS v JOIN codings AS c ON c.version = v.key "
    "WHERE v.report = asked.value ORDER BY v.key DESC, c.key DESC LIMIT 1)"
)
_TOGETHER: Final = 50
"""Codings asked for at once: each question to a server has its way there and back."""


def _wires(connection: Connection, reports: Sequence[int]) -> Iterator[tuple[int, bytes]]:
    """The latest coding of each report, packed, in this order."""
    for start in range(0, len(reports), _TOGETHER):
        part = reports[start : start + _TOGETHER]
        found = dict(ask(connection, _LATEST_CODINGS, part))
        yield from ((report, found[report]) for report in part)


def _cut(coding: Coding, ordinals: Iterable[int]) -> Coding:
    """`coding` with these claims only, and with the entities that they use."""
    claims = tuple(coding.claims[ordinal] for ordinal in ordinals)
    used = {party for claim in claims for parties in claim.roles.values() for party in parties}
    used |= {count.entity for claim in claims for count in claim.counts if count.entity is not None}
    used |= {source.entity for claim in claims for source in claim.sources if source.entity is not None}
    entities = tuple(entity for entity in coding.entities if entity.id in used)
    return coding.model_copy(update={"claims": claims, "entities": entities})
