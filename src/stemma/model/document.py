"""A document: a report's readable text with stable offsets, cut into passages."""

from __future__ import annotations

import datetime
from typing import Self

from pydantic import model_validator

from stemma.model.base import Noun
from stemma.model.note import Note
from stemma.model.passage import Passage
from stemma.model.vocabulary import PassageKind


class Document(Noun):
    """The readable text of a report.

    `text` never changes once stored; every offset of every claim points into it (code points).
    `passages` are in text order and do not overlap, except that a `quotation` lies within another
    passage. `agencies` are the outlets that dateline, byline or closing line credit.
    `report_hash` is the hash of the report's bytes.
    """

    report: str
    report_hash: str
    text: str
    passages: tuple[Passage, ...] = ()
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: datetime.date | None = None
    byline: str | None = None
    language: str | None = None
    agencies: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @model_validator(mode="after")
    def _passages_fit(self) -> Self:
        for passage in self.passages:
            if passage.span.end > len(self.text):
                raise ValueError(f"a passage ends at {passage.span.end}, past the text's {len(self.text)}")
        return self

    def passages_of(self, *kinds: PassageKind) -> tuple[Passage, ...]:
        """The passages of these kinds, in text order."""
        return tuple(passage for passage in self.passages if passage.kind in kinds)

    def passage_at(self, offset: int) -> Passage | None:
        """The passage (not a quotation within one) that holds the character at `offset`."""
        for passage in self.passages:
            if passage.kind is not PassageKind.QUOTATION and passage.span.start <= offset < passage.span.end:
                return passage
        return None
