"""The record by HTTP: incidents, lineage, disputes, timeline, network, parties; as the pages read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, day, house_of, number, word
from stemma.desk.awaiting import catalogue_of
from stemma.desk.catalogue import Catalogue, DossierAsked, Leaf, only_these
from stemma.desk.filters import read_filters
from stemma.model import EntityKind, Incident
from stemma.show.graph import make_graph
from stemma.show.story import StoryOrder, StoryRow, make_row

MOST: Final = 500
PATIENT: Final = 20.0
"""Seconds that a call waits for the first record of a small casebook."""
WHY: Final = {
    "empty": "the casebook is empty: run stemma add",
    "merging": "the record is being merged: ask again in a moment",
    "large": "nothing is merged yet: run stemma merge",
}
ORDERS: Final = tuple(order.value for order in StoryOrder)
KINDS: Final = tuple(kind.value for kind in EntityKind)

Told = dict[str, Any]


def _answers(make: Callable[[Request, Catalogue], Told | None]) -> Callable[[Request], Response]:
    """An endpoint: what `make` says, and how far the record is behind; 404 for None, 503 without a record."""

    @wraps(make)
    def endpoint(request: Request) -> Response:
        found = catalogue_of(house_of(request), PATIENT)
        if isinstance(found, str):
            return JSONResponse({"error": WHY[found]}, 503, headers={"Retry-After": "5"})
        told = make(request, found)
        if told is None:
            return JSONResponse({"error": "there is no such incident or party in the record"}, 404)
        behind = found.behind
        missing = {"reports": behind.reports, "judgements": behind.judgements} if behind else None
        return JSONResponse({**told, "unmerged": missing})

    return endpoint


def _page(request: Request, catalogue: Catalogue, order: str, limit: int = 50) -> Leaf:
    return catalogue.incidents(
        read_filters(request),
        order=order,
        offset=number(request, "offset", 0, 0, 10**9),
        limit=number(request, "limit", limit, 1, MOST),
    )


def _order(request: Request) -> str:
    return word(request, "order", ORDERS) or StoryOrder.TOLD.value


@_answers
def incidents(request: Request, catalogue: Catalogue) -> Told:
    """A page of the incidents."""
    leaf = _page(request, catalogue, _order(request))
    rows = [_row(make_row(leaf.record, one)) for one in leaf.incidents]
    return {"incidents": rows, "total": leaf.total, "more": leaf.more}


@_answers
def timeline(request: Request, catalogue: Catalogue) -> Told:
    """A page of the incidents, the latest first."""
    leaf = _page(request, catalogue, StoryOrder.NEWEST.value)
    rows = [_row(make_row(leaf.record, one)) for one in leaf.incidents]
    return {"incidents": rows, "total": leaf.total, "more": leaf.more}


def _row(row: StoryRow) -> Told:
    """One incident for a list."""
    plain = {
        name: getattr(row, name)
        for name in ("type", "title", "start", "end", "when", "place", "country", "low", "likely", "high")
    }
    return {
        "id": row.incident,
        **plain,
        "sentence": row.sentence,
        "parties": {role: list(names) for role, names in row.parties.items()},
        "reports": [one.report for one in row.told],
        "outlets": list(row.outlets),
        "disputes": list(row.disputes),
        "part_of": row.part_of,
    }


@_answers
def disputes(request: Request, catalogue: Catalogue) -> Told | None:
    """The disputes of one incident, or of a page of the disputed incidents."""
    if asked := word(request, "incident"):
        found = catalogue.story(asked)
        if found is None:
            return None
        return {"disputes": _disputes(found[1]), "total": 1, "more": False}
    filters = read_filters(request)
    leaf = catalogue.incidents(
        filters.only_disputed(),
        offset=number(request, "offset", 0, 0, 10**9),
        limit=number(request, "limit", 50, 1, MOST),
    )
    told = [one for incident in leaf.incidents for one in _disputes(incident)]
    return {"disputes": told, "total": leaf.total, "more": leaf.more}


def _disputes(incident: Incident) -> list[Told]:
    return [
        {"incident": incident.id, "title": incident.title, "dispute": one.wire()} for one in incident.disputes
    ]


@_answers
def incident(request: Request, catalogue: Catalogue) -> Told | None:
    """One incident with all that is known of it."""
    found = catalogue.story(_id(request))
    if found is None:
        return None
    record, one, _ = found
    return {"incident": one.wire(), "row": _row(make_row(record, one))}


@_answers
def lineage(request: Request, catalogue: Catalogue) -> Told | None:
    """The lineage of the reports that tell of an incident."""
    found = catalogue.story(_id(request))
    if found is None:
        return None
    record, one, _ = found
    return {"lineage": only_these(record.lineage, set(one.reports)).wire()}


@_answers
def network(request: Request, catalogue: Catalogue) -> Told:
    """Parties and their ties, as of a day where one is given."""
    told, as_of = catalogue.ties(read_filters(request)), day(request, "as_of")
    graph = make_graph(told.record, told.parties, told.ties, as_of, counts=told.counts)
    offset, limit = number(request, "offset", 0, 0, 10**9), number(request, "limit", MOST, 1, MOST)
    rows = list(zip(graph.ends, graph.ties, strict=True))
    ties = [{**_plain(asdict(row)), "ends": list(ends)} for ends, row in rows[offset : offset + limit]]
    return {
        "as_of": str(as_of) if as_of else None,
        "parties": [_plain(asdict(node)) for node in graph.nodes],
        "ties": ties,
        "total": len(rows),
        "more": told.cut,
    }


@_answers
def entities(request: Request, catalogue: Catalogue) -> Told:
    """A page of the parties."""
    offset, limit = number(request, "offset", 0, 0, 10**9), number(request, "limit", 50, 1, MOST)
    rows, total, _ = catalogue.parties(word(request, "q"), word(request, "kind", KINDS), offset, limit)
    return {"parties": [_plain(asdict(row)) for row in rows], "total": total}


@_answers
def dossier(request: Request, catalogue: Catalogue) -> Told | None:
    """What the record says of one party, by its key or a name."""
    asked = word(request, "party", longest=2000)
    if not asked:
        raise AskingError("party is missing: give its key, or one of its names")
    party = catalogue.party(asked)
    if party is None:
        return None
    with_units = word(request, "with_units", ("yes", "no")) == "yes"
    limit = number(request, "limit", 50, 1, MOST)
    question = DossierAsked(with_units, day(request, "as_of"), limit)
    found = catalogue.dossier(party, read_filters(request), question)
    view = found.view
    return {
        "party": {"key": party.key, "name": view.name, "kind": view.kind, "reports": view.reports},
        "names": [{"name": one.name, "reports": one.count} for one in found.namings[:limit]],
        "units": [{"key": unit.key, "name": unit.name} for unit in found.units],
        **{
            part: [_row(row) for row in getattr(view, part)[-limit:]] for part in ("did", "suffered", "named")
        },
        **{
            part: [_plain(asdict(row)) for row in getattr(view, part)[:limit]]
            for part in ("over", "members", "ties")
        },
        "said": [_plain(asdict(one)) for one in found.said[:limit]],
        "totals": dict(found.totals),
    }


def _plain(value: Any) -> Any:
    """Plain values for JSON: days as text."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def _id(request: Request) -> str:
    asked = word(request, "id")
    if not asked:
        raise AskingError("id is missing: give an incident's id")
    return asked


ROUTES: Final = [
    Route("/api/v1/incidents", incidents),
    Route("/api/v1/incident", incident),
    Route("/api/v1/lineage", lineage),
    Route("/api/v1/disputes", disputes),
    Route("/api/v1/timeline", timeline),
    Route("/api/v1/network", network),
    Route("/api/v1/entities", entities),
    Route("/api/v1/dossier", dossier),
]
