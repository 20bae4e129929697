"""Whether a coding has a claim that a query asks for, without a casebook: what its store would find."""

from __future__ import annotations

from stemma.model import Claim, Coding
from stemma.store.fold import fold
from stemma.store.partial import first_day, last_day
from stemma.store.protocol import Query


def is_asked(coding: Coding, query: Query) -> bool:
    """True where the coding has a claim for which `type`, `actor`, `place`, `country`, `since`, `until` and
    `outlet` of the query all hold; what else it asks is not looked at."""
    if query.outlet is not None and fold(query.outlet) not in fold(coding.outlet or ""):
        return False
    parties = _parties(coding, query.actor) if query.actor is not None else None
    return any(_holds(claim, query, parties) for claim in coding.claims)


def _parties(coding: Coding, name: str) -> set[str]:
    part = fold(name)
    return {
        entity.id
        for entity in coding.entities
        if any(part in fold(one) for one in (*entity.names, entity.canonical) if one)
    }


def _holds(claim: Claim, query: Query, parties: set[str] | None) -> bool:
    place = claim.place
    if query.types and claim.type.value not in query.types:
        return False
    if parties is not None and not any(one in parties for ids in claim.roles.values() for one in ids):
        return False
    if query.country is not None and (place is None or place.country != query.country):
        return False
    if query.place is not None:
        part, said = fold(query.place), (place.text, place.canonical) if place else ()
        if not any(part in fold(one) for one in said if one):
            return False
    return (query.since is None and query.until is None) or _overlaps(claim, query)


def _overlaps(claim: Claim, query: Query) -> bool:
    """As in the store: an open end reaches as far as need be, a time open on both ends is unknown."""
    time = claim.time
    start = first_day(time.start) if time and time.start else None
    end = last_day(time.end) if time and time.end else None
    if start is None and end is None:
        return False
    if query.since is not None and end is not None and end < query.since.isoformat():
        return False
    return not (query.until is not None and start is not None and start > query.until.isoformat())
