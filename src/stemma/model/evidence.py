"""Evidence: the exact words, by offsets, that carry a value."""

from __future__ import annotations

from stemma.model.base import Noun
from stemma.model.span import Span


class Evidence(Noun):
    """The words of a document that carry one value of a claim.

    `value` names the value by its path in the wire form: `trigger`, `sources.0.text`, `time.text`.
    """

    value: str
    text: str
    span: Span
