"""Who relays what stands where: the outlet of an excerpt or picture, else the agencies credited."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from stemma.extract.local.likeness import plain_name
from stemma.lexicon.outlets import find_outlet
from stemma.model import Document, Passage, PassageKind, Span

Relay = tuple[str, Span | None]
"""The name of an outlet, and where the document says so."""


class Relays:
    """The outlets and agencies that a document credits, by place."""

    def __init__(self, document: Document) -> None:
        self._document = document
        kinds = [kind for kind in PassageKind if kind is not PassageKind.QUOTATION]
        self._passages = sorted(document.passages_of(*kinds), key=lambda passage: passage.span.start)
        self._starts = [passage.span.start for passage in self._passages]
        own = document.outlet
        self._agencies: list[Relay] = [
            (agency, self._span_of(agency))
            for agency in document.agencies
            if not own or outlet_key(agency) != outlet_key(own)
        ]

    def kind_at(self, offset: int) -> PassageKind | None:
        """The kind of the last passage that begins at or before `offset`."""
        index = bisect_right(self._starts, offset) - 1
        return self._passages[index].kind if index >= 0 else None

    def at(self, offset: int) -> list[Relay]:
        """Who relays what stands at `offset`: the outlet of its excerpt or caption, else the agencies."""
        index = bisect_right(self._starts, offset) - 1
        if index >= 0 and offset < self._passages[index].span.end:
            passage = self._passages[index]
            follows = self._passages[index + 1] if index + 1 < len(self._passages) else None
            if passage.kind in (PassageKind.EXCERPT, PassageKind.CAPTION):
                for named in (passage, follows):
                    if named and named.outlet and (named is passage or self._credits(passage, named)):
                        return [(named.outlet, named.outlet_span)]
        return self._agencies

    def _credits(self, caption: Passage, credit: Passage) -> bool:
        """True where a photo credit follows the caption at once."""
        between = self._document.text[caption.span.end : credit.span.start]
        kinds = (caption.kind, credit.kind)
        return kinds == (PassageKind.CAPTION, PassageKind.CREDIT) and not re.search(r"\w", between)

    def _span_of(self, agency: str) -> Span | None:
        """Where the document credits `agency`."""
        for passage in self._document.passages:
            if passage.outlet == agency and passage.outlet_span:
                return passage.outlet_span
        at = self._document.text.find(agency)
        return Span(start=at, end=at + len(agency)) if at >= 0 else None


@lru_cache(maxsize=4096)
def outlet_key(name: str) -> str:
    """One key for all names of a known outlet, and the plain name of anything else."""
    outlet = find_outlet(name)
    return plain_name(outlet.name if outlet else name) or name
