"""On whose word: from the spans that are sources of a claim to its chain."""

from __future__ import annotations

import re

import numpy as np

from stemma.extract.local.decode import Draft
from stemma.extract.local.heads import Floats, Heads, SpanScores
from stemma.extract.local.likeness import plain_name
from stemma.extract.local.parties import Parties, words_of
from stemma.extract.local.words import Words
from stemma.model import Document, PassageKind, Source, SourceKind, Span

KINDS = list(SourceKind)
RELAYING = frozenset({SourceKind.OUTLET, SourceKind.DOCUMENT, SourceKind.SOCIAL})
CUE = 1
"""The attribution head's kinds are source, cue, content."""


def cue_spans(probabilities: Floats) -> list[tuple[int, int]]:
    """Runs of words [start, end] that the attribution head takes for a cue ("said", "according to")."""
    tags = probabilities[:, CUE].argmax(-1)
    found: list[tuple[int, int]] = []
    for index in map(int, np.flatnonzero(tags)):
        if found and found[-1][1] == index - 1 and tags[index] == 2:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


class Chains:
    """Builds the chain of sources of each claim of a document."""

    def __init__(
        self, heads: Heads, words: Words, spans: SpanScores, mentions: Floats, attribution: Floats, document: Document
    ) -> None:
        self._words, self._spans, self._document = words, spans, document
        self._cues = cue_spans(attribution)
        self._kinds = heads.source_kinds(mentions).argmax(-1) if len(spans) else np.zeros(0, dtype=np.int64)

    def chain(self, draft: Draft, parties: Parties, ids: dict[int, str]) -> tuple[Source, ...]:
        """The sources of a claim, from the ultimate to the nearest."""
        links = sorted(draft.linked("source"), key=lambda link: int(self._spans.starts[link.span]))
        found: list[Source] = []
        for link in links:
            kind = KINDS[int(self._kinds[link.span])]
            text, start, end = words_of(self._words, self._spans, link.span)
            cue = self._cue_of(link.span)
            entity = ids.get(parties.number(link.span))
            if entity and any(other.entity == entity for other in found):
                continue
            found.append(
                Source(
                    text=text,
                    entity=entity,
                    kind=kind,
                    cue=cue[0] if cue else None,
                    span=Span(start=start, end=end),
                    cue_span=cue[1] if cue else None,
                    score=round(link.score, 3),
                )
            )
        ordered = [s for s in found if s.kind not in RELAYING] + [s for s in found if s.kind in RELAYING]
        ordered = [
            source.model_copy(update={"parallel": self._beside(ordered[index - 1], source)}) if index else source
            for index, source in enumerate(ordered)
        ]
        return tuple(ordered + self._relayed_by(draft, ordered))

    def _cue_of(self, index: int) -> tuple[str, Span] | None:
        """The nearest cue in the source's own sentence."""
        words, first, last = self._words, int(self._spans.starts[index]), int(self._spans.ends[index])
        sentence = words.sentence[first]
        near = [(min(abs(a - last), abs(first - b)), a, b) for a, b in self._cues if words.sentence[a] == sentence]
        near = [row for row in near if row[0] <= 15 and not (row[1] >= first and row[2] <= last)]
        if not near:
            return None
        _, a, b = min(near)
        start, end = int(words.start[a]), int(words.end[b])
        return words.text[start:end], Span(start=start, end=end)

    def _beside(self, before: Source, source: Source) -> bool:
        """True where the source stands beside the one before it instead of relaying it."""
        if source.kind in RELAYING and before.kind not in RELAYING:
            return False
        if source.kind is SourceKind.OUTLET and before.kind is SourceKind.OUTLET and source.span and before.span:
            between = self._words.text[before.span.end : source.span.start]
            return bool(re.fullmatch(r"\W*(and|as well as|&|,)\W*(the\s+)?", between))
        return True

    def _relayed_by(self, draft: Draft, chain: list[Source]) -> list[Source]:
        """The outlets that relay the claim by where it stands: an excerpt's, and the agency credited."""
        at = int(self._words.start[draft.start])
        passage = self._document.passage_at(at)
        outlets: list[tuple[str, Span | None]] = []
        if passage and passage.outlet and passage.kind in (PassageKind.EXCERPT, PassageKind.CAPTION):
            outlets.append((passage.outlet, passage.outlet_span))
        if not (passage and passage.kind in (PassageKind.EXCERPT, PassageKind.CAPTION)):
            outlets += [(agency, self._agency_span(agency)) for agency in self._document.agencies]
        known = {plain_name(source.text) for source in chain}
        added = []
        for name, span in outlets:
            if plain_name(name) in known or (self._document.outlet and plain_name(name) == plain_name(self._document.outlet)):
                continue
            text = span.of(self._words.text) if span else name
            if plain_name(text) in known:
                continue
            known.add(plain_name(text))
            added.append(Source(text=text, kind=SourceKind.OUTLET, span=span))
        return added

    def _agency_span(self, agency: str) -> Span | None:
        for passage in self._document.passages:
            if passage.outlet == agency and passage.outlet_span:
                return passage.outlet_span
        at = self._words.text.find(agency)
        return Span(start=at, end=at + len(agency)) if at >= 0 else None
