from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from telling import incident, record

from stemma.model import ClaimAt, ClaimType, Dispute, Origins, Version
from stemma.show.digest import make_digest
from stemma.show.disputes import make_disputes
from stemma.show.resting import make_resting
from stemma.show.story import make_story, make_timeline
from stemma.show.wire import wire_of


def test_a_story_names_reports_by_time_and_counts_outlets() -> None:
    made = record()
    (row,) = make_story(made, made.incidents).rows
    assert [told.report for told in row.told] == ["paper", "copy"]
    assert row.outlets == ("The Coast Daily", "Hill Herald")
    assert (row.low, row.likely, row.high) == (1, 1, 2)
    assert row.disputes == ("killed soldiers",)
    assert row.when == "2021-03-04"


def test_ties_are_no_part_of_the_story() -> None:
    made = record(incident(type=ClaimType.LEADS))
    assert make_story(made, made.incidents).rows == ()


def test_the_story_begins_with_what_most_reports_tell() -> None:
    lone = incident(id="i-2", claims=(ClaimAt(report="ministry", claim="c1"),))
    made = record(lone, incident())
    assert [row.incident for row in make_story(made, made.incidents).rows] == ["i-1", "i-2"]


def test_the_timeline_runs_by_time_and_ends_with_what_has_none() -> None:
    made = record(incident(id="i-3", time=None), incident(id="i-1"), incident(id="i-0", time=early()))
    assert [row.incident for row in make_timeline(made, made.incidents).rows] == ["i-0", "i-1", "i-3"]


def early() -> object:
    from stemma.model import Time

    return Time(text="in February", start="2021-02", end="2021-02")


def test_a_dispute_is_a_question_with_its_values() -> None:
    made = record()
    (row,) = make_disputes(made, made.incidents).rows
    assert row.question == "how many were killed (soldiers)"
    assert [(version.value, version.withdrawn) for version in row.versions] == [("14", True), ("12", False)]
    assert row.versions[0].claims == ("copy#c1", "paper#c1")
    assert [told.report for told in row.versions[0].told] == ["paper", "copy"]


def test_days_in_dispute_stand_in_their_order() -> None:
    at = (ClaimAt(report="paper", claim="c1"),)
    versions = tuple(
        Version(value=day, claims=at, reports=("paper",)) for day in ("2021-03-05", "2021-03-04")
    )
    made = record(incident(disputes=(Dispute(attribute="time", versions=versions),)))
    (row,) = make_disputes(made, made.incidents).rows
    assert [version.value for version in row.versions] == ["2021-03-04", "2021-03-05"]


def test_an_origin_carries_its_reports_as_a_tree() -> None:
    view = make_resting(record(), "paper", "c1")
    assert [root.name for root in view.roots] == ["residents", "The Wire"]
    assert [(step.told.report, step.depth, step.how) for step in view.roots[0].steps] == [
        ("paper", 0, None),
        ("copy", 1, "copies"),
    ]
    assert view.roots[0].anonymous
    assert not view.roots[1].held
    assert [said.what for said in view.statements] == ["killed soldiers"]
    assert make_resting(record(), "copy", "c1").statements == ()


def test_a_claim_of_no_incident_is_told_so() -> None:
    view = make_resting(record(), "ministry", "c1")
    assert view.incident is None
    assert view.roots == ()


def test_a_claim_that_is_not_there() -> None:
    with pytest.raises(KeyError, match="paper#c9"):
        make_resting(record(), "paper", "c9")


def test_circular_dependence_comes_to_an_end() -> None:
    from stemma.model import Dependence, Descent

    edges = tuple(
        Dependence(report=one, parent=other, kind=Descent.COPIES, credited=True, reason="")
        for one, other in (("copy", "paper"), ("paper", "copy"))
    )
    view = make_resting(record(edges=edges), "paper", "c1")
    assert sorted(step.told.report for step in view.roots[0].steps) == ["copy", "paper"]


SINCE = datetime.date(2021, 3, 6)


def test_a_digest_names_what_is_new() -> None:
    now = record()
    before = now.model_copy(update={"codings": now.codings[2:], "incidents": ()})
    view = make_digest(before, now, SINCE, now.incidents)
    assert [told.report for told in view.reports] == ["copy"]
    assert view.undated == ("ministry",)
    assert [row.incident for row in view.incidents] == ["i-1"]
    assert (view.disputed, view.figures, view.origins) == ((), (), ())


def test_a_digest_tells_what_changed_about_a_known_incident() -> None:
    now = record()
    (one,) = now.incidents
    (dispute,) = one.disputes
    first = dispute.versions[0].model_copy(update={"withdrawn": False})
    was = incident(
        id="i-0",
        claims=one.claims[1:],
        origins=Origins(low=1, likely=1, high=1),
        disputes=(dispute.model_copy(update={"versions": (first,)}),),
    )
    before = now.model_copy(update={"codings": now.codings[2:], "incidents": (was,)})
    view = make_digest(before, now, SINCE, now.incidents)
    assert view.incidents == ()
    (figure,) = view.figures
    assert (figure.before, figure.after) == ("14", "14 (withdrawn) / 12")
    (origin,) = view.origins
    assert (origin.before, origin.after) == ("1 origin", "1 origin (1 to 2)")
    quiet = before.model_copy(update={"incidents": (was.model_copy(update={"disputes": ()}),)})
    assert [change.what for change in make_digest(quiet, now, SINCE, now.incidents).disputed] == [
        "how many were killed (soldiers)"
    ]


def test_nothing_new_is_an_empty_digest() -> None:
    now = record()
    view = make_digest(now, now, SINCE, now.incidents)
    assert (view.reports, view.incidents, view.disputed, view.figures, view.origins) == ((), (), (), (), ())


def test_the_wire_form_is_plain_json() -> None:
    made = record()
    for view in (make_story(made, made.incidents), make_disputes(made, made.incidents)):
        assert json.loads(json.dumps(wire_of(view))) == wire_of(view)
    row = wire_of(make_story(made, made.incidents))["rows"][0]
    assert row["told"][0] == {
        "report": "paper",
        "outlet": "The Coast Daily",
        "published": "2021-03-05",
        "title": "Title of paper",
    }


def test_what_no_view_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        wire_of({"a": b""})


def test_incidents_that_bear_the_words_of_the_question_come_first() -> None:
    lone = incident(id="i-2", claims=(ClaimAt(report="ministry", claim="c1"),))
    made = record(incident(), lone)
    assert [row.incident for row in make_story(made, made.incidents, {"i-2"}).rows] == ["i-2", "i-1"]
    rows = make_disputes(made, made.incidents, {"i-2"}).rows
    assert [row.incident for row in rows] == ["i-2", "i-1"]
