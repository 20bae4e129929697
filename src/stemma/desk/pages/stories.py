"""Stories: the incidents with their independent origins; one of them with lineage, disputes and toll."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, house_of, number, word
from stemma.desk.awaiting import catalogue_or_page
from stemma.desk.catalogue import MOST_SAVED
from stemma.desk.drawing import page
from stemma.desk.filters import read_filters
from stemma.desk.house import House
from stemma.desk.saving import csv_answer, wants_csv
from stemma.desk.story_tables import STORIES, TABLES, story_cells
from stemma.model import Document, Record
from stemma.show.aligned import make_aligned
from stemma.show.incident import IncidentView, make_incident
from stemma.show.story import StoryOrder, StoryRow, make_row
from stemma.show.toll_plot import plot_toll
from stemma.show.tree_places import place_incident

PAGE: Final = 30
ORDERS: Final = {
    StoryOrder.TOLD.value: "most told",
    StoryOrder.NEWEST.value: "newest",
    StoryOrder.FEWEST.value: "fewest origins",
}
GONE: Final = (
    "There is no such incident in the record. Incidents are put together anew when reports are added or "
    "judged; look for it under Stories."
)
_LONGEST_ID: Final = 2000


def stories(request: Request) -> Response:
    """The list of incidents, as a page or as CSV."""
    filters = read_filters(request)
    order = word(request, "order", tuple(ORDERS)) or StoryOrder.TOLD.value
    number_of = number(request, "page", 1, 1, 100_000)
    as_csv = wants_csv(request)
    catalogue = catalogue_or_page(request, "Stories")
    if isinstance(catalogue, Response):
        return catalogue
    if as_csv:
        leaf = catalogue.incidents(filters, order=order, limit=MOST_SAVED if catalogue.is_cut else None)
        rows = (story_cells(make_row(leaf.record, incident)) for incident in leaf.incidents)
        return csv_answer("stories", STORIES, rows)
    leaf = catalogue.incidents(filters, order=order, offset=(number_of - 1) * PAGE, limit=PAGE)
    query = {**filters.query(), "order": "" if order == StoryOrder.TOLD.value else order}
    return page(
        request,
        "stories.html",
        title="Stories",
        rows=[make_row(leaf.record, incident) for incident in leaf.incidents],
        leaf=leaf,
        total=leaf.total,
        everything=leaf.everything,
        disputed=leaf.disputed,
        single=leaf.single,
        reports=house_of(request).reports(),
        filters=filters,
        query=query,
        order=order,
        orders=ORDERS,
        page=number_of,
        pages=max(1, -(-leaf.total // PAGE)),
    )


def story(request: Request) -> Response:
    """One incident, as a page; or one of its tables as CSV, named by `table`."""
    catalogue = catalogue_or_page(request, "Story")
    if isinstance(catalogue, Response):
        return catalogue
    asked = str(request.path_params["incident"])
    found = catalogue.story(asked)
    if found is None:
        return page(request, "fault.html", 404, title="Not found", what=GONE)
    record, incident, left_out = found
    view = make_incident(record, asked)
    if wants_csv(request):
        name = word(request, "table", tuple(TABLES)) or next(iter(TABLES))
        columns, rows = TABLES[name]
        return csv_answer(f"{asked}-{name}", columns, rows(view))
    return page(
        request,
        "story.html",
        title=view.row.title or asked,
        section="/stories",
        view=view,
        left_out=left_out,
        row=view.row,
        tree=place_incident(record, incident),
        plots=[(toll, plot_toll(toll)) for toll in view.tolls],
        claims=sum(len(telling.claims) for telling in view.tellings),
        edges=_edges(record, view),
    )


def _edges(record: Record, view: IncidentView) -> Sequence[tuple[str, str, str, str, bool, str]]:
    """The lineage of the incident's reports as rows: report, parent, how, credited, why."""
    labels = {telling.told.report: telling.told.label for telling in view.tellings}
    return [
        (edge.report, edge.parent, labels[edge.report], edge.kind.value, edge.credited, edge.reason)
        for edge in record.lineage.dependences
        if edge.report in labels and not edge.parent.startswith("source:") and edge.parent != edge.report
    ]


def passages(request: Request) -> Response:
    """How a report depends on others, by the words that both have; with `part`, without head and foot."""
    report = word(request, "report", longest=_LONGEST_ID)
    parent = word(request, "parent", longest=_LONGEST_ID)
    incident = word(request, "story", longest=100)
    part = word(request, "part", ("yes",)) == "yes"
    catalogue = catalogue_or_page(request, "Passages")
    if isinstance(catalogue, Response):
        return catalogue
    if not report and not parent:
        raise AskingError("report is missing: name one, or what it depends on (parent)")
    record = catalogue.lineage(report, parent, incident)
    documents = _Documents(house_of(request))
    found = list(make_aligned(record, documents, report or None, parent or None))
    if report and not parent:  # a report by itself: also who depends on it, and voices last
        found += make_aligned(record, documents, None, report)
    found.sort(key=lambda one: one.voice)
    values: dict[str, Any] = {
        "title": "Shared passages",
        "section": "/stories",
        "report": report,
        "asked": report or parent.partition(":")[2],
        "aligned": [one for one in found if not one.voice],
        "voices": [one for one in found if one.voice],
        "outlet": _outlet(record, report),
        "row": _row_of(record, incident),
    }
    return page(request, "aligned.html" if part else "passages.html", **values)


def _outlet(record: Record, report: str) -> str:
    return next((coding.outlet or "" for coding in record.codings if coding.report == report), "")


def _row_of(record: Record, incident: str) -> StoryRow | None:
    """The incident from whose page the passages were opened, to go back to."""
    found = next((one for one in record.incidents if one.id == incident), None)
    return make_row(record, found) if found else None


class _Documents:
    """The documents of the casebook by report id; None for one that is not held."""

    def __init__(self, house: House) -> None:
        self._house = house

    def __call__(self, report: str) -> Document | None:
        try:
            return self._house.store.document(report)
        except KeyError:
            return None


ROUTES: Final = [
    Route("/stories", stories),
    Route("/story/{incident}", story),
    Route("/passages", passages),
]
