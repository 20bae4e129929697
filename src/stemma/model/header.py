"""What is known of a report beside its bytes: from its sidecar, its row, or the command line."""

from __future__ import annotations

import datetime

from stemma.model.base import Noun


class Header(Noun):
    """Everything may be unknown. What is given here goes before what the page itself says."""

    outlet: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    byline: str | None = None
    language: str | None = None
    url: str | None = None

    def over(self, other: Header) -> Header:
        """This header, with what it leaves open taken from `other`."""
        own = {name: value for name, value in self if value is not None}
        return other.model_copy(update=own)
