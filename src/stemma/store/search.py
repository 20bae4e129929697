"""A `Query` as SQL over the index."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
    union_all,
)

from stemma.store import schema
from stemma.store.fold import fold
from stemma.store.protocol import Query
from stemma.store.sql import CLAIM_WORDS, DOCUMENT_WORDS, any_of, contains, has_part, rows_with_words

WIDE: Final = 5000
"""Claims, or entities, from which on a name is not looked up first: it is common enough to come up soon where
claims are gone through in order (1 in 300 of 1,500,000)."""

MOST_GATHERED: Final = 300_000
"""Claims with a word up to which they are gathered; of more every fifth claim is one, and soon found."""


def matching_claims(query: Query, connection: Connection | None = None) -> Select[tuple[int, str, int]]:
    """Selects report key, report id and place in the coding of the claims that `query` asks for.

    In order of report id, then of the report's own order. With a `connection` what is common is found by
    going through the claims in that order: SQLite keeps no figures on how common things are, and those of
    PostgreSQL end at the names.
    """
    claims, reports = schema.claims, schema.reports
    conditions = list(_conditions(query))
    if connection is not None and query.limit is not None:
        sqlite = connection.dialect.name == "sqlite"
        # PostgreSQL knows how common a type is, but not how common a part of a name.
        by_name = query.actor is not None or query.place is not None or query.source is not None
        walked = _walked(query, apart=not sqlite) if len(conditions) == 1 and (sqlite or by_name) else None
        if walked is not None:
            counted = select(func.count()).select_from(_sized(query, apart=not sqlite).limit(WIDE).subquery())
            if connection.execute(counted).scalar_one() == WIDE:
                conditions = [walked]
        elif sqlite and query.since is not None and query.until is not None:
            conditions.append(claims.c.key.in_(_within(query.since, query.until)))
    chosen = (
        select(reports.c.key, reports.c.id, claims.c.ordinal)
        .join_from(claims, reports, claims.c.report == reports.c.key)
        .where(*conditions)
        .order_by(reports.c.id, claims.c.ordinal)
    )
    return chosen if query.limit is None else chosen.limit(max(query.limit, 0))


def with_wires(chosen: Select[tuple[int, str, int]]) -> Select[tuple[int, int, bytes]]:
    """What `matching_claims` selects, with the latest coding of each report at the first of its claims."""
    asked = chosen.subquery("asked")
    versions, codings = schema.versions, schema.codings
    latest = (
        select(codings.c.wire)
        .join_from(versions, codings, codings.c.version == versions.c.key)
        .where(versions.c.report == asked.c.key)
        .order_by(versions.c.key.desc(), codings.c.key.desc())
        .limit(1)
        .scalar_subquery()
    )
    order = (asked.c.id, asked.c.ordinal)
    before = func.lag(asked.c.key).over(order_by=order)
    wire = case((before.is_distinct_from(asked.c.key), latest))
    return select(asked.c.key, asked.c.ordinal, wire.label("wire")).order_by(*order)


def claims_with(query: Query) -> Select[Any]:
    """Selects the keys of the claims that `query` asks for, in no order."""
    claims, reports = schema.claims, schema.reports
    chosen = select(claims.c.key)
    if query.outlet is not None or query.report is not None:
        chosen = chosen.join_from(claims, reports, claims.c.report == reports.c.key)
    return chosen.where(*_conditions(query))


def claims_at(query: Query, connection: Connection) -> tuple[Select[Any], bool]:
    """Selects the keys of the claims that `query` asks for; true where they are too common to be gathered.

    What is common is told by a look at each claim: of those with what is rare, else by whoever walks through
    a list.
    """
    given = {name: getattr(query, name) for name in _ALONE if getattr(query, name) is not None}
    looks: list[ColumnElement[bool]] = []
    rare: dict[str, Any] = {}
    for name, value in given.items():
        part = Query(**{name: value})
        # Words are slow to look for in each claim; the claims of an outlet are quick to gather.
        most = 10 * WIDE if name in ("text", "outlet") else WIDE
        counted = select(func.count()).select_from(_sized(part).limit(most).subquery())
        look = None if name == "actor" and query.units else _walked(part)
        if look is not None and connection.execute(counted).scalar_one() == most:
            looks.append(_gathered(part, connection) if name == "text" else look)
        else:
            rare[name] = value
    if not rare and not query.units:
        return select(schema.claims.c.key).where(*looks), True
    return claims_with(Query(**rare, units=query.units)).where(*looks), False


def _gathered(query: Query, connection: Connection) -> ColumnElement[bool]:
    """Words that many claims say: those claims, gathered once; where most say them, a look at each.

    A look into the index of words takes 30 microseconds. Of 126,000 claims of 1,500,000 a page of incidents
    took 740 ms of them, and takes 290 with the claims gathered.
    """
    look, hits = _walked(query), rows_with_words(CLAIM_WORDS, query.text or "")
    assert look is not None
    assert hits is not None
    counted = select(func.count()).select_from(hits.limit(MOST_GATHERED).subquery())
    few = connection.execute(counted).scalar_one() < MOST_GATHERED
    # With `+ 0`, or SQLite would look each key up in the index of words after all.
    return (schema.claims.c.key + 0).in_(hits) if few else look


_ALONE: Final = ("actor", "place", "source", "outlet", "text")


def _sized(query: Query, apart: bool = False) -> Select[Any] | CompoundSelect[Any]:
    """Selects a row for each claim, or each entity, that the one condition of `query` finds.

    Joined and not nested: what is counted up to a limit must not be gathered first.
    """
    names = schema.names
    if query.text is not None and (hits := rows_with_words(CLAIM_WORDS, query.text)) is not None:
        return hits
    if query.place is not None:
        places = schema.claim_places
        return _named_rows(query.place).join(places, places.c.name == names.c.key)
    if query.source is not None:
        # By the words that the report has for it, and by any name of the party that it is.
        voices, borne = schema.claim_sources, schema.entity_names
        if apart:
            said = select(literal(1).label("found")).where(any_of(voices.c.name, _names_with(query.source)))
        else:
            said = _named_rows(query.source).join(voices, voices.c.name == names.c.key)
        known = _named_rows(query.source).join(borne, borne.c.name == names.c.key)
        return union_all(said, known.join(voices, voices.c.entity == borne.c.entity))
    if query.actor is not None:
        borne = schema.entity_names
        return _named_rows(query.actor).join(borne, borne.c.name == names.c.key)
    return claims_with(query)


def _named_rows(part: str) -> Select[Any]:
    return _names_with(part).with_only_columns(literal(1).label("found"))


def _walked(query: Query, apart: bool = False) -> ColumnElement[bool] | None:
    """The one condition of `query` as a look at each claim; None for one that has no such form.

    `apart` keeps PostgreSQL from gathering all that is found after all.
    """
    claims, names = schema.claims, schema.names
    if query.types:
        return func.coalesce(claims.c.type, "").in_(query.types)
    if query.country is not None:
        return func.coalesce(claims.c.country, "") == query.country
    if query.hedged is not None:
        return func.likely(claims.c.hedged == query.hedged)
    if query.text is not None and (hits := rows_with_words(CLAIM_WORDS, query.text)) is not None:
        return hits.where(CLAIM_WORDS.c.rowid == claims.c.key).correlate(claims).exists()
    if query.outlet is not None:
        reports = schema.reports
        own = select(reports.c.key).where(reports.c.key == claims.c.report)
        return own.where(reports.c.outlet_name.in_(outlets_with(query.outlet))).exists()
    if query.place is not None:
        places = schema.claim_places
        near = select(places.c.claim).where(places.c.claim == claims.c.key)
        near = near.join(names, names.c.key == places.c.name)
        near = near.where(places.c.claim == claims.c.key, contains(names.c.folded, fold(query.place)))
        return (near.offset(0) if apart else near).exists()
    if query.actor is not None and not query.units:
        parties, borne = schema.claim_parties, schema.entity_names
        named = select(parties.c.claim).join(borne, borne.c.entity == parties.c.entity)
        named = named.join(names, names.c.key == borne.c.name).where(parties.c.claim == claims.c.key)
        named = named.where(contains(names.c.folded, fold(query.actor)))
        return (named.offset(0) if apart else named).exists()
    if query.source is not None:
        voices, borne = schema.claim_sources, schema.entity_names
        part = contains(names.c.folded, fold(query.source))
        said = select(voices.c.claim).where(voices.c.claim == claims.c.key)
        called = said.join(borne, borne.c.entity == voices.c.entity).join(names, names.c.key == borne.c.name)
        return or_(
            said.join(names, names.c.key == voices.c.name).where(part).exists(), called.where(part).exists()
        )
    return None


def _within(since: datetime.date, until: datetime.date) -> CompoundSelect[Any]:
    """Selects the claims whose time may overlap, off the index of times alone."""
    claims = schema.claims
    key, start, end = claims.c.key, claims.c.time_start, claims.c.time_end
    return union_all(
        select(key).where(start <= until.isoformat(), or_(end >= since.isoformat(), end.is_(None))),
        select(key).where(start.is_(None), end >= since.isoformat()),
    )


def documents_with(wanted: str) -> ColumnElement[bool] | None:
    """The condition that a document holds all words of `wanted`; None where it has no words."""
    hits = rows_with_words(DOCUMENT_WORDS, wanted)
    return None if hits is None else schema.documents.c.key.in_(hits)


def _conditions(query: Query) -> Iterator[ColumnElement[bool]]:
    claims, reports = schema.claims, schema.reports
    if query.report is not None:
        yield reports.c.id == query.report
    if query.types:
        yield claims.c.type.in_(query.types)
    if query.country is not None:
        yield claims.c.country == query.country
    if query.hedged is not None:
        yield claims.c.hedged == query.hedged
    if query.since is not None or query.until is not None:
        yield _overlaps(query)
    if query.outlet is not None:
        yield reports.c.outlet_name.in_(outlets_with(query.outlet))
    if query.place is not None:
        places = schema.claim_places
        yield claims.c.key.in_(select(places.c.claim).where(places.c.name.in_(_names_with(query.place))))
    if query.actor is not None or query.units:
        parties = schema.claim_parties
        asked = [] if query.actor is None else [parties.c.entity.in_(_entities_named(query.actor))]
        if query.units:
            asked.append(parties.c.entity.in_(_entities_called(query.units)))
        yield claims.c.key.in_(select(parties.c.claim).where(or_(*asked)))
    if query.source is not None:
        yield claims.c.key.in_(_said_by(query.source))
    if query.text is not None and (hits := rows_with_words(CLAIM_WORDS, query.text)) is not None:
        yield claims.c.key.in_(hits)


def _overlaps(query: Query) -> ColumnElement[bool]:
    """An end that the words leave open reaches as far as need be; a time open on both ends is unknown."""
    start, end = schema.claims.c.time_start, schema.claims.c.time_end
    parts = [or_(start.is_not(None), end.is_not(None))]
    if query.since is not None:
        parts.append(or_(end.is_(None), end >= query.since.isoformat()))
    if query.until is not None:
        parts.append(or_(start.is_(None), start <= query.until.isoformat()))
    return and_(*parts)


def outlets_with(part: str) -> Select[Any]:
    """Selects the names of outlets that have this part: few of all names are an outlet's."""
    own = select(schema.reports.c.outlet_name).distinct()
    return select(schema.names.c.key).where(
        schema.names.c.key.in_(own), contains(schema.names.c.folded, fold(part))
    )


def _names_with(part: str) -> Select[Any]:
    names = schema.names
    return select(names.c.key).where(*has_part(names.c.key, names.c.folded, fold(part)))


def _entities_named(part: str) -> Select[Any]:
    table = schema.entity_names
    return select(table.c.entity).where(table.c.name.in_(_names_with(part)))


def _entities_called(names: tuple[str, ...]) -> Select[Any]:
    """The entities that bear one of these names, each as a whole and not as a part of another."""
    keys = select(schema.names.c.key).where(schema.names.c.folded.in_(sorted({fold(n) for n in names})))
    table = schema.entity_names
    return select(table.c.entity).where(table.c.name.in_(keys))


def _said_by(part: str) -> CompoundSelect[Any]:
    table = schema.claim_sources
    # Two parts and no OR, for which PostgreSQL goes through the whole table.
    return union_all(
        select(table.c.claim).where(any_of(table.c.name, _names_with(part))),
        select(table.c.claim).where(table.c.entity.in_(_entities_named(part))),
    )
