"""A tie: a state between two parties that holds for a time, on somebody's word."""

from __future__ import annotations

import datetime

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.incident import ClaimAt, Origins
from stemma.model.time import PARTIAL_DATE
from stemma.model.vocabulary import ClaimType, EntityKind


class EntityAt(Noun):
    """An entity of a casebook: the report that names it and its id in that report's coding."""

    report: str
    entity: str


class Party(Noun):
    """One entity across the reports of a record.

    `key` is equal for what is one; `name` the name to show, `names` all that the reports give it, the most
    used first. `under` are the keys of what it stands under, the nearest first. `at` says where it is named.
    """

    key: str
    name: str
    kind: EntityKind
    names: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    at: tuple[EntityAt, ...] = ()


class Tie(Noun):
    """What claims of one tie say together, for one stretch of time.

    `party` and `other` are keys of parties (see `Party`), with their names; where the tie leads to a place,
    `other` is the place's name in small letters. `titles` are what a member is called. `start` and `end` are
    partial dates, both inclusive, null where nobody says so. `first_told` and `last_told` are the days of
    publication between which reports say that it holds. `ended` is true where a report says that it holds no
    more, `ended_by` the day by which that was said. `hedged` is true where every claim holds back. `denials`
    are claims that it does not hold, `denied_by` who says so.
    """

    type: ClaimType
    party: str
    party_name: str
    other: str
    other_name: str
    titles: tuple[str, ...] = ()
    start: str | None = Field(default=None, pattern=PARTIAL_DATE)
    end: str | None = Field(default=None, pattern=PARTIAL_DATE)
    first_told: datetime.date | None = None
    last_told: datetime.date | None = None
    ended: bool = False
    ended_by: datetime.date | None = None
    hedged: bool = False
    claims: tuple[ClaimAt, ...] = ()
    denials: tuple[ClaimAt, ...] = ()
    denied_by: tuple[str, ...] = ()
    origins: Origins = Origins()

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that tell of it, each once."""
        return tuple(dict.fromkeys(at.report for at in (*self.claims, *self.denials)))
