"""The record for a page, or the page that says why there is none yet.

record = record_or_page(request, "Stories")
if isinstance(record, Response):
    return record
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from stemma.desk.asking import house_of
from stemma.desk.drawing import page
from stemma.desk.house import MOST_TO_MERGE
from stemma.model import Record


def record_or_page(request: Request, title: str) -> Record | Response:
    """The casebook's record; else a page: it is empty, or being merged, or too large to merge on the side."""
    house = house_of(request)
    if not house.reports():
        return _waiting(request, title, "empty")
    record, is_ready = house.record_soon()
    if not is_ready:
        return _waiting(request, title, "merging")
    if record is None:
        return _waiting(request, title, "large")
    return record


def _waiting(request: Request, title: str, why: str) -> Response:
    reports = house_of(request).reports()
    return page(request, "awaiting.html", title=title, why=why, reports=reports, most=MOST_TO_MERGE)
