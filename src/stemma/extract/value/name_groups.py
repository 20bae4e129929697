"""Which entities of one report are one, from their names, each with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from stemma.lexicon.actors import is_acronym
from stemma.model import EntityKind
from stemma.names.actor import canonical_actor, is_unnamed
from stemma.names.bodies import apart, is_acronym_of
from stemma.names.likeness import SAME_NAME, alike_names, likeness_of_words
from stemma.names.strangers import is_several
from stemma.names.words import LONGEST, is_initial, person_words, plain_words, sound

BODIES: Final = frozenset(
    (EntityKind.GROUP, EntityKind.UNIT, EntityKind.GOVERNMENT, EntityKind.ORGANISATION, EntityKind.OUTLET)
)
_EXCHANGED: Final = str.maketrans("kgqhzdpvSCj", "ggggstbfssg")
_VOWELS: Final = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Merge:
    """Two entities of one report that are one; `first` comes before `second`. `reason` is one sentence."""

    first: str
    second: str
    reason: str


def alias_groups(
    names_by_entity: Mapping[str, Sequence[str]],
    kinds: Mapping[str, EntityKind],
    country: str | None = None,
) -> tuple[Merge, ...]:
    """The merges that names alone allow, in the order of the entities; never a person with a body.

    `names_by_entity` maps each entity's id to its names in this report, `kinds` to its kind; `country`
    is the one that the report is about. A name that fits two entities merges neither, and merges
    never join two actors of the lexicon by way of a third.
    """
    ids = list(names_by_entity)
    named = {
        entity: [name for name in names_by_entity[entity] if _tells(name, kinds[entity])] for entity in ids
    }
    actors = {}
    for entity in ids:
        found = canonical_actor(named[entity], kinds[entity], country) if kinds[entity] in BODIES else None
        actors[entity] = found.canonical if found else None
    persons = [entity for entity in ids if kinds[entity] is EntityKind.PERSON and named[entity]]
    bodies = [entity for entity in ids if kinds[entity] in BODIES and named[entity]]
    proposed = [*_same_persons(persons, named), *_same_bodies(bodies, named, actors)]
    proposed += [*_surnames(persons, named), *_acronyms(bodies, named)]
    proposed.sort(key=lambda merge: (ids.index(merge.first), ids.index(merge.second)))
    return _without_conflicts(proposed, actors)


def _tells(name: str, kind: EntityKind) -> bool:
    """True for a name that can tell whose it is: not "Kishida and Martin"."""
    if len(name) > LONGEST or is_unnamed(name):
        return False
    return kind is not EntityKind.PERSON or not is_several(name)


def _same_persons(persons: list[str], named: Mapping[str, list[str]]) -> Iterator[Merge]:
    for first, second in _near(persons, named):
        pair = _alike(named[first], named[second], EntityKind.PERSON)
        if pair:
            yield Merge(first, second, _spelling(*pair))


def _same_bodies(
    bodies: list[str], named: Mapping[str, list[str]], actors: Mapping[str, str | None]
) -> Iterator[Merge]:
    for k, first in enumerate(bodies):
        for second in bodies[k + 1 :]:
            actor = actors[first]
            if actor and actor == actors[second]:
                one, two = named[first][0], named[second][0]
                yield Merge(first, second, f"“{one}” and “{two}” are names of one actor, {actor}.")
    for first, second in _near(bodies, named):
        if actors[first] and actors[second]:
            continue
        pair = _alike(named[first], named[second], EntityKind.GROUP)
        if pair:
            yield Merge(first, second, _spelling(*pair))


def _surnames(persons: list[str], named: Mapping[str, list[str]]) -> Iterator[Merge]:
    """A surname alone, with or without a title, goes to the one man of that surname in the report."""
    full = {
        entity: [person_words(name) for name in named[entity] if len(person_words(name)) > 1]
        for entity in persons
    }
    for entity in persons:
        for name in named[entity]:
            words = person_words(name)
            if full[entity] or len(words) != 1 or is_initial(words[0]):
                continue
            fits = [other for other in persons if any(_is_surname(words[0], f) for f in full[other])]
            if len(fits) == 1:
                full_name = named[fits[0]][0]
                reason = f"“{name}” is the surname of “{full_name}”, the only one of that surname here."
                yield _ordered(persons, fits[0], entity, reason)
                break


def _acronyms(bodies: list[str], named: Mapping[str, list[str]]) -> Iterator[Merge]:
    """An acronym goes to the one body of the report whose initials it has."""
    for entity in bodies:
        for short in named[entity]:
            if not is_acronym(short.removeprefix("the ").removeprefix("The ")):
                continue
            fits = {
                o: n for o in bodies if o != entity for n in reversed(named[o]) if is_acronym_of(short, n)
            }
            if len(fits) == 1:
                other, full = next(iter(fits.items()))
                yield _ordered(bodies, other, entity, f"“{short}” has the initials of “{full}”.")


def _is_surname(word: str, full: tuple[str, ...]) -> bool:
    """True for the last word of a full name; in a name of three words and more, any but the first."""
    return any(likeness_of_words(word, other) >= 0.9 for other in full[-1:] + full[2:-1])


def _alike(first: Sequence[str], second: Sequence[str], kind: EntityKind) -> tuple[str, str] | None:
    """The most alike pair of names of two entities, where it reaches the threshold."""
    pairs = ((alike_names(a, b, kind), a, b) for a in first for b in second if not _initials(a, b))
    best = max(pairs, default=(0.0, "", ""), key=lambda pair: pair[0])
    if best[0] < SAME_NAME:
        return None
    if kind is not EntityKind.PERSON and any(apart(a, b) for a in first for b in second):
        return None
    return best[1], best[2]


def _initials(one: str, two: str) -> bool:
    """True where one is the acronym of the other, which is another reason, with rules of its own."""
    return is_acronym_of(one, two) or is_acronym_of(two, one)


def _spelling(one: str, two: str) -> str:
    if one == two:
        return f"Both are called “{one}”."
    return f"“{one}” and “{two}” are spellings of one name."


def _near(ids: list[str], named: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """The pairs that share the beginning of a word's consonants: only these can be alike."""
    keys = {
        entity: {_skeleton(word) for name in named[entity] for word in plain_words(name)} for entity in ids
    }
    for k, first in enumerate(ids):
        for second in ids[k + 1 :]:
            if keys[first] & keys[second]:
                yield first, second


@lru_cache(maxsize=20_000)
def _skeleton(word: str) -> str:
    """The first two consonants, sounds that spellings exchange made one; a foreign script is one key."""
    if not word.isascii():
        return "*"
    heard = sound(word).translate(_EXCHANGED)
    consonants = "".join(letter for letter in heard if letter not in _VOWELS)
    return consonants[:2] or heard[:1]


def _ordered(order: list[str], one: str, two: str, reason: str) -> Merge:
    first, second = sorted((one, two), key=order.index)
    return Merge(first, second, reason)


def _without_conflicts(merges: list[Merge], actors: Mapping[str, str | None]) -> tuple[Merge, ...]:
    """The merges without repeats and without those that would join two actors."""
    group = {entity: entity for entity in actors}
    of_group = {entity: {actor} if actor else set() for entity, actor in actors.items()}
    kept = []
    for merge in merges:
        one, two = group[merge.first], group[merge.second]
        if one == two or len(of_group[one] | of_group[two]) > 1:
            continue
        kept.append(merge)
        of_group[one] |= of_group[two]
        group = {entity: one if head == two else head for entity, head in group.items()}
    return tuple(kept)
