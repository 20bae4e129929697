"""The summary: what a casebook holds."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """What a casebook holds, as its store has counted it (`Store.tally`)."""

    casebook: str
    reports: int
    outlets: int
    entities: int
    claims: int
    sourced: int
    hedged: int
    judgements: int
    refused: int
    first_published: datetime.date | None
    last_published: datetime.date | None
    claims_by_type: dict[str, int]
    schema_version: str

    @property
    def types(self) -> tuple[tuple[str, int], ...]:
        """The claim types with their counts, the most frequent first."""
        return tuple(sorted(self.claims_by_type.items(), key=lambda item: (-item[1], item[0])))
