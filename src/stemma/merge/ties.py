"""Ties merged into dated intervals, and the parties they join."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.merge.days import Days, days_of
from stemma.merge.entities import Entities, above, named
from stemma.merge.facts import Fact, facts_of
from stemma.merge.kinship import Kinship
from stemma.merge.origins import count_origins
from stemma.merge.protocol import Held
from stemma.merge.roots import Walker
from stemma.merge.voices import Voices
from stemma.model import (
    Certainty,
    ClaimAt,
    ClaimType,
    EntityAt,
    EntityKind,
    Lineage,
    Origins,
    Party,
    Role,
    Status,
    Tie,
)

LEVEL: Final = frozenset((ClaimType.ALLIED_WITH, ClaimType.AT_WAR_WITH, ClaimType.ALSO_KNOWN_AS))
"""Ties whose two sides stand level: A with B is B with A."""

SEATED: Final = frozenset((ClaimType.BASED_IN, ClaimType.CONTROLS))
"""Ties whose other end may be the claim's place."""

_BESIDE_TITLE: Final = re.compile(r"(?i)^(?:its|his|her|their|the|an?) | (?:of|for|at|in)$")

TITLED: Final = 80
"""Characters of a title or place that are kept; reports are hostile text."""


Rests = Callable[[Sequence[Fact]], Origins]


@dataclass(frozen=True, slots=True)
class Ends:
    """The two ends of a tie as keys, with the names to show."""

    party: str
    party_name: str
    other: str
    other_name: str


def parties_of(held: Sequence[Held], entities: Entities | None = None) -> tuple[Party, ...]:
    """The named entities of all reports, those of many reports first; unnamed people are no party."""
    known = entities or Entities(held)
    names: dict[str, Counter[str]] = {}
    kinds: dict[str, Counter[EntityKind]] = {}
    places: dict[str, list[EntityAt]] = {}
    for one in held:
        for entity in one.coding.entities:
            key = known.key(entity, one.report)
            if not named(key):
                continue
            own = names.setdefault(key, Counter())
            for name in (*((entity.canonical,) if entity.canonical else ()), *entity.names):
                own[" ".join(name.split())] += 1
            kinds.setdefault(key, Counter())[entity.kind] += 1
            places.setdefault(key, []).append(EntityAt(report=one.report, entity=entity.id))
    found = [
        Party(
            key=key,
            name=" ".join(known.label(key).split()),
            kind=max(kinds[key], key=lambda kind: (kinds[key][kind], kind.value)),
            names=tuple(sorted(own, key=lambda name: (-own[name], name))),
            under=above(key),
            at=tuple(places[key]),
        )
        for key, own in names.items()
    ]
    return tuple(sorted(found, key=lambda party: (-len({at.report for at in party.at}), party.key)))


def ties_of(held: Sequence[Held], lineage: Lineage, entities: Entities | None = None) -> tuple[Tie, ...]:
    """The ties that these reports tell, each for one stretch of time, with their origins.

    What is planned or supposed is no tie yet. Claims of one tie are one stretch unless their dates lie
    apart: who led a unit in 2010 and again in 2015 has two.
    """
    entities = entities or Entities(held)
    by_report = {one.report: one for one in held}
    kinship = Kinship(lineage, by_report)
    walker = Walker(by_report, kinship)
    told: dict[tuple[ClaimType, str, str], list[tuple[Ends, Fact]]] = {}
    for fact in facts_of(held, entities):
        if fact.claim.type.is_tie and fact.claim.status in (Status.ACTUAL, Status.ONGOING):
            for ends in _ends(fact, entities):
                told.setdefault((fact.claim.type, ends.party, ends.other), []).append((ends, fact))

    def rests(facts: Sequence[Fact]) -> Origins:
        reports = [fact.at.report for fact in facts]
        agencies = [
            name
            for r in dict.fromkeys(reports)
            for name in (*kinship.absent(r), *by_report[r].document.agencies)
        ]
        voices = Voices(by_report[report].coding for report in dict.fromkeys(reports))
        return count_origins(walker.roots(facts, (), voices), reports, agencies)

    found: list[Tie] = []
    for (kind, _, _), pairs in told.items():
        ends = max((ends for ends, _ in pairs), key=lambda one: (len(one.other_name), one.other_name))
        facts = list({fact.at: fact for _, fact in pairs}.values())
        denials = [fact for fact in facts if fact.claim.negated]
        for stretch in _stretches([fact for fact in facts if not fact.claim.negated]) or [[]]:
            found.append(_tie(kind, ends, stretch, denials, rests=rests))
    return tuple(sorted(found, key=lambda tie: (tie.type.value, tie.party, tie.other, tie.start or "")))


def _ends(fact: Fact, entities: Entities) -> Iterator[Ends]:
    """The pairs of parties that a tie's claim joins; none where one end has no name."""
    claim = fact.claim
    role = Role.RECIPIENT if claim.type in LEVEL else Role.TO
    left = _keys(fact, Role.ACTOR)
    right = (
        _keys(fact, role) or _keys(fact, Role.TO) or _keys(fact, Role.RECIPIENT) or _keys(fact, Role.OBJECT)
    )
    others = [(key, entities.label(key)) for key in right]
    if claim.type in SEATED and not others and claim.place:
        name = " ".join((claim.place.canonical or claim.place.text).split())[:TITLED]
        others = [(name.casefold(), name)]
    for party in left:
        for other, name in others:
            if party == other:
                continue
            one, two = (party, entities.label(party)), (other, name)
            if claim.type in LEVEL:
                one, two = sorted((one, two))
            yield Ends(*one, *two)


def _keys(fact: Fact, role: Role) -> list[str]:
    return sorted(key for key in fact.sides.get(role, ()) if named(key))


def _stretches(facts: Sequence[Fact]) -> list[list[Fact]]:
    """The facts put together by time; a fact without dates belongs to the last stretch."""
    dated = sorted(
        ((days, fact) for fact in facts if (days := days_of(fact.claim.time))),
        key=lambda pair: (pair[0].first or datetime.date.min, pair[1].order),
    )
    found: list[tuple[Days, list[Fact]]] = []
    for days, fact in dated:
        if found and found[-1][0].gap(days) <= 1:
            before, facts_before = found[-1]
            ends = (before.last, days.last)
            last = None if None in ends else max(end for end in ends if end)
            found[-1] = (Days(before.first, last), [*facts_before, fact])
        else:
            found.append((days, [fact]))
    groups = [group for _, group in found]
    loose = [fact for fact in facts if days_of(fact.claim.time) is None]
    if loose:
        if groups:
            groups[-1] = groups[-1] + loose
        else:
            groups = [loose]
    return groups


def _tie(kind: ClaimType, ends: Ends, facts: Sequence[Fact], denials: Sequence[Fact], *, rests: Rests) -> Tie:
    denied = rests(denials)
    times = [fact.claim.time for fact in facts if fact.claim.time]
    starts = sorted(time.start for time in times if time.start)
    over = [fact for fact in facts if _is_over(fact)]
    open_end = any(fact.claim.time and fact.claim.time.start and not fact.claim.time.end for fact in facts)
    stops = sorted(time.end for time in times if time.end)
    gone = [day for fact in over if (day := fact.published)]
    told = [day for fact in facts if not _is_over(fact) and (day := fact.published)]
    titles = Counter(title for fact in facts if (title := _title(fact.claim.mode or "")))
    return Tie(
        type=kind,
        party=ends.party,
        party_name=" ".join(ends.party_name.split()),
        other=ends.other,
        other_name=" ".join(ends.other_name.split()),
        titles=tuple(sorted(titles, key=lambda title: (-titles[title], title))),
        start=starts[0] if starts else None,
        end=stops[-1] if stops and not open_end and not _goes_on(facts, stops[-1]) else None,
        first_told=min(told, default=None),
        last_told=max(told, default=None),
        ended=bool(over),
        ended_by=min(gone, default=None),
        hedged=bool(facts) and all(fact.claim.certainty is not Certainty.CERTAIN for fact in facts),
        claims=_at(facts),
        denials=_at(denials),
        denied_by=tuple(dict.fromkeys(origin.name for origin in denied.origins)),
        origins=rests(facts or denials),
    )


def _title(mode: str) -> str:
    """What a member is called, without `its` before and `of` after: `Spokesman of` is `spokesman`."""
    title = _BESIDE_TITLE.sub("", " ".join(mode.split()))[:TITLED]
    # One report's capital at the start of a sentence makes no other title; those of a name stay.
    return title[:1].lower() + title[1:] if not any(one.isupper() for one in title[1:]) else title


def _is_over(fact: Fact) -> bool:
    """True where the claim says that it held once: its cue ("former") tells that, and no hedge does."""
    plain = fact.claim.certainty is Certainty.CERTAIN and fact.claim.status is Status.ACTUAL
    return bool(plain and fact.claim.cue)


def _goes_on(facts: Sequence[Fact], end: str) -> bool:
    """True where a claim says that the tie still holds on the day to which its words count ("since 2018")."""
    for fact in facts:
        time = fact.claim.time
        if fact.claim.status is Status.ONGOING and time and time.end == end and time.start != time.end:
            day = fact.published
            if day and day.isoformat().startswith(end):
                return True
    return False


def _at(facts: Iterable[Fact]) -> tuple[ClaimAt, ...]:
    return tuple(fact.at for fact in sorted(facts, key=lambda fact: fact.order))
