"""The same things by HTTP: a JSON API that only reads, described at /api/v1/openapi.json."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, day, house_of, number, person_of, word
from stemma.desk.catalogue import PATIENT
from stemma.desk.openapi import description
from stemma.desk.pages.agreement import agreeing_of
from stemma.desk.pages.queue import waiting
from stemma.model import ClaimType
from stemma.store import Query, ShelfQuery

MOST: Final = 500
_LONGEST_ID: Final = 2000


def summary(request: Request) -> Response:
    """What the casebook holds."""
    told = asdict(house_of(request).tally())
    return JSONResponse({**told, **{name: str(told[name]) if told[name] else None for name in _DAYS}})


_DAYS: Final = ("first_published", "last_published")


def reports(request: Request) -> Response:
    """A page of the list of reports."""
    query = ShelfQuery(
        text=word(request, "text") or None,
        outlet=word(request, "outlet") or None,
        since=day(request, "since"),
        until=day(request, "until"),
        type=word(request, "type", tuple(ClaimType)) or None,
        country=word(request, "country", longest=2).upper() or None,
        offset=number(request, "offset", 0, 0, 10**9),
        limit=number(request, "limit", 50, 1, MOST),
    )
    shelf = house_of(request).store.shelf(query)
    rows = [
        {**asdict(row), "published": row.published.isoformat() if row.published else None}
        for row in shelf.rows
    ]
    return JSONResponse({"total": shelf.total, "reports": rows})


def report(request: Request) -> Response:
    """The coding of a report: the machine's, or as judged by everybody or by one person."""
    house, asked = house_of(request), _id(request)
    if word(request, "judged", ("no", "yes")) == "yes":
        return JSONResponse(house.held(asked, word(request, "person") or None).coding.wire())
    return JSONResponse(house.store.coding(asked).wire())


def document(request: Request) -> Response:
    """The document of a report."""
    return JSONResponse(house_of(request).store.document(_id(request)).wire())


def judgements(request: Request) -> Response:
    """The judgements that stand on a report."""
    found = house_of(request).judgements(_id(request), word(request, "person") or None)
    return JSONResponse({"judgements": [judgement.wire() for judgement in found]})


def claims(request: Request) -> Response:
    """Claims that a query asks for, by report."""
    hedged = word(request, "hedged", ("yes", "no"))
    query = Query(
        actor=word(request, "actor") or None,
        types=tuple(filter(None, (word(request, "type", tuple(ClaimType)),))),
        place=word(request, "place") or None,
        country=word(request, "country", longest=2).upper() or None,
        since=day(request, "since"),
        until=day(request, "until"),
        source=word(request, "source") or None,
        outlet=word(request, "outlet") or None,
        hedged=None if not hedged else hedged == "yes",
        text=word(request, "text") or None,
        limit=number(request, "limit", 50, 1, MOST),
    )
    return JSONResponse({"codings": [coding.wire() for coding in house_of(request).store.codings(query)]})


def queue(request: Request) -> Response:
    """The claims that most need a person's eye."""
    limit = number(request, "limit", 50, 1, MOST)
    found = islice(waiting(house_of(request), person_of(request)), limit)
    return JSONResponse({"claims": [{**asdict(doubt), "disputed": disputed} for doubt, disputed in found]})


def agreement(request: Request) -> Response:
    """Agreement between reviewers, and between machine and person."""
    found = agreeing_of(house_of(request)).now(PATIENT)
    if found is None:
        again = {"Retry-After": "5"}
        return JSONResponse(
            {"error": "reports are being compared: ask again in a moment"}, 503, headers=again
        )
    return JSONResponse(asdict(found))


def openapi(request: Request) -> Response:
    """This API's description."""
    return JSONResponse(description())


def _id(request: Request) -> str:
    asked = word(request, "id", longest=_LONGEST_ID)
    if not asked:
        raise AskingError("id is missing: give a report's id")
    return asked


ROUTES: Final = [
    Route("/api/v1/openapi.json", openapi),
    Route("/api/v1/summary", summary),
    Route("/api/v1/reports", reports),
    Route("/api/v1/report", report),
    Route("/api/v1/document", document),
    Route("/api/v1/judgements", judgements),
    Route("/api/v1/claims", claims),
    Route("/api/v1/queue", queue),
    Route("/api/v1/agreement", agreement),
]
