"""A count: how many, of what, as words and as a range."""

from __future__ import annotations

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.span import Span
from stemma.model.vocabulary import Counted


class Count(Noun):
    """How many of an entity: `low` and `high` are inclusive, null where that side is open."""

    entity: str | None = None
    what: Counted
    text: str
    low: int | None = Field(default=None, ge=0)
    high: int | None = Field(default=None, ge=0)
    span: Span | None = None
