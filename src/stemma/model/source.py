"""A source: a voice in a claim's chain of attribution."""

from __future__ import annotations

from stemma.model.base import Noun
from stemma.model.span import Span
from stemma.model.vocabulary import SourceKind


class Source(Noun):
    """One voice of a chain, which runs from the ultimate source to the nearest.

    Each source is relayed by the next, except that one with `parallel` stands beside the one before
    it. `span` is null where the voice is named outside the text (the outlet of a relayed page).
    """

    text: str
    entity: str | None = None
    kind: SourceKind
    cue: str | None = None
    parallel: bool = False
    span: Span | None = None
    cue_span: Span | None = None
    score: float | None = None
