"""The question that claims are searched by."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Query:
    """Which claims are asked for. All that is given must hold; text matches ignore case and accents.

    `actor`: a name of any party of the claim's roles (substring of any name of the entity); `type`,
    `country` exact; `since`/`until`: the claim's time overlaps; `place`: substring of the place's
    words or canonical name; `source`: substring of a source's words or of its entity's names;
    `outlet`: substring of the report's outlet; `hedged`: only hedged (true) or plain (false) claims;
    `text`: full-text search over evidence (words; all must occur); `limit`: at most so many claims.
    `units`: names of parts of `actor` (some thousands at most); a party that bears one of them, as a whole
    name, counts as `actor`.
    """

    actor: str | None = None
    types: tuple[str, ...] = ()
    place: str | None = None
    country: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    source: str | None = None
    outlet: str | None = None
    hedged: bool | None = None
    text: str | None = None
    report: str | None = None
    limit: int | None = None
    units: tuple[str, ...] = ()
