"""The list of reports and the queue of doubtful claims, as SQL over the index."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Float, and_, case, cast, func, select

from stemma.store import schema
from stemma.store.fold import fold
from stemma.store.protocol import Doubt, Shelf, ShelfQuery, ShelfRow
from stemma.store.search import documents_with
from stemma.store.sql import among, contains, rounded_mean

_reports, _claims = schema.reports, schema.claims

WEIGHTS: Final = {"ASSAULT": 1.0, "REALIGN": 1.0, "CLAIM-RESPONSIBILITY": 0.9, "DENY": 0.9, "COERCE": 0.8}
"""How much a mistake costs, by the claim's type: what a casualty record or a court file rests on first."""

_OTHER_WEIGHT: Final = 0.5
_UNKNOWN_SCORE: Final = 0.5
_LONE: Final = 0.25
"""What a single anonymous origin adds to a claim's need: half of what the worst score does."""


def list_shelf(connection: Connection, query: ShelfQuery) -> Shelf:
    """The page of the list that `query` asks for."""
    conditions = list(_conditions(query))
    total = connection.execute(select(func.count()).select_from(_reports).where(*conditions)).scalar_one()
    chosen = (
        select(_reports).where(*conditions).order_by(*_order(query.order)).limit(max(query.limit, 0))
    ).offset(max(query.offset, 0))
    page = connection.execute(chosen).all()
    counted = _counted(connection, [row.key for row in page])
    return Shelf(tuple(_row(row, counted.get(row.key)) for row in page), int(total))


def _row(row: Any, counted: Any) -> ShelfRow:
    return ShelfRow(
        id=row.id,
        title=row.title,
        outlet=row.outlet,
        published=datetime.date.fromisoformat(row.published) if row.published else None,
        language=row.language,
        claims=int(counted.claims) if counted else 0,
        sourced=int(counted.sourced) if counted else 0,
        hedged=int(counted.hedged) if counted else 0,
        score=counted.score if counted else None,
    )


def _counted(connection: Connection, keys: list[int]) -> dict[int, Any]:
    """The claims of these reports, counted; a report without claims is left out."""
    sums = (
        select(
            _claims.c.report,
            func.count().label("claims"),
            func.sum(case((_claims.c.sources > 0, 1), else_=0)).label("sourced"),
            func.sum(case((_claims.c.hedged, 1), else_=0)).label("hedged"),
            rounded_mean(_claims.c.score).label("score"),
        )
        .where(_claims.c.report.in_(keys))
        .group_by(_claims.c.report)
    )
    return {row.report: row for row in connection.execute(sums)}


def _order(order: str) -> tuple[ColumnElement[Any], ...]:
    if order == "title":
        return (_reports.c.title.is_(None), _reports.c.title, _reports.c.id)
    own = select(_claims).where(_claims.c.report == _reports.c.key).correlate(_reports)
    if order == "claims":
        number = own.with_only_columns(func.count()).scalar_subquery()
        return (number.desc(), _reports.c.id)
    if order == "score":
        mean = own.with_only_columns(func.coalesce(rounded_mean(_claims.c.score), 1.0)).scalar_subquery()
        return (mean, _reports.c.id)
    return (_reports.c.published.is_(None), _reports.c.published.desc(), _reports.c.id)


def _conditions(query: ShelfQuery) -> Iterator[ColumnElement[bool]]:
    if query.text is not None and (match := documents_with(query.text)) is not None:
        versions, documents = schema.versions, schema.documents
        having = select(versions.c.report).join(documents, documents.c.version == versions.c.key).where(match)
        yield _reports.c.key.in_(having)
    if query.outlet is not None:
        names = schema.names
        named = select(names.c.key).where(contains(names.c.folded, fold(query.outlet)))
        yield _reports.c.outlet_name.in_(named)
    if query.since is not None:
        yield _reports.c.published >= query.since.isoformat()
    if query.until is not None:
        yield _reports.c.published <= query.until.isoformat()
    if query.type is not None:
        yield _reports.c.key.in_(select(_claims.c.report).where(_claims.c.type == query.type))
    if query.country is not None:
        yield _reports.c.key.in_(select(_claims.c.report).where(_claims.c.country == query.country))
    if query.among is not None:
        yield among(_reports.c.id, query.among)
    if query.without:
        yield ~among(_reports.c.id, query.without)


def list_doubts(connection: Connection, limit: int) -> list[Doubt]:
    """The claims by need: how unsure the engine is, times what a mistake costs, plus a lone origin."""
    origin = schema.claim_sources
    second = origin.alias()
    beside = select(second.c.claim).where(
        and_(second.c.claim == _claims.c.key, second.c.ordinal == 1, second.c.parallel)
    )
    lone = and_(func.coalesce(origin.c.kind, "") == "anonymous", ~beside.exists())
    weight = case(*((_claims.c.type == kind, value) for kind, value in WEIGHTS.items()), else_=_OTHER_WEIGHT)
    unsure = 1.0 - func.coalesce(_claims.c.score, _UNKNOWN_SCORE)
    need = cast(unsure * weight * (1 - _LONE) + case((lone, _LONE), else_=0.0), Float).label("need")
    chosen = (
        select(
            _reports.c.id.label("report"),
            _claims.c.id.label("claim"),
            _claims.c.type,
            _claims.c.evidence,
            _claims.c.score,
            lone.label("lone"),
            _claims.c.hedged,
            need,
        )
        .join_from(_claims, _reports, _claims.c.report == _reports.c.key)
        .outerjoin(origin, and_(origin.c.claim == _claims.c.key, origin.c.ordinal == 0))
        .order_by(need.desc(), _reports.c.id, _claims.c.ordinal)
        .limit(max(limit, 0))
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
