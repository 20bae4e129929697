"""Agreement: between reviewers, and between machine and person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stemma.desk.agreement import MACHINE, Alpha, alphas
from stemma.desk.asking import house_of
from stemma.desk.drawing import page
from stemma.desk.figures import Figure, compare
from stemma.desk.house import House
from stemma.desk.reviewing import Review, judged_coding, review
from stemma.model import Coding


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
    book = house.bench.book
    whole: dict[str, dict[str, tuple[str, Coding, Coding]]] = {}
    reviews: dict[str, list[Review]] = {}
    people = {}
    for person in book.people():
        reviews[person] = []
        whole[person] = {}
        reviewed = book.reports(person)
        for report, claims in reviewed.items():
            try:
                document, machine = house.store.document(report), house.store.coding(report)
            except KeyError:
                continue
            own = book.on(report, person)
            reviews[person].append(review(document, machine, own))
            if {claim.id for claim in machine.claims} <= claims:
                whole[person][report] = (document.text, judged_coding(document, machine, own), machine)
        people[person] = {"claims": sum(map(len, reviewed.values())), "reports": len(whole[person])}
    return {"people": people, "alphas": alphas(reviews), "comparisons": list(_comparisons(whole))}


def _comparisons(whole: dict[str, dict[str, tuple[str, Coding, Coding]]]) -> Iterator[Comparison]:
    for person, judged in whole.items():
        if judged:
            yield Comparison(person, MACHINE, len(judged), compare(judged.values()))
    for one, two in combinations(whole, 2):
        both = sorted(whole[one].keys() & whole[two].keys())
        if both:
            pairs = [(whole[one][r][0], whole[one][r][1], whole[two][r][1]) for r in both]
            yield Comparison(one, two, len(both), compare(pairs))


def agreement(request: Request) -> Response:
    """The figures as tables."""
    found = measure(house_of(request))
    shown: list[Alpha] = found["alphas"]
    return page(request, "agreement.html", title="Agreement", **{**found, "alphas": shown})


ROUTES: Final = [Route("/agreement", agreement)]
