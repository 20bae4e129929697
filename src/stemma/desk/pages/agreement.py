"""Agreement: between reviewers, and between machine and person."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.agreeing import Agreeing, Agreement
from stemma.desk.asking import house_of
from stemma.desk.drawing import page
from stemma.desk.house import House

WAIT: Final = 0.1
"""Seconds that the page waits for its figures before it says that they are being made."""


def agreeing_of(house: House) -> Agreeing:
    """What a desk has compared so far."""
    return house.keep("agreement", "kept", lambda: Agreeing(house))


def agreement(request: Request) -> Response:
    """The figures as tables; while many reports are being compared, a page that says so and looks again."""
    made = agreeing_of(house_of(request))
    found: Agreement | None = made.now(WAIT)
    if found is None:
        told = {"done": made.done, "reports": made.total}
        return page(request, "awaiting.html", 200, title="Agreement", why="comparing", **told)
    return page(
        request,
        "agreement.html",
        title="Agreement",
        people=found.people,
        alphas=found.alphas,
        comparisons=found.comparisons,
    )


ROUTES: Final = [Route("/agreement", agreement)]
