"""A record beside a dataset: matching holds against moved days, places and tolls, and is the best one."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.model import Coding, Incident, Record
from stemma.show.compare import make_comparison
from stemma.show.compare_accounts import account_of_row, accounts_of, dead_in
from stemma.show.compare_match import assign, distance, match
from stemma.show.compare_rows import COLUMNS, rows_of
from stemma.show.wire import wire_of

DAY = datetime.date(2021, 10, 12)
TOWNS = [("Ariha", 35.81, 36.61), ("Kolmaz", 35.20, 36.10), ("Dunav", 34.50, 37.40), ("Hesk", 36.40, 38.00)]


def coding(
    report: str, number: int, *, moved: int = 0, north: float = 0.0, dead: int | None = 3, **more: Any
) -> Coding:
    """One attack of a group on the state's army: the town by the number, the day `moved` on."""
    town, latitude, longitude = TOWNS[number % len(TOWNS)]
    day = (DAY + datetime.timedelta(days=number * 5 + moved)).isoformat()
    claim: dict[str, Any] = {
        "id": "c1",
        "type": "ASSAULT",
        "mode": "clash",
        "evidence": f"fighters attacked {town}",
        "trigger": "attacked",
        "roles": {"actor": ["e1"], "recipient": ["e2"]},
        "counts": [{"what": "killed", "text": str(dead), "low": dead, "high": dead}]
        if dead is not None
        else [],
        "time": {"text": "then", "start": day, "end": day},
        "place": {
            "text": town,
            "country": "SY",
            "latitude": latitude + north,
            "longitude": longitude,
            "precision": {"ucdp": 1, "acled": 1},
        },
        "sources": [{"text": "residents", "kind": "anonymous"}, {"text": "Longitude", "kind": "outlet"}],
    }
    wire = {
        "report": report,
        "outlet": "Lakeside Herald",
        "entities": [
            {"id": "e1", "kind": "group", "names": ["Tolvar Free Front"]},
            {"id": "e2", "kind": "government", "names": ["Syrian Army"]},
        ],
        "claims": [{**claim, **more}],
    }
    return Coding.from_wire(wire)


def record(*codings: Coding) -> Record:
    incidents = []
    for one in codings:
        claim = one.claims[0]
        incidents.append(
            Incident.from_wire(
                {
                    "id": f"i-{one.report}",
                    "type": claim.type,
                    "title": one.report,
                    "claims": [{"report": one.report, "claim": "c1"}],
                    "time": claim.time.wire() if claim.time else None,
                    "place": claim.place.wire() if claim.place else None,
                    "origins": {
                        "origins": [{"name": "residents", "kind": "anonymous", "reports": [one.report]}],
                        "low": 1,
                        "likely": 1,
                        "high": 2,
                        "sentence": "One report, one origin: residents.",
                    },
                }
            )
        )
    return Record(codings=codings, incidents=tuple(incidents))


def compared(ours: Record, *theirs: Coding, dataset: str = "acled") -> Any:
    return make_comparison(ours, ours.incidents, theirs, dataset, 3)


@pytest.mark.parametrize("moved", [-2, 0, 2])
@pytest.mark.parametrize("north", [0.0, 0.08])
def test_moved_events_find_their_own(moved: int, north: float) -> None:
    ours = record(*(coding(f"r{n}", n) for n in range(12)))
    theirs = [coding(f"acled/{n}", n, moved=moved, north=north, dead=4) for n in range(12)]
    view = compared(ours, *theirs)
    assert {(pair.ours.id, pair.theirs.id) for pair in view.matched} == {
        (f"i-r{n}", str(n)) for n in range(12)
    }
    assert view.missing_here == view.missing_there == ()


def test_one_happening_is_taken_once_and_the_nearer_one_wins() -> None:
    ours = record(coding("r0", 0), coding("r1", 0, moved=1))
    theirs = [coding("acled/a", 0, moved=1), coding("acled/b", 0), coding("acled/c", 0, moved=1)]
    view = compared(ours, *theirs)
    assert [(pair.ours.id, pair.theirs.id) for pair in view.matched] == [("i-r0", "b"), ("i-r1", "a")]
    assert [seen.id for seen in view.missing_here] == ["c"]


@pytest.mark.parametrize(
    "other",
    [
        coding("acled/x", 0, moved=4),
        coding("acled/x", 0, north=2.0),
        coding("acled/x", 0, type="AGREE", mode=None),
        coding("acled/x", 0, place={"text": "Ariha", "country": "TR"}),
        coding("acled/x", 0, time=None),
    ],
)
def test_another_day_place_kind_or_country_is_another_happening(other: Coding) -> None:
    view = compared(record(coding("r0", 0)), other)
    assert view.matched == ()
    assert len(view.missing_here) == len(view.missing_there) == 1


def test_a_difference_says_on_whose_word_ours_rests_and_whom_they_name() -> None:
    sources = [{"text": "The Lakeside Herald", "kind": "outlet"}, {"text": "Coast Radio", "kind": "outlet"}]
    ours = coding("r0", 0)
    view = compared(record(ours), coding("acled/0", 0, moved=1, dead=5, sources=sources))
    (pair,) = view.matched
    killed, when = pair.differences
    assert (killed.attribute, killed.ours, killed.theirs, killed.low, killed.high) == (
        "killed",
        "3",
        "5",
        1,
        2,
    )
    assert [(word.value, word.voices, word.outlet) for word in killed.rests] == [
        ("3", ("residents",), "Lakeside Herald")
    ]
    assert (when.attribute, when.ours, when.theirs) == ("when", "2021-10-12", "2021-10-13")
    assert pair.shared == ("The Lakeside Herald",)
    assert pair.not_held == ("Coast Radio",)
    assert pair.origins == "One report, one origin: residents."
    assert pair.reasons[0] == "1 day apart"


def test_polecat_has_no_tolls_and_ucdp_no_event_without_a_death() -> None:
    ours = record(coding("r0", 0), coding("r1", 1, dead=None))
    assert compared(ours, coding("polecat/0", 0, dead=None), dataset="polecat").matched[0].differences == ()
    view = compared(ours, coding("ucdp/0", 0), dataset="ucdp")
    assert view.unlike == 1
    assert view.missing_there == ()


def test_what_came_from_a_dataset_alone_is_not_ours() -> None:
    own = coding("acled/0", 0).model_copy(update={"engine": "import acled"})
    assert accounts_of(record(own), record(own).incidents) == []


def test_every_row_of_the_table_has_every_column() -> None:
    ours = record(coding("r0", 0), coding("r1", 1), coding("r2", 2))
    view = compared(ours, coding("acled/0", 0), coding("acled/1", 1, dead=9), coding("acled/9", 9))
    rows = list(rows_of(view))
    assert [row[0] for row in rows] == ["both", "both", "missing here", "missing there"]
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert wire_of(view)["method"].startswith("one-to-one assignment")


def test_deaths_of_parts_and_whole() -> None:
    def dead(*counts: dict[str, Any]) -> tuple[int | None, int | None]:
        listed = [{"what": "killed", "text": "x", **count} for count in counts]
        return dead_in(coding("r", 0, counts=listed).claims[0])

    assert dead() == (None, None)
    assert dead({"low": 3, "high": 6}, {"entity": "e1", "low": 2, "high": 2}) == (3, 6)
    assert dead({"entity": "e1", "low": 2, "high": 2}, {"entity": "e2", "low": 1, "high": 4}) == (3, 6)
    assert dead({"entity": "e1", "low": 2, "high": None}) == (2, None)
    assert dead({"low": 1, "high": 1}, {"entity": "e1", "low": 5, "high": 5}) == (5, 5)
    assert dead({"entity": "e1", "low": 2, "high": 2}, {"entity": "e1", "low": 5, "high": 5}) == (5, 5)


def test_a_degree_of_latitude_is_111_kilometres() -> None:
    here, there = coding("a", 0).claims[0].place, coding("b", 0, north=1.0).claims[0].place
    assert here
    assert there
    assert distance(here, there) == pytest.approx(111.19, abs=0.02)


matrices = st.tuples(st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 20), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(matrices)
def test_no_assignment_is_better(rows: list[list[int]]) -> None:
    weights = np.array(rows, dtype=float)
    found = assign(weights)
    height, width = weights.shape
    assert len(found) == min(height, width)
    assert len({row for row, _ in found}) == len({column for _, column in found}) == len(found)
    if height <= width:
        best = max(
            sum(weights[row, column] for row, column in enumerate(columns))
            for columns in itertools.permutations(range(width), height)
        )
    else:
        best = max(
            sum(weights[row, column] for column, row in enumerate(chosen))
            for chosen in itertools.permutations(range(height), width)
        )
    assert sum(weights[at] for at in found) == pytest.approx(best)


def test_a_large_assignment_is_that_of_another_program() -> None:
    weights = np.random.default_rng(7).random((40, 55))
    graph = nx.Graph()
    for (row, column), weight in np.ndenumerate(weights):
        graph.add_edge(("r", row), ("c", column), weight=weight)
    other = sum(graph.edges[edge]["weight"] for edge in nx.max_weight_matching(graph))
    assert sum(weights[at] for at in assign(weights)) == pytest.approx(other)


def test_the_order_of_rows_does_not_matter() -> None:
    ours = [account for n in range(8) for account in accounts_of(*_pair(n))]
    theirs = [account_of_row(coding(f"acled/{n}", n % 4, moved=n % 3)) for n in range(8)]
    rows = [row for row in theirs if row]
    forward = {(ours[p.ours].id, rows[p.theirs].id) for p in match(ours, rows)}
    back = list(reversed(rows))
    backward = [(ours[p.ours].id, back[p.theirs].id) for p in match(ours, back)]
    assert len(forward) == len(backward)


def _pair(number: int) -> tuple[Record, tuple[Incident, ...]]:
    made = record(coding(f"r{number}", number % 4))
    return made, made.incidents
