"""The map: where it happened, offline, as exact as reports tell it; what has no place is counted beside."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, word
from stemma.desk.awaiting import catalogue_or_page
from stemma.desk.catalogue import MOST_SAVED
from stemma.desk.drawing import page, with_query
from stemma.desk.filters import read_filters
from stemma.desk.pages.timeline import story_address, tellers
from stemma.desk.saving import csv_answer, wants_csv
from stemma.export.sheets import Cell
from stemma.show.map_svg import fitted, map_svg
from stemma.show.places_map import POLE, Box, PlacesMap, box_of, make_places_map

COLUMNS: Final = (
    *("incident", "type", "title", "start", "end", "place", "country", "latitude", "longitude"),
    *("precision_ucdp", "radius_km", "reports", "origins_low", "origins_high"),
)
WORLD: Final = Box(-170.0, -58.0, 178.0, 78.0)
PAN: Final = 0.3
ZOOM: Final = 2.0
MOST_ROWS: Final = 100
"""Spots, and incidents without a place, that the page lists; the saved table has all."""


def places_map(request: Request) -> Response:
    """The map with its list."""
    filters, as_csv = read_filters(request), wants_csv(request)
    catalogue = catalogue_or_page(request, "Map")
    if isinstance(catalogue, Response):
        return catalogue
    most = MOST_SAVED if as_csv and catalogue.is_cut else None
    leaf, beside = catalogue.by_place(filters, limit=most)
    incidents = {one.id: one for one in (*leaf.incidents, *beside.incidents)}
    codings = {one.report: one for one in (*leaf.record.codings, *beside.record.codings)}
    record = leaf.record.model_copy(update={"codings": tuple(codings.values())})
    view = make_places_map(record, list(incidents.values()))
    if as_csv:
        return csv_answer("map", COLUMNS, _cells(view))
    given = read_box(word(request, "bbox", longest=80))
    box = fitted(given or view.box or WORLD)
    drawn = map_svg(view, box, address=lambda index: f"#spot-{index}") if view.spots else ""
    query = filters.query()

    def to(other: Box | None) -> str:
        return "/map" + with_query({**query, "bbox": other.words() if other else ""})

    shown = view.spots[:MOST_ROWS]
    rows = [row for spot in shown for row in spot.rows] + list(view.unplaced[:MOST_ROWS])
    return page(
        request,
        "map.html",
        title="Map",
        filters=filters,
        view=view,
        leaf=leaf,
        beside=beside,
        shown=shown,
        svg=Markup(drawn),
        bbox=given.words() if given else "",
        buttons=_buttons(box, to),
        most=MOST_ROWS,
        tellers={row.incident: tellers(incidents[row.incident]) for row in rows},
        story_address=story_address,
    )


def _buttons(box: Box, to: Callable[[Box | None], str]) -> list[tuple[str, str, str, str]]:
    """Sign, name, keys and address of each button."""
    return [
        ("+", "closer", "+ =", to(box.zoomed(1 / ZOOM))),
        ("−", "further away", "- _", to(box.zoomed(ZOOM))),
        ("←", "west", "ArrowLeft", to(box.moved(-PAN, 0))),
        ("→", "east", "ArrowRight", to(box.moved(PAN, 0))),
        ("↑", "north", "ArrowUp", to(box.moved(0, PAN))),
        ("↓", "south", "ArrowDown", to(box.moved(0, -PAN))),
        ("⌂", "all", "0 Home", to(None)),
    ]


def read_box(words: str) -> Box | None:
    """The part of the earth that an address asks for; None where it asks for none. Raises `AskingError`."""
    if not words:
        return None
    try:
        west, south, east, north = (float(part) for part in words.split(","))
    except ValueError as error:
        raise AskingError("bbox is no part of a map; write west,south,east,north in degrees") from error
    if not all(map(math.isfinite, (west, south, east, north))):
        raise AskingError("bbox is no part of a map; write west,south,east,north in degrees")
    # What was widened to the sheet may reach over the edge of the earth; what is empty may not.
    if west >= east or south >= north or east <= -180 or west >= 180 or north <= -POLE or south >= POLE:
        raise AskingError("bbox is empty; write west,south,east,north in degrees, west before east")
    return box_of(west, south, east, north)


def _cells(view: PlacesMap) -> Iterator[list[Cell]]:
    for spot in view.spots:
        for row in spot.rows:
            yield [
                *(row.incident, row.type, row.title, row.start, row.end, spot.name, spot.country),
                *(
                    spot.latitude,
                    spot.longitude,
                    spot.precision,
                    spot.radius,
                    len(row.told),
                    row.low,
                    row.high,
                ),
            ]
    for row in view.unplaced:
        yield [
            *(row.incident, row.type, row.title, row.start, row.end, row.place, row.country),
            *(None, None, None, None, len(row.told), row.low, row.high),
        ]


ROUTES: Final = [Route("/map", places_map)]
