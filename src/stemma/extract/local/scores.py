"""What encoder and heads say of one document, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from stemma.extract.local.heads import Bools, Floats, Heads, Ints, SpanScores
from stemma.extract.local.words import Words
from stemma.model import Document, PassageKind, Span


class States(Protocol):
    """What gives words their states: the encoder."""

    def states(self, words: Words) -> Floats:
        """The states (n, 384) of the n words."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """A document as the network sees it.

    `states` (n, 384) of its words; `spans` worth a look, with their representations `mentions`
    (m, s) and the index of the kind of source `source_kinds` (m,) that each would be; `attribution`
    (n, 3, 5): per word the chance to be outside, first, inside, last and only word of a source, a cue
    and a content; `triggers` (n, T): per word the chance to be in a trigger of each type; `between` (n, 96):
    each word as the links see it. `told` are the places made so far: every claim asks for the same few again.
    """

    document: Document
    words: Words
    states: Floats
    spans: SpanScores
    mentions: Floats
    source_kinds: Ints
    attribution: Floats
    triggers: Floats
    between: Floats
    told: dict[tuple[int, int], Span] = field(default_factory=dict, repr=False)

    def place_of(self, first: int, last: int) -> Span:
        """The characters of words [first, last]."""
        span = self.told.get((first, last))
        if span is None:
            span = Span(start=int(self.words.start[first]), end=int(self.words.end[last]))
            self.told[first, last] = span
        return span

    def words_of(self, index: int) -> tuple[str, Span]:
        """The text of a span and its characters."""
        span = self.place_of(int(self.spans.starts[index]), int(self.spans.ends[index]))
        return span.of(self.words.text), span


def score_document(document: Document, words: Words, encoder: States, heads: Heads, floor: float) -> Scores:
    """What `encoder` and `heads` say of `words`; spans under `floor`, in furniture or
    over the end of a sentence are left out."""
    x = encoder.states(words)
    seen = heads.seen(x, floor)
    spans = seen.spans
    before = np.concatenate([[0], np.cumsum(words_within(document, words, PassageKind.FURNITURE))])
    spans = spans.only(before[spans.ends + 1] == before[spans.starts])
    spans = spans.only(words.sentence[spans.starts] == words.sentence[spans.ends])
    mentions = heads.mentions(x, spans)
    return Scores(
        document=document,
        words=words,
        states=x,
        spans=spans,
        mentions=mentions,
        source_kinds=heads.source_kinds(mentions).argmax(-1),
        attribution=seen.attribution,
        triggers=seen.triggers,
        between=seen.between,
    )


def words_within(document: Document, words: Words, *kinds: PassageKind) -> Bools:
    """A mask (n,) of the words that share a character with a passage of these kinds."""
    mask = np.zeros(len(words), dtype=np.bool_)
    for passage in document.passages_of(*kinds):
        hit = words.words_in(passage.span.start, passage.span.end)
        if hit:
            mask[hit[0] : hit[1] + 1] = True
    return mask
