"""Who is who within one report: mentions to entities."""

from __future__ import annotations

import re

from stemma.extract.local.decode import ENTITY_KINDS
from stemma.extract.local.heads import Floats, Heads, SpanScores
from stemma.extract.local.likeness import plain_name
from stemma.extract.local.words import Words
from stemma.model import Entity, EntityKind, Mention, Span

KINDS = list(EntityKind)
NEVER_ONE = frozenset({EntityKind.PLACE})
"""A place is never the party that bears its name: "Syria" acting and "Syria" as ground are two."""
PRONOUN = re.compile(r"(?i)(he|she|it|they|him|her|them|his|its|their|who|which|we|us|i|our|this|that|those|these)$")


def words_of(words: Words, spans: SpanScores, index: int) -> tuple[str, int, int]:
    """The text of a span and its character offsets."""
    start, end = int(words.start[spans.starts[index]]), int(words.end[spans.ends[index]])
    return words.text[start:end], start, end


class Parties:
    """The entities of a report, made of the mentions that its claims use and of their other names."""

    def __init__(
        self, heads: Heads, words: Words, spans: SpanScores, mentions: Floats, used: list[int], same: float
    ) -> None:
        self._words, self._spans = words, spans
        texts = [words_of(words, spans, index)[0] for index in used]
        self._kind = {index: KINDS[int(spans.kinds[index, :ENTITY_KINDS].argmax())] for index in used}
        self._cluster: dict[int, int] = {}
        self._members: list[list[int]] = []
        self._kinds_of: list[set[EntityKind]] = []
        self._names_of: list[set[str]] = []
        if not used:
            return
        alike = heads.same(mentions[used], texts)
        order = sorted(range(len(used)), key=lambda k: (int(spans.starts[used[k]]), -int(spans.ends[used[k]])))
        for k in order:
            self._place(k, used, texts, alike, same)

    def _place(self, k: int, used: list[int], texts: list[str], alike: Floats, same: float) -> None:
        """Puts mention `k` with the entity it is most like on average, or begins a new one."""
        best, chosen = same, -1
        kind, name = self._kind[used[k]], plain_name(texts[k])
        for number, members in enumerate(self._members):
            if not self._compatible(kind, self._kinds_of[number]):
                continue
            row = alike[k, members]
            score = float(row.max() + row.mean()) / 2
            if name in self._names_of[number] and kind not in (EntityKind.PEOPLE, EntityKind.OBJECT):
                score = max(score, 0.9)
            if score > best:
                best, chosen = score, number
        if chosen < 0:
            chosen = len(self._members)
            self._members.append([])
            self._kinds_of.append(set())
            self._names_of.append(set())
        self._members[chosen].append(k)
        self._kinds_of[chosen].add(kind)
        self._names_of[chosen].add(name)
        self._cluster[used[k]] = chosen

    @staticmethod
    def _compatible(mine: EntityKind, kinds: set[EntityKind]) -> bool:
        if (mine in NEVER_ONE) != bool(kinds & NEVER_ONE):
            return False
        return mine in kinds or not ({mine, *kinds} & {EntityKind.PERSON, EntityKind.WEAPON, EntityKind.OBJECT})

    def number(self, index: int) -> int:
        """The entity that a span names."""
        return self._cluster[index]

    def kind(self, index: int) -> EntityKind:
        """The kind of a span."""
        return self._kind[index]

    def entities(self, numbers: list[int]) -> dict[int, Entity]:
        """The entities of these numbers, with ids e1, e2 … in the order given."""
        spans_of: dict[int, list[int]] = {number: [] for number in numbers}
        for index, number in self._cluster.items():
            if number in spans_of:
                spans_of[number].append(index)
        return {number: self._entity(f"e{k + 1}", spans_of[number]) for k, number in enumerate(numbers)}

    def _entity(self, id: str, indices: list[int]) -> Entity:
        indices = sorted(indices, key=lambda index: int(self._spans.starts[index]))
        mentions, names = [], []
        totals = sum(self._spans.kinds[index, :ENTITY_KINDS] for index in indices)
        for index in indices:
            text, start, end = words_of(self._words, self._spans, index)
            score = float(self._spans.kinds[index, :ENTITY_KINDS].max())
            span = Span(start=start, end=end)
            mentions.append(Mention(text=text, span=span, kind=self._kind[index], score=round(score, 3)))
            if text not in names:
                names.append(text)
        kind = KINDS[int(totals.argmax())]
        return Entity(id=id, kind=kind, names=tuple(fullest_first(names)), mentions=tuple(mentions))


def fullest_first(names: list[str]) -> list[str]:
    """The names with the fullest first: proper before common, common before pronouns, then longer."""

    def rank(name: str) -> tuple[int, int]:
        if PRONOUN.match(name):
            return (2, 0)
        proper = any(word[0].isupper() for word in name.split()[1:]) or (name[:1].isupper() and not name.startswith("The "))
        return (0 if proper else 1, -len(name) if len(name) < 60 else -20)

    return sorted(names, key=rank)
