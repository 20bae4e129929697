"""Who the parties of a happening are to an event dataset: state forces, groups, protesters, civilians."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from stemma.export.words import flat
from stemma.lexicon.actors import Actor
from stemma.model import Entity, EntityKind
from stemma.names import canonical_actor, is_unnamed


class Sort(StrEnum):
    """What a party is, in the classes that ACLED, UCDP and PLOVER all tell apart."""

    STATE = "state"
    GROUP = "group"
    UNIDENTIFIED = "unidentified"
    RIOTERS = "rioters"
    PROTESTERS = "protesters"
    CIVILIANS = "civilians"
    BODY = "body"
    THING = "thing"


ARMED: Final = frozenset((Sort.STATE, Sort.GROUP, Sort.UNIDENTIFIED))
"""Parties that fight."""

ORGANISED: Final = frozenset((Sort.STATE, Sort.GROUP))
"""Parties with a name under which they fight: what UCDP calls an organised actor."""

_PROTESTERS = re.compile(r"(?i)\b(?:protest[eo]rs?|demonstrators?|marchers|strikers)\b")
_RIOTERS = re.compile(r"(?i)\b(?:rioters?|mobs?|looters)\b")
_FIGHTERS = re.compile(
    r"(?i)\b(?:gunm[ae]n|militants?|fighters?|rebels?|insurgents?|terrorists?|militiam[ae]n|militias?|bombers?"
    r"|attackers?|assailants?|jihadists?|guerrillas?|bandits?|kidnappers?|separatists?|mercenar(?:y|ies))\b"
)
_FORCES = re.compile(
    r"(?i)\b(?:soldiers?|troops|police(?:m[ae]n)?|army|officers?|security forces?|servicem[ae]n|gendarmes?"
    r"|guards?|navy|air force|marines|paratroopers|commandos)\b"
)


@dataclass(frozen=True, slots=True)
class Party:
    """One party. `country` is ISO 3166-1 alpha-2, `ucdp` UCDP's actor id: both empty where not known."""

    id: str
    name: str
    said: str
    kind: EntityKind
    sort: Sort
    country: str = ""
    ucdp: str = ""

    @property
    def armed(self) -> bool:
        """True for who fights."""
        return self.sort in ARMED

    @property
    def organised(self) -> bool:
        """True for who fights under a name."""
        return self.sort in ORGANISED


def party_of(entity: Entity) -> Party:
    """The party that an entity of a report is."""
    label = flat(entity.label)
    said = flat(entity.names[0]) if entity.names else label
    actor = _actor((label, *entity.names[:3]), entity.kind)
    return Party(
        id=entity.id,
        name=label,
        said=said,
        kind=entity.kind,
        sort=_sort(label, said, entity.kind),
        country=actor.country if actor else "",
        ucdp=actor.ids.get("ucdp", "") if actor else "",
    )


@lru_cache(maxsize=50_000)
def _actor(names: tuple[str, ...], kind: EntityKind) -> Actor | None:
    return canonical_actor(names, kind)


@lru_cache(maxsize=50_000)
def _sort(label: str, said: str, kind: EntityKind) -> Sort:
    both = f"{label} {said}"
    if kind is EntityKind.GOVERNMENT:
        return Sort.STATE
    if kind in (EntityKind.GROUP, EntityKind.UNIT):
        if kind is EntityKind.UNIT and _FORCES.search(both):
            return Sort.STATE
        return Sort.UNIDENTIFIED if is_unnamed(label) else Sort.GROUP
    if kind in (EntityKind.PERSON, EntityKind.PEOPLE):
        return _sort_of_people(both, kind)
    return Sort.BODY if kind in (EntityKind.ORGANISATION, EntityKind.OUTLET) else Sort.THING


def _sort_of_people(words: str, kind: EntityKind) -> Sort:
    if _RIOTERS.search(words):
        return Sort.RIOTERS
    if _PROTESTERS.search(words):
        return Sort.PROTESTERS
    if kind is EntityKind.PEOPLE and _FORCES.search(words):
        return Sort.STATE
    if kind is EntityKind.PEOPLE and _FIGHTERS.search(words):
        return Sort.UNIDENTIFIED
    return Sort.CIVILIANS
