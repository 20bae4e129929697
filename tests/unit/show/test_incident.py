"""One incident: its tellings, tolls, lineage placed on a page, and the words that reports share."""

from __future__ import annotations

import datetime
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from telling import claim, coding, incident, record

from stemma.model import (
    Alignment,
    Count,
    Counted,
    Dependence,
    Descent,
    Dispute,
    Document,
    Record,
    Span,
    Statement,
    Version,
)
from stemma.show.aligned import AROUND, LONGEST, excerpt_of, make_aligned
from stemma.show.incident import make_incident
from stemma.show.story import StoryOrder, order_incidents
from stemma.show.told import Told
from stemma.show.toll_plot import LEFT, PLOT, plot_toll
from stemma.show.tolls import Figure, Toll, bounds_of, make_tolls
from stemma.show.tree_places import GAP_X, MOST, WIDE, fit, place_incident

SAME = "the shells fell on the quay"


def _document(report: str, text: str) -> Document:
    return Document(report=report, report_hash="0" * 64, text=text)


def test_an_incident_has_its_reports_with_their_claims_and_origins() -> None:
    made = record(incident(told=("ministry",)))
    view = make_incident(made, "i-1")
    claims = {one.told.report: [row.claim.id for row in one.claims] for one in view.tellings}
    assert claims == {"paper": ["c1"], "copy": ["c1"], "ministry": []}
    assert [telling.told.report for telling in view.tellings] == ["paper", "copy", "ministry"]
    assert [(root.name, root.held) for root in view.roots] == [("residents", True), ("The Wire", False)]
    assert [(said.what, said.sentence) for said in view.statements] == [
        ("killed soldiers", "One report, one origin: residents (anonymous).")
    ]
    with pytest.raises(KeyError):
        make_incident(made, "i-2")


def test_parts_and_whole_name_each_other() -> None:
    made = record(incident(), incident(id="i-2", part_of="i-1", title="a part"))
    assert [one.title for one in make_incident(made, "i-1").parts] == ["a part"]
    whole = make_incident(made, "i-2").whole
    assert whole is not None
    assert whole.incident == "i-1"


def test_disputed_values_name_the_claim_of_each_report() -> None:
    (dispute,) = make_incident(record(), "i-1").disputes
    assert [(told.report, at) for told, at in dispute.versions[0].through] == [
        ("paper", "c1"),
        ("copy", "c1"),
    ]


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("2", (2, 2)),
        ("1,200", (1200, 1200)),
        ("at least 3", (3, None)),
        ("up to 5", (0, 5)),
        ("about 20", (18, 22)),
        ("dozens", (None, None)),
    ],
)
def test_the_words_of_a_version_are_a_range(value: str, bounds: tuple[int | None, int | None]) -> None:
    assert bounds_of(value) == bounds


def test_a_toll_in_dispute_has_each_report_and_what_was_withdrawn() -> None:
    made = record()
    (toll,) = make_tolls(made, made.incidents[0])
    assert (toll.title, toll.disputed) == ("killed (soldiers)", True)
    told = [(figure.value, figure.told.report, figure.withdrawn) for figure in toll.figures]
    assert told == [("12", "paper", False), ("14", "paper", True), ("14", "copy", True)]


def test_a_toll_without_dispute_comes_from_the_counts_of_its_claims() -> None:
    count = Count(what=Counted.INJURED, text="more than 30", low=31, high=None)
    one = incident(
        disputes=(),
        statements=(
            Statement(attribute="injured", of="civilians", claims=incident().claims, reports=("paper",)),
        ),
    )
    made = record(one)
    made = Record(codings=(coding("paper", claim(counts=(count,))), coding("copy")), incidents=made.incidents)
    (toll,) = make_tolls(made, one)
    (figure,) = toll.figures
    assert (figure.value, figure.low, figure.high, figure.claim) == ("at least 31", 31, None, "c1")
    assert not toll.disputed


def test_a_headline_against_its_text_is_no_toll() -> None:
    head = Dispute(
        attribute="killed", kind="headline", versions=(Version(value="2", claims=(), reports=("paper",)),)
    )
    made = record(incident(disputes=(head,), statements=()))
    assert make_tolls(made, made.incidents[0]) == ()


figures = st.builds(
    Figure,
    value=st.text(max_size=40),
    low=st.none() | st.integers(0, 10**6),
    high=st.none() | st.integers(0, 10**6),
    told=st.builds(Told, st.text(max_size=8), st.text(max_size=60), st.none() | st.dates()),
    origins=st.lists(st.text(max_size=60), max_size=3).map(tuple),
    claim=st.none(),
    withdrawn=st.booleans(),
)


@given(st.lists(figures, max_size=80))
def test_every_figure_of_a_plot_stands_inside_it(given_figures: list[Figure]) -> None:
    plot = plot_toll(Toll("killed", None, tuple(given_figures), disputed=True))
    assert len(plot.bars) + plot.more == len(given_figures)
    assert 2 <= len(plot.ticks) <= 8
    for bar in plot.bars:
        assert plot.top < bar.y < plot.bottom
        assert bar.x1 is None or LEFT <= bar.x1 <= LEFT + PLOT
        assert bar.x2 <= LEFT + PLOT + 22


def test_an_open_figure_goes_on_and_a_range_has_two_ends() -> None:
    told = Told("paper", "The Coast Daily", datetime.date(2021, 3, 5))
    shown = (
        Figure("at least 10", 10, None, told, ("residents",), None, withdrawn=False),
        Figure("about 20", 18, 22, told, (), None, withdrawn=True),
    )
    first, second = plot_toll(Toll("killed", "soldiers", shown, disputed=True)).bars
    assert first.open
    assert not second.open
    assert second.x1 is not None
    assert second.x1 < second.x2
    assert (first.day, second.day) == ("2021-03-05", "")
    assert "withdrawn" in second.word
    assert "whose word was not found" in second.word


def _record_of_copies(shared: tuple[Alignment, ...]) -> Record:
    edge = Dependence(
        report="copy",
        parent="paper",
        kind=Descent.COPIES,
        credited=False,
        reason="shares words",
        alignments=shared,
    )
    return record(edges=(edge,))


def test_shared_words_stand_side_by_side_with_what_is_around_them() -> None:
    texts = {"copy": f"A copy: {SAME}.", "paper": f"First {SAME} at dawn."}
    span, other = Span(start=8, end=8 + len(SAME)), Span(start=6, end=6 + len(SAME))
    (one,) = make_aligned(
        _record_of_copies((Alignment(span=span, other=other),)),
        lambda report: _document(report, texts[report]),
        "copy",
        "paper",
    )
    (pair,) = one.shared
    assert (pair.here.before, pair.here.words, pair.here.after) == ("A copy: ", SAME, ".")
    assert (pair.there.before, pair.there.words, pair.there.after) == ("First ", SAME, " at dawn.")
    assert one.letters == len(SAME)


def test_a_parent_that_is_not_held_has_a_name_and_no_words() -> None:
    made = record()
    documents = {"paper": _document("paper", "text"), "copy": _document("copy", "text")}
    (wire,) = make_aligned(made, documents.get, None, "outlet:The Wire")
    assert (wire.parent, wire.name, wire.voice, wire.shared) == (None, "The Wire", False, ())
    (voice,) = make_aligned(made, documents.get, "paper", "source:residents")
    assert voice.voice


@given(st.text(max_size=400), st.integers(0, 400), st.integers(0, 400))
def test_an_excerpt_never_changes_its_words(text: str, one: int, two: int) -> None:
    start, end = sorted((min(one, len(text)), min(two, len(text))))
    found = excerpt_of(text, Span(start=start, end=end))
    assert found.words == text[start:end][:LONGEST]
    assert text[:start].endswith(found.before.removeprefix("…"))
    assert text[end:].startswith(found.after.removesuffix(" …"))
    assert len(found.before) <= AROUND + 1


def test_the_picture_holds_the_reports_and_what_they_have_it_from() -> None:
    placed = place_incident(record(), incident())
    assert {box.node.id for box in placed.boxes} == {"outlet:The Wire", "paper", "copy"}
    assert [day.name for day in placed.days] == ["not held", "2021-03-05", "2021-03-06"]
    assert {(line.edge.parent, line.edge.child) for line in placed.lines} == {
        ("paper", "copy"),
        ("outlet:The Wire", "paper"),
    }
    places = [(box.x, box.y) for box in placed.boxes]
    assert len(set(places)) == len(places)
    assert all(box.x + WIDE <= placed.width for box in placed.boxes)
    assert placed.days[1].x - placed.days[0].x == WIDE + GAP_X


def test_a_parent_that_tells_of_something_else_is_pale_and_its_other_children_stay_away() -> None:
    lone = incident(claims=incident().claims[:1])
    placed = place_incident(record(lone), lone)  # only the copy tells of it
    assert {box.node.id: box.own for box in placed.boxes} == {
        "outlet:The Wire": True,
        "paper": False,
        "copy": True,
    }
    other = incident(claims=incident().claims[1:])
    assert "copy" not in {box.node.id for box in place_incident(record(other), other).boxes}


def test_a_large_family_is_cut_to_the_incident_and_says_so() -> None:
    names = [f"r{number:03}" for number in range(MOST + 5)]
    edges = tuple(
        Dependence(report=child, parent=parent, kind=Descent.COPIES, credited=True, reason="x")
        for parent, child in pairwise(names)
    )
    made = Record(
        codings=tuple(coding(name) for name in names),
        lineage=record(edges=edges).lineage,
        incidents=(incident(claims=(), told=(names[-1],), disputes=(), statements=()),),
    )
    placed = place_incident(made, made.incidents[0])
    assert not placed.whole
    assert [box.node.id for box in placed.boxes] == [names[-1]]


@given(st.text(max_size=200), st.integers(20, 400))
def test_fitted_text_is_one_line_and_no_longer_than_its_room(text: str, pixels: int) -> None:
    made = fit(text, pixels, 6.0)
    assert "\n" not in made
    assert len(made) <= pixels / 6.0 + 1
    line = " ".join(text.split())
    assert made == line or line.startswith(made.removesuffix("…"))


def test_orders_of_the_story() -> None:
    told = incident(id="i-old")
    new = incident(
        id="i-new",
        claims=incident().claims[:1],
        time=None,
        origins=incident().origins.model_copy(update={"likely": 0}),
    )
    made = record(told, new)
    found = {order: [one.id for one in order_incidents(made, made.incidents, order)] for order in StoryOrder}
    assert found == {
        StoryOrder.TOLD: ["i-old", "i-new"],
        StoryOrder.NEWEST: ["i-new", "i-old"],
        StoryOrder.FEWEST: ["i-new", "i-old"],
    }
