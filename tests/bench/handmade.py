"""Codings made by hand from a text: a name stands where it first occurs."""

from __future__ import annotations

from typing import Any

from stemma.model import Claim, Coding, Entity, EntityKind, Mention, Place, Role, Source, Span


def at(text: str, words: str, start: int = 0) -> Span:
    low = text.index(words, start)
    return Span(start=low, end=low + len(words))


def entity(text: str, id: str, kind: str, *names: str) -> Entity:
    mentions = tuple(Mention(text=name, span=at(text, name), kind=EntityKind(kind)) for name in names)
    return Entity(id=id, kind=EntityKind(kind), names=names, mentions=mentions)


def place(text: str, words: str) -> Place:
    return Place(text=words, span=at(text, words))


def source(words: str, kind: str, entity: str | None = None) -> Source:
    return Source(text=words, kind=kind, entity=entity)


def claim(text: str, type: str, trigger: str, roles: dict[str, Entity] | None = None, **more: Any) -> Claim:
    parties = {Role(role): party for role, party in (roles or {}).items()}
    given = {"score": 0.9, "evidence": text, "span": Span(start=0, end=len(text)), **more}
    return Claim(
        id=more.pop("id", f"{type} {trigger}"),
        type=type,
        trigger=trigger,
        trigger_span=at(text, trigger),
        roles={role: (party.id,) for role, party in parties.items()},
        role_spans={role: (party.mentions[0].span,) for role, party in parties.items()},
        **given,
    )


def coding(claims: list[Claim], *entities: Entity) -> Coding:
    return Coding(report="own/1", entities=entities, claims=tuple(claims))
