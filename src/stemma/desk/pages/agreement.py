"""Agreement: between reviewers, and between machine and person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.agreement import MACHINE, Alpha, Alphas
from stemma.desk.asking import house_of
from stemma.desk.drawing import page
from stemma.desk.figures import Comparing, Figure
from stemma.desk.house import House
from stemma.desk.reviewing import judged_coding, review

NOBODY: Final = ""
"""The machine among persons: no person has this name."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two coders, the reports that both judged whole, and how far they agree on them."""

    reference: str
    other: str
    reports: int
    figures: list[Figure]


def measure(house: House) -> dict[str, Any]:
    """All figures of agreement: `people` with what each judged, `alphas`, `comparisons`."""
    state = (house.bench.book.refresh(), house.reports())
    return house.keep("agreement", state, lambda: _measured(house))


def _measured(house: House) -> dict[str, Any]:
    """One report after the other, for a casebook's judged reports may be more than memory should hold."""
    book = house.bench.book
    reviewed = {person: book.reports(person) for person in book.people()}
    people = {name: {"claims": sum(map(len, told.values())), "reports": 0} for name, told in reviewed.items()}
    pairs = [*((name, NOBODY) for name in people), *combinations(people, 2)]
    made = Alphas()
    comparing = {pair: Comparing() for pair in pairs}
    for report in sorted(set().union(*reviewed.values())):
        try:
            document, machine = house.store.document(report), house.store.coding(report)
        except KeyError:
            continue
        coded = {NOBODY: machine}
        for person, told in reviewed.items():
            if report not in told:
                continue
            own = book.on(report, person)
            made.add(review(document, machine, own))
            if {claim.id for claim in machine.claims} <= told[report]:
                coded[person] = judged_coding(document, machine, own)
                people[person]["reports"] += 1
        for one, two in pairs:
            if one in coded and two in coded:
                comparing[one, two].add(document.text, coded[one], coded[two])
    compared = [
        Comparison(one, two or MACHINE, told.reports, told.figures())
        for (one, two), told in comparing.items()
        if told.reports
    ]
    return {"people": people, "alphas": made.found(), "comparisons": compared}


def agreement(request: Request) -> Response:
    """The figures as tables."""
    found = measure(house_of(request))
    shown: list[Alpha] = found["alphas"]
    return page(request, "agreement.html", title="Agreement", **{**found, "alphas": shown})


ROUTES: Final = [Route("/agreement", agreement)]
