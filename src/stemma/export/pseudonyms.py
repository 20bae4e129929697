"""Names of people replaced by stable pseudonyms, in every text of a record."""

from __future__ import annotations

from stemma.export.protocol import Stock


def without_names(stock: Stock, salt: str) -> Stock:
    """The stock with pseudonyms for people's names, the same name always the same under one `salt`."""
    raise NotImplementedError
