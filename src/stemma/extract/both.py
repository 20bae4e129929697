"""The local and the llm engine side by side: one coding, and at each claim where the two differ."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from stemma.extract.llm.engine import LlmEngine
from stemma.extract.local import LocalEngine
from stemma.extract.local.likeness import plain_name
from stemma.extract.options import ExtractOptions
from stemma.model import Claim, Coding, Document, Entity, Note, Role, Source, Span

ONE_ONLY: Final = "found-by-one"
"""The code of the note on a claim that one engine alone found: `Only the local engine found this.`"""
DIFFER: Final = "engines-differ"
FILLED: Final = "filled-by-other"
FILLS: Final = ("time", "place", "counts", "sources")
"""Values that one engine's claim takes from the other's where it has none."""


class Pair(NamedTuple):
    """A claim of each engine that say the same; null where one has none."""

    mine: Claim | None
    other: Claim | None


class BothEngines:
    """Codes a document twice and joins the two codings.

    A claim that both found has the local engine's values, and the llm's where the local engine has none. The
    notes say which values differ, which came from the llm, and which claims only one of them found.
    """

    name = "both"

    def __init__(self, options: ExtractOptions) -> None:
        """Raises as the two engines do."""
        self._one, self._two = LocalEngine(options), LlmEngine(options.llm)
        self.host, self.local = self._two.host, self._two.local
        self.client = self._two.client
        self.version = f"{self._one.version}+{self._two.version}"
        # The run's threads wait for the endpoint; the processor is used by one of them at a time.
        self._lock = threading.Lock()

    def extract(self, document: Document) -> Coding:
        """The joined coding of `document`; raises as the llm engine does."""
        two = self._two.extract(document)
        with self._lock:
            one = self._one.extract(document)
        joined = join_codings(one, two)
        return joined.model_copy(update={"engine": self.name, "engine_version": self.version})


def join_codings(one: Coding, two: Coding) -> Coding:
    """The claims of two engines' codings of one document as one coding, with notes where they differ.

    The engines' names in the notes are those of the codings.
    """
    names = (one.engine or "first", two.engine or "second")
    people = _Entities(one.entities, two.entities)
    moved = [people.move(claim) for claim in two.claims]
    claims: list[Claim] = []
    tally = {"both": 0, names[0]: 0, names[1]: 0}
    for mine, other in pair_claims(one.claims, moved, people.label):
        if mine and other:
            tally["both"] += 1
            claims.append(_joined(mine, other, names, people.label))
        else:
            only, name = (mine, names[0]) if mine else (other, names[1])
            assert only is not None
            tally[name] += 1
            note = Note(code=ONE_ONLY, text=f"Only the {name} engine found this.")
            claims.append(only.model_copy(update={"notes": (*only.notes, note)}))
    claims.sort(key=_place)
    numbered = [claim.model_copy(update={"id": f"c{k + 1}"}) for k, claim in enumerate(claims)]
    told = Note(
        code="engines-compared",
        text=f"Claims found by both engines: {tally['both']}; by {names[0]} only: {tally[names[0]]}; "
        f"by {names[1]} only: {tally[names[1]]}.",
    )
    notes = tuple(dict.fromkeys((*one.notes, *two.notes)))
    return one.model_copy(
        update={"entities": people.used(numbered), "claims": tuple(numbered), "notes": (*notes, told)}
    )


def pair_claims(mine: tuple[Claim, ...], others: list[Claim], label: Callable[[str], str]) -> Iterator[Pair]:
    """Each claim with the other engine's claim of the same thing, the likest first, each used once.

    Claims are alike where they have one type and touch at their trigger, or have one type, one sentence and a
    party in common.
    """
    scored = []
    for a, one in enumerate(mine):
        for b, two in enumerate(others):
            if one.type is two.type and (score := _likeness(one, two, label)):
                scored.append((-score, a, b))
    left, right = set(range(len(mine))), set(range(len(others)))
    for _, a, b in sorted(scored):
        if a in left and b in right:
            left.discard(a)
            right.discard(b)
            yield Pair(mine[a], others[b])
    yield from (Pair(mine[a], None) for a in sorted(left))
    yield from (Pair(None, others[b]) for b in sorted(right))


def _likeness(one: Claim, two: Claim, label: Callable[[str], str]) -> int:
    touch = bool(one.trigger_span and two.trigger_span and one.trigger_span.overlaps(two.trigger_span))
    near = bool(one.span and two.span and one.span.overlaps(two.span))
    mine, other = ({label(party) for role in Role for party in claim.parties(role)} for claim in (one, two))
    shared = len(mine & other)
    if not touch and not (near and shared):
        return 0
    return 2 * touch + shared + (one.negated == two.negated)


def _joined(mine: Claim, other: Claim, names: tuple[str, str], label: Callable[[str], str]) -> Claim:
    """The first claim, with the second's values where it has none, and a note on each difference."""
    fills: dict[str, object] = {
        what: getattr(other, what) for what in FILLS if not getattr(mine, what) and getattr(other, what)
    }
    taken = {party for role in Role for party in mine.parties(role)}
    roles, spans = dict(mine.roles), dict(mine.role_spans)
    for role in Role:
        if not mine.parties(role) and other.parties(role) and not taken & set(other.parties(role)):
            roles[role], spans[role] = other.roles[role], other.role_spans.get(role, ())
            fills[str(role)] = True
    notes = list(mine.notes)
    if fills:
        text = f"Only the {names[1]} engine gives: {', '.join(fills)}."
        notes.append(Note(code=FILLED, text=text))
    differ = list(_differences(mine, other, label))
    for what, one, two in differ:
        text = f"The engines differ in {what}: {names[0]} {one}, {names[1]} {two}."
        notes.append(Note(code=DIFFER, text=text))
    kept: dict[str, object] = {what: fills[what] for what in FILLS if what in fills}
    return mine.model_copy(update=kept | {"roles": roles, "role_spans": spans, "notes": tuple(notes)})


def _differences(mine: Claim, other: Claim, label: Callable[[str], str]) -> Iterator[tuple[str, str, str]]:
    """The values that both give and that are not the same, in words."""
    if mine.mode != other.mode and not mine.type.is_tie:
        yield "mode", mine.mode or "none", other.mode or "none"
    for role in Role:
        one, two = ({label(party): None for party in claim.parties(role)} for claim in (mine, other))
        if one and two and one.keys() != two.keys():
            yield str(role), _quoted(one), _quoted(two)
    if mine.time and other.time and (mine.time.start, mine.time.end) != (other.time.start, other.time.end):
        yield "time", _quoted([mine.time.text]), _quoted([other.time.text])
    if mine.place and other.place and plain_name(mine.place.text) != plain_name(other.place.text):
        yield "place", _quoted([mine.place.text]), _quoted([other.place.text])
    one_counts, two_counts = (
        {(count.what, count.low, count.high): count.text for count in claim.counts} for claim in (mine, other)
    )
    if one_counts and two_counts and one_counts.keys() != two_counts.keys():
        yield "counts", _quoted(one_counts.values()), _quoted(two_counts.values())
    if mine.sources and other.sources and _voices(mine.sources) != _voices(other.sources):
        yield "sources", _quoted(s.text for s in mine.sources), _quoted(s.text for s in other.sources)
    for what in ("status", "negated", "certainty"):
        if getattr(mine, what) != getattr(other, what):
            yield what, str(getattr(mine, what)).lower(), str(getattr(other, what)).lower()


def _voices(sources: tuple[Source, ...]) -> list[str]:
    return [plain_name(source.text) for source in sources]


def _quoted(words: object) -> str:
    return " + ".join(f"“{' '.join(str(word).split())}”" for word in words)  # type: ignore[attr-defined]


def _place(claim: Claim) -> tuple[int, int, str]:
    span = claim.trigger_span or claim.span or Span(start=0, end=0)
    return span.start, span.end, claim.type


class _Entities:
    """The entities of two codings of one report as one list: those that share a name and a kind are one."""

    def __init__(self, ours: tuple[Entity, ...], theirs: tuple[Entity, ...]) -> None:
        self._all = {entity.id: entity for entity in ours}
        by_name = {
            (name, entity.kind): entity.id for entity in ours for name in map(plain_name, entity.names)
        }
        by_place = {mention.span: entity.id for entity in ours for mention in entity.mentions}
        self._to: dict[str, str] = {}
        for entity in theirs:
            known = [by_place.get(mention.span) for mention in entity.mentions]
            known += [by_name.get((plain_name(name), entity.kind)) for name in entity.names]
            one = next((same for same in known if same), None)
            if one is None:
                one = f"e{len(self._all) + 1}"
                self._all[one] = entity.model_copy(update={"id": one})
            else:
                self._all[one] = self._widened(self._all[one], entity)
            self._to[entity.id] = one

    def label(self, id: str) -> str:
        """The fullest name of an entity."""
        entity = self._all[id]
        return entity.names[0] if entity.names else id

    def move(self, claim: Claim) -> Claim:
        """A claim of the second coding with the ids of the joined one."""
        to = self._to
        return claim.model_copy(
            update={
                "roles": {
                    role: tuple(dict.fromkeys(to[p] for p in ids)) for role, ids in claim.roles.items()
                },
                "role_spans": {role: self._spans(claim, role) for role in claim.roles},
                "counts": tuple(
                    count.model_copy(update={"entity": to[count.entity] if count.entity else None})
                    for count in claim.counts
                ),
                "sources": tuple(
                    source.model_copy(update={"entity": to[source.entity] if source.entity else None})
                    for source in claim.sources
                ),
            }
        )

    def used(self, claims: list[Claim]) -> tuple[Entity, ...]:
        """The entities that the claims name, in the order of their numbers."""
        ids = {party for claim in claims for parties in claim.roles.values() for party in parties}
        ids |= {source.entity for claim in claims for source in claim.sources if source.entity}
        ids |= {count.entity for claim in claims for count in claim.counts if count.entity}
        ids |= {s.entity for claim in claims for r in claim.readings for s in r.sources if s.entity}
        return tuple(entity for entity in self._all.values() if entity.id in ids)

    def _spans(self, claim: Claim, role: Role) -> tuple[Span, ...]:
        """The places of the words of a role, one for each party that is left when two have become one."""
        spans: dict[str, Span] = {}
        for party, span in zip(claim.parties(role), claim.role_spans.get(role, ()), strict=False):
            spans.setdefault(self._to[party], span)
        return tuple(spans.values())

    @staticmethod
    def _widened(one: Entity, other: Entity) -> Entity:
        names = tuple(dict.fromkeys((*one.names, *other.names)))
        places = {mention.span for mention in one.mentions}
        more = tuple(mention for mention in other.mentions if mention.span not in places)
        mentions = sorted((*one.mentions, *more), key=lambda mention: mention.span.start)
        return one.model_copy(update={"names": names, "mentions": tuple(mentions)})
