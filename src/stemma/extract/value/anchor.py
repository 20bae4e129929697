"""The day from which a report's words count: its dateline's, else its publication's, never today."""

from __future__ import annotations

import datetime
import re
from typing import Final

from stemma.extract.value.dates import explicit_date
from stemma.model import Document, PassageKind

DATE_LINE: Final = 40
"""Characters of a first line that is a date and little else."""
_GLUED: Final = re.compile(r"(?<=[a-z] )(\d{1,2})((?:19|20)\d\d)\b")
"""A day and a year without a space, as some pages lose it: "Jun 142016"."""


def anchor_of(document: Document) -> datetime.date | None:
    """The date of the dateline or byline where one is written out, else that of publication.

    Of two days ("24-30 November") it is the last. A report without any other date may have one on a
    line of its own before its text. Where the header contradicts the text, times follow the text: the
    reader notes it (`date-contradiction`).
    """
    for passage in document.passages_of(PassageKind.DATELINE, PassageKind.BYLINE):
        found = _date_in(passage.span.of(document.text), document.published)
        if found:
            return found
    if document.published is None:
        for passage in document.passages_of(PassageKind.BODY)[:1]:
            line = passage.span.of(document.text)
            return _date_in(line, None) if len(line) <= DATE_LINE else None
    return document.published


def _date_in(line: str, published: datetime.date | None) -> datetime.date | None:
    words = _GLUED.sub(r"\1 \2", " ".join(line.lower().replace(",", " ").split()))
    try:
        found = explicit_date(words, published)
    except ValueError:
        return None
    return datetime.date.fromisoformat(found[1]) if found else None
