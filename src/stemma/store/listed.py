"""Reading the lists of what merging found: a page costs what it shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Connection, Engine, and_, func, or_, select

from stemma.model import ClaimAt, ClaimType, EntityKind, Incident, Record, Tie
from stemma.store import schema
from stemma.store.faults import told_plainly
from stemma.store.fold import fold
from stemma.store.listing import MOST_COUNTED, GistParty, IncidentQuery, Incidents, Part, Unmerged
from stemma.store.pack import unpack
from stemma.store.query import Query
from stemma.store.search import claims_at
from stemma.store.sql import among, has_part

_incidents, _told = schema.incidents, schema.incident_claims


class SqlListing:
    """The part `Listing` of a store in a database."""

    _where: str
    _reader: Engine
    _single: Engine

    def unmerged(self) -> Unmerged:
        """How far the kept record is behind."""
        table = schema.merged_by
        # One statement: it is of one moment, and has one way to a server.
        counts = [
            select(func.count()).select_from(one).scalar_subquery()
            for one in (schema.unfiled, schema.judgements)
        ]
        made = [select(column).limit(1).scalar_subquery() for column in (table.c.judgements, table.c.maker)]
        with told_plainly(self._where), self._single.connect() as connection:
            reports, given, followed, maker = connection.execute(select(*counts, *made)).one()
        return Unmerged(int(reports), max(0, int(given) - int(followed or 0)), str(maker or ""))

    def incidents(self, asked: IncidentQuery) -> Incidents:
        """A page of incidents."""
        with told_plainly(self._where), self._reader.begin() as connection:
            return _page(connection, asked, _asked(connection, asked))

    def incidents_by_place(self, asked: IncidentQuery) -> tuple[Incidents, Incidents]:
        """A page of the incidents that have a point on the earth, and one of those that have none."""
        with told_plainly(self._where), self._reader.begin() as connection:
            # What is asked of claims is gathered once for both.
            shared = _asked(connection, replace(asked, placed=None))
            placed = _page(connection, asked, [*shared, _incidents.c.placed.is_(True)])
            return placed, _page(connection, asked, [*shared, _incidents.c.placed.is_(False)])

    def incident_record(self, incident: str) -> Record | None:
        """What was made of the circle of this incident, without codings; None for an unknown id."""
        circles = schema.circles
        wanted = select(circles.c.wire).join(_incidents, _incidents.c.circle == circles.c.key)
        with told_plainly(self._where), self._single.connect() as connection:
            row = connection.execute(wanted.where(_incidents.c.id == incident).limit(1)).first()
        return unpack(Record, row.wire) if row else None

    def parties(
        self, name: str = "", kind: str = "", offset: int = 0, limit: int = 100
    ) -> tuple[Sequence[GistParty], int]:
        """Parties with this in one of their names, those of most reports first, and how many there are."""
        table, known, names = schema.parties, schema.party_names, schema.names
        conditions: list[ColumnElement[bool]] = [table.c.reports > 0]
        if kind:
            conditions.append(table.c.kind == kind)
        if part := fold(name):
            called = select(known.c.party).join(names, names.c.key == known.c.name)
            conditions.append(table.c.key.in_(called.where(*has_part(names.c.key, names.c.folded, part))))
        wanted = select(table).where(*conditions).order_by(table.c.reports.desc(), table.c.key.desc())
        few = select(table.c.key).where(*conditions).limit(MOST_COUNTED).subquery()
        # A page and a count of two moments do no harm.
        with told_plainly(self._where), self._single.connect() as connection:
            rows = connection.execute(wanted.limit(limit).offset(offset)).all()
            total = int(connection.execute(select(func.count()).select_from(few)).scalar_one())
        return [_party(row) for row in rows], total

    def parties_of(self, ids: Collection[str]) -> Sequence[GistParty]:
        """The parties of these ids, without their names, those of most reports first."""
        table = schema.parties
        if not ids:
            return []
        wanted = select(table).where(among(table.c.id, ids)).order_by(table.c.reports.desc(), table.c.key)
        with told_plainly(self._where), self._reader.begin() as connection:
            return [_party(row) for row in connection.execute(wanted)]

    def names_of(self, party: str, most: int) -> Mapping[str, int]:
        """How often each name of a party is used, in the `most` circles that name it in most reports."""
        table, shares = schema.parties, schema.circle_parties
        wanted = (
            select(shares.c.names)
            .join(table, table.c.key == shares.c.party)
            .where(table.c.id == party)
            .order_by(shares.c.reports.desc(), shares.c.circle)
            .limit(most)
        )
        found: Counter[str] = Counter()
        with told_plainly(self._where), self._reader.begin() as connection:
            for names in connection.execute(wanted).scalars():
                found.update(json.loads(names))
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def incidents_of(self, party: str, part: Part, limit: int) -> tuple[Sequence[Incident], int]:
        """The latest incidents that a party has this part in, by rising time, and how many it has."""
        shares, table = schema.incident_parties, schema.parties
        own = select(table.c.key).where(table.c.id == party).scalar_subquery()
        conditions = (shares.c.party == own, shares.c.part == int(part))
        latest = select(shares.c.incident).where(*conditions)
        latest = latest.order_by(shares.c.moment.desc(), shares.c.incident.desc()).limit(limit)
        few = select(shares.c.incident).where(*conditions).limit(MOST_COUNTED).subquery()
        with told_plainly(self._where), self._reader.begin() as connection:
            keys = list(connection.execute(latest).scalars())
            total = int(connection.execute(select(func.count()).select_from(few)).scalar_one())
            return _loaded(connection, keys[::-1]), total

    def ties(self, incidents: Collection[Incident] | None, party: str | None, limit: int) -> Sequence[Tie]:
        """Ties as circles tell them, those of most reports first."""
        table = schema.ties
        wanted = select(table.c.key).order_by(table.c.untold, table.c.key)
        if incidents is not None:
            own = among(_incidents.c.id, [one.id for one in incidents])
            wanted = wanted.where(table.c.circle.in_(select(_incidents.c.circle).where(own)))
        else:
            wanted = wanted.limit(limit)
        if party is not None:
            wanted = wanted.where(or_(table.c.party == party, table.c.other == party))
        claims = None if incidents is None else {_at(at) for one in incidents for at in one.claims}
        found: list[Tie] = []
        with told_plainly(self._where), self._reader.begin() as connection:
            keys = list(connection.execute(wanted).scalars())
            for start in range(0, len(keys), limit or 1):
                for tie in _ties(connection, keys[start : start + limit]):
                    if claims is None or any(_at(at) in claims for at in (*tie.claims, *tie.denials)):
                        found.append(tie)
                if len(found) >= limit:
                    break
        return found[:limit]


_FEW: Final = 5_000
"""Incidents that are looked up one by one: of 750,000 that takes as long as a walk past those listed."""
_KINDS: Final = frozenset(kind.value for kind in ClaimType)
_ORDERS: Final = {
    "told": (_incidents.c.untold, _incidents.c.key),
    "newest": (_incidents.c.moment.desc(), _incidents.c.key.desc()),
    "fewest": (_incidents.c.likely, _incidents.c.untold, _incidents.c.key),
}
"""Each order is that of an index."""


def _ties(connection: Connection, keys: Sequence[int]) -> Iterator[Tie]:
    """The ties of these keys, in their order."""
    table = schema.ties
    rows = connection.execute(select(table.c.key, table.c.wire).where(among(table.c.key, keys)))
    wires = {int(key): wire for key, wire in rows}
    return (unpack(Tie, wires[key]) for key in keys)


def _at(at: ClaimAt) -> tuple[str, str]:
    return at.report, at.claim


def _page(connection: Connection, asked: IncidentQuery, conditions: list[ColumnElement[bool]]) -> Incidents:
    """The page, and the counts: from one walk where the page lies within what is counted."""
    most = min(asked.counted, MOST_COUNTED)
    order = _ORDERS.get(asked.order, _ORDERS["told"])
    some = select(_incidents.c.key, _incidents.c.disputes, _incidents.c.low).where(*conditions)
    first = connection.execute(some.order_by(*order).limit(most + 1)).all()
    end = asked.offset + asked.limit
    if end <= len(first) or len(first) <= most:
        keys = [row.key for row in first[asked.offset : end]]
    else:
        page = select(_incidents.c.key).where(*conditions).order_by(*order)
        keys = list(connection.execute(page.limit(asked.limit).offset(asked.offset)).scalars())
    counted = first[:most]
    return Incidents(
        rows=_loaded(connection, keys),
        total=len(counted),
        disputed=sum(row.disputes > 0 for row in counted),
        single=sum(row.low <= 1 for row in counted),
        more=len(first) > most,
    )


def _loaded(connection: Connection, keys: Sequence[int]) -> tuple[Incident, ...]:
    """The incidents of these keys, in their order."""
    wanted = select(_incidents.c.key, _incidents.c.wire).where(among(_incidents.c.key, keys))
    found = {int(key): wire for key, wire in connection.execute(wanted)}
    return tuple(unpack(Incident, found[key]) for key in keys)


def _party(row: Any) -> GistParty:
    return GistParty(row.id, row.name, EntityKind(row.kind), int(row.reports))


def _asked(connection: Connection, asked: IncidentQuery) -> list[ColumnElement[bool]]:
    if (claims := _claims(asked.query)) is None:
        return list(_conditions(asked, few=False))
    said, few = _said_in(connection, claims)
    return [*_conditions(asked, few=few), said]


def _conditions(asked: IncidentQuery, *, few: bool) -> Iterator[ColumnElement[bool]]:
    """What is asked of the incident itself, of `few` known by their keys or of all."""

    def plain(column: Column[Any]) -> ColumnElement[Any]:
        # SQLite would rather walk through an index of all than look up twenty keys: here it finds no index.
        return func.coalesce(column, column) if few else column

    query = asked.query
    kinds = {ClaimType(kind).is_tie for kind in query.types if kind in _KINDS}
    # Where the types say so already, the index of types is to be walked and not that of all.
    if kinds != {asked.ties}:
        yield plain(_incidents.c.tie) == asked.ties
    if query.types:
        yield plain(_incidents.c.type).in_(query.types)
    if query.country is not None:
        yield plain(_incidents.c.country) == query.country
    if query.since is not None or query.until is not None:
        yield _overlaps(query)
    if asked.disputed:
        yield _incidents.c.disputes > 0
    if asked.single:
        yield _incidents.c.low <= 1
    if asked.placed is not None:
        yield _incidents.c.placed == asked.placed
    if asked.part is not None:
        shares, table = schema.incident_parties, schema.parties
        party = select(table.c.key).where(table.c.id == asked.part[0]).scalar_subquery()
        own = select(shares.c.incident).where(shares.c.party == party, shares.c.part == int(asked.part[1]))
        yield _incidents.c.key.in_(own)


def _overlaps(query: Query) -> ColumnElement[bool]:
    """An end that the words leave open reaches as far as need be; a time open on both ends is unknown."""
    start, end = _incidents.c.start, _incidents.c.end
    parts = [or_(start.is_not(None), end.is_not(None))]
    if query.since is not None:
        parts.append(or_(end.is_(None), end >= query.since.isoformat()))
    if query.until is not None:
        parts.append(or_(start.is_(None), start <= query.until.isoformat()))
    return and_(*parts)


def _claims(query: Query) -> Query | None:
    """What the question asks of claims; None where it asks nothing of them."""
    own = Query(
        actor=query.actor,
        units=query.units,
        place=query.place,
        source=query.source,
        outlet=query.outlet,
        text=query.text,
    )
    return None if own == Query() else own


def _said_in(connection: Connection, query: Query) -> tuple[ColumnElement[bool], bool]:
    """The condition that a claim asked for is an incident's, and whether it names few incidents.

    What is rare is gathered first; where much is like that, the list is walked through in its order and each
    incident looked at: a page is then soon full.
    """
    said, wide = claims_at(query, _told.c.claim, connection)
    if not wide:
        found = select(_told.c.incident).where(*said).distinct()
        keys = connection.execute(found).scalars().all()
        # Many are told apart along the list, few are looked up and sorted.
        few = len(keys) <= _FEW
        return among(_incidents.c.key if few else _incidents.c.key + 0, keys), few
    return select(_told.c.claim).where(_told.c.incident == _incidents.c.key, *said).exists(), False
