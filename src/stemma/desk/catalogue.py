"""What pages of the record ask, whatever the casebook's size.

A small casebook is merged whole, in memory (`whole.py`); of a large one the record that `stemma merge` keeps
is read by circle (`kept.py`), so that a page costs what it shows. `awaiting.py` says which it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from stemma.desk.filters import Filters
from stemma.model import EntityKind, Incident, Lineage, Party, Record, Tie
from stemma.show.dossier import Dossier
from stemma.show.said import Naming, Saying
from stemma.store.listing import Unmerged

MOST_DRAWN: Final = 200
"""Incidents of a large casebook that a picture and its table show, those of most reports first."""
MOST_SAVED: Final = 5_000
"""Incidents of a large casebook that a saved table has."""
PATIENT: Final = 20.0
"""Seconds that a call of the API waits for the first record."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some of the incidents asked for, with a record that holds what a list shows of them.

    `total` were found, or more than that where `more` is true; `disputed` and `single` count those among
    them; `everything` is how many there are without filters.
    """

    record: Record
    incidents: tuple[Incident, ...]
    total: int
    everything: int
    disputed: int
    single: int
    more: bool = False

    @property
    def left_out(self) -> int:
        """How many of those found are not here."""
        return self.total - len(self.incidents)


@dataclass(frozen=True, slots=True)
class Ties:
    """Ties with their parties and a record for their rows; `counts` gives in how many reports one is named.

    `cut`: there are more ties than these.
    """

    record: Record
    parties: tuple[Party, ...]
    ties: tuple[Tie, ...]
    counts: Mapping[str, int] | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party in a list; `under` names what it stands under."""

    key: str
    name: str
    kind: EntityKind
    names: tuple[str, ...]
    reports: int
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyPage:
    """All that the page of a party shows. `totals` counts incidents by part: did, suffered, named."""

    party: Party
    view: Dossier
    namings: tuple[Naming, ...]
    units: tuple[Party, ...]
    said: tuple[Saying, ...]
    alike: tuple[Party, ...]
    record: Record
    ties: tuple[Tie, ...]
    totals: Mapping[str, int]
    cut: bool = False


class Catalogue(Protocol):
    """The record as pages read it."""

    @property
    def behind(self) -> Unmerged | None:
        """What is not merged yet, of a kept record that is behind; None where all is."""
        ...

    @property
    def is_cut(self) -> bool:
        """True where lists have an end: of a large casebook."""
        ...

    def incidents(
        self,
        filters: Filters,
        *,
        order: str = "told",
        offset: int = 0,
        limit: int | None = None,
    ) -> Leaf:
        """Incidents without ties; `limit` None gives all of a small casebook, `MOST_DRAWN` of a large one."""
        ...

    def by_place(self, filters: Filters, limit: int | None = None) -> tuple[Leaf, Leaf]:
        """Incidents that have a point on the earth, and those that have none, the most told of each."""
        ...

    def story(self, incident: str) -> tuple[Record, Incident, int] | None:
        """An incident, the record for its page, and how many of its reports come without their claims."""
        ...

    def lineage(self, report: str, parent: str, story: str) -> Record:
        """A record with all that is known of how this report, or this parent, hangs together with others."""
        ...

    def ties(self, filters: Filters) -> Ties:
        """The ties with a claim that the filters ask for."""
        ...

    def parties(
        self, name: str, kind: str, offset: int, limit: int | None
    ) -> tuple[Sequence[PartyRow], int, Sequence[str]]:
        """Parties, those of most reports first; how many there are; the kinds that there are."""
        ...

    def party(self, key: str) -> Party | None:
        """The party of this key, else the one that bears it as a name; None where there is none."""
        ...

    def dossier(self, party: Party, filters: Filters, asked: DossierAsked) -> PartyPage:
        """All that the page of a party shows."""
        ...


@dataclass(frozen=True, slots=True)
class DossierAsked:
    """What else a dossier is asked: with its units, ties as of a day, how many incidents of each part."""

    with_units: bool = False
    as_of: datetime.date | None = None
    limit: int = 100


def only_these(lineage: Lineage, reports: set[str]) -> Lineage:
    """The part of a lineage that is about these reports."""
    return Lineage(
        dependences=tuple(one for one in lineage.dependences if one.report in reports),
        dispatches=tuple(one for one in lineage.dispatches if reports & set(one.reports)),
    )
