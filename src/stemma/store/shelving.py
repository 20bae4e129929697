"""The list of reports and the queue of doubtful claims, as SQL over the index."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, distinct, func, or_, select

from stemma.store import schema
from stemma.store.protocol import Doubt, Shelf, ShelfQuery, ShelfRow
from stemma.store.search import outlets_with
from stemma.store.sql import DOCUMENT_WORDS, among, rows_with_words

_reports, _claims = schema.reports, schema.claims

FEW: Final = 2000
"""Reports, or claims, from which a search starts; where more are like that, it walks through the list in its
order and looks at each. With 100,000 reports either takes some milliseconds at this number."""


def list_shelf(connection: Connection, query: ShelfQuery) -> Shelf:
    """The page of the list that `query` asks for."""
    conditions = list(_conditions(connection, query))
    order = "oldest" if query.before is not None else query.order
    limit, offset = max(query.limit, 0), max(query.offset, 0)
    if connection.dialect.name == "postgresql":
        rows = _rows_at_once(connection, conditions, order, limit, offset)
    else:
        # Keys first: the walk stays within an index, and rows are read for one page only.
        chosen = select(_reports.c.key).where(*conditions).order_by(*_order(order))
        keys = list(connection.execute(chosen.limit(limit).offset(offset)).scalars())
        wanted = select(_reports).where(among(_reports.c.key, keys))
        found = {row.key: row for row in connection.execute(wanted)}
        rows = [found[key] for key in keys]
    total = offset + len(rows)
    # Where the page is the last one, or has all that was named, nothing is left to be counted.
    ends = len(rows) < limit or (query.among is not None and total >= len(query.among))
    if not ends or (offset and not rows):
        total = int(connection.execute(_counting(query, conditions)).scalar_one())
    return Shelf(tuple(_row(row) for row in rows), total)


def _rows_at_once(
    connection: Connection, conditions: list[ColumnElement[bool]], order: str, limit: int, offset: int
) -> list[Any]:
    """A page in one statement: each question to a server has its way there and back.

    No index of PostgreSQL has the newest first and those without a day last: two parts have one each.
    """
    chosen = select(_reports).where(*conditions)
    if order in _OTHER_ORDERS:
        return list(connection.execute(chosen.order_by(*_order(order)).limit(limit).offset(offset)))
    day, name = _reports.c.published, _reports.c.id
    dated = chosen.where(day.is_not(None)).order_by(day.desc(), name)
    rows = list(connection.execute(dated.limit(limit).offset(offset)))
    if len(rows) == limit:
        return rows
    count = select(func.count()).select_from(_reports).where(*conditions, day.is_not(None))
    beyond = max(0, offset - int(connection.execute(count).scalar_one()))
    others = chosen.where(day.is_(None)).order_by(name).limit(limit - len(rows)).offset(beyond)
    return rows + list(connection.execute(others))


def _row(row: Any) -> ShelfRow:
    return ShelfRow(
        id=row.id,
        title=row.title,
        outlet=row.outlet,
        published=datetime.date.fromisoformat(row.published) if row.published else None,
        language=row.language,
        claims=int(row.claims),
        sourced=int(row.sourced),
        hedged=int(row.hedged),
        score=row.score,
    )


def _counting(query: ShelfQuery, conditions: list[ColumnElement[bool]]) -> Select[Any]:
    """How many reports there are; of one type, or one country, straight off the index that lists them."""
    if len(conditions) == 1 and (query.type is not None or query.country is not None):
        one = _claims.c.type == query.type if query.type is not None else _claims.c.country == query.country
        return select(func.count(distinct(_claims.c.report))).where(one)
    return select(func.count()).select_from(_reports).where(*conditions)


_OTHER_ORDERS: Final = frozenset(("title", "claims", "score", "oldest"))


def _order(order: str) -> tuple[ColumnElement[Any], ...]:
    """Each order is that of an index."""
    if order == "title":
        return (_reports.c.title.nulls_last(), _reports.c.id)
    if order == "claims":
        return (_reports.c.claims.desc(), _reports.c.id.desc())
    if order == "score":
        return (_reports.c.score.nulls_last(), _reports.c.id)
    if order == "oldest":
        return (_reports.c.published.nulls_first(), _reports.c.id.desc())
    return (_reports.c.published.desc().nulls_last(), _reports.c.id)


def _beyond(connection: Connection, report: str, *, after: bool) -> ColumnElement[bool] | None:
    """The condition that a report stands after, or before, this one in the order `published`."""
    day, name = _reports.c.published, _reports.c.id
    row = connection.execute(select(day).where(name == report)).first()
    if row is None:
        return None
    if row.published is None:
        return and_(day.is_(None), name > report) if after else or_(day.is_not(None), name < report)
    if after:
        return or_(day < row.published, day.is_(None), and_(day == row.published, name > report))
    return or_(day > row.published, and_(day == row.published, name < report))


def _conditions(connection: Connection, query: ShelfQuery) -> Iterator[ColumnElement[bool]]:
    if query.text is not None and (hits := rows_with_words(DOCUMENT_WORDS, query.text)) is not None:
        # PostgreSQL keeps figures on how common words are, and chooses by itself.
        few = connection.dialect.name == "postgresql" or _is_few(connection, hits)
        yield (_reports.c.document if few else _reports.c.document + 0).in_(hits)
    if query.outlet is not None:
        yield _reports.c.outlet_name.in_(outlets_with(query.outlet))
    if query.since is not None:
        yield _reports.c.published >= query.since.isoformat()
    if query.until is not None:
        yield _reports.c.published <= query.until.isoformat()
    if query.type is not None:
        yield _has_claim(connection, _claims.c.type == query.type)
    if query.country is not None:
        yield _has_claim(connection, _claims.c.country == query.country)
    if query.among is not None:
        yield among(_reports.c.id, query.among)
    for end in (query.after, query.before):
        if end is not None and (beyond := _beyond(connection, end, after=end is query.after)) is not None:
            yield beyond
    if query.without:
        yield ~among(_reports.c.id, query.without)


def _has_claim(connection: Connection, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that a report has such a claim."""
    if _is_few(connection, select(_claims.c.report).where(condition)):
        return _reports.c.key.in_(select(_claims.c.report).where(condition))
    return select(_claims.c.key).where(_claims.c.report == _reports.c.key, condition).exists()


def _is_few(connection: Connection, found: Select[Any]) -> bool:
    counted = select(func.count()).select_from(found.limit(FEW + 1).subquery())
    return int(connection.execute(counted).scalar_one()) <= FEW


def list_doubts(connection: Connection, limit: int) -> list[Doubt]:
    """The claims by need (see `store/need.py`), the neediest first."""
    # In the order of the index alone: where no engine gives scores, all claims of a type have one need, and
    # all of them would have to be sorted first.
    first = select(_claims.c.key).order_by(_claims.c.need.desc(), _claims.c.key.desc()).limit(max(limit, 0))
    head = first.subquery()
    origin = schema.claim_sources
    second = origin.alias()
    beside = select(second.c.claim).where(
        and_(second.c.claim == _claims.c.key, second.c.ordinal == 1, second.c.parallel)
    )
    lone = and_(func.coalesce(origin.c.kind, "") == "anonymous", ~beside.exists())
    chosen = (
        select(
            _reports.c.id.label("report"),
            _claims.c.id.label("claim"),
            _claims.c.type,
            _claims.c.evidence,
            _claims.c.score,
            lone.label("lone"),
            _claims.c.hedged,
            _claims.c.need,
        )
        .select_from(head)
        .join(_claims, _claims.c.key == head.c.key)
        .join(_reports, _claims.c.report == _reports.c.key)
        .outerjoin(origin, and_(origin.c.claim == _claims.c.key, origin.c.ordinal == 0))
        .order_by(_claims.c.need.desc(), _reports.c.id, _claims.c.ordinal)
    )
    return [
        Doubt(
            report=row.report,
            claim=row.claim,
            type=row.type,
            evidence=row.evidence,
            score=row.score,
            lone=bool(row.lone),
            hedged=bool(row.hedged),
            need=float(row.need),
        )
        for row in connection.execute(chosen)
    ]
