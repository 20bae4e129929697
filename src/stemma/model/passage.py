"""A passage: a stretch of a document of one kind."""

from __future__ import annotations

from stemma.model.base import Noun
from stemma.model.span import Span
from stemma.model.vocabulary import PassageKind


class Passage(Noun):
    """A stretch of a document.

    `outlet` is whose words these are where they are not the document's own outlet's: the outlet of
    an excerpt, the agency that a dateline, byline, caption or credit names. `outlet_span` is where
    the document says so.
    """

    kind: PassageKind
    span: Span
    outlet: str | None = None
    outlet_span: Span | None = None
