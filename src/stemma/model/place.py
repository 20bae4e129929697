"""A place: the words that say where, and what they name."""

from __future__ import annotations

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.span import Span


class Place(Noun):
    """Where something happened, as said: the narrowest place given for the claim itself.

    `canonical` adds the next larger units (`Rafah, Gaza Strip`); `country` is ISO 3166-1 alpha-2.
    """

    text: str
    canonical: str | None = None
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    span: Span | None = None
