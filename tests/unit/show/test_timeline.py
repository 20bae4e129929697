"""The timeline as a chart and as SVG: shapes for what is known, a window, lanes; well-formed always."""

from __future__ import annotations

import datetime
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from telling import incident, record

from stemma.model import Incident, Place, Time
from stemma.show.days import day_of
from stemma.show.timeline import MOST_BARS, NO_PLACE, OTHERS, Shape, make_chart, make_tie_chart
from stemma.show.timeline_svg import ticks, timeline_svg

EVIL = '<script>alert(1)</script>"&\u202e\u0007\ud800'


def at(id: str, start: str | None, end: str | None, edtf: str, **more: object) -> Incident:
    return incident(id=id, time=Time(text="then", start=start, end=end, edtf=edtf), **more)


def bar(one: Incident, **asked: object):  # type: ignore[no-untyped-def]
    chart = make_chart(record(one), [one], whole=True, **asked)  # type: ignore[arg-type]
    return chart.lanes[0].bars[0]


@pytest.mark.parametrize(
    ("start", "end", "edtf", "shape", "fuzzy"),
    [
        ("2021-03-04", "2021-03-04", "2021-03-04", Shape.DAY, (False, False)),
        ("2021-03-04", "2021-03-04", "2021-03-04~", Shape.DAY, (True, True)),
        ("2021-03", "2021-03", "2021-03", Shape.WITHIN, (False, False)),
        ("2021-02", "2021-03", "[2021-02..2021-03]", Shape.WITHIN, (False, False)),
        ("2021-02", "2021-03", "2021-02/2021-03", Shape.THROUGH, (False, False)),
        (None, "2021-03", "/2021-03", Shape.THROUGH, (True, False)),
        ("2021-03-04", None, "2021-03-04/..", Shape.THROUGH, (False, True)),
    ],
)
def test_what_is_known_of_a_time_is_its_shape(
    start: str | None, end: str | None, edtf: str, shape: Shape, fuzzy: tuple[bool, bool]
) -> None:
    drawn = bar(at("i-1", start, end, edtf))
    assert drawn.shape is shape
    assert (drawn.fuzzy_start, drawn.fuzzy_end) == fuzzy


def test_a_month_reaches_from_its_first_to_its_last_day() -> None:
    drawn = bar(at("i-1", "2020-02", "2020-02", "2020-02"))
    assert (drawn.first, drawn.last) == (datetime.date(2020, 2, 1), datetime.date(2020, 2, 29))
    assert day_of("2021-02-30", last=True) is None


def test_what_has_no_time_is_counted_and_not_drawn() -> None:
    chart = make_chart(record(), [incident(time=None)])
    assert (chart.lanes, chart.undated) == ((), 1)
    assert "Nothing here has a time" in timeline_svg(chart)


def test_the_window_leaves_out_what_lies_far_away_and_says_so() -> None:
    near = [at(f"i-{n}", f"2021-03-{n:02}", f"2021-03-{n:02}", "") for n in range(1, 20)]
    old = at("i-old", "1948", "1948", "1948")
    chart = make_chart(record(), [*near, old])
    assert (chart.first, chart.last) == (datetime.date(2021, 3, 1), datetime.date(2021, 3, 19))
    assert (chart.before, chart.after) == (1, 0)
    assert ">1948</text>" in timeline_svg(chart)
    assert make_chart(record(), [*near, old], whole=True).first == datetime.date(1948, 1, 1)
    asked = make_chart(record(), near, since=datetime.date(2021, 3, 5), until=datetime.date(2021, 3, 9))
    assert (asked.first, asked.last) == (datetime.date(2021, 3, 5), datetime.date(2021, 3, 9))


def test_lanes_by_place_and_by_doer_the_nameless_last() -> None:
    there = at("i-1", "2021", "2021", "2021", place=Place(text="Velin"))
    nowhere = at("i-2", "2021", "2021", "2021", parties={})
    by_place = make_chart(record(), [nowhere, there], "place")
    assert [lane.name for lane in by_place.lanes] == ["Velin", NO_PLACE]
    by_doer = make_chart(record(), [nowhere, there], "actor")
    assert [lane.name for lane in by_doer.lanes] == ["the Harbour Front", "Nobody named as the doer"]


def test_many_lanes_of_one_bar_are_drawn_together_and_keep_their_places() -> None:
    places = [at(f"i-{n:02}", "2021", "2021", "2021", place=Place(text=f"Town {n}")) for n in range(20)]
    twice = [at(f"j-{n}", "2021", "2021", "2021", place=Place(text="Velin")) for n in range(2)]
    chart = make_chart(record(), [*places, *twice])
    assert [lane.name for lane in chart.lanes] == ["Velin", OTHERS]
    assert chart.lanes[1].bars[3].label.endswith("Town 3")


def test_more_than_can_be_drawn_is_said() -> None:
    many = [at(f"i-{n:03}", "2021", "2021", "2021") for n in range(MOST_BARS + 7)]
    chart = make_chart(record(), many)
    assert chart.left_out == 7
    assert sum(len(lane.bars) for lane in chart.lanes) == MOST_BARS


def test_hostile_and_arabic_names_stay_text() -> None:
    for words in (EVIL, "قصف سوق السمك"):
        one = at("i-1", "2021", "2021", "2021", title=words, place=Place(text=words or "x"))
        root = ET.fromstring(
            timeline_svg(make_chart(record(one), [one]), address=lambda key: f"/story/{key}")
        )
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert "script" not in tags
        assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)
    assert "قصف" in timeline_svg(make_chart(record(one), [one]))


def test_the_picture_is_the_same_each_time_and_links_to_the_story() -> None:
    one = at("i-1", None, "2021-03", "/2021-03")
    first, second = (timeline_svg(make_chart(record(), [one]), address=lambda key: f"/s/{key}") for _ in "12")
    assert first == second
    assert 'href="/s/i-1"' in first
    assert "url(#timeline-picture-start)" in first


def test_an_empty_chart_is_a_picture_too() -> None:
    root = ET.fromstring(timeline_svg(make_chart(record(), [])))
    assert root.get("viewBox")
    assert make_tie_chart([("Members", ())]).lanes == ()


@settings(max_examples=60, deadline=None)
@given(st.dates(), st.integers(min_value=1, max_value=900_000))
def test_an_axis_has_few_marks_in_order(first: datetime.date, days: int) -> None:
    days = min(days, (datetime.date.max - first).days or 1)
    marks = [day for day, _ in ticks(first, days)]
    assert len(marks) <= 14
    assert marks == sorted(set(marks))
    assert all(first <= day for day in marks)
