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
        outlet = None if query.outlet is None else Query(outlet=query.outlet)
        if walked is not None:
            if _is_common(query, connection, apart=not sqlite):
                conditions = [walked]
            elif not sqlite:
                conditions = [_looked_up(query)]
            elif query.since is not None and query.until is not None:
                conditions.append(claims.c.key.in_(_within(query.since, query.until)))
        elif sqlite and query.types and outlet and len(conditions) == 2:
            # Without the index of types SQLite begins with the reports: claims are read of the outlet alone.
            kinds = func.coalesce(claims.c.type, "").in_(query.types)
            # With `+ 0` it goes through all reports in their order, and sorts none of many.
            name = reports.c.outlet_name + 0 if _is_common(outlet, connection) else reports.c.outlet_name
            conditions = [kinds, name.in_(outlets_with(query.outlet or ""))]
        elif query.since is not None and query.until is not None:
            within = _within(query.since, query.until, apart=not sqlite)
            if sqlite:
                conditions.append(claims.c.key.in_(within))
            elif len(conditions) > 1 and not _is_common(
                Query(since=query.since, until=query.until), connection, _MONTHS
            ):
                # PostgreSQL takes an overlap for far more common than it is, and would go through all claims
                # (1.2 s for a type in a country in a month).
                conditions.append(any_of(claims.c.key, within))
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


def claims_at(
    query: Query, key: ColumnElement[int], connection: Connection
) -> tuple[list[ColumnElement[bool]], bool]:
    """The conditions that the claim of this `key` is one that `query` asks for; true where nothing is rare.

    `query` asks what stands in tables of its own: actor, place, source, outlet, text. What is rare is
    gathered, what is common is told by a look at each claim: of those gathered, else by whoever walks through
    a list. Rows of claims, with all their words, are read for neither: of 40,000 claims that took 0.4 GB.
    """
    given = {name: getattr(query, name) for name in _ALONE if getattr(query, name) is not None}
    looks: list[ColumnElement[bool]] = []
    rare: dict[str, Any] = {}
    for name, value in given.items():
        part = Query(**{name: value})
        look = None if name == "actor" and query.units else _walked(part, key)
        if look is not None and _is_common(part, connection, _RARER.get(name, 1)):
            looks.append(_gathered(part, key, connection) if name == "text" else look)
        else:
            rare[name] = value
    if not rare and not query.units:
        return looks, True
    return [*_conditions(Query(**rare, units=query.units), key), *looks], False


def _gathered(query: Query, key: ColumnElement[int], connection: Connection) -> ColumnElement[bool]:
    """Words that many claims say: those claims, gathered once; where most say them, a look at each.

    A look into the index of words takes 30 microseconds. Of 126,000 claims of 1,500,000 a page of incidents
    took 740 ms of them, and takes 290 with the claims gathered.
    """
    look, hits = _walked(query, key), rows_with_words(CLAIM_WORDS, query.text or "")
    assert look is not None
    assert hits is not None
    counted = select(func.count()).select_from(hits.limit(MOST_GATHERED).subquery())
    few = connection.execute(counted).scalar_one() < MOST_GATHERED
    # With `+ 0`, or SQLite would look each key up in the index of words after all.
    return (key + 0).in_(hits) if few else look


_RARER: Final = {"text": 5, "outlet": 10}
"""Times `WIDE`: words are slow to look for in each claim, the claims of an outlet are quick to gather. Of
1,500,000 claims 30,000 with a word take as long gathered with their incidents as a walk past incidents that
have none, which reads a sixth as much of the file."""
_MONTHS: Final = 10
"""Times `WIDE`: claims that begin in a span of days up to which all of them are looked up."""
_ALONE: Final = ("actor", "place", "source", "outlet", "text")


def _is_common(query: Query, connection: Connection, times: int = 1, *, apart: bool = False) -> bool:
    """True where the one condition of `query` finds `times` `WIDE` claims, or entities, and more."""
    most = times * WIDE // (_CLAIMS_OF_REPORT if query.outlet is not None else 1)
    counted = select(func.count()).select_from(_sized(query, apart).limit(most).subquery())
    return bool(connection.execute(counted).scalar_one() == most)


_CLAIMS_OF_REPORT: Final = 15
"""Of an outlet reports are counted, which takes a fifteenth of the time."""


def _sized(query: Query, apart: bool = False) -> Select[Any] | CompoundSelect[Any]:
    """Selects a row for each claim, or each entity, that the one condition of `query` finds.

    Joined and not nested: what is counted up to a limit must not be gathered first.
    """
    if query.text is not None and (hits := rows_with_words(CLAIM_WORDS, query.text)) is not None:
        return hits
    if query.place is not None:
        return _bearing(schema.claim_places.c.name, query.place, apart)
    if query.source is not None:
        # By the words that the report has for it, and by any name of the party that it is.
        voices, borne = schema.claim_sources, schema.entity_names
        known = _bearing(borne.c.name, query.source, apart)
        return union_all(
            _bearing(voices.c.name, query.source, apart),
            known.join(voices, voices.c.entity == borne.c.entity),
        )
    if query.actor is not None:
        return _bearing(schema.entity_names.c.name, query.actor, apart)
    if query.outlet is not None:
        reports = schema.reports
        return select(reports.c.key).where(reports.c.outlet_name.in_(outlets_with(query.outlet)))
    if query.since is not None and query.until is not None:
        start = schema.claims.c.time_start  # those that begin earlier would have to be looked for
        return select(start).where(start >= query.since.isoformat(), start <= query.until.isoformat())
    return select(schema.claims.c.key).where(*_conditions(query))


def _bearing(name: ColumnElement[int], part: str, apart: bool) -> Select[Any]:
    """Selects a row for each of a table's whose `name` has this part.

    `apart` keeps PostgreSQL from going through the index of all names for it, from the first on: of four
    million rows that took 250 ms.
    """
    found = literal(1).label("found")
    if apart:
        return select(found).select_from(name.table).where(any_of(name, _names_with(part)))
    names = schema.names
    return _names_with(part).with_only_columns(found).join(name.table, name == names.c.key)


def _looked_up(query: Query) -> ColumnElement[bool]:
    """The one condition of `query`, a name that few claims have: those claims, found first.

    For PostgreSQL, which keeps no figures on parts of names: for eleven claims of a place it went through all
    1,500,000 in their order, in 6 s.
    """
    if query.place is not None:
        places = schema.claim_places
        chosen: Any = select(places.c.claim).where(any_of(places.c.name, _names_with(query.place)))
    elif query.actor is not None:
        parties = schema.claim_parties
        chosen = select(parties.c.claim).where(any_of(parties.c.entity, _entities_named(query.actor)))
    else:
        chosen = _said_by(query.source or "")
    return any_of(schema.claims.c.key, chosen)


def _walked(
    query: Query, key: ColumnElement[int] = schema.claims.c.key, apart: bool = False
) -> ColumnElement[bool] | None:
    """The one condition of `query` as a look at the claim of this key; None for one that has no such form.

    `apart` keeps PostgreSQL from gathering all that is found after all.
    """
    claims, names = schema.claims, schema.names
    if query.types:
        return func.coalesce(claims.c.type, "").in_(query.types)
    if query.country is not None:
        return func.coalesce(claims.c.country, "") == query.country
    if query.hedged is not None:
        return func.likely(claims.c.hedged == query.hedged)
    if query.since is not None and query.until is not None:
        return _overlaps(query, plain=True)
    if query.text is not None and (hits := rows_with_words(CLAIM_WORDS, query.text)) is not None:
        return hits.where(CLAIM_WORDS.c.rowid == key).correlate_except(CLAIM_WORDS).exists()
    if query.outlet is not None:
        # Under a name of its own: `claims` may stand in the statement around it.
        own = claims.alias()
        told = select(own.c.key).join(schema.reports, own.c.report == schema.reports.c.key)
        return told.where(
            own.c.key == key, schema.reports.c.outlet_name.in_(outlets_with(query.outlet))
        ).exists()
    if query.place is not None:
        places = schema.claim_places
        near = select(places.c.claim).where(places.c.claim == key)
        near = near.join(names, names.c.key == places.c.name)
        near = near.where(places.c.claim == key, contains(names.c.folded, fold(query.place)))
        return (near.offset(0) if apart else near).exists()
    if query.actor is not None and not query.units:
        parties, borne = schema.claim_parties, schema.entity_names
        named = select(parties.c.claim).join(borne, borne.c.entity == parties.c.entity)
        named = named.join(names, names.c.key == borne.c.name).where(parties.c.claim == key)
        named = named.where(contains(names.c.folded, fold(query.actor)))
        return (named.offset(0) if apart else named).exists()
    if query.source is not None:
        voices, borne = schema.claim_sources, schema.entity_names
        part = contains(names.c.folded, fold(query.source))
        said = select(voices.c.claim).where(voices.c.claim == key)
        called = said.join(borne, borne.c.entity == voices.c.entity).join(names, names.c.key == borne.c.name)
        return or_(
            said.join(names, names.c.key == voices.c.name).where(part).exists(), called.where(part).exists()
        )
    return None


def _within(since: datetime.date, until: datetime.date, apart: bool = False) -> CompoundSelect[Any]:
    """Selects the claims whose time may overlap, off the index of times alone.

    `apart` for PostgreSQL, which would read the rows of an OR: 280,000 of them for 5,600 claims of a month.
    """
    claims = schema.claims
    key, start, end = claims.c.key, claims.c.time_start, claims.c.time_end
    first, last = since.isoformat(), until.isoformat()
    open_start = select(key).where(start.is_(None), end >= first)
    if apart:
        begun = select(key).where(start <= last)
        return union_all(begun.where(end >= first), begun.where(end.is_(None)), open_start)
    return union_all(select(key).where(start <= last, or_(end >= first, end.is_(None))), open_start)


def documents_with(wanted: str) -> ColumnElement[bool] | None:
    """The condition that a document holds all words of `wanted`; None where it has no words."""
    hits = rows_with_words(DOCUMENT_WORDS, wanted)
    return None if hits is None else schema.documents.c.key.in_(hits)


def _published_by(part: str) -> Select[Any]:
    """Selects the claims of an outlet."""
    claims, reports = schema.claims, schema.reports
    chosen = select(claims.c.key).join_from(claims, reports, claims.c.report == reports.c.key)
    return chosen.where(reports.c.outlet_name.in_(outlets_with(part)))


def _conditions(query: Query, key: ColumnElement[int] = schema.claims.c.key) -> Iterator[ColumnElement[bool]]:
    """What is asked of the claim of this key; `claims` joined with `reports` has all of it."""
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
        joined = key is claims.c.key
        own = reports.c.outlet_name.in_(outlets_with(query.outlet))
        yield own if joined else key.in_(_published_by(query.outlet))
    if query.place is not None:
        places = schema.claim_places
        yield key.in_(select(places.c.claim).where(places.c.name.in_(_names_with(query.place))))
    if query.actor is not None or query.units:
        parties = schema.claim_parties
        asked = [] if query.actor is None else [parties.c.entity.in_(_entities_named(query.actor))]
        if query.units:
            asked.append(parties.c.entity.in_(_entities_called(query.units)))
        yield key.in_(select(parties.c.claim).where(or_(*asked)))
    if query.source is not None:
        yield key.in_(_said_by(query.source))
    if query.text is not None and (hits := rows_with_words(CLAIM_WORDS, query.text)) is not None:
        yield key.in_(hits)


def _overlaps(query: Query, *, plain: bool = False) -> ColumnElement[bool]:
    """An end that the words leave open reaches as far as need be; a time open on both ends is unknown.

    A `plain` look uses no index of times.
    """
    start: ColumnElement[Any] = schema.claims.c.time_start
    end: ColumnElement[Any] = schema.claims.c.time_end
    if plain:
        start, end = func.coalesce(start, start), func.coalesce(end, end)
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
    return select(table.c.entity).where(any_of(table.c.name, _names_with(part)))


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
