"""Who is who in a report, from the words that a model gave for its parties."""

from __future__ import annotations

from collections import Counter
from typing import Final

from stemma.extract.local.likeness import plain_name
from stemma.extract.local.parties import BODIES, PRONOUN, STRICT, fullest_first
from stemma.extract.value.name_groups import alias_groups
from stemma.model import Entity, EntityKind, Mention, Note, Span
from stemma.names.actor import canonical_actor

ALONE: Final = frozenset({EntityKind.PEOPLE, EntityKind.OBJECT})
"""Kinds whose like words mean others elsewhere: "three soldiers" here are not those there."""
MOST_ALIASES: Final = 150
"""Entities whose names are compared in pairs, as in the local engine."""


class Naming:
    """Collects the wordings of parties, and gives the entities that they are."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: list[int] = []
        self._spans: list[list[tuple[Span, EntityKind]]] = []
        self._by_key: dict[tuple[object, ...], int] = {}
        self._kinds: list[EntityKind] = []

    def add(self, span: Span, kind: EntityKind, name: Span | None = None) -> int:
        """The party named at `span`; `name` is where the report names the same one more fully."""
        number = self._of(span, kind)
        if name is not None and not PRONOUN.match(name.of(self._text)):
            other = self._of(name, kind, whole=True)
            self._join(number, other)
        return self._find(number)

    def known(self, span: Span, *, but: frozenset[EntityKind] = frozenset({EntityKind.PLACE})) -> int | None:
        """The party whose words stand at `span`, or that has these words for a name; null where none."""
        words = plain_name(span.of(self._text))
        for number, kind in enumerate(self._kinds):
            if kind in but:
                continue
            for other, _ in self._spans[number]:
                if other == span or (kind not in ALONE and plain_name(other.of(self._text)) == words):
                    return self._find(number)
        return None

    def find(self, number: int) -> int:
        """The party that this one has become."""
        return self._find(number)

    def entities(self, used: list[int]) -> tuple[dict[int, str], tuple[Entity, ...]]:
        """The ids e1, e2 … of the parties used, in their order, and their entities."""
        reasons = self._join_aliases()
        roots = list(dict.fromkeys(self._find(number) for number in used))
        members: dict[int, list[tuple[Span, EntityKind]]] = {root: [] for root in roots}
        for number, spans in enumerate(self._spans):
            if (root := self._find(number)) in members:
                members[root] += spans
        ids = {root: f"e{k + 1}" for k, root in enumerate(roots)}
        made = tuple(self._entity(ids[root], members[root], reasons.get(root, [])) for root in roots)
        return {number: ids[self._find(number)] for number in used}, made

    def _of(self, span: Span, kind: EntityKind, *, whole: bool = False) -> int:
        words = span.of(self._text)
        sort = kind if kind in STRICT or kind is EntityKind.PLACE else None
        alone = PRONOUN.match(words) or (kind in ALONE and not whole)
        key: tuple[object, ...] = (kind, span) if alone else (sort, plain_name(words))
        number = self._by_key.get(key)
        if number is None:
            number = self._by_key[key] = len(self._root)
            self._root.append(number)
            self._spans.append([])
            self._kinds.append(kind)
        if all(known != span for known, _ in self._spans[number]):
            self._spans[number].append((span, kind))
        return number

    def _find(self, number: int) -> int:
        while self._root[number] != number:
            self._root[number] = self._root[self._root[number]]
            number = self._root[number]
        return number

    def _join(self, one: int, other: int) -> None:
        """Joins two parties where their kinds allow it: never a place with a party."""
        first, second = sorted((self._find(one), self._find(other)))
        kinds = {self._kinds[first], self._kinds[second]}
        if len(kinds) == 1 or not kinds & (STRICT | {EntityKind.PLACE}):
            self._root[second] = first

    def _join_aliases(self) -> dict[int, list[Note]]:
        roots = sorted({self._find(number) for number in range(len(self._root))})
        if len(roots) > MOST_ALIASES:
            return {}
        named: dict[str, dict[str, None]] = {str(root): {} for root in roots}
        for number, spans in enumerate(self._spans):
            named[str(self._find(number))].update({span.of(self._text): None for span, _ in spans})
        kinds = {str(root): self._kinds[root] for root in roots}
        reasons: dict[int, list[Note]] = {}
        for merge in alias_groups({root: list(names) for root, names in named.items()}, kinds):
            self._join(int(merge.first), int(merge.second))
            note = Note(code="names-merged", text=merge.reason)
            reasons.setdefault(self._find(int(merge.first)), []).append(note)
        found: dict[int, list[Note]] = {}
        for root, notes in reasons.items():
            found.setdefault(self._find(root), []).extend(notes)
        return found

    def _entity(self, id: str, spans: list[tuple[Span, EntityKind]], notes: list[Note]) -> Entity:
        spans = sorted(dict.fromkeys(spans), key=lambda pair: (pair[0].start, pair[0].end))
        names = fullest_first(list(dict.fromkeys(span.of(self._text) for span, _ in spans)))
        kind = Counter(kind for _, kind in spans).most_common(1)[0][0]
        actor = canonical_actor(names, kind, None) if kind in BODIES else None
        return Entity(
            id=id,
            kind=kind,
            names=tuple(names),
            canonical=actor.canonical if actor else None,
            mentions=tuple(Mention(text=span.of(self._text), span=span, kind=kind) for span, kind in spans),
            notes=tuple(dict.fromkeys(notes)),
        )
