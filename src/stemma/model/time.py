"""A time: the words that say when, and the interval that they mean."""

from __future__ import annotations

import datetime

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.span import Span

PARTIAL_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


class Time(Noun):
    """When something happened, as said.

    `start` and `end` are ISO dates at the precision said (`2016`, `2016-12`, `2016-12-04`), both
    inclusive; null where the words leave that end open. `edtf` is the same with what an interval
    cannot say (about, once within, an hour) in the notation of EDTF (ISO 8601-2:2019, levels 0 to 2).
    `anchor` is the day from which the words count; null where they carry a date of their own.
    """

    text: str
    start: str | None = Field(default=None, pattern=PARTIAL_DATE)
    end: str | None = Field(default=None, pattern=PARTIAL_DATE)
    span: Span | None = None
    edtf: str | None = None
    anchor: datetime.date | None = None
