"""The reading room: a report as it stands, its claims beside it, and judging by keyboard."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from stemma.desk.asking import AskingError, house_of, number, person_of, posted, run_in_threadpool, word
from stemma.desk.book import parts_of
from stemma.desk.drawing import draw, page, report_address
from stemma.desk.house import House
from stemma.desk.pages.home import is_done
from stemma.desk.reviewing import Review, State, states_of
from stemma.desk.values import VALUES, candidates
from stemma.model import ClaimType
from stemma.show import make_ledger, make_room
from stemma.show.room import WINDOW, evidence_at
from stemma.store import ShelfQuery

BESIDE: Final = 20
"""Reports looked at together for the next one to judge; more are looked at where all of them are judged."""

MOST_PASSED: Final = 2000
"""Judged reports passed by on the way to the next open one, at most."""


def room(request: Request) -> Response:
    """A report with its claims."""
    house, person = house_of(request), person_of(request)
    report = word(request, "report", longest=2000)
    current = house.bench.review_for(report, person)
    start = number(request, "from", 0, 0, 10**9)
    view = make_room(current.document, current.coding.claims, start)
    cards = _cards(house, current, person)
    inside = [card for card in cards if _is_inside(card, view.window.start, view.window.end)]
    original = house.store.coding(report)
    return page(
        request,
        "room.html",
        title=current.document.title or report,
        report=report,
        document=current.document,
        notes=[note.text for note in (*current.document.notes, *original.notes)],
        room=view,
        cards=inside,
        elsewhere=len(cards) - len(inside),
        following=view.window.end if view.window.end < view.length else None,
        before=max(0, view.window.start - WINDOW) if view.window.start else None,
        open=len(current.open_claims),
        seen=house.bench.book.refresh(),
        machine=len(original.claims),
        values=VALUES,
        types=[str(kind) for kind in ClaimType],
        outlet=current.coding.outlet,
        done=_last_done(house, person),
    )


def _is_inside(card: dict[str, Any], low: int, high: int) -> bool:
    """A claim whose words were not found is shown with the first window."""
    at = card["at"]
    return (low <= at < high) if at is not None else low == 0


def _cards(house: House, current: Review, person: str) -> list[dict[str, Any]]:
    """What the cards show, in the order of the words."""
    report = current.coding.report
    originals = {claim.id: claim for claim in house.store.coding(report).claims}
    others = {
        name: states_of(house.bench.book.on(report, name))
        for name in house.bench.book.people()
        if name != person
    }
    cards = []
    for row in make_ledger([current.coding]):
        claim, state = row.claim, current.state(row.claim.id)
        place = evidence_at(current.document.text, claim)
        # Two people judge independently: what another decided is seen after one's own verdict.
        told = (
            [(n, found[claim.id]) for n, found in others.items() if claim.id in found]
            if state.verdict
            else []
        )
        cards.append(
            {
                "row": row,
                "claim": claim,
                "score": originals[claim.id].score if claim.id in originals else None,
                "state": state,
                "at": place.start if place else None,
                "changed": set(state.values),
                "others": [(name, other) for name, other in told if other.verdict],
                "by_machine": claim.id in originals,
                "same": [_pair(subject) for subject in state.same],
                "apart": [_pair(subject) for subject in state.apart],
            }
        )
    cards.sort(key=lambda card: (card["at"] is None, card["at"] or 0))
    for index, card in enumerate(cards, start=1):
        card["number"] = index
    return cards


def _pair(subject: str) -> tuple[str, str]:
    report, claim, _ = parts_of(subject)
    return f"{report} · {claim}", report_address(report, claim)


async def judge(request: Request) -> Response:
    """Writes a judgement down; answers with the claim's card as it is now."""
    asked = await posted(request)
    house, person = house_of(request), person_of(request)
    return await run_in_threadpool(_judge, house, person, asked)


def _judge(house: House, person: str, asked: dict[str, Any]) -> Response:
    report, seen = str(asked.get("report")), asked.get("seen")
    claim = house.bench.judge(person, asked)
    crossed = ""
    if isinstance(seen, int) and 0 <= seen < 2**62:
        for other in house.bench.crossing(person, report, claim, seen):
            crossed = f"saved; meanwhile {other.person} said of this claim: {other.verdict}"
    return _answer(house, person, report, claim, crossed=crossed)


async def undo(request: Request) -> Response:
    """Takes back this person's last judgement, wherever it was."""
    await posted(request)
    house, person = house_of(request), person_of(request)
    return await run_in_threadpool(_turn, house, person, back=True)


async def redo(request: Request) -> Response:
    """Brings back what was taken back last."""
    await posted(request)
    house, person = house_of(request), person_of(request)
    return await run_in_threadpool(_turn, house, person, back=False)


def _turn(house: House, person: str, *, back: bool) -> Response:
    turned = house.bench.undo(person) if back else house.bench.redo(person)
    if turned is None:
        raise AskingError("there is nothing to take back" if back else "there is nothing to bring back")
    report, claim, _ = parts_of(turned.subject)
    return _answer(house, person, report, claim, turned.verdict)


def _answer(
    house: House, person: str, report: str, claim: str, verdict: str = "", *, crossed: str = ""
) -> Response:
    current = house.bench.review_for(report, person)
    card = next((card for card in _cards(house, current, person) if card["claim"].id == claim), None)
    drawn = (
        draw("card.html", card=card, values=VALUES, report=report, outlet=current.coding.outlet)
        if card
        else ""
    )
    state: State = card["state"] if card else State()
    return JSONResponse(
        {
            "report": report,
            "claim": claim,
            "card": drawn,
            "number": card["number"] if card else None,
            "verdict": state.verdict,
            "open": len(current.open_claims),
            "turned": verdict,
            "crossed": crossed,
            "address": report_address(report, claim),
            "done": _last_done(house, person),
        }
    )


def _last_done(house: House, person: str) -> str:
    done = house.bench.book.last_done(person)
    return f"{done[0].verdict} {done[0].subject.rpartition('#')[2]}" if done else ""


def choices(request: Request) -> Response:
    """The candidates for one value of one claim."""
    house = house_of(request)
    current = house.bench.review_for(word(request, "report", longest=2000), person_of(request))
    claim = next((c for c in current.coding.claims if c.id == word(request, "claim")), None)
    if claim is None:
        raise AskingError("this claim is no longer there: load the page again")
    try:
        found = candidates(current.document, current.coding, claim, word(request, "value"))
    except KeyError as error:
        raise AskingError("a claim has no such value") from error
    return JSONResponse({"candidates": [candidate.wire() for candidate in found]})


def neighbour(request: Request) -> Response:
    """Goes to the report before or after this one that still has claims to judge, newest first, and round."""
    from starlette.responses import RedirectResponse

    house, person = house_of(request), person_of(request)
    report = word(request, "report", longest=2000)
    back = word(request, "to", ("next", "previous")) == "previous"
    found = _open_beyond(house, person, report, back=back)
    return RedirectResponse(report_address(found or report), 303)


def _open_beyond(house: House, person: str, report: str, *, back: bool) -> str | None:
    """The next report with claims that this person has not judged; None where all are judged."""
    house.bench.book.refresh()
    reviewed = house.bench.book.reports(person)
    at, round_once = report, False
    for _ in range(MOST_PASSED // BESIDE):
        asked = ShelfQuery(before=at, limit=BESIDE) if back else ShelfQuery(after=at, limit=BESIDE)
        rows = house.store.shelf(asked).rows
        for row in rows:
            if row.id == report:
                return None
            # What was judged is few: only there the claims must be looked at one by one.
            if row.claims and not (row.id in reviewed and is_done(house, row.id, reviewed[row.id])):
                return row.id
        if len(rows) < BESIDE and round_once:
            return None
        # Beyond the end the list begins again: no report has an empty id.
        at, round_once = (rows[-1].id, round_once) if len(rows) == BESIDE else ("", True)
    return None


ROUTES: Final = [
    Route("/read", room),
    Route("/neighbour", neighbour),
    Route("/choices", choices),
    Route("/judge", judge, methods=["POST"]),
    Route("/undo", undo, methods=["POST"]),
    Route("/redo", redo, methods=["POST"]),
]
