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


class Reading(Noun):
    """Another chain of sources that the words of a claim allow, with the reason to think so.

    Empty `sources` mean that the report may speak in its own voice. `score` in [0, 1] is the chance of
    what makes the difference, null where the words alone raise the doubt.
    """

    sources: tuple[Source, ...] = ()
    reason: str
    score: float | None = None
