"""The catalogue of a small casebook: its record, merged whole and held in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from stemma.desk.catalogue import DossierAsked, Leaf, PartyPage, PartyRow, Ties
from stemma.desk.filters import Filters
from stemma.desk.house import House
from stemma.desk.recordings import Known, known_of
from stemma.model import Incident, Party, Record
from stemma.show.dossier import find_parties, make_dossier, plain, units_of
from stemma.show.said import make_namings, make_said
from stemma.show.story import StoryOrder, order_incidents

ALIKE = 12


@dataclass(slots=True)
class Whole:
    """A `Catalogue` on a record that holds everything."""

    house: House
    record: Record
    behind: None = None
    is_cut: bool = False

    @property
    def known(self) -> Known:
        """The parties and ties of the record."""
        return known_of(self.house, self.record)

    def incidents(
        self,
        filters: Filters,
        *,
        order: str = "told",
        offset: int = 0,
        limit: int | None = None,
    ) -> Leaf:
        """Incidents without ties."""
        chosen = filters.choose(self.house, self.record)
        return self._leaf(order_incidents(self.record, chosen, StoryOrder(order)), offset, limit)

    def by_place(self, filters: Filters, limit: int | None = None) -> tuple[Leaf, Leaf]:
        """Incidents that have a point on the earth, and those that have none."""
        found = order_incidents(self.record, filters.choose(self.house, self.record))
        placed, others = ([one for one in found if _has_point(one) is wanted] for wanted in (True, False))
        return self._leaf(placed, 0, limit), self._leaf(others, 0, limit)

    def _leaf(self, found: Sequence[Incident], offset: int, limit: int | None) -> Leaf:
        return Leaf(
            record=self.record,
            incidents=tuple(found[offset:] if limit is None else found[offset : offset + limit]),
            total=len(found),
            everything=sum(not one.type.is_tie for one in self.record.incidents),
            disputed=sum(bool(one.disputes) for one in found),
            single=sum(one.origins.low <= 1 for one in found),
        )

    def story(self, incident: str) -> tuple[Record, Incident, int] | None:
        """An incident with the whole record."""
        found = next((one for one in self.record.incidents if one.id == incident), None)
        return (self.record, found, 0) if found else None

    def lineage(self, report: str, parent: str, story: str) -> Record:
        """The whole record."""
        return self.record

    def ties(self, filters: Filters) -> Ties:
        """The ties with a claim that the filters ask for."""
        known = self.known
        if filters.is_open:
            return Ties(self.record, known.parties, known.ties)
        chosen = filters.choose(self.house, self.record)
        asked = {(at.report, at.claim) for one in chosen for at in one.claims}
        ties = tuple(
            tie
            for tie in known.ties
            if any((at.report, at.claim) in asked for at in (*tie.claims, *tie.denials))
        )
        return Ties(self.record, known.parties, ties)

    def parties(
        self, name: str, kind: str, offset: int, limit: int | None
    ) -> tuple[Sequence[PartyRow], int, Sequence[str]]:
        """Parties, those of most reports first."""
        known = self.known
        found = find_parties(known.parties, name) if name else list(known.parties)
        found = [party for party in found if not kind or party.kind.value == kind]
        called = {party.key: party.name for party in known.parties}
        shown = found[offset:] if limit is None else found[offset : offset + limit]
        kinds = sorted({party.kind.value for party in known.parties})
        rows = [
            PartyRow(
                key=party.key,
                name=party.name,
                kind=party.kind,
                names=party.names,
                reports=len({at.report for at in party.at}),
                under=tuple(called.get(key, key) for key in party.under),
            )
            for party in shown
        ]
        return rows, len(found), kinds

    def party(self, key: str) -> Party | None:
        """The party of this key, else the one that bears it as a name."""
        if found := self.known.party(key):
            return found
        alike = find_parties(self.known.parties, key)
        if alike and plain(key) in (plain(name) for name in (alike[0].name, *alike[0].names)):
            return alike[0]
        return None

    def dossier(self, party: Party, filters: Filters, asked: DossierAsked) -> PartyPage:
        """All that the page of a party shows."""
        known, record = self.known, self.record
        if not filters.is_open:
            record = record.model_copy(update={"incidents": tuple(filters.choose(self.house, record))})
        units = units_of(party, known.parties, known.ties)
        view = make_dossier(
            record, party, known.parties, known.ties, with_units=asked.with_units, as_of=asked.as_of
        )
        alike = [one for one in find_parties(known.parties, party.name) if one.key != party.key]
        return PartyPage(
            party=party,
            view=view,
            namings=make_namings(record, party),
            units=tuple(units),
            said=make_said(record, [party, *units] if asked.with_units else [party]),
            alike=tuple(alike[:ALIKE]),
            record=record,
            ties=known.ties,
            totals={"did": len(view.did), "suffered": len(view.suffered), "named": len(view.named)},
        )


def _has_point(incident: Incident) -> bool:
    place = incident.place
    return bool(place and place.latitude is not None and place.longitude is not None)
