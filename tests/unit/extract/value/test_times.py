"""Times. The report is of Tuesday 2017-02-07 unless another anchor is given; a calendar tells the rest."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value import read_time

ANCHOR = datetime.date(2017, 2, 7)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("in December", "2016-12", "2016-12"),
        ("in January", "2017-01", "2017-01"),
        ("on Wednesday", "2017-02-01", "2017-02-01"),
        ("Tuesday", "2017-02-07", "2017-02-07"),
        ("last Tuesday", "2017-01-31", "2017-01-31"),
        ("late on Sunday", "2017-02-05", "2017-02-05"),
        ("by Friday", "2017-02-07", "2017-02-10"),
        ("today", "2017-02-07", "2017-02-07"),
        ("THIS MORNING", "2017-02-07", "2017-02-07"),
        ("yesterday", "2017-02-06", "2017-02-06"),
        ("LAST NIGHT", "2017-02-06", "2017-02-06"),
        ("overnight", "2017-02-06", "2017-02-07"),
        ("last week", "2017-01-30", "2017-02-05"),
        ("last month", "2017-01", "2017-01"),
        ("last year", "2016", "2016"),
        ("earlier this month", "2017-02-01", "2017-02-07"),
        ("over the weekend", "2017-02-04", "2017-02-05"),
        ("nearly a year ago", "2016-02", "2016-03"),
        ("three days ago", "2017-02-04", "2017-02-04"),
        ("two months ago", "2016-12", "2016-12"),
        ("four years ago", "2013", "2013"),
        ("in recent years", None, "2017-02"),
        ("recently", None, "2017-02"),
        ("in 2011", "2011", "2011"),
        ("early 2014", "2014-01", "2014-04"),
        ("in mid-July", "2016-07-11", "2016-07-20"),
        ("January 29", "2017-01-29", "2017-01-29"),
        ("November 19 2016", "2016-11-19", "2016-11-19"),
        ("5 DECEMBER", "2016-12-05", "2016-12-05"),
        ("on May 3-4", "2016-05-03", "2016-05-04"),
        ("01.02.2015", "2015-02-01", "2015-02-01"),
        ("2016-12-04", "2016-12-04", "2016-12-04"),
        ("since March 2011", "2011-03", "2017-02"),
        ("since 2012", "2012", "2017-02"),
        ("between 2011 and 2013", "2011", "2013"),
        ("from January to March 2016", "2016-01", "2016-03"),
        ("between Thursday and Friday", "2017-02-02", "2017-02-03"),
        ("over the past three days", "2017-02-04", "2017-02-07"),
        ("the 1980s", "1980", "1989"),
        ("in the summer of 2014", "2014-06", "2014-08"),
        ("since 4 December", "2016-12-04", "2017-02-07"),
        ("for two years", "2015", "2017-02"),
        ("for more than a week", None, "2017-02-07"),
        ("in the past two months", "2016-12", "2017-02"),
        ("over the past week", "2017-01-31", "2017-02-07"),
        ("more than two years ago", None, "2015-02"),
        ("for a third straight day", "2017-02-05", "2017-02-07"),
        ("the six-year-old war", "2011", "2017-02"),
        ("just days after", "2017-01-31", "2017-02-06"),
        ("within a week", "2017-02-07", "2017-02-14"),
        ("in the next three days", "2017-02-08", "2017-02-10"),
        ("late last year", "2016-10", "2016-12"),
        ("mid-2012", "2012-06", "2012-08"),
        ("the winter of 1998-1999", "1998-12", "1999-02"),
        ("third quarter of 2016", "2016-07", "2016-09"),
        ("the first Friday of July 2016", "2016-07-01", "2016-07-01"),
        ("the week of 1 February", "2017-01-30", "2017-02-05"),
        ("night of 6 to 7 February", "2017-02-06", "2017-02-07"),
        ("from 30 January to 2 February 2015", "2015-01-30", "2015-02-02"),
        ("overnight into Tuesday", "2017-02-06", "2017-02-07"),
        ("in the early hours of Tuesday", "2017-02-07", "2017-02-07"),
        ("042100Z", "2017-02-04", "2017-02-04"),
        ("042100Z FEB 16", "2016-02-04", "2016-02-04"),
        ("at 10:30 p.m. on 3 Feb", "2017-02-03", "2017-02-03"),
        ("at 5 pm", "2017-02-07", "2017-02-07"),
        ("Ramadan 2019", "2019-05-06", "2019-06-04"),
        ("Easter 2016", "2016-03-27", "2016-03-27"),
        ("May twenty-first 2016", "2016-05-21", "2016-05-21"),
        ("Feb 29", "2016-02-29", "2016-02-29"),
    ],
)
def test_words_mean_intervals(text: str, start: str | None, end: str | None) -> None:
    assert read_time(text, ANCHOR) == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2016",
        "14 July 1099",
        "in 2150",
        "480 BC",
        "1,500 people",
        "2016-13-45",
        "32.01.2015",
        "in the morning mist",
        "",
    ],
)
def test_a_date_that_does_not_exist_is_left_open(text: str) -> None:
    assert read_time(text, ANCHOR) == (None, None)


def test_what_is_to_come_lies_after_the_report() -> None:
    around = "The talks will begin on Friday in Geneva, he said on Monday."
    assert read_time("on Friday", ANCHOR, around=around) == ("2017-02-10", "2017-02-10")
    assert read_time("on Monday", ANCHOR, around=around) == ("2017-02-06", "2017-02-06")


def test_the_next_day_counts_from_the_time_told_before() -> None:
    before = ("2016-12-30", "2016-12-30")
    assert read_time("the next day", ANCHOR, previous=before) == ("2016-12-31", "2016-12-31")
    assert read_time("two days after the attack", ANCHOR, previous=before) == ("2017-01-01", "2017-01-01")
    assert read_time("since then", ANCHOR, previous=before) == ("2016-12-30", "2017-02-07")
    assert read_time("the next day", ANCHOR) == (None, None)


def test_without_an_anchor_only_full_dates_are_read() -> None:
    assert read_time("on Wednesday", None) == (None, None)
    assert read_time("yesterday", None) == (None, None)
    assert read_time("4 December 2016", None) == ("2016-12-04", "2016-12-04")
    assert read_time("in December 2016", None) == ("2016-12", "2016-12")


def test_a_year_turns_at_january() -> None:
    new_year = datetime.date(2017, 1, 1)
    assert read_time("on Saturday", new_year) == ("2016-12-31", "2016-12-31")
    assert read_time("last month", new_year) == ("2016-12", "2016-12")
    assert read_time("December 30", new_year) == ("2016-12-30", "2016-12-30")


@given(st.text(max_size=80), st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_any_words_give_an_ordered_interval(text: str, anchor: datetime.date) -> None:
    start, end = read_time(text, anchor)
    if start and end:
        shared = min(len(start), len(end))
        assert start[:shared] <= end[:shared]


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_a_full_date_means_itself_whatever_the_anchor(date: datetime.date) -> None:
    written = f"{date.day} {date:%B} {date.year}"
    assert read_time(written, ANCHOR) == (date.isoformat(), date.isoformat())
    assert read_time(date.isoformat(), ANCHOR) == (date.isoformat(), date.isoformat())
