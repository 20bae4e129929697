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

from stemma.desk.asking import day, number, word
from stemma.desk.awaiting import catalogue_or_page
from stemma.desk.catalogue import DossierAsked, PartyPage, PartyRow
from stemma.desk.drawing import page, report_address
from stemma.desk.filters import read_filters
from stemma.desk.pages.network import claim_addresses, dossier_address
from stemma.desk.pages.timeline import story_address, tellers
from stemma.desk.saving import csv_answer, wants_csv
from stemma.export.sheets import Cell
from stemma.model import EntityKind, Party
from stemma.show.dossier import Dossier
from stemma.show.network import TieRow
from stemma.show.said import Saying
from stemma.show.story import StoryRow
from stemma.show.timeline import make_tie_chart
from stemma.show.timeline_svg import timeline_svg

PAGE: Final = 100
MOST_ROWS: Final = 100
"""Rows of one table of a dossier on the page; the saved table has all."""
MOST_SAVED_ROWS: Final = 2_000
"""Incidents of each part that a saved table of a large casebook has."""
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
    catalogue = catalogue_or_page(request, "Parties")
    if isinstance(catalogue, Response):
        return catalogue
    q, kind = word(request, "q"), word(request, "kind", KINDS)
    if wants_csv(request):
        columns = ("party", "kind", "reports", "names", "under")
        return csv_answer("parties", columns, _party_cells(catalogue.parties(q, kind, 0, None)[0]))
    at = number(request, "page", 1, 1, 100_000)
    found, total, kinds = catalogue.parties(q, kind, (at - 1) * PAGE, PAGE)
    return page(
        request,
        "entities.html",
        title="Parties",
        parties=found,
        total=total,
        asked={"q": q, "kind": kind},
        kinds=kinds,
        page=at,
        pages=max(1, -(-total // PAGE)),
        dossier=dossier_address,
    )


def _party_cells(parties: Sequence[PartyRow]) -> Iterator[list[Cell]]:
    for one in parties:
        yield [one.name, one.kind.value, one.reports, "; ".join(one.names), "; ".join(one.under)]


def dossier(request: Request) -> Response:
    """What the record says of one party, and who says so."""
    filters, as_csv = read_filters(request), wants_csv(request)
    catalogue = catalogue_or_page(request, "Dossier")
    if isinstance(catalogue, Response):
        return catalogue
    key = request.path_params["key"]
    party = catalogue.party(key)
    if party is None:
        raise HTTPException(404)
    if party.key != key:
        return RedirectResponse(dossier_address(party.key), 303)
    as_of = day(request, "as_of")
    with_units = word(request, "with_units", (YES,)) == YES
    asked = DossierAsked(with_units, as_of, MOST_SAVED_ROWS if as_csv else MOST_ROWS)
    whole = catalogue.dossier(party, filters, asked)
    view, record, said = whole.view, whole.record, whole.said
    if as_csv:
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
        namings=whole.namings,
        units=_units(whole),
        chart=chart,
        svg=Markup(timeline_svg(chart, "ties-picture")),
        sections=_sections(view),
        said=said[:MOST_ROWS],
        said_total=len(said),
        tellers={row.incident: tellers(incidents[row.incident]) for row in shown},
        claims=claim_addresses,
        alike=whole.alike,
        totals=whole.totals,
        cut=whole.cut,
        own={"as_of": str(as_of or ""), "with_units": YES if with_units else ""},
        most=MOST_ROWS,
        here=dossier_address(party.key),
        dossier=dossier_address,
        read=report_address,
        story_address=story_address,
    )


def _units(whole: PartyPage) -> list[Unit]:
    """The units with what is told of their belonging."""
    from stemma.model import ClaimType
    from stemma.show.network import make_tie_row

    keys = {unit.key for unit in whole.units}
    rows: dict[str, list[TieRow]] = {}
    for tie in whole.ties:
        if tie.type is ClaimType.PART_OF and tie.party in keys:
            rows.setdefault(tie.party, []).append(make_tie_row(whole.record, tie, None))
    return [
        Unit(
            party=unit,
            since=tuple(row.since for row in rows.get(unit.key, ()) if row.since),
            sentences=tuple(row.sentence for row in rows.get(unit.key, ()) if row.sentence),
        )
        for unit in whole.units
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
