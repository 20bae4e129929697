"""What the claims of a group say together, as far as groups are compared by it."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from stemma.merge.days import Days
from stemma.merge.entities import named
from stemma.merge.facts import Fact
from stemma.merge.means import means_of, targets_in
from stemma.merge.places import place_names
from stemma.model import Counted, Place, Role

TELLING: Final = 4
"""A figure from which two equal ones speak for one happening; two dead are in every second report."""
KEPT: Final = 12
"""Distinct places, days and tellings of a group that are compared: more only say the same again, and ten
thousand copies of one text must not cost their square."""
MAIN: Final = 10
"""A party, place, figure or means counts for a group where it is told at least this share (a tenth) as often
as the most told of its kind: of three hundred claims one would fit everything."""

SignT = TypeVar("SignT")


def main(told: Mapping[SignT, int]) -> list[SignT]:
    """What is told often enough to stand for the group."""
    most = max(told.values(), default=0)
    return [sign for sign, number in told.items() if MAIN * number >= most]


def shared(told: Mapping[SignT, int], others: Mapping[SignT, int]) -> set[SignT]:
    """What is told often enough in both."""
    theirs = main(others)
    return {sign for sign in main(told) if sign in theirs}


@dataclass(slots=True)
class Profile:
    """What the claims of a group say together; the group is one happening so far."""

    members: list[Fact] = field(default_factory=list)
    actors: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    parties: Counter[str] = field(default_factory=Counter)
    places: list[Place] = field(default_factory=list)
    figures: Counter[tuple[str, int]] = field(default_factory=Counter)
    reports: set[str] = field(default_factory=set)
    kin: set[str] = field(default_factory=set)
    persons: set[str] = field(default_factory=set)
    days: list[Days] = field(default_factory=list)
    stamps: set[datetime.date] = field(default_factory=set)
    tellings: list[Fact] = field(default_factory=list)
    means: Counter[str] = field(default_factory=Counter)
    targets: Counter[str] = field(default_factory=Counter)
    told_places: Counter[tuple[str, ...]] = field(default_factory=Counter)
    told_days: Counter[Days] = field(default_factory=Counter)
    tolls: set[int] = field(default_factory=set)
    datasets: set[str] = field(default_factory=set)

    def add(self, fact: Fact) -> None:
        """Takes a claim in."""
        self.members.append(fact)
        if fact.dataset:
            self.datasets.add(fact.dataset)
        self.persons |= fact.persons
        if fact.days:
            self.told_days[fact.days] += 1
            if fact.days not in self.days and len(self.days) < KEPT:
                self.days.append(fact.days)
        if means := means_of(fact.claim):
            self.means[means] += 1
        for target in targets_in(f"{fact.claim.evidence} {fact.place.text if fact.place else ''}"):
            self.targets[target] += 1
        if fact.published and len(self.stamps) < KEPT:
            self.stamps.add(fact.published)
        if len(self.tellings) < KEPT and all(fact.words != told.words for told in self.tellings):
            self.tellings.append(fact)
        self.actors.update(key for key in fact.sides.get(Role.ACTOR, ()) if named(key))
        for role in (Role.RECIPIENT, Role.VICTIM, Role.TO, Role.FROM):
            self.others.update(key for key in fact.sides.get(role, ()) if named(key))
        self.parties.update(fact.named)
        place = fact.where
        if place:
            self.told_places[place_names(place)[:1]] += 1
            if len(self.places) < KEPT and all(p.text != place.text for p in self.places):
                self.places.append(place)
        self.figures.update((f.kind, f.low) for f in fact.figures if f.low and f.low >= TELLING)
        self.tolls |= {f.low for f in fact.figures if f.low and f.kind == Counted.KILLED.value}
        self.reports.add(fact.at.report)

    def join(self, other: Profile) -> None:
        """Takes another group in."""
        for fact in other.members:
            self.add(fact)
        self.kin |= other.kin

    def main_places(self) -> list[Place]:
        """The places told often enough to stand for the group, without the countries that they lie in: by its
        country alone a province would be anywhere."""
        held = set(main(self.told_places))
        places = [place for place in self.places if place_names(place)[:1] in held]
        countries = {names[-1] for place in places if len(names := place_names(place)) > 1}
        return [place for place in places if place_names(place)[:2] not in {(name,) for name in countries}]
