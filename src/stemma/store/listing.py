"""The part of a store that lists what merging found, page by page, on a casebook of any size."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final, Protocol

from stemma.model import EntityKind, Incident, Record, Tie
from stemma.store.query import Query

MOST_COUNTED: Final = 2_000
"""Incidents up to which those that a question finds are counted; beyond, a page says "more than"."""


class Part(IntEnum):
    """What a party has to do with an incident."""

    DID = 1
    SUFFERED = 2
    NAMED = 3


@dataclass(frozen=True, slots=True)
class GistIncident:
    """An incident for lists: without what only its own page shows.

    `moment` is when it happened, else the day on which it was first told, empty where neither is known;
    `outlets` counts who published its reports; `parts` says what named parties have to do with it.
    """

    incident: Incident
    moment: str
    outlets: int
    parts: Mapping[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GistParty:
    """A party as the reports of a circle name it; `names` counts how often each name is used."""

    id: str
    name: str
    kind: EntityKind
    reports: int
    names: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gist:
    """What a circle says, for lists."""

    incidents: Sequence[GistIncident] = ()
    parties: Sequence[GistParty] = ()
    ties: Sequence[Tie] = ()


@dataclass(frozen=True, slots=True)
class IncidentQuery:
    """Which incidents are listed. All that is given must hold.

    `query`: type, country, `since` and `until` are asked of the incident itself; actor, place, source,
    outlet and text of its claims, all of one claim. `disputed`: reports differ about it; `single`: it may
    rest on one origin; `ties`: ties and nothing else, else no ties; `placed`: it has a point on the earth, or
    has none; `part`: a party, by its id, has this part in it. `order` is `told` (most reports first),
    `newest`, `fewest` (origins). At most `counted` are counted, and never more than `MOST_COUNTED`.
    """

    query: Query = field(default_factory=Query)
    disputed: bool = False
    single: bool = False
    ties: bool = False
    placed: bool | None = None
    part: tuple[str, Part] | None = None
    order: str = "told"
    offset: int = 0
    limit: int = 30
    counted: int = MOST_COUNTED


@dataclass(frozen=True, slots=True)
class Incidents:
    """A page of incidents, of `total`; `disputed` and `single` count those among them.

    `more`: there are more than `total`, and nobody counted further.
    """

    rows: tuple[Incident, ...]
    total: int
    disputed: int
    single: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class Unmerged:
    """How many reports and judgements are not in the kept record yet; `maker` made it, empty for none."""

    reports: int
    judgements: int
    maker: str


class Listing(Protocol):
    """The part of a `Store` that lists what merging kept."""

    def unmerged(self) -> Unmerged:
        """How far the kept record is behind."""
        ...

    def incidents(self, asked: IncidentQuery) -> Incidents:
        """A page of incidents."""
        ...

    def incidents_by_place(self, asked: IncidentQuery) -> tuple[Incidents, Incidents]:
        """A page of the incidents that have a point on the earth, and one of those that have none."""
        ...

    def incident_record(self, incident: str) -> Record | None:
        """What was made of the circle of this incident, without codings; None for an unknown id."""
        ...

    def parties(
        self, name: str = "", kind: str = "", offset: int = 0, limit: int = 100
    ) -> tuple[Sequence[GistParty], int]:
        """Parties with this in one of their names, those of most reports first, and how many there are.

        They come without `names`. More than `MOST_COUNTED` are not counted.
        """
        ...

    def parties_of(self, ids: Collection[str]) -> Sequence[GistParty]:
        """The parties of these ids, without their names, those of most reports first."""
        ...

    def names_of(self, party: str, most: int) -> Mapping[str, int]:
        """How often each name of a party is used, in the `most` circles that name it in most reports."""
        ...

    def incidents_of(self, party: str, part: Part, limit: int) -> tuple[Sequence[Incident], int]:
        """The latest incidents that a party has this part in, by rising time, and how many it has."""
        ...

    def ties(self, incidents: Collection[Incident] | None, party: str | None, limit: int) -> Sequence[Tie]:
        """Ties as circles tell them, those of most reports first: of these incidents' claims, and with this
        party at one end; with neither, all."""
        ...
