"""What a query asks for, said a second time in plain Python, to compare a store with."""

from __future__ import annotations

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterable

from stemma.model import Claim, Coding, Time
from stemma.store import Query


def plain(text: str) -> str:
    """`text` without case and accents."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in letters if unicodedata.combining(letter) == 0).casefold()


def words(text: str) -> set[str]:
    return set(re.sub(r"[\W_]+", " ", plain(text)).split())


def ask(codings: Iterable[Coding], query: Query) -> list[Coding]:
    """The answer to `query` over whole codings."""
    answer, left = [], query.limit
    for coding in sorted(codings, key=lambda coding: coding.report):
        kept = [claim for claim in coding.claims if _is_asked_for(coding, claim, query)]
        if left is not None:
            kept = kept[:left]
            left -= len(kept)
        if kept:
            used = {e for claim in kept for e in _entities_of(claim)}
            entities = tuple(entity for entity in coding.entities if entity.id in used)
            answer.append(coding.model_copy(update={"claims": tuple(kept), "entities": entities}))
    return answer


def _entities_of(claim: Claim) -> set[str | None]:
    parties = {party for parties in claim.roles.values() for party in parties}
    return parties | {count.entity for count in claim.counts} | {source.entity for source in claim.sources}


def _is_asked_for(coding: Coding, claim: Claim, query: Query) -> bool:
    parties = {party for parties in claim.roles.values() for party in parties}
    place = claim.place
    tests = [
        (query.actor is None and not query.units)
        or (query.actor is not None and _any_has(_names(coding, parties), query.actor))
        or any(
            name is not None and plain(name) in map(plain, query.units) for name in _names(coding, parties)
        ),
        not query.types or claim.type.value in query.types,
        query.place is None or (place is not None and _any_has([place.text, place.canonical], query.place)),
        query.country is None or (place is not None and place.country == query.country),
        (query.since is None and query.until is None) or _overlaps(claim.time, query.since, query.until),
        query.source is None
        or any(
            _any_has([source.text, *_names(coding, {source.entity})], query.source)
            for source in claim.sources
        ),
        query.outlet is None or _any_has([coding.outlet], query.outlet),
        query.hedged is None or claim.hedged == query.hedged,
        query.text is None or words(query.text) <= words(claim.evidence),
        query.report is None or coding.report == query.report,
    ]
    return all(tests)


def _names(coding: Coding, ids: set[str | None] | set[str]) -> list[str | None]:
    found: list[str | None] = []
    for wanted in ids:
        for entity in coding.entities:
            if entity.id == wanted:
                found += [*entity.names, entity.canonical]
                break
    return found


def _any_has(names: Iterable[str | None], part: str) -> bool:
    return any(name is not None and plain(part) in plain(name) for name in names)


def _overlaps(time: Time | None, since: datetime.date | None, until: datetime.date | None) -> bool:
    if time is None or (time.start is None and time.end is None):
        return False
    first = _day(time.start, last=False) if time.start else datetime.date.min
    last = _day(time.end, last=True) if time.end else datetime.date.max
    return first <= (until or datetime.date.max) and last >= (since or datetime.date.min)


def _day(partial: str, *, last: bool) -> datetime.date:
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 1:
        parts.append(12 if last else 1)
    if len(parts) == 2:
        parts.append(calendar.monthrange(*parts)[1] if last else 1)
    return datetime.date(*parts)
