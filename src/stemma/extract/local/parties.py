"""Who is who within one report: mentions to entities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from stemma.extract.local.counted import leading_number
from stemma.extract.local.decode import ENTITY_KINDS
from stemma.extract.local.heads import Heads
from stemma.extract.local.likeness import plain_name
from stemma.extract.local.scores import Scores
from stemma.extract.value.name_groups import alias_groups
from stemma.extract.value.name_said import said_same
from stemma.model import Entity, EntityKind, Mention, Note, PassageKind, Span
from stemma.names.actor import canonical_actor
from stemma.names.strangers import full_name, strangers

KINDS = list(EntityKind)
MOST_ALIASES = 150
"""Entities of a report whose names are compared in pairs: above it, time would grow with their square."""
BODIES = frozenset(
    {EntityKind.GROUP, EntityKind.UNIT, EntityKind.GOVERNMENT, EntityKind.ORGANISATION, EntityKind.OUTLET}
)
"""What the lexicon of actors knows: no people."""
NEVER_ONE = frozenset({EntityKind.PLACE})
"""A place is never the party that bears its name: "Syria" acting and "Syria" as ground are two."""
STRICT = frozenset({EntityKind.PERSON, EntityKind.WEAPON, EntityKind.OBJECT})
"""Kinds that are one with their own kind only; the others are often told apart by a hair."""
PRONOUN = re.compile(
    r"(?i)(he|she|it|they|him|her|them|his|its|their|who|which|we|us|i|our|this|that|those|these)$"
)
NEAR = 256
"""Mentions before a mention, beside those of its name, with which it is compared: a report of
1,500 words has about as many (638 in 3,872 words of news). Time and memory then grow with the length
of a report and no faster."""
BY_NAME = 0.9
"""How alike mentions of one name are at the least."""

BRACKETS = (("(", ")"), ("[", "]"))
INDEFINITE = re.compile(r"(?i)(?:an?|another|one|some|many)\s")
SAID_OF = re.compile(
    r"(?i)(?:[,(:—–-]|\b(?:is|was|be|been|being|as|become|became|becomes|named|like|remains?))\s*$"
)
"""What stands before words that say of a person already named what he is: "Amman, a student"."""
POSSESSED = re.compile(r"(?i)(?:its|his|her|their|our|my|your)\s")
"""Words that say whose somebody is: "its key ally Norland" is Norland."""
THING = re.compile(
    r"(?i)\b(?:warplanes?|jets?|planes?|aircrafts?|helicopters?|gunships?|drones?|tanks|artillery|positions"
    r"|(?:air)?strikes|raids|bombings|shelling|attacks)$"
)
"""What a party has or does ends these words: "regime warplanes" is the regime, and no name of it."""
DEED_BY = re.compile(
    r"(?i)\b(?:offensive|attacks?|assault|(?:air)?strikes?|raids?|campaign|operation|siege) by\b"
)
"""Words of a deed and its doer are no wording of anybody."""
_BITS = {kind: 1 << k for k, kind in enumerate(KINDS)}
_NEVER_ONE = sum(_BITS[kind] for kind in NEVER_ONE)
_STRICT = sum(_BITS[kind] for kind in STRICT)


class Parties:
    """The entities of a report, made of the mentions that its claims use and of their other names."""

    def __init__(self, heads: Heads, scores: Scores, used: list[int], same: float) -> None:
        """Joins the spans `used`; two may be one entity where they are more alike than `same`."""
        self._scores = scores
        self._titles = [passage.span for passage in scores.document.passages_of(PassageKind.TITLE)]
        spans = scores.spans
        kinds = spans.kinds[used, :ENTITY_KINDS].argmax(-1) if used else []
        self._kind = {index: KINDS[int(kind)] for index, kind in zip(used, kinds, strict=True)}
        self._cluster: dict[int, int] = {}
        self._names: list[set[str]] = []
        self._told: list[dict[str, tuple[EntityKind, Span]]] = []
        self._actors: list[str | None] = []
        self._reasons: dict[int, list[Note]] = {}
        self._first: list[str] = []
        self._by_name: dict[str, list[int]] = {}
        self._masks: list[int] = []
        order = sorted(used, key=lambda index: (int(spans.starts[index]), -int(spans.ends[index])))
        texts = [scores.words_of(index)[0] for index in order]
        numbers: list[int] = []
        for low in range(0, len(order), NEAR):
            first, high = max(0, low - NEAR), min(len(order), low + NEAR)
            alike = heads.same(scores.mentions[order[first:high]], texts[first:high])
            for k in range(low, high):
                near = max(first, k - NEAR)
                row = alike[k - first, near - first : k - first].tolist()
                pairs = list(zip(numbers[near:k], row, strict=True))
                numbers.append(self._place(order[k], texts[k], pairs, same))
        self._join_aliases(order, texts)

    def _join_aliases(self, order: list[int], texts: list[str]) -> None:
        """Joins the entities that names alone show to be one: an acronym, an alias, a surname."""
        if len(self._names) > MOST_ALIASES:
            return
        named: dict[str, dict[str, None]] = {}
        kinds: dict[str, EntityKind] = {}
        for index, text in zip(order, texts, strict=True):
            entity = str(self._cluster[index])
            named.setdefault(entity, {})[text] = None
            kinds.setdefault(entity, self._kind[index])
        merges = alias_groups({k: list(v) for k, v in named.items()}, kinds)
        one = {int(m.second): int(m.first) for m in merges}
        for m in merges:
            self._reasons.setdefault(int(m.second), []).append(Note(code="names-merged", text=m.reason))
        for index, number in self._cluster.items():
            whole = number
            while whole in one:
                whole = one[whole]
            self._cluster[index] = whole
        for second, first in one.items():
            self._names[first] |= self._names[second]
        for second in one:
            whole = second
            while whole in one:
                whole = one[whole]
            self._reasons.setdefault(whole, []).extend(self._reasons.pop(second, ()))

    def _place(self, index: int, text: str, alike: list[tuple[int, float]], same: float) -> int:
        """Puts a mention with the entity it is most like on average, or begins a new one.

        `alike` are the mentions before it: the entity of each, and how like it is.
        """
        kind, name = self._kind[index], plain_name(text)
        known = [] if kind in (EntityKind.PEOPLE, EntityKind.OBJECT) else self._by_name.get(name, [])
        actor = known_actor(text, kind)
        chosen = len(self._names)
        for how, entity in self._likest(kind, actor, known, alike, same):
            if not self._is_stranger(index, text, kind, entity):
                if name not in self._names[entity] and not PRONOUN.match(text):
                    self._reasons.setdefault(entity, []).append(_likened(text, self._first[entity], how))
                chosen = entity
                break
        else:
            self._names.append(set())
            self._told.append({})
            self._actors.append(None)
            self._masks.append(0)
            self._first.append(text)
        self._actors[chosen] = self._actors[chosen] or actor
        if name not in self._names[chosen]:
            self._names[chosen].add(name)
            self._by_name.setdefault(name, []).append(chosen)
        self._told[chosen][text] = kind, self._scores.words_of(index)[1]
        self._masks[chosen] |= _BITS[kind]
        self._cluster[index] = chosen
        return chosen

    def _likest(
        self,
        kind: EntityKind,
        actor: str | None,
        known: list[int],
        alike: list[tuple[int, float]],
        same: float,
    ) -> list[tuple[float, int]]:
        """The entities that a mention may belong to by how alike they are, over `same`, the likest first.

        `known` bear its name; `alike` are the entity of each mention before it and how like that is.
        """
        # No average exceeds the best: only whom a single mention is like enough can be one with this.
        near = {number for number, how in alike if how > same}
        found = []
        for entity in near.union(known):
            # Two actors that the lexicon knows are never one, however alike their sentences are.
            if not _compatible(kind, self._masks[entity]) or (
                actor and self._actors[entity] not in (None, actor)
            ):
                continue
            own = [how for number, how in alike if number == entity] or [0.0]
            how = (max(own) + sum(own) / len(own)) / 2
            how = max(how, BY_NAME) if entity in known else how
            if how > same:
                found.append((how, entity))
        return sorted(found, key=lambda row: (-row[0], row[1]))

    def _is_stranger(self, index: int, text: str, kind: EntityKind, entity: int) -> bool:
        """True where the wording of a mention names another party than those of an entity do.

        The head goes by sentences, and two men of one meeting stand in like ones: in 220 reports that
        nobody coded it took 269 pairs of names of persons for one, nearly all of them wrongly.
        """
        told = self._told[entity]
        if text in told:
            return False
        if DEED_BY.search(text) or any(map(DEED_BY.search, told)):
            return True
        document, span = self._scores.document.text, self._scores.words_of(index)[1]
        for other, (whose, there) in told.items():
            if strangers(text, other, _sort(kind, whose)) and not said_same(document, there, span, kind):
                return True
        before = document[max(0, span.start - 30) : span.start]
        if kind is not EntityKind.PERSON or not INDEFINITE.match(text) or SAID_OF.search(before):
            return False
        own = set(plain_name(text).split())
        return not any(own & set(full_name(other)) for other in told) and any(map(full_name, told))

    def number(self, index: int) -> int:
        """The entity that a span names."""
        return self._cluster[index]

    def kind(self, index: int) -> EntityKind:
        """The kind of a span."""
        return self._kind[index]

    def names(self, number: int) -> set[str]:
        """The plain names of an entity."""
        return self._names[number]

    def entities(self, numbers: list[int]) -> dict[int, Entity]:
        """The entities of these numbers, with ids e1, e2 … in the order given."""
        spans_of: dict[int, list[int]] = {number: [] for number in numbers}
        for index, number in self._cluster.items():
            if number in spans_of:
                spans_of[number].append(index)
        return {
            number: self._entity(f"e{k + 1}", spans_of[number], self._reasons.get(number, ()))
            for k, number in enumerate(numbers)
        }

    def _entity(self, id: str, indices: list[int], reasons: Sequence[Note]) -> Entity:
        spans = self._scores.spans
        indices = sorted(indices, key=lambda index: int(spans.starts[index]))
        chances = spans.kinds[indices, :ENTITY_KINDS]
        mentions: list[Mention] = []
        names: dict[str, None] = {}
        for index, score in zip(indices, chances.max(-1).tolist(), strict=True):
            text, span = self._scores.words_of(index)
            mentions.append(Mention(text=text, span=span, kind=self._kind[index], score=round(score, 3)))
            names[text] = None
        kind = KINDS[int(chances.sum(0).argmax())]
        # A headline capitalises what is no name: it gives the fullest name only where nothing else does.
        titled = {m.text for m in mentions} - {m.text for m in mentions if not self._in_title(m.span)}
        ordered = fullest_first([n for n in names if n not in titled]) + fullest_first(sorted(titled))
        if kind is EntityKind.PERSON:
            # A name goes before an office, however long its words are.
            ordered.sort(key=lambda name: not full_name(name))
        actor = canonical_actor(ordered, kind, None) if kind in BODIES else None
        return Entity(
            id=id,
            kind=kind,
            names=tuple(ordered),
            canonical=actor.canonical if actor else None,
            mentions=tuple(mentions),
            notes=tuple(dict.fromkeys(reasons)),
        )

    def _in_title(self, span: Span) -> bool:
        return any(title.covers(span) for title in self._titles)


def _likened(name: str, first: str, score: float) -> Note:
    """Why the engine took a name for another wording of an entity that it had met."""
    text = f"“{name}” and “{first}” are taken for one by the engine ({score:.2f})."
    return Note(code="names-merged", text=text)


@lru_cache(maxsize=4096)
def known_actor(name: str, kind: EntityKind) -> str | None:
    """The actor of the lexicon that a name alone means; None for people and for names it does not know."""
    actor = canonical_actor([name], kind, None) if kind in BODIES else None
    return actor.canonical if actor else None


def _sort(one: EntityKind, two: EntityKind) -> EntityKind:
    """The kind by which two wordings are compared: names of governments tell the least."""
    return EntityKind.GOVERNMENT if EntityKind.GOVERNMENT in (one, two) else one


def _compatible(mine: EntityKind, kinds: int) -> bool:
    """True where a mention of kind `mine` may belong to an entity that has the bits of `kinds`."""
    if bool(kinds & _NEVER_ONE) != (mine in NEVER_ONE):
        return False
    return bool(kinds & _BITS[mine]) or not (kinds | _BITS[mine]) & _STRICT


def fullest_first(names: list[str]) -> list[str]:
    """The names with the fullest first: proper before common, common before pronouns, then longer.

    What counts or introduces ("at least 88 regime forces", "its ally the United States"), ends with a
    thing ("regime warplanes") or in an open bracket stands behind its like: it is no name to go by.
    """
    return sorted(names, key=_rank) if len(names) > 1 else list(names)


@lru_cache(maxsize=20_000)
def _rank(name: str) -> tuple[int, int]:
    if PRONOUN.match(name):
        return (4, 0)
    counted = bool(INDEFINITE.match(name) or leading_number(name))
    starts_high = name[:1].isupper() and not name.startswith("The ") and not counted
    proper = starts_high or any(word[0].isupper() for word in name.split()[1:])
    poor = (
        counted
        or bool(POSSESSED.match(name) or THING.search(name))
        or any(name.count(a) != name.count(b) for a, b in BRACKETS)
    )
    return ((0 if proper else 2) + poor, -len(name) if len(name) < 60 else -20)
