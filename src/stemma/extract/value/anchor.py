"""The day from which a report's words count: its dateline's, else its publication's, never today."""

from __future__ import annotations

import datetime

from stemma.extract.value.dates import explicit_date
from stemma.model import Document, PassageKind


def anchor_of(document: Document) -> datetime.date | None:
    """The date of the dateline or byline where one is written out, else that of publication.

    Where the header contradicts the text, times follow the text.
    """
    for passage in document.passages_of(PassageKind.DATELINE, PassageKind.BYLINE):
        words = " ".join(passage.span.of(document.text).lower().replace(",", " ").split())
        try:
            found = explicit_date(words, document.published)
        except ValueError:
            continue
        if found:
            return datetime.date.fromisoformat(found[0])
    return document.published
