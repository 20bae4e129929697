"""The record for a page, or the page that says why there is none yet.

catalogue = catalogue_or_page(request, "Stories")
if isinstance(catalogue, Response):
    return catalogue
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from stemma.desk.asking import house_of
from stemma.desk.catalogue import Catalogue
from stemma.desk.drawing import page
from stemma.desk.house import MOST_TO_MERGE, SOON, House
from stemma.desk.kept import Kept
from stemma.desk.whole import Whole


def catalogue_of(house: House, wait: float = SOON) -> Catalogue | str:
    """The record as pages read it; else why there is none yet: `empty`, `merging` or `large`."""
    reports = house.reports()
    if not reports:
        return "empty"
    if reports > MOST_TO_MERGE:
        state = house.store.unmerged()
        return Kept(house, state) if state.maker else "large"
    record, is_ready = house.record_soon(wait)
    return Whole(house, record) if is_ready and record is not None else "merging"


def catalogue_or_page(request: Request, title: str) -> Catalogue | Response:
    """The record; else a page: the casebook is empty, or being merged, or `stemma merge` is to be run."""
    house = house_of(request)
    found = catalogue_of(house)
    if not isinstance(found, str):
        request.state.behind = found.behind
        return found
    reports = house.reports()
    return page(request, "awaiting.html", title=title, why=found, reports=reports, most=MOST_TO_MERGE)
