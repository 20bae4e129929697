"""Times of a whole text: the spans and values are those that a reader would note."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value.timex import find_times
from stemma.extract.value.timex_values import interval_of

ANCHOR = datetime.date(2017, 2, 7)


def values(text: str, narrative: bool = False) -> dict[str, str | None]:
    return {found.text: found.value for found in find_times(text, ANCHOR, narrative=narrative)}


def test_news_counts_from_the_report() -> None:
    text = (
        "Shelling on Sunday killed two; last week and in December it was worse. Talks will resume on Friday."
    )
    assert values(text) == {
        "Sunday": "2017-02-05",
        "last week": "2017-W05",
        "December": "2016-12",
        "Friday": "2017-02-10",
    }


def test_a_history_counts_from_the_date_told_before() -> None:
    text = "On 3 May 1898 they sailed. The next day all was lost. In July they left; two years later he came."
    assert values(text, narrative=True) == {
        "3 May 1898": "1898-05-03",
        "The next day": "1898-05-04",
        "July": "1898-07",
        "two years later": "1900",
    }


def test_years_before_our_era_have_a_value_but_no_interval() -> None:
    (found,) = find_times("The city fell in 480 BC.", ANCHOR)
    assert (found.text, found.value, found.interval) == ("480 BC", "BC0480", (None, None))


@pytest.mark.parametrize(
    "text", ["They may march on.", "1,500 people", "a 6-year-old boy", "$1990", "three quarters of it"]
)
def test_what_is_no_time_is_not_found(text: str) -> None:
    assert find_times(text, ANCHOR) == ()


@pytest.mark.parametrize(
    ("value", "interval"),
    [
        ("2017-W05", ("2017-01-30", "2017-02-05")),
        ("2017-W05-WE", ("2017-02-04", "2017-02-05")),
        ("1998-WI", ("1998-12", "1999-02")),
        ("1998-Q3", ("1998-07", "1998-09")),
        ("199", ("1990", "1999")),
        ("2017-02-05TNI", ("2017-02-05", "2017-02-05")),
        ("P3D", (None, None)),
        ("PAST_REF", (None, None)),
        ("2017-W60", (None, None)),
    ],
)
def test_values_mean_intervals(value: str, interval: tuple[str | None, str | None]) -> None:
    assert interval_of(value) == interval


@given(st.text(alphabet="0123456789 -/.,:'abcdelmnorstuwyBC", max_size=120))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    last = 0
    for found in find_times(text, ANCHOR):
        assert last <= found.start < found.end <= len(text)
        assert text[found.start : found.end] == found.text
        last = found.end


@pytest.mark.parametrize("piece", [" ", "1", "twenty ", "1 ", "about ", "the early "])
def test_hostile_repetition_is_read_in_time(piece: str) -> None:
    begun = time.monotonic()
    find_times(piece * 3000, ANCHOR)
    assert time.monotonic() - begun < 10
