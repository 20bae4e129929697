"""A fact: a claim as merging reads it, its parties as keys, its time as days, its counts by kind."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from stemma.merge.days import Days, days_of
from stemma.merge.entities import Entities, named
from stemma.merge.protocol import Held
from stemma.merge.toll_words import people_of, toll_words
from stemma.model import Claim, ClaimAt, ClaimType, Counted, Entity, EntityKind, Place, Role, Status

SPEECH: Final = frozenset(
    (
        ClaimType.DENY,
        ClaimType.ACCUSE,
        ClaimType.REJECT,
        ClaimType.REQUEST,
        ClaimType.THREATEN,
        ClaimType.SUPPORT,
    )
)
"""Types that speak of a happening and are no word for it: a denial or a condemnation confirms nothing."""

FORCEFUL: Final = frozenset(("seize", "destroy", "raid", "siege", "restrict"))
"""Modes of COERCE that belong to a fight; arrests and kidnappings are happenings of their own."""

_BODIES: Final = re.compile(r"(?i)\b(?:bod(?:y|ies)|corpses?|cuerpos?|cad[aá]ver(?:es)?|corps|cadavres?)\b")

RECENT: Final = 62
"""Days before its report within which a time without a beginning (`recently`, `so far`) tells no day."""
FRESH: Final = 10
"""Days before its report within which a time without an end (`since Monday`) ends with the report."""

HABITS: Final = frozenset((Status.FUTURE, Status.HYPOTHETICAL))


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of a claim: `low` and `high` inclusive, null where open."""

    kind: str
    whom: str | None
    low: int | None
    high: int | None
    text: str


@dataclass(slots=True)
class Fact:
    """One claim with what merging compares.

    `family` is the kind of happening that claims of several types can be about. `sides` are the keys of
    the parties by role; `people` the kinds of unnamed people. `order` is its place in the record.
    """

    at: ClaimAt
    claim: Claim
    held: Held
    order: int
    family: str
    days: Days | None
    place: Place | None
    sides: dict[Role, frozenset[str]]
    people: frozenset[str]
    figures: tuple[Figure, ...]
    persons: frozenset[str] = frozenset()
    words: frozenset[str] = field(default_factory=frozenset)

    @property
    def named(self) -> frozenset[str]:
        """The named parties in any role but what is used or given."""
        return frozenset(
            key
            for role, keys in self.sides.items()
            if role not in (Role.INSTRUMENT, Role.OBJECT)
            for key in keys
            if named(key)
        )

    @property
    def dataset(self) -> str:
        """The dataset of which its report is a row; empty for what was read."""
        engine = self.held.coding.engine or ""
        return engine if engine.startswith("import ") else ""

    @property
    def is_find(self) -> bool:
        """True where bodies are found, counted or brought: a word on the toll, none on what happened."""
        return bool(_BODIES.search(self.claim.trigger))

    @property
    def where(self) -> Place | None:
        """Where it happened; None where its place is another: where bodies were brought, or the place that
        was fired from (`shells fired from Grel Pass`)."""
        if self.place is None or self.is_find:
            return None
        told = " ".join(self.claim.evidence.split())
        return None if f" from {self.place.text}" in told else self.place

    @property
    def published(self) -> datetime.date | None:
        """When its report was published."""
        return self.held.coding.published or self.held.document.published

    @property
    def start(self) -> int:
        """Where in the report it stands."""
        span = self.claim.trigger_span or self.claim.span
        return span.start if span else 0


def family_of(claim: Claim) -> str:
    """The kind of happening: `force`, `custody`, `realign`, …, or the type itself for the others.

    What is planned or supposed is a family of its own, so that a threat is never a strike.
    """
    kind = claim.type
    if kind is ClaimType.ASSAULT or kind is ClaimType.CLAIM_RESPONSIBILITY:
        name = "force"
    elif kind is ClaimType.COERCE:
        name = "force" if claim.mode in FORCEFUL else "custody"
    elif kind in (ClaimType.REALIGN, ClaimType.MOVE):
        name = "realign" if kind is ClaimType.REALIGN else "move"
    elif kind in (ClaimType.COOPERATE, ClaimType.ALLIED_WITH):
        name = "cooperate"
    else:
        name = kind.value
    return f"{name}/planned" if claim.status in HABITS else name


def facts_of(held: Iterable[Held], entities: Entities) -> list[Fact]:
    """The facts of all reports, in their order."""
    found: list[Fact] = []
    for report in held:
        table = {entity.id: entity for entity in report.coding.entities}
        for claim in report.coding.claims:
            sides: dict[Role, frozenset[str]] = {}
            people: set[str] = set()
            persons: set[str] = set()
            for role, ids in claim.roles.items():
                members = [table[party] for party in ids if party in table]
                sides[role] = frozenset(entities.key(entity, report.report) for entity in members)
                if role in (Role.VICTIM, Role.RECIPIENT, Role.ACTOR):
                    people |= {kind for entity in members if (kind := people_of(entity.label))}
                    men = [entity for entity in members if entity.kind is EntityKind.PERSON]
                    keys = {entities.key(entity, report.report) for entity in men}
                    persons |= {key for key in keys if named(key)}
            found.append(
                Fact(
                    at=ClaimAt(report=report.report, claim=claim.id),
                    claim=claim,
                    held=report,
                    order=len(found),
                    family=family_of(claim),
                    days=_settled(
                        days_of(claim.time), claim, report.coding.published or report.document.published
                    ),
                    place=claim.place,
                    sides=sides,
                    people=frozenset(people),
                    figures=_figures(claim, table),
                    persons=frozenset(persons),
                    words=evidence_words(claim.evidence),
                )
            )
    return found


def _settled(days: Days | None, claim: Claim, published: datetime.date | None) -> Days | None:
    """The days without those of an open side: `recently` tells no day, `from early Monday` tells that day and
    those up to the report. What goes on keeps its open side."""
    if days is None or claim.status is Status.ONGOING:
        return days
    if days.first is None and days.last is not None:
        recent = published is None or abs((published - days.last).days) <= RECENT
        return None if recent else days
    if days.last is None and days.first is not None:
        fresh = published is not None and 0 <= (published - days.first).days <= FRESH
        return Days(days.first, published if fresh else days.first)
    return days


def _figures(claim: Claim, table: dict[str, Entity]) -> tuple[Figure, ...]:
    found = []
    for count in claim.counts:
        if count.low is None and count.high is None:
            continue
        # "the Kenyan army", counted one: the words of a count that hold no number count nobody.
        if count.what is not Counted.MEMBERS and not _has_number(count.text):
            continue
        entity = table.get(count.entity) if count.entity else None
        whom = people_of(f"{count.text} {entity.label if entity else ''}")
        found.append(Figure(count.what.value, whom, count.low, count.high, count.text))
    return tuple(found)


_VAGUE: Final = frozenset("dozens dozen scores hundreds thousands several many few couple no none".split())


def _has_number(text: str) -> bool:
    words = re.findall(r"\w+", text.casefold())
    return any(w[0].isdecimal() or w in _VAGUE or w in toll_words().numbers for w in words)


_SMALL: Final = frozenset(
    "the and for that with from who was were has had have been said says this their its his her they".split()
)


def evidence_words(text: str) -> frozenset[str]:
    """The longer words of a claim's evidence, in small letters: the fingerprint of its telling."""
    return frozenset(w for w in re.findall(r"\w+", text.casefold()) if len(w) > 2 and w not in _SMALL)
