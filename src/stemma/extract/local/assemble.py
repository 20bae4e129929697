"""From draft claims to entities and claims with words and offsets."""

from __future__ import annotations

import numpy as np

from stemma.extract.local.accounts import with_account
from stemma.extract.local.chain import Chains
from stemma.extract.local.confidence import confidence
from stemma.extract.local.counted import harm_of, leading_number
from stemma.extract.local.decode import ENTITY_KINDS, Draft, Link
from stemma.extract.local.harmed import settle_harmed
from stemma.extract.local.heads import Heads
from stemma.extract.local.hedges import find_hedge, find_plain_hedge
from stemma.extract.local.included import included, tells_of_parts
from stemma.extract.local.kinship import settle_parts
from stemma.extract.local.parties import Parties
from stemma.extract.local.repeats import without_repeats
from stemma.extract.local.scores import Scores
from stemma.extract.local.settle import NEEDED, bodies_of, settle, settle_sources, without_later
from stemma.extract.local.sides import settle_sides
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.values import count_of, place_of, time_of
from stemma.extract.value import Told, anchor_of
from stemma.model import (
    Certainty,
    Claim,
    ClaimType,
    Count,
    Counted,
    Entity,
    EntityKind,
    Note,
    Place,
    Role,
    Span,
    Status,
    Time,
)

ROLES = tuple(Role)
PARTIES = frozenset([*map(str, ROLES), "source"])
"""The labels of links to an entity."""
HUMAN = frozenset({EntityKind.PERSON, EntityKind.PEOPLE, EntityKind.GROUP, EntityKind.UNIT})
NAMED = 0.5
"""Chance from which a span that no claim uses is taken for another mention of an entity."""

Filled = tuple[dict[Role, tuple[str, ...]], dict[Role, tuple[Span, ...]]]


class Assembly:
    """Puts the draft claims of one document on the wire."""

    def __init__(self, heads: Heads, scores: Scores, limits: Thresholds) -> None:
        self._heads, self._scores, self._limits = heads, scores, limits
        self._text = scores.words.text
        self._anchor = anchor_of(scores.document)
        self._told = Told()
        self._times: dict[Span, tuple[Time, tuple[Note, ...]]] = {}
        self._chains = Chains(scores)
        self._places: dict[Span, Place] = {}
        self._modes: dict[str, list[int]] = {}
        for k, name in enumerate(heads.labels["modes"]):
            self._modes.setdefault(name.split("/")[0], []).append(k)

    def build(
        self, drafts: list[Draft], least: float | None = None
    ) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
        """The entities that the claims use, and the claims in the order of their triggers.

        Claims of a confidence under `least` are left out; without it those that coders seldom make.
        """
        used = [link.span for draft in drafts for link in draft.links if link.label in PARTIES]
        named = np.flatnonzero(self._scores.spans.kinds[:, :ENTITY_KINDS].max(-1, initial=0) >= NAMED)
        mentions = sorted({*map(int, named), *used}) if drafts else []
        parties = Parties(self._heads, self._scores, mentions, self._limits.same)
        shares, twice = (self._heads.labels.get(name, {}) for name in ("shares", "twice"))
        for draft in drafts:
            kind = self._heads.labels["types"][draft.type]
            draft.links = without_later(draft, self._scores, self._limits)
            draft.links = settle(draft, kind, shares, self._limits, parties.number, twice=twice)
            draft.links = settle_sides(draft, ClaimType(kind), self._scores)
            if kind == ClaimType.ASSAULT:
                draft.links = settle_harmed(draft, parties, self._scores)
            if kind == ClaimType.PART_OF:
                draft.links = settle_parts(draft, parties, self._scores, mentions)
        humans = self._humans(mentions, parties)
        types = self._heads.labels["types"]
        bodies = bodies_of(drafts, types, parties.number)
        told = frozenset(mentions)
        for draft in drafts:
            kind = types[draft.type]
            draft.links = with_account(draft, self._scores, told)
            draft.links = settle_sources(draft, kind, self._limits, parties.number, bodies)
            self._chains.hear_cited(draft)
            draft.links += included(draft, self._scores, humans)
        if least is None:
            drafts = [draft for draft in drafts if self._is_heard(draft)]
        used = [link.span for draft in drafts for link in draft.links if link.label in PARTIES]
        entities = parties.entities(list(dict.fromkeys(parties.number(span) for span in used)))
        ids = {number: entity.id for number, entity in entities.items()}
        made = (self._claim(draft, parties, ids) for draft in drafts)
        claims = [claim for claim in made if claim and (claim.score or 0.0) >= (least or 0.0)]
        return only_used(list(entities.values()), without_repeats(claims))

    def _is_heard(self, draft: Draft) -> bool:
        """True where a coder is likely enough to make a claim of this type of the draft's words."""
        kind = ClaimType(self._heads.labels["types"][draft.type])
        weights = self._heads.labels.get("heard", {})
        return not weights or confidence(draft, kind, weights, self._usual(kind)) >= self._limits.heard

    def _usual(self, kind: ClaimType) -> dict[str, float]:
        """What share of the claims of a type have each role."""
        return dict(self._heads.labels.get("shares", {}).get(kind, {}))

    def _ends(self, index: int) -> tuple[int, int]:
        span = self._scores.words_of(index)[1]
        return span.start, span.end

    def _humans(self, mentions: list[int], parties: Parties) -> dict[int, int]:
        """By the character where it begins, the widest span of people; none where nothing tells of parts."""
        if not tells_of_parts(self._text):
            return {}
        people = [index for index in mentions if parties.kind(index) in HUMAN]
        spans = sorted((*self._ends(index), index) for index in people)
        return {start: index for start, _, index in spans}

    def _claim(self, draft: Draft, parties: Parties, ids: dict[int, str]) -> Claim | None:
        kind = ClaimType(self._heads.labels["types"][draft.type])
        roles, role_spans = self._roles(draft, parties, ids)
        if kind.is_tie and not self._whole(kind, roles):
            return None
        words = self._scores.words
        trigger = self._scores.place_of(draft.start, draft.end)
        if not any(map(str.isalnum, trigger.of(self._text))):
            return None  # a dash or a quotation mark tells nothing
        low, high = words.spans[int(words.sentence[draft.start])]
        passage = self._scores.document.passage_at(trigger.start)
        if passage:
            # A dateline before the sentence, or a credit behind it, carries no claim.
            low, high = max(low, passage.span.start), min(high, passage.span.end)
        sentence = Span(start=min(low, trigger.start), end=max(high, trigger.end))
        certainty, cue = self._certainty(draft, sentence, trigger)
        counts, notes = self._counts(draft, parties, ids)
        time = place = None
        for link in draft.linked("time")[:1]:
            time, more = self._time(self._span(link), sentence)
            notes += more
        for link in draft.linked("place")[:1]:
            span = self._span(link)
            if span not in self._places:
                self._places[span] = place_of(span, self._text)
            place = self._places[span]
        sources = self._chains.chain(draft, parties, ids)
        return Claim(
            id="c0",
            type=kind,
            mode=self._mode(draft, kind, trigger),
            evidence=sentence.of(self._text),
            trigger=trigger.of(self._text),
            roles=roles,
            counts=counts,
            time=time,
            place=place,
            sources=sources,
            readings=self._chains.readings(draft, sources, parties, ids),
            status=Status(self._heads.labels["statuses"][int(draft.status.argmax())]),
            negated=draft.negated >= self._limits.negated,
            certainty=certainty,
            cue=cue.of(self._text) if cue else None,
            span=sentence,
            trigger_span=trigger,
            cue_span=cue,
            role_spans=role_spans,
            score=round(
                confidence(draft, kind, self._heads.labels.get("calibration", {}), self._usual(kind)), 3
            ),
            notes=notes,
        )

    def _whole(self, kind: ClaimType, roles: dict[Role, tuple[str, ...]]) -> bool:
        """True where a tie has the parties without which it says nothing."""
        needed = [Role(role) for role, share in self._usual(kind).items() if share >= NEEDED]
        return any(roles.values()) and all(roles[role] for role in needed)

    def _time(self, span: Span, sentence: Span) -> tuple[Time, tuple[Note, ...]]:
        """The time at `span`, read once: "the next day" of a second claim is that of the first."""
        if span not in self._times:
            self._times[span] = time_of(span, self._text, self._anchor, sentence, self._told)
            time = self._times[span][0]
            self._told.tell((time.start, time.end))
        return self._times[span]

    def _span(self, link: Link) -> Span:
        return self._scores.words_of(link.span)[1]

    def _roles(self, draft: Draft, parties: Parties, ids: dict[int, str]) -> Filled:
        """The parties of each role in text order, and the words that name them here."""
        roles: dict[Role, tuple[str, ...]] = {}
        places: dict[Role, tuple[Span, ...]] = {}
        for role in ROLES:
            seen: dict[str, Span] = {}
            for span, party in sorted(
                ((self._span(link), ids[parties.number(link.span)]) for link in draft.linked(role)),
                key=lambda filler: filler[0].start,
            ):
                seen.setdefault(party, span)
            roles[role], places[role] = tuple(seen), tuple(seen.values())
        return roles, places

    def _mode(self, draft: Draft, kind: ClaimType, trigger: Span) -> str | None:
        own = self._modes.get(kind, [])
        if own:
            best = max(own, key=lambda k: float(draft.mode[k]))
            return str(self._heads.labels["modes"][best].split("/")[1])
        # The mode of MEMBER_OF is the role's title, and that is what names the tie.
        return trigger.of(self._text) if kind is ClaimType.MEMBER_OF else None

    def _certainty(self, draft: Draft, sentence: Span, trigger: Span) -> tuple[Certainty, Span | None]:
        """How certain the report's words are, and the word that says so."""
        cues = draft.linked("cue")
        cue = self._span(cues[0]) if cues else None
        if 1 - float(draft.certainty[0]) < self._limits.hedge:
            return find_plain_hedge(self._text, sentence, trigger) or (Certainty.CERTAIN, cue)
        if cue is None and (hedge := find_hedge(self._text, sentence, trigger)):
            return hedge
        likely = draft.certainty[1] >= draft.certainty[2]
        return (Certainty.PROBABLE if likely else Certainty.POSSIBLE), cue

    def _counts(
        self, draft: Draft, parties: Parties, ids: dict[int, str]
    ) -> tuple[tuple[Count, ...], tuple[Note, ...]]:
        found: list[Count] = []
        notes: tuple[Note, ...] = ()
        for what in Counted:
            for link in draft.linked(f"count:{what}"):
                entity = self._counted(draft, parties, ids, link.span)
                count, more = count_of(self._span(link), self._text, what, entity)
                found.append(count)
                notes += more
        found += self._counted_victims(draft, parties, ids, found)
        found.sort(key=lambda count: count.span.start if count.span else 0)
        # A headline and its sentence give one figure twice.
        once = {(count.what, count.entity, count.low, count.high): count for count in reversed(found)}
        return tuple(count for count in found if count in once.values()), notes

    def _counted_victims(
        self, draft: Draft, parties: Parties, ids: dict[int, str], found: list[Count]
    ) -> list[Count]:
        """Counts that no head found and the victims' own words give."""
        what = harm_of(self._scores.place_of(draft.start, draft.end).of(self._text))
        links = draft.linked(Role.VICTIM) or draft.linked(Role.RECIPIENT)
        more: list[Count] = []
        if what is None:
            return []
        for link in links:
            span, party = self._span(link), ids[parties.number(link.span)]
            counted = [count.span for count in found if count.what is what and count.span]
            if any(count.entity == party for count in found) or any(map(span.overlaps, counted)):
                continue
            number = leading_number(span.of(self._text))
            if number:
                place = Span(start=span.start, end=span.start + len(number))
                more.append(count_of(place, self._text, what, party)[0])
            elif parties.kind(link.span) is EntityKind.PERSON and what is not Counted.CAPTURED:
                words = span.of(self._text)
                more.append(Count(entity=party, what=what, text=words, low=1, high=1, span=span))
        return more

    def _counted(self, draft: Draft, parties: Parties, ids: dict[int, str], index: int) -> str | None:
        """The party that a count counts: the closest words that hold it, else the nearest human party."""
        starts, ends = self._scores.spans.starts, self._scores.spans.ends
        links = [link for link in draft.links if link.label in ROLES]
        holding = [
            link for link in links if starts[link.span] <= starts[index] and ends[index] <= ends[link.span]
        ]
        if holding:
            closest = min(holding, key=lambda link: int(ends[link.span] - starts[link.span]))
            return ids[parties.number(closest.span)]
        near = [
            (abs(int(starts[link.span]) - int(ends[index])), link.span)
            for link in links
            if parties.kind(link.span) in HUMAN
        ]
        return ids[parties.number(min(near)[1])] if near else None


def only_used(entities: list[Entity], claims: list[Claim]) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
    """The entities that a claim uses, renumbered e1, e2 …, and the claims c1, c2 … with the new ids."""
    used: dict[str, str] = {}
    for claim in claims:
        ids = [party for parties in claim.roles.values() for party in parties]
        ids += [source.entity for source in claim.sources if source.entity]
        ids += [count.entity for count in claim.counts if count.entity]
        for old in ids:
            used.setdefault(old, f"e{len(used) + 1}")
    by_id = {entity.id: entity for entity in entities}
    kept = tuple(by_id[old].model_copy(update={"id": new}) for old, new in used.items())
    return kept, tuple(_renamed(claim, f"c{k + 1}", used) for k, claim in enumerate(claims))


def _renamed(claim: Claim, id: str, new: dict[str, str]) -> Claim:
    """The claim of this id with the entity ids of `new` for the old ones."""
    return claim.model_copy(
        update={
            "id": id,
            "roles": {role: tuple(new[old] for old in parties) for role, parties in claim.roles.items()},
            "sources": tuple(
                source.model_copy(update={"entity": new[source.entity]}) if source.entity else source
                for source in claim.sources
            ),
            "counts": tuple(
                count.model_copy(update={"entity": new[count.entity]}) if count.entity else count
                for count in claim.counts
            ),
        }
    )
