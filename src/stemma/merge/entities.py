"""Who is who across reports: one key for a party, whatever each report calls it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from stemma.lexicon.actors import actor_key, actor_of
from stemma.merge.identity import End, Identity, fold_name
from stemma.merge.protocol import Held
from stemma.merge.toll_words import people_of
from stemma.model import Coding, Entity, EntityKind
from stemma.names import canonical_actor, is_unnamed, same_name
from stemma.names.words import person_words, plain_words, sound

BODIES: Final = frozenset(
    (EntityKind.GROUP, EntityKind.UNIT, EntityKind.GOVERNMENT, EntityKind.ORGANISATION, EntityKind.OUTLET)
)
CROWDED: Final = 60
"""Names of one sound beyond which only equal names are one: a surname of a whole nation tells nobody."""

LONGEST_NAME: Final = 6
"""Words of a person's name, title and all; what is longer describes him."""
PARTICLES: Final = (
    "al",
    "el",
    "bin",
    "ibn",
    "abu",
    "ben",
    "de",
    "del",
    "la",
    "von",
    "van",
    "da",
    "dos",
    "ul",
)

UNNAMED: Final = "?"
"""The start of a key that tells a kind of people and nobody in particular (`?soldiers`)."""


class Entities:
    """The keys of the parties of many reports.

    Two entities have one key where the lexicon knows both as one actor, or where their kind is the same
    and their names are one (`stemma.names`). Unnamed people have a key that starts with `?`, and two of
    them are never one party for that alone. What people judged, `identity`, goes before all of it.
    """

    def __init__(self, held: Iterable[Held] = (), identity: Identity | None = None) -> None:
        self._keys: dict[tuple[EntityKind, str], str] = {}
        self._by_sound: dict[tuple[bool, str], list[tuple[str, str]]] = defaultdict(list)
        self._labels: dict[str, Counter[str]] = defaultdict(Counter)
        self._judged: Assigned | None = None
        if identity:
            held = list(held)
            self._judged = Assigned(identity, held, self._computed)
        for report in held:
            for entity in report.coding.entities:
                self._labels[self.key(entity, report.report)][_telling_name(entity)] += 1

    def key(self, entity: Entity, report: str | None = None) -> str:
        """The key of this entity of `report`: equal for entities of two reports that are one."""
        key = self._computed(entity)
        return self._judged.key(entity, report, key) if self._judged else key

    def _computed(self, entity: Entity) -> str:
        name = _telling_name(entity)
        known = self._keys.get((entity.kind, name))
        if known is None:
            known = self._keys[entity.kind, name] = self._find(entity, name)
        return known

    def label(self, key: str) -> str:
        """The name to show for a key: the one most used, the longest of equals."""
        names = self._labels.get(key)
        if not names:
            return key.removeprefix(UNNAMED)
        return max(names, key=lambda name: (names[name], len(name), name))

    def _find(self, entity: Entity, name: str) -> str:
        if entity.kind is EntityKind.PEOPLE:
            return UNNAMED + (people_of(name) or " ".join(plain_words(name)))
        if entity.kind in BODIES:
            actor = None if entity.canonical else canonical_actor(entity.names, entity.kind)
            canonical = entity.canonical or (actor.canonical if actor else None)
            if canonical:
                return actor_key(canonical) or canonical.casefold()
        if is_unnamed(name) or _is_described(name):
            return UNNAMED + (people_of(name) or " ".join(plain_words(name)))
        return self._like(entity.kind, name)

    def _like(self, kind: EntityKind, name: str) -> str:
        """The key of a name already met that is this one, else a new key."""
        person = kind is EntityKind.PERSON
        words = person_words(name) if person else plain_words(name)
        block = (person, sound(words[-1]) if words else "")
        others = self._by_sound[block]
        for other, key in others[:CROWDED]:
            if same_name(name, other, kind):
                return key
        new = " ".join(words) or name.casefold()
        others.append((name, new))
        return new


class Assigned:
    """The keys that people's judgements on entities assign."""

    def __init__(self, identity: Identity, held: Sequence[Held], computed: Callable[[Entity], str]) -> None:
        self._own: dict[End, str] = {}
        self._into: dict[str, str] = {}
        ends = {end for pair in (*identity.same, *identity.apart) for end in pair}
        found: dict[End, dict[str, None]] = {end: {} for end in ends}
        for one in held:
            for entity in one.coding.entities:
                known = End(entity.id, one.report)
                names = {End(fold_name(name)) for name in (entity.label, *entity.names)}
                for end in ({known} | names) & ends:
                    found[end][computed(entity)] = None
        for pair in sorted(identity.apart, key=str):
            self._part(pair, found)
        for pair in sorted(identity.same, key=str):
            self._join(pair, found)

    def key(self, entity: Entity, report: str | None, computed: str) -> str:
        """The key of an entity whose computed key this is."""
        own = self._own.get(End(entity.id, report)) or self._own.get(End(fold_name(_telling_name(entity))))
        return self._top(own or computed)

    def _part(self, pair: tuple[End, End], found: dict[End, dict[str, None]]) -> None:
        # One of the two gets a key of its own: the entity of a report, else the later name.
        left = pair[0] if pair[0].report and not pair[1].report else pair[1]
        if shared := sorted(found[pair[0]].keys() & found[pair[1]].keys()):
            own = f"{shared[0]} ({f'{left.report}#' if left.report else ''}{left.name})"
            self._own[left] = own
            found[left] = {own: None}

    def _join(self, pair: tuple[End, End], found: dict[End, dict[str, None]]) -> None:
        keys = [key for end in pair for key in found[end] if named(key)]
        if not all(found[end] for end in pair):
            return
        key = keys[0] if keys else fold_name(pair[0].name)
        for other in keys[1:]:
            one, two = sorted((self._top(key), self._top(other)))
            if one != two:
                self._into[two] = one
        for end in pair:  # "the mayor" is a party only where the judgement says so
            if not any(named(known) for known in found[end]):
                self._own[end] = key

    def _top(self, key: str) -> str:
        while key in self._into:
            key = self._into[key]
        return key


def _telling_name(entity: Entity) -> str:
    """The name by which an entity is known: of a person the fullest that is a name and no description."""
    if entity.canonical or entity.kind is not EntityKind.PERSON:
        return entity.label
    names = [name for name in entity.names if _is_name(name)]
    return max(names, key=lambda name: (len(person_words(name)), -len(name), name)) if names else entity.label


def _is_name(name: str) -> bool:
    words = re.findall(r"[^\W\d_][\w'’-]*", name)
    small = [word for word in words if word.islower() and not word.startswith(PARTICLES)]
    return 0 < len(words) <= LONGEST_NAME and not small


def _is_described(name: str) -> bool:
    """True for a description without a name: `a remote base`, `One more soldier`."""
    words = re.findall(r"[^\W\d_]+", name)
    # A script without capitals has no such sign: `islower` is false for all its words.
    if not any(word.islower() for word in words):
        return False
    capital = [word for word in words if word[0].isupper()]
    return not capital or (capital == words[:1] and people_of(name) is not None)


def named(key: str) -> bool:
    """True for a key that tells one party; false for a kind of people."""
    return not key.startswith(UNNAMED)


@lru_cache(maxsize=20_000)
def above(key: str) -> tuple[str, ...]:
    """The keys of what a party stands under, the nearest first, by the lexicon (`Hamas` for its brigades)."""
    return _above().get(key, ())


def below(key: str) -> tuple[str, ...]:
    """The keys of all that stands under a party, by the lexicon."""
    return tuple(unit for unit, over in _above().items() if key in over)


@lru_cache(maxsize=1)
def _above() -> dict[str, tuple[str, ...]]:
    from stemma.lexicon.actors import list_actors

    found: dict[str, tuple[str, ...]] = {}
    for actor in list_actors():
        chain: list[str] = []
        parent = actor.parent
        while parent and actor_key(parent) not in chain and len(chain) < 6:
            chain.append(actor_key(parent))
            over = actor_of(parent)
            parent = over.parent if over else None
        if chain:
            found.setdefault(actor_key(actor.canonical), tuple(chain))
    return found


def related(one: str, other: str) -> bool:
    """True where two parties are one, or one stands under the other."""
    return one == other or other in above(one) or one in above(other)


def entities_of(coding: Coding, ids: Sequence[str]) -> list[Entity]:
    """The entities of these ids; an id that the coding lacks is left out."""
    table = {entity.id: entity for entity in coding.entities}
    return [table[party] for party in ids if party in table]
