"""The timeline: what happened when, as far as that is known, by place or by actor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.asking import word
from stemma.desk.awaiting import catalogue_or_page
from stemma.desk.catalogue import MOST_SAVED
from stemma.desk.drawing import page, report_address
from stemma.desk.filters import read_filters
from stemma.desk.saving import csv_answer, wants_csv
from stemma.export.sheets import Cell
from stemma.model import Incident
from stemma.show.story import StoryRow, make_timeline
from stemma.show.timeline import make_chart
from stemma.show.timeline_svg import timeline_svg

LANES: Final = {"place": "place", "actor": "who did it", "time": "time alone"}
SPANS: Final = {"main": "main days", "whole": "all days"}
COLUMNS: Final = (
    *("start", "end", "when", "incident", "type", "title", "place", "country", "actors"),
    *("reports", "outlets", "origins_low", "origins_likely", "origins_high", "disputes", "claims"),
)
MOST_ROWS: Final = 500
"""Rows of the table on the page; the saved table has all."""


def story_address(incident: str) -> str:
    """The address of an incident's story."""
    return f"/story/{quote(incident, safe='')}"


def tellers(incident: Incident) -> list[tuple[str, str]]:
    """Who tells of an incident: report and the address of its first claim of it, each report once."""
    found: dict[str, str] = {}
    for at in incident.claims:
        found.setdefault(at.report, report_address(at.report, at.claim))
    for report in incident.told:
        found.setdefault(report, report_address(report))
    return list(found.items())


def timeline(request: Request) -> Response:
    """The chart with its table."""
    filters, as_csv = read_filters(request), wants_csv(request)
    catalogue = catalogue_or_page(request, "Timeline")
    if isinstance(catalogue, Response):
        return catalogue
    by = word(request, "by", tuple(LANES)) or "place"
    span = word(request, "span", tuple(SPANS)) or "main"
    leaf = catalogue.incidents(filters, limit=MOST_SAVED if as_csv and catalogue.is_cut else None)
    record, incidents = leaf.record, {one.id: one for one in leaf.incidents}
    rows = make_timeline(record, list(incidents.values())).rows
    if as_csv:
        return csv_answer("timeline", COLUMNS, _cells(rows, incidents))
    chart = make_chart(
        record, list(incidents.values()), by, filters.since, filters.until, whole=span == "whole"
    )
    return page(
        request,
        "timeline.html",
        title="Timeline",
        filters=filters,
        chart=chart,
        svg=Markup(timeline_svg(chart, address=story_address)),
        rows=rows[:MOST_ROWS],
        total=len(rows),
        leaf=leaf,
        tellers={row.incident: tellers(incidents[row.incident]) for row in rows[:MOST_ROWS]},
        own={"by": by if by != "place" else "", "span": span if span != "main" else ""},
        by=by,
        span=span,
        lanes=LANES,
        spans=SPANS,
        story_address=story_address,
    )


def _cells(rows: Sequence[StoryRow], incidents: dict[str, Incident]) -> Iterator[list[Cell]]:
    for row in rows:
        claims = " ".join(f"{at.report}#{at.claim}" for at in incidents[row.incident].claims)
        yield [
            *(row.start, row.end, row.when, row.incident, row.type, row.title, row.place, row.country),
            *("; ".join(row.parties.get("actor", ())), len(row.told), "; ".join(row.outlets)),
            *(row.low, row.likely, row.high, "; ".join(row.disputes), claims),
        ]


ROUTES: Final = [Route("/timeline", timeline)]
