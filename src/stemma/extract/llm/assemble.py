"""From grounded claims to a coding: entities, and values read from the words, as the local engine does."""

from __future__ import annotations

from collections.abc import Iterable

from stemma.extract.llm.ground import Grounded
from stemma.extract.llm.naming import Naming
from stemma.extract.local.hedges import certainty_of, find_plain_hedge
from stemma.extract.local.relays import Relays, outlet_key
from stemma.extract.local.repeats import without_repeats
from stemma.extract.local.settle import SPOKEN
from stemma.extract.local.values import count_of, place_of, time_of
from stemma.extract.value import Told as ToldBefore
from stemma.extract.value import anchor_of
from stemma.model import (
    MODES,
    Certainty,
    Claim,
    ClaimType,
    Count,
    Document,
    Entity,
    EntityKind,
    Note,
    Place,
    Role,
    Source,
    SourceKind,
    Span,
    Time,
)

SPEAKERS = {
    SourceKind.PERSON: EntityKind.PERSON,
    SourceKind.OFFICIAL: EntityKind.PERSON,
    SourceKind.ORGANISATION: EntityKind.ORGANISATION,
    SourceKind.GROUP: EntityKind.GROUP,
    SourceKind.OUTLET: EntityKind.OUTLET,
    SourceKind.ANONYMOUS: EntityKind.PEOPLE,
}
"""What a voice is that is no party: documents and posts are none."""
SEATED = frozenset({ClaimType.CONTROLS, ClaimType.BASED_IN})
"""Ties whose other end is the claim's place."""

Drawn = tuple[Grounded, dict[Role, dict[int, Span]], list[tuple[Source, int | None]]]


class Assembly:
    """Puts the grounded claims of one document on the wire."""

    def __init__(self, document: Document) -> None:
        self._document, self._text = document, document.text
        self._anchor = anchor_of(document)
        self._relays = Relays(document)
        self._naming = Naming(document.text)
        self._before = ToldBefore()
        self._times: dict[Span, tuple[Time, tuple[Note, ...]]] = {}
        self._places: dict[Span, Place] = {}

    def build(self, grounded: Iterable[Grounded]) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
        """The entities that the claims use, and the claims in text order, none told twice."""
        drawn = [self._parties(one) for one in without_twins(grounded)]
        drawn = [one for one in drawn if whole(one)]
        used = [party for _, roles, _ in drawn for filled in roles.values() for party in filled]
        used += [number for _, _, voices in drawn for _, number in voices if number is not None]
        ids, entities = self._naming.entities(used)
        claims = without_repeats([self._claim(*one, ids) for one in drawn])
        numbered = [claim.model_copy(update={"id": f"c{k + 1}"}) for k, claim in enumerate(claims)]
        return only_used(entities, numbered)

    def _parties(self, one: Grounded) -> Drawn:
        """A claim with its parties and voices as numbers of the naming."""
        roles: dict[Role, dict[int, Span]] = {}
        for party, span, name in sorted(one.parties, key=lambda row: row[1].start):
            number = self._naming.add(span, party.kind, name)
            filled = roles.setdefault(party.role, {})
            filled.setdefault(number, span)
        voices: list[tuple[Source, int | None]] = []
        for voice, span, cue, name in one.voices:
            known = self._naming.known(span)
            kind = SPEAKERS.get(voice.kind)
            if known is None and kind is not None:
                known = self._naming.add(span, kind, name)
            source = Source(
                text=span.of(self._text),
                kind=voice.kind,
                cue=cue.of(self._text) if cue else None,
                parallel=voice.beside,
                span=span,
                cue_span=cue,
            )
            voices.append((source, known))
        return one, roles, voices

    def _claim(
        self,
        one: Grounded,
        roles: dict[Role, dict[int, Span]],
        voices: list[tuple[Source, int | None]],
        ids: dict[int, str],
    ) -> Claim:
        told, text = one.told, self._text
        filled = {role: _by_id(roles.get(role, {}), ids) for role in Role}
        certainty, hedge = self._certainty(one)
        counts, notes = self._counts(one, ids)
        time = None
        if one.time:
            time, more = self._time(one.time, one.sentence)
            notes += more
        return Claim(
            id="c0",
            type=told.type,
            mode=self._mode(one),
            evidence=one.sentence.of(text),
            trigger=one.trigger.of(text),
            roles={role: tuple(spans) for role, spans in filled.items()},
            counts=counts,
            time=time,
            place=self._place(one.place) if one.place else None,
            sources=self._chain(one, set(filled[Role.ACTOR]), voices, ids),
            status=told.status,
            negated=told.negated,
            certainty=certainty,
            cue=hedge.of(text) if hedge else None,
            span=one.sentence,
            trigger_span=one.trigger,
            cue_span=hedge,
            role_spans={role: tuple(spans.values()) for role, spans in filled.items()},
            notes=tuple(dict.fromkeys((*one.notes, *notes))),
        )

    def _mode(self, one: Grounded) -> str | None:
        """The mode, if the codebook has it for this type; of MEMBER_OF the title in the report's words."""
        if one.told.type is ClaimType.MEMBER_OF:
            return (one.title or one.trigger).of(self._text)
        return one.told.mode if one.told.mode in MODES.get(one.told.type, ()) else None

    def _certainty(self, one: Grounded) -> tuple[Certainty, Span | None]:
        """How sure the words are: a plain hedge beside the trigger goes before what the model heard, and the
        model's doubt stays even where its word for it is not found."""
        plain = find_plain_hedge(self._text, one.sentence, one.trigger)
        if one.told.certainty is Certainty.CERTAIN:
            return plain or (Certainty.CERTAIN, one.hedge)
        if one.hedge is None and plain:
            return plain
        known = certainty_of(one.hedge.of(self._text)) if one.hedge else None
        return known or one.told.certainty, one.hedge

    def _time(self, span: Span, sentence: Span) -> tuple[Time, tuple[Note, ...]]:
        if span not in self._times:
            self._times[span] = time_of(span, self._text, self._anchor, sentence, self._before)
            time = self._times[span][0]
            self._before.tell((time.start, time.end))
        return self._times[span]

    def _place(self, span: Span) -> Place:
        if span not in self._places:
            self._places[span] = place_of(span, self._text)
        return self._places[span]

    def _counts(self, one: Grounded, ids: dict[int, str]) -> tuple[tuple[Count, ...], tuple[Note, ...]]:
        found: dict[tuple[object, ...], Count] = {}
        notes: tuple[Note, ...] = ()
        for counting, span, of in sorted(one.counts, key=lambda row: row[1].start):
            number = self._naming.known(of) if of else None
            entity = ids.get(number) if number is not None else None
            count, more = count_of(span, self._text, counting.what, entity)
            found.setdefault((span, counting.what), count)
            notes += more
        return tuple(found.values()), notes

    def _chain(
        self,
        one: Grounded,
        actors: set[str],
        voices: list[tuple[Source, int | None]],
        ids: dict[int, str],
    ) -> tuple[Source, ...]:
        """The voices in the model's order, without the report's own outlet and a speaker who is the actor,
        and behind them the outlets that relay what stands here."""
        own = outlet_key(self._document.outlet) if self._document.outlet else None
        chain: list[Source] = []
        seen: set[str] = set()
        for source, number in voices:
            entity = ids.get(self._naming.find(number)) if number is not None else None
            key = outlet_key(source.text)
            speaks = one.told.type in SPOKEN and entity in actors
            if key in seen or speaks or (source.kind is SourceKind.OUTLET and key == own):
                continue
            seen.add(key)
            parallel = source.parallel and bool(chain)
            chain.append(source.model_copy(update={"entity": entity, "parallel": parallel}))
        relays = self._relays.at(one.trigger.start)
        missing = [(name, span) for name, span in relays if outlet_key(name) not in seen]
        for k, (name, span) in enumerate(missing):
            words = span.of(self._text) if span else name
            chain.append(Source(text=words, kind=SourceKind.OUTLET, span=span, parallel=k > 0))
        return tuple(chain)


def without_twins(grounded: Iterable[Grounded]) -> list[Grounded]:
    """In text order, the fuller of any two of one type at one trigger: neighbours share sentences."""
    best: dict[tuple[object, ...], Grounded] = {}
    for one in grounded:
        actors = tuple(sorted(span.start for party, span, _ in one.parties if party.role is Role.ACTOR))
        key = (one.told.type, one.trigger, one.told.negated, actors if one.told.type.is_tie else ())
        held = best.get(key)
        if held is None or one.fullness > held.fullness:
            best[key] = one
    return sorted(best.values(), key=lambda one: (one.trigger.start, one.trigger.end, one.told.type))


def whole(drawn: Drawn) -> bool:
    """False for a tie without the two ends that it ties: it says nothing."""
    one, roles, _ = drawn
    if not one.told.type.is_tie:
        return True
    ends = len({party for filled in roles.values() for party in filled})
    return ends >= 1 and (ends >= 2 or (one.told.type in SEATED and one.place is not None))


def only_used(
    entities: tuple[Entity, ...], claims: list[Claim]
) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
    """The claims, with those entities that they name."""
    used = {party for claim in claims for parties in claim.roles.values() for party in parties}
    used |= {source.entity for claim in claims for source in claim.sources if source.entity}
    used |= {count.entity for claim in claims for count in claim.counts if count.entity}
    return tuple(entity for entity in entities if entity.id in used), tuple(claims)


def _by_id(filled: dict[int, Span], ids: dict[int, str]) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for number, span in filled.items():
        found.setdefault(ids[number], span)
    return found
