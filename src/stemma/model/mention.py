"""A mention: something found at a place in a document."""

from __future__ import annotations

from stemma.model.base import Noun
from stemma.model.span import Span
from stemma.model.vocabulary import EntityKind


class Mention(Noun):
    """Words that refer to an entity, and where they stand."""

    text: str
    span: Span
    kind: EntityKind
    score: float | None = None
