"""The network: parties and their ties as of a day, by kind and by whose word; units can be folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, day, word
from stemma.desk.awaiting import catalogue_or_page
from stemma.desk.drawing import page, report_address, with_query
from stemma.desk.filters import read_filters
from stemma.desk.saving import csv_answer, wants_csv
from stemma.export.sheets import Cell
from stemma.show.graph import Graph, make_graph
from stemma.show.network_svg import Addresses, network_svg

UNITS: Final = {"shown": "shown", "folded": "folded"}
WIDEST: Final = 1600
"""Pixels up to which the picture is made as wide as the page: its letters then have 10 pixels on a laptop."""
_WIDTH: Final = re.compile(r'\bwidth="([0-9.]+)"')
MOST_TURNED: Final = 100
"""Parties folded or unfolded one by one in an address."""

COLUMNS: Final = (
    *("party", "tie", "other", "titles", "start", "end", "first_told", "last_told", "standing", "hedged"),
    *("origins", "denied_by", "reports", "claims"),
)


def dossier_address(key: str) -> str:
    """The address of a party's dossier."""
    return f"/dossier/{quote(key, safe='')}"


def claim_addresses(claims: tuple[str, ...]) -> list[tuple[str, str]]:
    """Claims (as `report#c1`) with the addresses at which they are read."""
    parts = [claim.rpartition("#") for claim in claims]
    return [(f"{report} {claim}", report_address(report, claim)) for report, _, claim in parts]


def network(request: Request) -> Response:
    """The picture with its table of ties."""
    filters = read_filters(request)
    catalogue = catalogue_or_page(request, "Network")
    if isinstance(catalogue, Response):
        return catalogue
    as_of = day(request, "as_of")
    folded = word(request, "units", tuple(UNITS)) == "folded"
    turned = _turned(request)
    told = catalogue.ties(filters)
    graph = make_graph(
        told.record, told.parties, told.ties, as_of, folded=folded, but=turned, counts=told.counts
    )
    if wants_csv(request):
        return csv_answer("network", COLUMNS, _cells(graph))
    own: dict[str, Any] = {
        "as_of": str(as_of or ""),
        "units": "folded" if folded else "",
        "turn": sorted(turned),
    }

    def fold(key: str) -> str:
        return "/network" + with_query({**filters.query(), **own, "turn": sorted(turned ^ {key})})

    to = Addresses(dossier_address, fold, lambda index: f"#tie-{index}")
    drawn = network_svg(graph, to=to)
    return page(
        request,
        "network.html",
        title="Network",
        filters=filters,
        graph=graph,
        svg=Markup(drawn),
        fits=float(width[1]) <= WIDEST if (width := _WIDTH.search(drawn)) else True,
        steps=(graph.last - graph.first).days if graph.first and graph.last else 0,
        step=_step(graph),
        own=own,
        folded=folded,
        units=UNITS,
        claims=[claim_addresses(row.claims) for row in graph.ties],
        parties={party.key for party in told.parties},
        cut=told.cut,
        keys=graph.ends,
        dossier=dossier_address,
    )


def _turned(request: Request) -> set[str]:
    """The parties that are folded or unfolded one by one."""
    keys = request.query_params.getlist("turn")
    if len(keys) > MOST_TURNED or any(len(key) > 300 for key in keys):
        raise AskingError(f"turn names more than {MOST_TURNED} parties, or too long a one")
    return {key for key in keys if key}


def _step(graph: Graph) -> int:
    """Where the slider stands: days after the first that anything is told of."""
    if not graph.first or not graph.last:
        return 0
    at = graph.as_of or graph.last
    return min(max(0, (at - graph.first).days), (graph.last - graph.first).days)


def _cells(graph: Graph) -> Iterator[list[Cell]]:
    for row in graph.ties:
        yield [
            *(row.party, row.verb, row.other, "; ".join(row.titles), row.start, row.end),
            *(
                str(row.first_told or ""),
                str(row.last_told or ""),
                row.standing.value,
                row.hedged,
                row.sentence,
            ),
            *("; ".join(row.denied_by), len(row.told), " ".join(row.claims)),
        ]


ROUTES: Final = [Route("/network", network)]
