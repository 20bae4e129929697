"""The chain of a claim's sources, as links: who stands beside whom, and who relays whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.model import Claim, Entity, Source, SourceKind

ARROW: Final = " → "
BESIDE: Final = " + "

MARKED: Final = {
    SourceKind.ANONYMOUS: "anonymous",
    SourceKind.SOCIAL: "post",
    SourceKind.DOCUMENT: "document",
}
"""The kinds that change how far a reader trusts a voice, and that its words may not show."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One source of a chain.

    `text` are the report's words; `name` the entity's name where the words themselves are none
    ("the ministry"), null otherwise.
    """

    text: str
    kind: SourceKind
    name: str | None = None
    cue: str | None = None

    @property
    def mark(self) -> str | None:
        """`anonymous`, `post` or `document`, where the voice is one."""
        return MARKED.get(self.kind)

    @property
    def words(self) -> str:
        """The voice as words: `Palestinian sources (anonymous)`, `the ministry (Health Ministry)`."""
        aside = ", ".join(part for part in (self.name, self.mark) if part)
        return f"{self.text} ({aside})" if aside else self.text


Link = tuple[Voice, ...]
"""The voices that stand side by side at one step of a chain."""


def links_of(claim: Claim, entities: Mapping[str, Entity]) -> tuple[Link, ...]:
    """The chain of `claim` from the ultimate source to the nearest; empty for the report's own voice."""
    return links_from(claim.sources, entities)


def links_from(sources: Sequence[Source], entities: Mapping[str, Entity]) -> tuple[Link, ...]:
    """A chain of sources as links, the ultimate ones first."""
    links: list[list[Voice]] = []
    for source in sources:
        entity = entities.get(source.entity) if source.entity else None
        text = " ".join(source.text.split())
        voice = Voice(text=text, kind=source.kind, name=_proper_name(text, entity), cue=source.cue)
        if source.parallel and links:
            links[-1].append(voice)
        else:
            links.append([voice])
    return tuple(tuple(link) for link in links)


def chain_words(links: Sequence[Link]) -> str:
    """The chain as words: `the army + residents (anonymous) → State television → Reuters`."""
    return ARROW.join(BESIDE.join(voice.words for voice in link) for link in links)


def _proper_name(text: str, entity: Entity | None) -> str | None:
    """The entity's name, where `text` has no capital letter and so cannot be a name itself."""
    if entity is None or any(letter.isupper() for letter in text):
        return None
    label = " ".join(entity.label.split())
    if label.casefold() == text.casefold() or not any(letter.isupper() for letter in label):
        return None
    return label
