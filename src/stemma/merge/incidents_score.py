"""Whether two claims are about one happening: a sum of points, each with its reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Final

from stemma.merge.days import Days
from stemma.merge.entities import named, related
from stemma.merge.facts import Fact
from stemma.merge.places import Fit, fit_of, is_narrow
from stemma.model import ClaimType, Place, Role, Status

ENOUGH: Final = 2.0
"""Points from which two claims are one happening; see `POINTS`."""

POINTS: Final = {
    "same-words": 3.0,
    "same-day": 2.0,
    "day-slip": 1.25,
    "period": 0.75,
    "same-place": 2.0,
    "near-place": 1.25,
    "within-place": 1.0,
    "same-actor": 1.0,
    "same-other-side": 1.0,
    "same-person": 2.5,
    "same-party": 0.5,
    "same-figure": 1.0,
    "kin": 1.0,
    "same-week": 0.75,
    "other-place": -3.0,
    "other-actor": -1.0,
    "other-side": -0.75,
    "other-person": -3.0,
    "other-mode": -0.5,
}
"""What each agreement or difference is worth. Set by hand so that a day and a place, or a place and both
sides, or a day and both sides with one more sign make one happening, while another village outweighs a
day and both sides; held by tests/unit/merge/test_incidents.py."""

SLIP_DAYS: Final = 2
"""`Thursday` against `Friday`, the dateline's day against the act's; beyond it days are two."""
ALIKE: Final = 0.7
"""Share of evidence words in common from which two claims are one sentence, copied or lightly edited."""
OTHER_PLACE: Final = "at another place"
OTHER_PERSON: Final = "of another person"
WEEK: Final = 7
TELLING: Final = 4
"""A figure from which two equal ones speak for one happening; two dead are in every second report."""
KEPT: Final = 12
"""Distinct places, days and tellings of a group that are compared: more only say the same again, and ten
thousand copies of one text must not cost their square."""


@dataclass(slots=True)
class Profile:
    """What the claims of a group say together; the group is one happening so far."""

    members: list[Fact] = field(default_factory=list)
    actors: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    places: list[Place] = field(default_factory=list)
    figures: set[tuple[str, int]] = field(default_factory=set)
    reports: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    days: list[Days] = field(default_factory=list)
    stamps: set[datetime.date] = field(default_factory=set)
    tellings: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact) -> None:
        """Takes a claim in."""
        self.members.append(fact)
        self.persons |= fact.persons
        if fact.days and fact.days not in self.days and len(self.days) < KEPT:
            self.days.append(fact.days)
        if fact.published and len(self.stamps) < KEPT:
            self.stamps.add(fact.published)
        if len(self.tellings) < KEPT and all(fact.words != told.words for told in self.tellings):
            self.tellings.append(fact)
        self.actors |= {key for key in fact.sides.get(Role.ACTOR, ()) if named(key)}
        for role in (Role.RECIPIENT, Role.VICTIM, Role.TO, Role.FROM):
            self.others |= {key for key in fact.sides.get(role, ()) if named(key)}
        self.parties |= fact.named
        place = None if fact.is_find else fact.place
        if place and len(self.places) < KEPT and all(p.canonical != place.canonical for p in self.places):
            self.places.append(place)
        self.figures |= {(f.kind, f.low) for f in fact.figures if f.low and f.low >= TELLING}
        self.reports.add(fact.at.report)

    def join(self, other: Profile) -> None:
        """Takes another group in."""
        for fact in other.members:
            self.add(fact)
        self.kin |= other.kin


@dataclass(slots=True)
class Score:
    """The points of a comparison and what they were given for."""

    points: float = 0.0
    reasons: list[str] = field(default_factory=list)
    anchored: bool = False
    veto: bool = False

    def give(self, sign: str, words: str, *, anchor: bool = False) -> None:
        """Adds the points of a sign."""
        self.points += POINTS[sign]
        self.reasons.append(words)
        self.anchored |= anchor

    @property
    def against(self) -> bool:
        """True where place or person speak against one happening, whatever else agrees."""
        return bool({OTHER_PLACE, OTHER_PERSON} & set(self.reasons))

    @property
    def one(self) -> bool:
        """True where the two are taken to be one happening."""
        return self.anchored and not self.veto and self.points >= ENOUGH

    @property
    def likelihood(self) -> float:
        """The points as a score in [0, 1]."""
        return round(max(0.0, min(1.0, self.points / (2 * ENOUGH))), 2)


def compare(one: Profile, other: Profile) -> Score:
    """How likely two groups of claims are about one happening, and why."""
    score = Score()
    if _is_habit(one) != _is_habit(other):
        score.veto = True
        return score
    _by_words(one, other, score)
    _by_time(one, other, score)
    if score.veto:
        return score
    _by_place(one, other, score)
    _by_parties(one, other, score)
    if shared := one.figures & other.figures:
        kind, number = min(shared)
        score.give("same-figure", f"both count {number} {kind}", anchor=True)
    if one.kin & other.kin:
        score.give("kin", "one report depends on the other", anchor=True)
    return score


def _is_habit(profile: Profile) -> bool:
    """True for what goes on ("often attacks"): no single happening."""
    first = profile.members[0].claim
    return first.status is Status.ONGOING and first.type is ClaimType.ASSAULT


def _by_words(one: Profile, other: Profile, score: Score) -> None:
    best = 0.0
    for fact in one.tellings:
        for second in other.tellings:
            if fact.claim.type is second.claim.type and fact.words and second.words:
                shared = len(fact.words & second.words)
                best = max(best, shared / len(fact.words | second.words))
    if best >= ALIKE:
        score.give("same-words", "told in the same words", anchor=True)


def _by_time(one: Profile, other: Profile, score: Score) -> None:
    if one.days and other.days:
        pairs = [(a.gap(b), a.is_period or b.is_period) for a in one.days for b in other.days]
        gap, period = min(pairs)
        if gap > SLIP_DAYS:
            score.veto = not score.anchored
            if score.anchored:
                score.points -= 1.0
        elif gap > 0:
            score.give("day-slip", f"{gap} day{'s' if gap > 1 else ''} apart", anchor=True)
        elif period:
            score.give("period", "the times overlap", anchor=True)
        else:
            score.give("same-day", "on one day", anchor=True)
        return
    if one.stamps and other.stamps:
        gap = min(abs((a - b).days) for a in one.stamps for b in other.stamps)
        if gap <= WEEK:
            score.give("same-week", f"told within {max(gap, 1)} day{'s' if gap > 1 else ''}", anchor=True)


def _by_place(one: Profile, other: Profile, score: Score) -> None:
    fits = [(fit_of(a, b), a, b) for a in one.places for b in other.places]
    if not fits:
        return
    fit, here, there = max(fits, key=lambda row: (row[0], row[1].text, row[2].text))
    name = (here.canonical or here.text).partition(",")[0]
    if fit is Fit.SAME and (is_narrow(here) or is_narrow(there)):
        score.give("same-place", f"at {name}", anchor=True)
    elif fit is Fit.NEAR:
        score.give("near-place", f"near {name}", anchor=True)
    elif fit in (Fit.SAME, Fit.WITHIN):
        score.give("within-place", f"in {name}", anchor=fit is Fit.WITHIN)
    elif fit is Fit.APART and any(is_narrow(p) for p in one.places) and any(map(is_narrow, other.places)):
        score.give("other-place", OTHER_PLACE)


def _by_parties(one: Profile, other: Profile, score: Score) -> None:
    same = [(a, b) for a in one.actors for b in other.actors if related(a, b)]
    across = [(a, b) for a in one.others for b in other.others if related(a, b)]
    persons, seconds = _persons(one), _persons(other)
    if persons and seconds:
        if persons & seconds:
            score.give("same-person", f"of {min(persons & seconds)}", anchor=True)
        else:
            score.give("other-person", OTHER_PERSON)
            return
    if same:
        score.give("same-actor", f"by {min(same)[0]}")
    elif one.actors and other.actors:
        score.give("other-actor", "by another")
    if across:
        score.give("same-other-side", f"against {min(across)[0]}")
    elif one.others and other.others:
        score.give("other-side", "against another")
    if not same and not across and one.parties & other.parties:
        score.give("same-party", f"{min(one.parties & other.parties)} has a part in both")


def _persons(profile: Profile) -> set[str]:
    """The named persons that the happening is about; a fight is about no single man."""
    if profile.members[0].family.startswith("force"):
        return set()
    return profile.persons
