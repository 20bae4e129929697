"""The dossier of a party, and the list of parties that leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from stemma.desk.asking import day, house_of, number, word
from stemma.desk.awaiting import record_or_page
from stemma.desk.drawing import page, report_address
from stemma.desk.filters import read_filters
from stemma.desk.pages.network import claim_addresses, dossier_address
from stemma.desk.pages.timeline import story_address, tellers
from stemma.desk.recordings import Known, known_of
from stemma.desk.saving import csv_answer, wants_csv
from stemma.export.sheets import Cell
from stemma.model import EntityKind, Party, Record
from stemma.show.dossier import Dossier, find_parties, make_dossier, plain, units_of
from stemma.show.network import TieRow
from stemma.show.said import Saying, make_namings, make_said
from stemma.show.story import StoryRow
from stemma.show.timeline import make_tie_chart
from stemma.show.timeline_svg import timeline_svg

PAGE: Final = 100
MOST_ROWS: Final = 100
"""Rows of one table of a dossier on the page; the saved table has all."""
ALIKE: Final = 12
KINDS: Final = tuple(kind.value for kind in EntityKind)
YES: Final = "yes"
INCIDENT_COLUMNS: Final = (
    "part",
    "incident",
    "type",
    "title",
    "start",
    "end",
    "place",
    "reports",
    "low",
    "high",
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under a party: since when by the ties that say so, and its own dossier."""

    party: Party
    since: tuple[str, ...]
    sentences: tuple[str, ...]


def entities(request: Request) -> Response:
    """The parties of the record, searched by any of their names."""
    house = house_of(request)
    record = record_or_page(request, "Parties")
    if isinstance(record, Response):
        return record
    known = known_of(house, record)
    q, kind = word(request, "q"), word(request, "kind", KINDS)
    found = find_parties(known.parties, q) if q else list(known.parties)
    found = [party for party in found if not kind or party.kind.value == kind]
    if wants_csv(request):
        columns = ("party", "kind", "reports", "names", "under")
        return csv_answer("parties", columns, _party_cells(found, known))
    at = number(request, "page", 1, 1, 100_000)
    return page(
        request,
        "entities.html",
        title="Parties",
        parties=found[(at - 1) * PAGE : at * PAGE],
        total=len(found),
        asked={"q": q, "kind": kind},
        kinds=sorted({party.kind.value for party in known.parties}),
        page=at,
        pages=max(1, -(-len(found) // PAGE)),
        dossier=dossier_address,
    )


def _party_cells(parties: Sequence[Party], known: Known) -> Iterator[list[Cell]]:
    names = {party.key: party.name for party in known.parties}
    for party in parties:
        under = "; ".join(names.get(key, key) for key in party.under)
        yield [party.name, party.kind.value, len(_reports(party)), "; ".join(party.names), under]


def _reports(party: Party) -> set[str]:
    return {at.report for at in party.at}


def dossier(request: Request) -> Response:
    """What the record says of one party, and who says so."""
    filters, house = read_filters(request), house_of(request)
    record = record_or_page(request, "Dossier")
    if isinstance(record, Response):
        return record
    known = known_of(house, record)
    key = request.path_params["key"]
    party = known.party(key)
    if party is None:
        found = find_parties(known.parties, key)
        if found and plain(key) in (plain(name) for name in (found[0].name, *found[0].names)):
            return RedirectResponse(dossier_address(found[0].key), 303)
        raise HTTPException(404)
    as_of = day(request, "as_of")
    with_units = word(request, "with_units", (YES,)) == YES
    if not filters.is_open:
        record = record.model_copy(update={"incidents": tuple(filters.choose(house, record))})
    units = units_of(party, known.parties, known.ties)
    view = make_dossier(record, party, known.parties, known.ties, with_units=with_units, as_of=as_of)
    said = make_said(record, [party, *units] if with_units else [party])
    if wants_csv(request):
        return _table(word(request, "table", tuple(TABLES)) or "incidents", view, said)
    chart = make_tie_chart(
        (("Members and leaders", view.members), ("What it belongs to", view.over), ("Other ties", view.ties))
    )
    incidents = {one.id: one for one in record.incidents}
    shown = [*view.did[:MOST_ROWS], *view.suffered[:MOST_ROWS], *view.named[:MOST_ROWS]]
    return page(
        request,
        "dossier.html",
        title=party.name,
        filters=filters,
        party=party,
        view=view,
        namings=make_namings(record, party),
        units=_units(view, units, known, record),
        chart=chart,
        svg=Markup(timeline_svg(chart, "ties-picture")),
        sections=_sections(view),
        said=said[:MOST_ROWS],
        said_total=len(said),
        tellers={row.incident: tellers(incidents[row.incident]) for row in shown},
        claims=claim_addresses,
        alike=[one for one in find_parties(known.parties, party.name) if one.key != party.key][:ALIKE],
        own={"as_of": str(as_of or ""), "with_units": YES if with_units else ""},
        most=MOST_ROWS,
        here=dossier_address(party.key),
        dossier=dossier_address,
        read=report_address,
        story_address=story_address,
    )


def _units(view: Dossier, units: Sequence[Party], known: Known, record: Record) -> list[Unit]:
    """The units with what is told of their belonging."""
    from stemma.model import ClaimType
    from stemma.show.network import make_tie_row

    keys = {unit.key for unit in units}
    rows: dict[str, list[TieRow]] = {}
    for tie in known.ties:
        if tie.type is ClaimType.PART_OF and tie.party in keys:
            rows.setdefault(tie.party, []).append(make_tie_row(record, tie, None))
    return [
        Unit(
            party=unit,
            since=tuple(row.since for row in rows.get(unit.key, ()) if row.since),
            sentences=tuple(row.sentence for row in rows.get(unit.key, ()) if row.sentence),
        )
        for unit in units
    ]


def _sections(view: Dossier) -> list[tuple[str, str, tuple[StoryRow, ...]]]:
    """Id, heading and rows of the tables of incidents."""
    return [
        ("did", "What it did", view.did),
        ("suffered", "What was done to it", view.suffered),
        ("named", "Where else it is named", view.named),
    ]


def _incident_cells(view: Dossier, said: Sequence[Saying]) -> Iterator[list[Cell]]:
    for part, _, rows in _sections(view):
        for row in rows:
            yield [
                *(part, row.incident, row.type, row.title, row.start, row.end, row.place),
                *(len(row.told), row.low, row.high),
            ]


def _tie_cells(view: Dossier, said: Sequence[Saying]) -> Iterator[list[Cell]]:
    for part, rows in (("member", view.members), ("over", view.over), ("tie", view.ties)):
        for row in rows:
            yield [
                *(part, row.party, row.verb, row.other, "; ".join(row.titles), row.start, row.end),
                *(row.since, row.standing.value, row.sentence, " ".join(row.claims)),
            ]


def _said_cells(view: Dossier, said: Sequence[Saying]) -> Iterator[list[Cell]]:
    for one in said:
        place = "ultimate source" if one.is_first else "passes on"
        day_told = str(one.published or "")
        yield [one.report, one.claim, one.outlet, day_told, one.type, place, one.hedge, one.evidence]


Cells = Callable[[Dossier, Sequence[Saying]], Iterator[list[Cell]]]
TABLES: Final[dict[str, tuple[tuple[str, ...], Cells]]] = {
    "incidents": (INCIDENT_COLUMNS, _incident_cells),
    "ties": (
        ("part", "party", "tie", "other", "titles", "start", "end", "when", "standing", "origins", "claims"),
        _tie_cells,
    ),
    "said": (("report", "claim", "outlet", "published", "type", "place", "hedge", "evidence"), _said_cells),
}


def _table(name: str, view: Dossier, said: Sequence[Saying]) -> Response:
    columns, cells = TABLES[name]
    return csv_answer(f"{view.name}-{name}", columns, cells(view, said))


ROUTES: Final = [Route("/entities", entities), Route("/dossier/{key:path}", dossier)]
