"""Home: the reports of the casebook, searched and filtered; all filters stand in the address."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, day, house_of, number, person_of, posted, session_of, word
from stemma.desk.drawing import page
from stemma.desk.house import House
from stemma.model import ClaimType
from stemma.store import ShelfQuery

PAGE: Final = 50
ORDERS: Final = {"published": "newest", "title": "title", "claims": "most claims", "score": "least sure"}
STATES: Final = {"open": "not begun", "begun": "begun", "done": "done"}


def home(request: Request) -> Response:
    """The list of reports."""
    house, person = house_of(request), person_of(request)
    house.bench.book.refresh()
    reviewed = house.bench.book.reports(person)
    asked = {
        "q": word(request, "q"),
        "outlet": word(request, "outlet"),
        "since": word(request, "since", longest=10),
        "until": word(request, "until", longest=10),
        "type": word(request, "type", tuple(ClaimType)),
        "country": word(request, "country", longest=2).upper(),
        "state": word(request, "state", tuple(STATES)),
        "order": word(request, "order", tuple(ORDERS)),
    }
    number_of = number(request, "page", 1, 1, 100_000)
    among, without = _among(asked["state"], house, reviewed)
    query = ShelfQuery(
        text=asked["q"] or None,
        outlet=asked["outlet"] or None,
        since=day(request, "since"),
        until=day(request, "until"),
        type=asked["type"] or None,
        country=asked["country"] or None,
        among=among,
        without=without,
        order=asked["order"] or "published",
        offset=(number_of - 1) * PAGE,
        limit=PAGE,
    )
    shelf = house.store.shelf(query)
    return page(
        request,
        "home.html",
        title="Reports",
        shelf=shelf,
        tally=house.tally(),
        reviewed={row.id: len(reviewed.get(row.id, ())) for row in shelf.rows},
        judged=sum(len(claims) for claims in reviewed.values()),
        asked=asked,
        filtered=any(value for name, value in asked.items() if name != "order"),
        page=number_of,
        pages=max(1, -(-shelf.total // PAGE)),
        orders=ORDERS,
        states=STATES,
        types=[str(kind) for kind in ClaimType],
    )


def _among(
    state: str, house: House, reviewed: dict[str, set[str]]
) -> tuple[tuple[str, ...] | None, tuple[str, ...]]:
    """The ids among which, and without which, a state of review looks: what was judged is few."""
    if not state:
        return None, ()
    if state == "open":
        return None, tuple(reviewed)
    done = {report for report in reviewed if is_done(house, report, reviewed[report])}
    return tuple(done if state == "done" else set(reviewed) - done), ()


def is_done(house: House, report: str, claims: set[str]) -> bool:
    """True where all claims that the machine found in a report are among `claims`."""
    try:
        return {claim.id for claim in house.store.coding(report).claims} <= claims
    except KeyError:
        return False


async def name(request: Request) -> Response:
    """Another name for this browser's judgements."""
    try:
        renamed = house_of(request).sessions.rename(
            session_of(request), str((await posted(request)).get("name", ""))
        )
    except ValueError as error:
        raise AskingError(str(error)) from error
    return JSONResponse({"name": renamed.name})


ROUTES: Final = [Route("/", home), Route("/name", name, methods=["POST"])]
