"""A report in parts that a model can answer about: whole sentences, some shared by neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from stemma.extract.sentences import sentences
from stemma.model import Document, PassageKind, Span

MUTE = frozenset({PassageKind.FURNITURE, PassageKind.BYLINE, PassageKind.CREDIT, PassageKind.CORRECTION})
"""Passages that carry no claim of the report: they are not sent."""
SILENT = MUTE | {PassageKind.DATELINE}
"""Where no claim stands: a dateline is sent, since it says where and when, and carries none."""

Sentences = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Sentences of a document that are asked about at once, in text order."""

    sentences: Sentences

    @property
    def span(self) -> Span:
        """From the first sentence's start to the last one's end."""
        return Span(start=self.sentences[0].start, end=self.sentences[-1].end)

    def words(self, text: str) -> str:
        """The sentences as one text: those of one line stay in one line."""
        parts: list[str] = []
        last = None
        for sentence in self.sentences:
            if last is not None:
                between = text[last : sentence.start]
                parts.append(" " if "\n" not in between else "\n\n")
            parts.append(sentence.of(text))
            last = sentence.end
        return "".join(parts)

    def halves(self) -> tuple[Chunk, ...]:
        """The chunk in two, where it has two sentences; else itself."""
        if len(self.sentences) < 2:
            return (self,)
        middle = len(self.sentences) // 2
        return Chunk(self.sentences[:middle]), Chunk(self.sentences[middle:])


def sentences_of(document: Document) -> Sentences:
    """The sentences that may carry claims, or say where and when, cut at the edges of passages."""
    kinds = [kind for kind in PassageKind if kind is not PassageKind.QUOTATION]
    spans = [passage.span for passage in document.passages_of(*kinds)]
    edges = sorted({edge for span in spans for edge in (span.start, span.end)})
    found: list[Span] = []
    for start, end in sentences(document.text):
        cuts = [start, *(edge for edge in edges if start < edge < end), end]
        for low, high in pairwise(cuts):
            part = document.text[low:high]
            first = low + len(part) - len(part.lstrip())
            passage = document.passage_at(first)
            if part.strip() and (passage is None or passage.kind not in MUTE):
                found.append(Span(start=first, end=first + len(part.strip())))
    return tuple(found)


def make_chunks(document: Document, most: int, overlap: int) -> list[Chunk]:
    """The chunks of a document: at most `most` characters each, neighbours sharing `overlap` sentences.

    A chunk never stands wholly within its neighbour, so that a report of any length comes to an end.
    """
    todo = sentences_of(document)
    chunks: list[Chunk] = []
    first = 0
    while first < len(todo):
        last, size = first, 0
        while last < len(todo) and (last == first or size + len(todo[last].of(document.text)) <= most):
            size += todo[last].end - todo[last].start + 1
            last += 1
        chunks.append(Chunk(todo[first:last]))
        if last == len(todo):
            break
        first = max(first + 1, last - overlap)
    return chunks
