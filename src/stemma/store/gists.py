"""Writing the lists of what merging found, within the transaction that writes the circles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from stemma.model import Incident
from stemma.store import schema
from stemma.store.fold import fold
from stemma.store.index import name_keys, next_key
from stemma.store.listing import Gist, GistIncident, GistParty
from stemma.store.pack import pack
from stemma.store.partial import first_day, last_day
from stemma.store.sql import among

Row = dict[str, Any]

_MOST_NAMES: Final = 40
"""Names of one party that a circle keeps, the most used first: reports are hostile text."""


def drop_gists(connection: Connection, circles: Collection[int]) -> None:
    """Takes these circles out of all lists."""
    if not circles:
        return
    incidents, shares = schema.incidents, schema.circle_parties
    gone = select(incidents.c.key).where(among(incidents.c.circle, circles))
    for table in (schema.incident_claims, schema.incident_parties):
        connection.execute(delete(table).where(table.c.incident.in_(gone)))
    for table in (incidents, schema.ties):
        connection.execute(delete(table).where(among(table.c.circle, circles)))
    lost = (
        select(shares.c.party, func.sum(shares.c.reports))
        .where(among(shares.c.circle, circles))
        .group_by(shares.c.party)
    )
    _count(connection, {party: -int(reports) for party, reports in connection.execute(lost)})
    connection.execute(delete(shares).where(among(shares.c.circle, circles)))


def write_gists(
    connection: Connection, first: int, members: Sequence[Sequence[int]], gists: Sequence[Gist]
) -> None:
    """Enters what circles say, those numbered from `first`, each of these reports."""
    numbered = list(zip(range(first, first + len(gists)), members, gists, strict=False))
    keys = _write_parties(connection, [(circle, gist) for circle, _, gist in numbered])
    claims = _claim_keys(connection, [number for _, own, _ in numbered for number in own])
    following = next_key(connection, schema.incidents)
    rows: list[Row] = []
    told: set[tuple[int, int]] = set()
    parts: set[tuple[int, int, str, int]] = set()
    for circle, _, gist in numbered:
        for one in gist.incidents:
            key = following + len(rows)
            rows.append({"key": key, "circle": circle, **_incident_row(one)})
            told |= {
                (claims[at.report, at.claim], key)
                for at in one.incident.claims
                if (at.report, at.claim) in claims
            }
            parts |= {
                (keys[party], int(part), one.moment, key)
                for party, part in one.parts.items()
                if party in keys
            }
    _insert(connection, schema.incidents, rows)
    names = ("claim", "incident")
    _insert(connection, schema.incident_claims, [dict(zip(names, row, strict=True)) for row in sorted(told)])
    names4 = ("party", "part", "moment", "incident")
    _insert(
        connection, schema.incident_parties, [dict(zip(names4, row, strict=True)) for row in sorted(parts)]
    )
    ties = [
        {"circle": circle, "party": tie.party, "other": tie.other, "untold": -len(tie.reports)}
        | {"wire": pack(tie)}
        for circle, _, gist in numbered
        for tie in gist.ties
    ]
    following = next_key(connection, schema.ties)
    _insert(connection, schema.ties, [{"key": key, **row} for key, row in enumerate(ties, following)])


def _incident_row(one: GistIncident) -> Row:
    incident = one.incident
    time, place, origins = incident.time, incident.place, incident.origins
    return {
        "id": incident.id,
        "type": incident.type.value,
        "tie": incident.type.is_tie,
        "title": incident.title,
        "moment": one.moment,
        "start": first_day(time.start) if time and time.start else None,
        "end": last_day(time.end) if time and time.end else None,
        "place": (place.canonical or place.text) if place else None,
        "country": place.country if place else None,
        "placed": bool(place and place.latitude is not None and place.longitude is not None),
        "untold": -len(incident.reports),
        "outlets": one.outlets,
        "low": origins.low,
        "likely": origins.likely,
        "high": origins.high,
        "disputes": len(incident.disputes),
        "wire": pack(_plain(incident)),
    }


def _plain(incident: Incident) -> Incident:
    """Without what only its own page shows, which the circle has."""
    return incident.model_copy(update={"merged": (), "statements": ()})


def _write_parties(connection: Connection, gists: Sequence[tuple[int, Gist]]) -> dict[str, int]:
    """Enters parties with what each circle adds to them; gives the key of each id."""
    found: dict[str, GistParty] = {}
    for _, gist in gists:
        for party in gist.parties:
            found.setdefault(party.id, party)
    keys = _party_keys(connection, found)
    shares: list[Row] = [
        {
            "party": keys[party.id],
            "circle": circle,
            "reports": party.reports,
            "names": json.dumps(dict(_used(party.names)), ensure_ascii=False),
        }
        for circle, gist in gists
        for party in gist.parties
    ]
    _insert(connection, schema.circle_parties, shares)
    gained: Counter[int] = Counter()
    for share in shares:
        gained[share["party"]] += share["reports"]
    _count(connection, gained)
    folded = {
        (fold(name), keys[party.id])
        for _, gist in gists
        for party in gist.parties
        for name, _ in (*_used(party.names), (party.name, 1))
    }
    _write_names(connection, folded, keys.values())
    return keys


def _used(names: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(names.items(), key=lambda item: (-item[1], item[0]))[:_MOST_NAMES]


def _party_keys(connection: Connection, found: Mapping[str, GistParty]) -> dict[str, int]:
    table = schema.parties
    if not found:
        return {}
    known = select(table.c.id, table.c.key).where(among(table.c.id, list(found)))
    keys: dict[str, int] = {party: int(key) for party, key in connection.execute(known)}
    following = next_key(connection, table)
    new = [party for party in found.values() if party.id not in keys]
    rows: list[Row] = [
        {"key": key, "id": party.id, "name": party.name, "kind": party.kind.value, "reports": 0}
        for key, party in enumerate(new, following)
    ]
    _insert(connection, table, rows)
    return keys | {row["id"]: row["key"] for row in rows}


def _write_names(connection: Connection, folded: set[tuple[str, int]], parties: Iterable[int]) -> None:
    table = schema.party_names
    numbers = name_keys(connection, {name for name, _ in folded})
    known = select(table.c.name, table.c.party).where(
        among(table.c.name, set(numbers.values())), among(table.c.party, set(parties))
    )
    there = {(int(name), int(party)) for name, party in connection.execute(known)} if folded else set()
    pairs = sorted({(numbers[name], party) for name, party in folded} - there)
    _insert(connection, table, [{"name": name, "party": party} for name, party in pairs])


def _count(connection: Connection, gained: Mapping[int, int]) -> None:
    """Adds to the number of reports of parties; one that no report names any more stays, with none."""
    table = schema.parties
    rows = [{"k": party, "n": number} for party, number in sorted(gained.items()) if number]
    if rows:
        added = update(table).where(table.c.key == bindparam("k"))
        connection.execute(added.values(reports=table.c.reports + bindparam("n")), rows)


def _claim_keys(connection: Connection, reports: Collection[int]) -> dict[tuple[str, str], int]:
    """The key of each claim of these reports, by report id and claim id; people's own claims have none."""
    claims, own = schema.claims, schema.reports
    wanted = select(own.c.id, claims.c.id, claims.c.key).join_from(own, claims, claims.c.report == own.c.key)
    found = connection.execute(wanted.where(among(own.c.key, reports))) if reports else ()
    return {(report, claim): int(key) for report, claim, key in found}


def _insert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    if rows:
        connection.execute(insert(table), list(rows))
