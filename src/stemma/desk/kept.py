"""The catalogue of a large casebook: what `stemma merge` keeps, read by circle, as far as a page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from stemma.desk.catalogue import MOST_DRAWN, DossierAsked, Leaf, PartyPage, PartyRow, Ties
from stemma.desk.filters import Filters
from stemma.desk.house import House
from stemma.merge.entities import above, below
from stemma.merge.judgements import apply_judgements
from stemma.merge.protocol import Held
from stemma.merge.ties_joined import join_ties
from stemma.model import Coding, EntityAt, EntityKind, Incident, Lineage, Party, Record, Tie
from stemma.show.dossier import Dossier, dossier_of_ties, plain, units_of
from stemma.show.said import Naming, Saying, make_said
from stemma.show.story import make_row
from stemma.store import Query, ShelfQuery, Store
from stemma.store.fold import fold
from stemma.store.listing import GistParty, IncidentQuery, Incidents, Part, Unmerged

MOST_TOLD: Final = 40
"""Reports of one incident whose claims its page shows; each has to be read whole, which takes 2 ms."""
MOST_TIES: Final = 250
"""Ties of a network: to lay out more than some 250 parties takes longer than a page may."""
MOST_TIE_INCIDENTS: Final = 300
MOST_OF_PARTY: Final = 100
"""Ties of one party that its dossier shows."""
MOST_UNITS: Final = 12
MOST_SAID: Final = 60
"""Reports with claims on a party's word that its dossier looks at."""
MOST_PLACED: Final = 500
"""Incidents with a place, and without, that a map counts: no index has that, so that each has to be read."""
CIRCLES_NAMED: Final = 200
"""Circles whose names of a party are counted, those that name it in most reports."""
NAMES_LISTED: Final = 20
"""Circles whose names of a party are looked at in the list of parties."""
ALIKE: Final = 12
_PARTS: Final = (("did", Part.DID), ("suffered", Part.SUFFERED), ("named", Part.NAMED))


@dataclass(slots=True)
class Kept:
    """A `Catalogue` on the kept record of `house.store`."""

    house: House
    unmerged: Unmerged
    is_cut: bool = True

    @property
    def behind(self) -> Unmerged | None:
        """What is not merged yet; None where all is."""
        state = self.unmerged
        return state if state.reports or state.judgements or state.maker != self.house.maker else None

    @property
    def _store(self) -> Store:
        return self.house.store

    def incidents(
        self,
        filters: Filters,
        *,
        order: str = "told",
        offset: int = 0,
        limit: int | None = None,
    ) -> Leaf:
        """Incidents without ties, a page of them."""
        most = MOST_DRAWN if limit is None else limit
        found = self._store.incidents(replace(asked_of(filters), order=order, offset=offset, limit=most))
        everything = found.total if filters.is_open else self._everything()
        return _leaf(found, everything, heads(self._store, _told_by(found)))

    def by_place(self, filters: Filters, limit: int | None = None) -> tuple[Leaf, Leaf]:
        """Incidents that have a point on the earth, and those that have none; those told most of each."""
        most = MOST_DRAWN if limit is None else limit
        asked = replace(asked_of(filters), limit=most, counted=max(MOST_PLACED, most))
        placed, others = self._store.incidents_by_place(asked)
        everything = self._everything()
        told = heads(self._store, _told_by(placed) | _told_by(others))
        return _leaf(placed, everything, told), _leaf(others, everything, told)

    def _everything(self) -> int:
        state = (self.unmerged, self.house.reports())
        return self.house.keep(
            "everything", state, lambda: self._store.incidents(IncidentQuery(limit=0)).total
        )

    def story(self, incident: str) -> tuple[Record, Incident, int] | None:
        """An incident with its circle; claims of `MOST_TOLD` of its reports."""
        record = self._store.incident_record(incident)
        found = next((one for one in record.incidents if one.id == incident), None) if record else None
        if record is None or found is None:
            return None
        whole = found.reports[:MOST_TOLD]
        judged = self._judged(whole)
        reports = {*found.reports, *_reports_in(record.lineage)} - set(whole)
        parts = {one.id for one in record.incidents if one.part_of == incident} | {found.part_of}
        codings = (*judged, *heads(self._store, reports))
        kept = tuple(one for one in record.incidents if one.id == incident or one.id in parts)
        return (
            record.model_copy(update={"codings": codings, "incidents": kept}),
            found,
            len(found.reports) - len(whole),
        )

    def _judged(self, reports: Iterable[str]) -> tuple[Coding, ...]:
        held = [Held(self._store.document(one), self._store.coding(one)) for one in reports]
        judgements = [one for each in held for one in self.house.judgements(each.report)]
        return tuple(one.coding for one in apply_judgements(held, judgements).held)

    def lineage(self, report: str, parent: str, story: str) -> Record:
        """The circle of the report, of its parent, or of the story from whose page was asked."""
        record = self._store.merged_with(report) if report else None
        if record is None and story:
            record = self._store.incident_record(story)
        record = record or self._store.merged_with(parent) or Record()
        near = {one for one in (report, parent) if one}
        edges = [one for one in record.lineage.dependences if near & {one.report, one.parent}]
        reports = {name for one in edges for name in (one.report, one.parent)} | near
        incidents = tuple(one for one in record.incidents if one.id == story)
        told = {name for one in incidents for name in one.reports}
        codings = heads(self._store, reports | told)
        return record.model_copy(update={"codings": codings, "incidents": incidents})

    def ties(self, filters: Filters) -> Ties:
        """Ties with a claim that the filters ask for, those of most reports first."""
        if filters.is_open:
            told: Sequence[Tie] = self._store.ties(None, None, MOST_TIES)
            cut = len(told) == MOST_TIES
        else:
            # Nobody is told how many there are: only whether there are more than are read.
            most = MOST_TIE_INCIDENTS
            found = self._store.incidents(replace(asked_of(filters), ties=True, limit=most, counted=most))
            told = self._store.ties(found.rows, None, MOST_TIES + 1)
            cut = found.more or len(told) > MOST_TIES
        ties = join_ties(told[:MOST_TIES])
        return self._with_parties(ties, cut=cut)

    def _with_parties(self, ties: Sequence[Tie], *, cut: bool) -> Ties:
        parties = self._store.parties_of({key for tie in ties for key in (tie.party, tie.other)})
        reports = {report for tie in ties for report in tie.reports}
        return Ties(
            record=Record(codings=heads(self._store, reports)),
            parties=tuple(map(party_of, parties)),
            ties=tuple(ties),
            counts={party.id: party.reports for party in parties},
            cut=cut,
        )

    def parties(
        self, name: str, kind: str, offset: int, limit: int | None
    ) -> tuple[Sequence[PartyRow], int, Sequence[str]]:
        """Parties, those of most reports first; of names the most used."""
        found, total = self._store.parties(name, kind, offset, 5_000 if limit is None else limit)
        rows = [
            PartyRow(
                key=one.id,
                name=one.name,
                kind=one.kind,
                names=tuple(self._store.names_of(one.id, NAMES_LISTED)),
                reports=one.reports,
                under=above(one.id),
            )
            for one in found
        ]
        return rows, total, sorted(kind.value for kind in EntityKind)

    def party(self, key: str) -> Party | None:
        """The party of this key, else the one that bears it as a name."""
        if found := self._store.parties_of([key]):
            return party_of(found[0])
        rows, _ = self._store.parties(key, limit=ALIKE)
        for one in rows:
            if plain(key) in {
                plain(name) for name in (one.name, *self._store.names_of(one.id, NAMES_LISTED))
            }:
                return party_of(one)
        return None

    def dossier(self, party: Party, filters: Filters, asked: DossierAsked) -> PartyPage:
        """All that the page of a party shows: its latest incidents, its ties told most."""
        own = list(self._store.ties(None, party.key, MOST_OF_PARTY))
        near = {key for tie in own for key in (tie.party, tie.other)} | set(below(party.key))
        table = {one.id: party_of(one) for one in self._store.parties_of(near | {party.key})}
        units = units_of(party, table.values(), own)[:MOST_UNITS]
        whole = [party, *units] if asked.with_units else [party]
        if asked.with_units:
            for unit in units:
                own += self._store.ties(None, unit.key, MOST_OF_PARTY // 10)
        ties = join_ties(own)
        parts = {name: self._part(whole, part, filters, asked.limit) for name, part in _PARTS}
        incidents = tuple({one.id: one for rows, _ in parts.values() for one in rows}.values())
        reports = {report for one in incidents for report in one.reports}
        reports |= {report for tie in ties for report in tie.reports}
        record = Record(codings=heads(self._store, reports), incidents=incidents)
        named = self._store.names_of(party.key, CIRCLES_NAMED)
        counts = {one.id: one.reports for one in self._store.parties_of([one.key for one in whole])}
        keys = {one.key for one in whole}
        over, members, others = dossier_of_ties(record, keys, ties, asked.as_of)
        rows = {name: tuple(make_row(record, one) for one in found) for name, (found, _) in parts.items()}
        alike = [party_of(one) for one in self._store.parties(party.name, limit=ALIKE)[0]]
        view = Dossier(
            name=party.name,
            kind=party.kind.value,
            names=tuple(named),
            units=tuple(unit.name for unit in units),
            reports=counts.get(party.key, 0),
            over=over,
            members=members,
            ties=others,
            did=rows["did"],
            suffered=rows["suffered"],
            named=rows["named"],
            alike=(),
        )
        return PartyPage(
            party=party,
            view=view,
            namings=tuple(Naming(name, (), (), count) for name, count in named.items()),
            units=tuple(units),
            said=self._said(whole),
            alike=tuple(one for one in alike if one.key != party.key),
            record=record,
            ties=tuple(ties),
            totals={name: total for name, (_, total) in parts.items()},
            cut=len(own) >= MOST_OF_PARTY,
        )

    def _part(
        self, parties: Sequence[Party], part: Part, filters: Filters, limit: int
    ) -> tuple[list[Incident], int]:
        """The latest incidents in which one of these has this part, and how many there are at most."""
        found: dict[str, Incident] = {}
        total = 0
        for party in parties:
            if filters.is_open:
                rows, count = self._store.incidents_of(party.key, part, limit)
            else:
                asked = replace(asked_of(filters), part=(party.key, part), order="newest", limit=limit)
                page = self._store.incidents(asked)
                rows, count = page.rows[::-1], page.total
            found |= {one.id: one for one in rows}
            total += count
        by_time = sorted(found.values(), key=lambda one: (_start(one), one.id))
        return by_time[-limit:], total

    def _said(self, parties: Sequence[Party]) -> tuple[Saying, ...]:
        """What rests on the word of these, of some reports: a source is known by its name here."""
        at: dict[str, list[EntityAt]] = {}
        codings: dict[str, Coding] = {}
        for party in parties:
            names = {fold(name) for name in (party.name, *self._store.names_of(party.key, NAMES_LISTED))}
            for coding in self._store.codings(Query(source=party.name, limit=MOST_SAID)):
                codings.setdefault(coding.report, coding)
                at.setdefault(party.key, []).extend(
                    EntityAt(report=coding.report, entity=entity.id)
                    for entity in coding.entities
                    if names & {fold(" ".join(name.split())) for name in (entity.label, *entity.names)}
                )
        known = [party.model_copy(update={"at": tuple(at.get(party.key, ()))}) for party in parties]
        return make_said(Record(codings=tuple(codings.values())), known)


def asked_of(filters: Filters) -> IncidentQuery:
    """The question to the store: words are looked for in what one claim says."""
    query = replace(filters.asking().query, text=filters.q or None)
    return IncidentQuery(query, disputed=filters.disputed, single=filters.single)


def party_of(one: GistParty) -> Party:
    """A party without the places where it is named, which are too many to read."""
    return Party(key=one.id, name=one.name, kind=one.kind, under=above(one.id))


def heads(store: Store, reports: Collection[str]) -> tuple[Coding, ...]:
    """What lists show of reports: outlet, day and title, as codings without claims; unknown ids have none."""
    rows = store.shelf(ShelfQuery(among=tuple(reports), limit=len(reports))).rows if reports else ()
    return tuple(
        Coding(
            report=row.id, outlet=row.outlet, published=row.published, title=row.title, language=row.language
        )
        for row in rows
    )


def _told_by(found: Incidents) -> set[str]:
    return {report for one in found.rows for report in one.reports}


def _leaf(found: Incidents, everything: int, told: Sequence[Coding]) -> Leaf:
    """The leaf with the heads of its own reports, of those that are `told`."""
    reports = _told_by(found)
    own = tuple(one for one in told if one.report in reports)
    return Leaf(
        record=Record(codings=own, incidents=found.rows),
        incidents=found.rows,
        total=found.total,
        everything=everything,
        disputed=found.disputed,
        single=found.single,
        more=found.more,
    )


def _reports_in(lineage: Lineage) -> set[str]:
    held = (name for one in lineage.dependences for name in (one.report, one.parent))
    return {name for name in held if not name.startswith(("outlet:", "source:"))}


def _start(incident: Incident) -> str:
    return (incident.time and (incident.time.start or incident.time.end)) or "9"
