"""Where words stand: offsets into the stored text of a document."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from stemma.model.base import Noun


class Span(Noun):
    """A half-open range of characters (Unicode code points) of a document's text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.end < self.start:
            raise ValueError(f"a span ends before it starts: {self.start}..{self.end}")
        return self

    def of(self, text: str) -> str:
        """The words at this place of `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """True where the other lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end
