"""From draft claims to entities and claims with words and offsets."""

from __future__ import annotations

from typing import Any

from stemma.extract.local.chain import Chains
from stemma.extract.local.decode import ENTITY_KINDS, Draft
from stemma.extract.local.heads import Floats, Heads, SpanScores
from stemma.extract.local.parties import Parties, words_of
from stemma.extract.local.repeats import without_repeats
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.words import Words
from stemma.extract.value import anchor_of, find_place, read_count, read_time
from stemma.model import (
    Certainty,
    Claim,
    ClaimType,
    Count,
    Counted,
    Document,
    Entity,
    EntityKind,
    Place,
    Role,
    Span,
    Status,
    Time,
)

ROLES = tuple(Role)
HUMAN = frozenset({EntityKind.PERSON, EntityKind.PEOPLE, EntityKind.GROUP, EntityKind.UNIT})


class Assembly:
    """Puts the draft claims of one document on the wire."""

    def __init__(
        self,
        heads: Heads,
        words: Words,
        spans: SpanScores,
        mentions: Floats,
        attribution: Floats,
        document: Document,
        limits: Thresholds,
    ) -> None:
        self._heads, self._words, self._spans, self._mentions = heads, words, spans, mentions
        self._document, self._limits = document, limits
        self._anchor = anchor_of(document)
        self._chains = Chains(heads, words, spans, mentions, attribution, document)

    def build(self, drafts: list[Draft]) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
        """The entities that the claims use, and the claims in the order of their triggers."""
        party_labels = [*ROLES, "source"]
        used = sorted({link.span for draft in drafts for link in draft.links if link.label in party_labels})
        named = {
            index
            for index in range(len(self._spans))
            if float(self._spans.kinds[index, :ENTITY_KINDS].max()) >= 0.5
        }
        parties = Parties(
            self._heads, self._words, self._spans, self._mentions, sorted(named | set(used)), self._limits.same
        )
        numbers: list[int] = []
        for draft in drafts:
            for link in draft.links:
                if link.label in party_labels and parties.number(link.span) not in numbers:
                    numbers.append(parties.number(link.span))
        entities = parties.entities(numbers)
        ids = {number: entity.id for number, entity in entities.items()}
        claims = [claim for draft in drafts if (claim := self._claim(draft, parties, ids))]
        kept = without_repeats(claims)
        renumbered = tuple(claim.model_copy(update={"id": f"c{k + 1}"}) for k, claim in enumerate(kept))
        return _only_used(list(entities.values()), renumbered)

    def _claim(self, draft: Draft, parties: Parties, ids: dict[int, str]) -> Claim | None:
        kind = ClaimType(self._heads.labels["types"][draft.type])
        roles: dict[Role, tuple[str, ...]] = {}
        role_spans: dict[Role, tuple[Span, ...]] = {}
        for role in ROLES:
            links = sorted(draft.linked(role), key=lambda link: int(self._spans.starts[link.span]))
            seen: dict[str, Span] = {}
            for link in links:
                _, start, end = words_of(self._words, self._spans, link.span)
                seen.setdefault(ids[parties.number(link.span)], Span(start=start, end=end))
            roles[role], role_spans[role] = tuple(seen), tuple(seen.values())
        if not any(roles.values()) and kind.is_tie:
            return None
        start, end = int(self._words.start[draft.start]), int(self._words.end[draft.end])
        low, high = self._words.spans[int(self._words.sentence[draft.start])]
        low, high = min(low, start), max(high, end)
        text = self._document.text
        facts = self._facts(draft, kind)
        return Claim(
            id="c0",
            type=kind,
            mode=self._mode(draft, kind),
            evidence=text[low:high],
            trigger=text[start:end],
            roles=roles,
            counts=self._counts(draft, parties, ids),
            time=self._time(draft),
            place=self._place(draft),
            sources=self._chains.chain(draft, parties, ids),
            span=Span(start=low, end=high),
            trigger_span=Span(start=start, end=end),
            role_spans=role_spans,
            score=round(draft.score, 3),
            **facts,
        )

    def _mode(self, draft: Draft, kind: ClaimType) -> str | None:
        own = [k for k, name in enumerate(self._heads.labels["modes"]) if name.split("/")[0] == kind]
        if own:
            best = max(own, key=lambda k: float(draft.mode[k]))
            return str(self._heads.labels["modes"][best].split("/")[1])
        if kind is ClaimType.MEMBER_OF:
            return self._document.text[int(self._words.start[draft.start]) : int(self._words.end[draft.end])]
        return None

    def _facts(self, draft: Draft, kind: ClaimType) -> dict[str, Any]:
        status = Status(self._heads.labels["statuses"][int(draft.status.argmax())])
        certainty = Certainty.CERTAIN
        if 1 - float(draft.certainty[0]) >= self._limits.hedge:
            certainty = Certainty.PROBABLE if draft.certainty[1] >= draft.certainty[2] else Certainty.POSSIBLE
        cues = draft.linked("cue")
        facts: dict[str, Any] = {
            "status": status,
            "certainty": certainty,
            "negated": draft.negated >= self._limits.negated,
        }
        if cues:
            text, start, end = words_of(self._words, self._spans, cues[0].span)
            facts |= {"cue": text, "cue_span": Span(start=start, end=end)}
        return facts

    def _counts(self, draft: Draft, parties: Parties, ids: dict[int, str]) -> tuple[Count, ...]:
        found = []
        for what in Counted:
            for link in draft.linked(f"count:{what}"):
                text, start, end = words_of(self._words, self._spans, link.span)
                low, high = read_count(text, self._document.text[max(0, start - 25) : start])
                span = Span(start=start, end=end)
                entity = self._counted(draft, parties, ids, link.span)
                found.append(Count(entity=entity, what=what, text=text, low=low, high=high, span=span))
        return tuple(sorted(found, key=lambda count: count.span.start if count.span else 0))

    def _counted(self, draft: Draft, parties: Parties, ids: dict[int, str], index: int) -> str | None:
        """The party that a count counts: the one whose words hold it, else the nearest human one after it."""
        starts, ends = self._spans.starts, self._spans.ends
        links = [link for link in draft.links if link.label in ROLES]
        for link in links:
            if starts[link.span] <= starts[index] and ends[index] <= ends[link.span]:
                return ids[parties.number(link.span)]
        near = [
            (abs(int(starts[link.span]) - int(ends[index])), link.span)
            for link in links
            if parties.kind(link.span) in HUMAN
        ]
        return ids[parties.number(min(near)[1])] if near else None

    def _time(self, draft: Draft) -> Time | None:
        for link in draft.linked("time")[:1]:
            text, start, end = words_of(self._words, self._spans, link.span)
            first, last = read_time(text, self._anchor)
            return Time(text=text, start=first, end=last, span=Span(start=start, end=end))
        return None

    def _place(self, draft: Draft) -> Place | None:
        for link in draft.linked("place")[:1]:
            text, start, end = words_of(self._words, self._spans, link.span)
            canonical, country = find_place(text, self._document.text, start)
            return Place(text=text, canonical=canonical, country=country, span=Span(start=start, end=end))
        return None


def _only_used(entities: list[Entity], claims: tuple[Claim, ...]) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
    """The entities that a claim uses, renumbered e1, e2 …, and the claims with the new ids."""
    used: dict[str, str] = {}
    for claim in claims:
        ids = [id for party in claim.roles.values() for id in party]
        ids += [source.entity for source in claim.sources if source.entity]
        ids += [count.entity for count in claim.counts if count.entity]
        for id in ids:
            used.setdefault(id, f"e{len(used) + 1}")
    by_id = {entity.id: entity for entity in entities}
    kept = tuple(by_id[old].model_copy(update={"id": new}) for old, new in used.items())
    renamed = []
    for claim in claims:
        update: dict[str, Any] = {
            "roles": {role: tuple(used[id] for id in ids) for role, ids in claim.roles.items()},
            "sources": tuple(
                s.model_copy(update={"entity": used[s.entity] if s.entity else None}) for s in claim.sources
            ),
            "counts": tuple(
                c.model_copy(update={"entity": used[c.entity] if c.entity else None}) for c in claim.counts
            ),
        }
        renamed.append(claim.model_copy(update=update))
    return kept, tuple(renamed)
