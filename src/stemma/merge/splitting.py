"""Entities taken apart where a person said that two names of one entity are two parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from stemma.merge.deciding import decided
from stemma.merge.identity import End, end_of, fold_name
from stemma.merge.protocol import Held
from stemma.model import Claim, Coding, Entity, Judgement, Role, Span
from stemma.names import likeness_of_names

_QUOTED = re.compile("“([^”]*)”")


def split_judged(held: Sequence[Held], judgements: Iterable[Judgement]) -> list[Held]:
    """The reports with every entity in two whose names a standing `not-same` parts.

    A judgement says `@NAME` and `@NAME` for all reports, or `REPORT#@NAME` and `REPORT#@NAME` for one. The
    other names go to the one that they are more like, each claim to the name that stands in it. What no
    judgement parts is the same object as before.
    """
    pairs = [pair for judgement in decided(judgements) if (pair := _pair(judgement))]
    return [_split(one, pairs) for one in held] if pairs else list(held)


def _pair(judgement: Judgement) -> tuple[End, End] | None:
    if judgement.verdict != "not-same":
        return None
    ends = end_of(judgement.subject), end_of(str(judgement.value))
    return (ends[0], ends[1]) if ends[0] and ends[1] and ends[0].report == ends[1].report else None


def _split(one: Held, pairs: Sequence[tuple[End, End]]) -> Held:
    coding = one.coding
    for left, right in pairs:
        if left.report not in (None, one.report):
            continue
        names = fold_name(left.name), fold_name(right.name)
        for entity in coding.entities:
            own = {fold_name(name) for name in (*entity.names, entity.canonical or "")}
            if names[0] != names[1] and own.issuperset(names):
                coding = _apart(coding, entity, names, one.document.text)
    return one if coding is one.coding else Held(one.document, coding)


def _apart(coding: Coding, entity: Entity, names: tuple[str, str], text: str) -> Coding:
    """The coding with `entity` in two: the first keeps the id and what tells of neither."""
    new = next(
        f"{entity.id}-{k}" for k in range(2, 99) if f"{entity.id}-{k}" not in {e.id for e in coding.entities}
    )
    moved = {name for name in (fold_name(n) for n in entity.names) if _is_second(name, names, entity)}
    first = _part(entity, entity.id, [n for n in entity.names if fold_name(n) not in moved], names[0])
    second = _part(entity, new, [n for n in entity.names if fold_name(n) in moved], names[1])
    entities: list[Entity] = []
    for each in coding.entities:
        entities += [first, second] if each is entity else [each]
    claims = tuple(_moved(claim, entity.id, new, moved, text) for claim in coding.claims)
    return coding.model_copy(update={"entities": tuple(entities), "claims": claims})


def _is_second(name: str, names: tuple[str, str], entity: Entity) -> bool:
    if name in names:
        return name == names[1]
    return likeness_of_names(name, names[1], entity.kind) > likeness_of_names(name, names[0], entity.kind)


def _part(entity: Entity, id: str, names: list[str], judged: str) -> Entity:
    """One of the two; the canonical name goes to the one that is called so, else to neither."""
    folded = {fold_name(name) for name in names}
    canonical = (
        entity.canonical if entity.canonical and fold_name(entity.canonical) in folded | {judged} else None
    )
    notes = tuple(
        note
        for note in entity.notes
        if {fold_name(quoted) for quoted in _QUOTED.findall(note.text)} <= folded
    )
    mentions = tuple(mention for mention in entity.mentions if fold_name(mention.text) in folded)
    update = {
        "id": id,
        "names": tuple(names) or (canonical or judged,),
        "canonical": canonical,
        "mentions": mentions,
        "notes": notes,
    }
    return entity.model_copy(update=update)


def _moved(claim: Claim, old: str, new: str, names: set[str], text: str) -> Claim:
    """The claim with the second party for the first where the words name it."""
    roles: dict[Role, tuple[str, ...]] = {}
    changed = False
    for role, parties in claim.roles.items():
        spans: Sequence[Span | None] = claim.role_spans.get(role, ())
        if len(spans) != len(parties):
            spans = [None] * len(parties)
        told = [
            new if party == old and _names_second(claim, span, names, text) else party
            for party, span in zip(parties, spans, strict=True)
        ]
        changed = changed or tuple(told) != parties
        roles[role] = tuple(told)
    sources = tuple(
        source.model_copy(update={"entity": new})
        if source.entity == old and fold_name(source.text) in names
        else source
        for source in claim.sources
    )
    if not changed and sources == claim.sources:
        return claim
    counts = tuple(
        count.model_copy(update={"entity": new}) if changed and count.entity == old else count
        for count in claim.counts
    )
    return claim.model_copy(update={"roles": roles, "sources": sources, "counts": counts})


def _names_second(claim: Claim, span: Span | None, names: set[str], text: str) -> bool:
    """True where the words of the role, or without their place those of the claim, name the second party."""
    if span:
        return fold_name(span.of(text)) in names
    evidence = fold_name(claim.evidence)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", evidence) for name in names)
