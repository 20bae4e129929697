"""The queue: the claims that most need a person's eye, whichever report they stand in."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from stemma.desk.asking import house_of, number, person_of
from stemma.desk.drawing import page, report_address
from stemma.desk.house import House
from stemma.store import Doubt

SHOWN: Final = 60
"""What a person judges in ten minutes."""

DISPUTED: Final = 0.2
"""What a dispute adds to a claim's need, as much as an engine that is unsure by a fifth."""


def waiting(house: House, person: str) -> list[tuple[Doubt, bool]]:
    """The doubtful claims that this person has not judged, the neediest first; true where disputed."""
    house.bench.book.refresh()
    reviewed = house.bench.book.reports(person)
    disputed = disputed_claims(house)
    found = [
        (doubt, (doubt.report, doubt.claim) in disputed)
        for doubt in house.doubts()
        if doubt.claim not in reviewed.get(doubt.report, ())
    ]
    return sorted(found, key=lambda item: -(item[0].need + DISPUTED * item[1]))


def disputed_claims(house: House) -> set[tuple[str, str]]:
    """The claims whose values other reports dispute, as (report, claim)."""
    record = house.record()
    if record is None:
        return set()
    return {
        (at.report, at.claim)
        for incident in record.incidents
        for dispute in incident.disputes
        for version in dispute.versions
        for at in version.claims
    }


def queue(request: Request) -> Response:
    """The head of the queue."""
    found = waiting(house_of(request), person_of(request))
    shown = found[: number(request, "limit", SHOWN, 1, 500)]
    return page(request, "queue.html", title="Queue", waiting=shown, total=len(found))


def following(request: Request) -> Response:
    """Goes to the neediest claim."""
    found = waiting(house_of(request), person_of(request))
    target = report_address(found[0][0].report, found[0][0].claim) if found else "/queue"
    return RedirectResponse(target, 303)


ROUTES: Final = [Route("/queue", queue), Route("/queue/next", following)]
