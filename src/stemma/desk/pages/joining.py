"""Bringing the kept record up to date, when a person who may judge asks for it."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, house_of, person_of
from stemma.desk.house import MOST_TO_JOIN
from stemma.store.members import require_reviewer


def join(request: Request) -> Response:
    """Begins; `joined` says how far it is."""
    house = house_of(request)
    require_reviewer(house.store.members(), person_of(request))
    if not house.join():
        raise AskingError(
            f"the desk merges up to {MOST_TO_JOIN} new reports, once at a time: run stemma merge"
        )
    return JSONResponse({"merging": True})


def joined(request: Request) -> Response:
    """How far it is."""
    state = house_of(request).joining
    told = {"running": state.running, "done": state.done, "total": state.total, "failed": state.failed}
    return JSONResponse(told)


ROUTES: Final = [Route("/merge", join, methods=["POST"]), Route("/merging", joined)]
