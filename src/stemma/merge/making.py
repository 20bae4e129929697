"""From a group of claims to the incident: its id, its title, what its claims say together."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from stemma.merge.days import Days
from stemma.merge.disputes import disputes_of
from stemma.merge.entities import Entities, named
from stemma.merge.facts import SPEECH, Fact
from stemma.merge.incidents import Group, most_told
from stemma.merge.incidents_score import LONG
from stemma.merge.kinship import Kinship
from stemma.merge.origins import count_origins
from stemma.merge.places import Fit, fit_of, is_narrow, place_names
from stemma.merge.profiles import main
from stemma.merge.protocol import Held
from stemma.merge.roots import Walker
from stemma.merge.statements import statements_of
from stemma.merge.tellings import Telling
from stemma.merge.values import values_of
from stemma.merge.voices import Voices
from stemma.model import ClaimAt, ClaimType, Incident, Origins, Place, Role, Time

TITLED: Final = 70
"""Characters of a title's trigger or party; reports are hostile text and names may be paragraphs."""


class Maker:
    """Makes incidents of groups. One maker serves all groups of a record."""

    def __init__(self, held: Mapping[str, Held], kinship: Kinship, entities: Entities) -> None:
        self.held = held
        self.kinship = kinship
        self.entities = entities
        self.walker = Walker(held, kinship)
        self.published = {
            report: one.coding.published or one.document.published for report, one in held.items()
        }

    def incident(self, group: Group, index: int, telling: Telling) -> Incident:
        """The incident of a group, which is number `index` in what the second look found."""
        told, tolls = telling.told.get(index, []), telling.tolls.get(index, [])
        facts = sorted(group.profile.members, key=lambda fact: fact.order)
        everything = sorted([*facts, *group.about], key=lambda fact: fact.order)
        reports = list(dict.fromkeys([*(fact.at.report for fact in everything), *told]))
        voices = Voices(self.held[report].coding for report in reports)

        def rests(
            some: Sequence[Fact], bare: Sequence[str], figures: Mapping[str, set[int]] | None = None
        ) -> Origins:
            # `told` as it is means the incident itself, where a lineage's one voice is heard.
            roots = self.walker.roots(some, bare, voices, figures, spoken=bare is told)
            via = [f.at.report for f in some] + list(bare)
            return count_origins(roots, via, self._agencies(via))

        confirming = [fact for fact in facts if not fact.claim.negated]
        if not _is_speech(facts):
            confirming = [fact for fact in confirming if fact.claim.type not in SPEECH]
        # Who finds or counts bodies says how many died, not what happened.
        confirming = [fact for fact in confirming if not fact.is_find] or confirming
        values = values_of(facts, tolls, self.published)
        return Incident(
            id=_id(everything),
            type=_type(facts),
            title=self._title(group, facts),
            claims=tuple(fact.at for fact in everything),
            merged=tuple(group.merged),
            parties=self._parties(group),
            time=_time(facts),
            place=_place(facts),
            origins=rests(confirming or facts, told),
            disputes=disputes_of(
                group, values, self.entities, self.kinship, lambda f, b: self.walker.roots(f, b, voices)
            ),
            statements=statements_of(group, values, telling.said.get(index, {}), rests),
            told=tuple(told),
        )

    def _agencies(self, reports: Sequence[str]) -> list[str]:
        found: list[str] = []
        for report in reports:
            found += self.kinship.absent(report)
            found += self.held[report].document.agencies
        return found

    def _parties(self, group: Group) -> dict[str, tuple[str, ...]]:
        parties: dict[str, tuple[str, ...]] = {}
        for role in Role:
            names = [self.entities.label(key) for key, _ in most_told(group, role)]
            if names:
                parties[role.value] = tuple(dict.fromkeys(names))
        return parties

    def _title(self, group: Group, facts: Sequence[Fact]) -> str:
        """`al-Shabaab, attack, Kulbiyow, 2017-01-27`: who, what, to whom, where and when as most told."""
        actor = self._chief(group, Role.ACTOR)
        # Two accounts may exchange who did it to whom; a title that names one of them twice says nothing.
        others = (self._chief(group, role, but=actor) for role in (Role.RECIPIENT, Role.VICTIM, Role.TO))
        words = [actor, _kind(facts), next((other for other in others if other), "")]
        place, time = _place(facts), _time(facts)
        if place:
            words.append((place.canonical or place.text).partition(",")[0])
        if time and (time.start or time.end):
            words.append(time.start or f"until {time.end}")
        return ", ".join(" ".join(word.split())[:TITLED] for word in words if word)

    def _chief(self, group: Group, role: Role, but: str = "") -> str:
        told = [row for row in most_told(group, role) if self.entities.label(row[0]) != but]
        best = next((key for key, _ in told if named(key)), told[0][0] if told else "")
        return self.entities.label(best) if best else ""


def _is_speech(facts: Sequence[Fact]) -> bool:
    return all(fact.claim.type in SPEECH for fact in facts)


def _id(facts: Sequence[Fact]) -> str:
    """Equal for equal claims, whatever else the casebook holds: `i-` and 12 hex digits of their hash."""
    parts = sorted(f"{fact.at.report}#{fact.at.claim}" for fact in facts)
    return "i-" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def _type(facts: Sequence[Fact]) -> ClaimType:
    counter = Counter(fact.claim.type for fact in facts)
    return max(counter, key=lambda kind: (counter[kind], kind.value))


def _kind(facts: Sequence[Fact]) -> str:
    """The mode most told, else the type, as words."""
    modes = Counter(fact.claim.mode for fact in facts if fact.claim.mode and not fact.claim.type.is_tie)
    telling = {mode: n for mode, n in modes.items() if not mode.endswith("-other")}
    if telling:
        return max(telling, key=lambda mode: (telling[mode], mode))
    return "attack" if "attack-other" in modes else _type(facts).value.lower().replace("_", " ")


def _time(facts: Sequence[Fact]) -> Time | None:
    """The most precise time that no claim contradicts; where they differ by a slip, the one most told. What
    is told once among many is not asked: a month would agree with all days of it."""
    timed = Counter((fact.days, fact.claim.time) for fact in facts if fact.days and fact.claim.time)
    often = set(main(Counter(fact.days for fact in facts if fact.days)))
    timed = Counter({row: number for row, number in timed.items() if row[0] in often})
    lasting = Counter({row: number for row, number in timed.items() if row[0].length > LONG})
    if 2 * lasting.total() > timed.total():
        return _since(lasting)

    def standing(row: tuple[Days, Time]) -> tuple[int, int, str]:
        days, time = row
        agree = sum(count for (other, _), count in timed.items() if other.gap(days) == 0)
        return agree, -days.length, f"{time.start} {time.end} {time.text}"

    return max(timed, key=standing)[1] if timed else None


def _since(lasting: Counter[tuple[Days, Time]]) -> Time:
    """Of what goes on: since when most tell, up to the latest day of those. By the shortest that all agree
    with, a war of ten years would be over in its second."""
    starts: Counter[str] = Counter()
    for (days, _), number in lasting.items():
        starts[str(days.first)] += number
    first = max(starts, key=lambda start: (starts[start], start))
    last = [row for row in lasting if str(row[0].first) == first]
    return max(last, key=lambda row: (row[0].last or datetime.date.max, lasting[row], row[1].text))[1]


def _place(facts: Sequence[Fact]) -> Place | None:
    """The narrowest place that no claim contradicts; where they differ, the one that most agree with."""
    places = [fact.place for fact in facts if fact.place]
    # Fighting in a country is not in the one town that one report names; of a day's strike the town is told.
    often = set(main(Counter(place_names(place) for place in places)))
    places = [place for place in places if place_names(place) in often]
    # A country agrees with all its towns and would win by that.
    places = [place for place in places if is_narrow(place)] or places
    # So would two towns in one breath.
    places = [place for place in places if ";" not in (place.canonical or "")] or places
    told = Counter(place.canonical or place.text for place in places)
    first: dict[str, Place] = {}
    for place in places:
        first.setdefault(place.canonical or place.text, place)

    def standing(name: str) -> tuple[int, int, int, int, str]:
        fits = [(fit_of(first[name], other), told[known]) for known, other in first.items()]
        agree = sum(n for fit, n in fits if fit > Fit.UNKNOWN) - sum(n for fit, n in fits if fit is Fit.APART)
        precision = first[name].precision
        return agree, -(precision.ucdp if precision else 8), len(name.split(",")), told[name], name

    return first[max(first, key=standing)] if first else None


def at_of(path: str) -> ClaimAt | None:
    """The claim of a subject `REPORT#CLAIM`; None where it is no path of a claim."""
    report, sign, rest = path.rpartition("#")
    claim = rest.partition("/")[0]
    return ClaimAt(report=report, claim=claim) if sign and report and claim else None
