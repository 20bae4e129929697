"""EDTF on the wire: a grammar of levels 0 to 2 written from the specification, and what words become."""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value import Told, read_when

ANCHOR = datetime.date(2017, 2, 7)
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
_POINT = rf"{_DAY}[~?%]?"
_HOUR = r"T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?"
GRAMMAR = re.compile(
    rf"{_POINT}"  # levels 0 and 1: a date, perhaps about
    rf"|\d{{4}}-\d\d-\d\d{_HOUR}"  # level 0: date and hour
    r"|\d{3}X"  # level 1: a decade
    r"|\d{4}-(?:2[1-4]|3[3-6])"  # levels 1 and 2: seasons and quarters
    rf"|(?:{_POINT}|\.\.)?/(?:{_POINT}|\.\.)?"  # intervals, open or of unknown ends
    rf"|\[(?:{_DAY})?\.\.(?:{_DAY})?\]"  # level 2: one of a set
)
"""ISO 8601-2:2019 annex A, as far as time words need it."""

WORDS = st.lists(
    st.sampled_from(
        "in on by since until before after from to between and the a last next this early mid late about nearly "
        "more than two 31 february 2016 december 1500 2150 0 friday overnight ago days week month year ramadan "
        "eid al-fitr summer of at 0430 gmt 3:30 p.m. 1990s quarter first day end that same recently within".split()
    ),
    max_size=8,
).map(" ".join)


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("in December", "2016-12"),
        ("around December 2016", "2016-12~"),
        ("about 2008", "2008~"),
        ("by 7 February 2016", "[..2016-02-07]"),
        ("by Friday", "[2017-02-07..2017-02-10]"),
        ("nearly a year ago", "[2016-02..2016-03]"),
        ("since March 2011", "2011-03/2017-02"),
        ("from 1 June 2017", "2017-06-01/.."),
        ("until 2014", "/2014"),
        ("after 3 March 2016", "[2016-03-03..]"),
        ("in the summer of 2016", "2016-22"),
        ("the winter of 1998-1999", "1998-24"),
        ("third quarter of 2016", "2016-35"),
        ("the 2010s", "201X"),
        ("at 0430 GMT", "2017-02-07T04:30:00Z"),
        ("3:30 p.m. local time on Monday", "2017-02-06T15:30:00"),
        ("at 9 a.m. EST on 3 February", "2017-02-03T09:00:00-05:00"),
        ("12:05 am on 3 February", "2017-02-03T00:05:00"),
        ("042100Z FEB 16", "2016-02-04T21:00:00Z"),
        ("from 0600 to 1200 GMT today", "2017-02-07"),
        ("on or about 3 February", "2017-02-03~"),
        ("31 February 2016", None),
        ("at the market", None),
    ],
)
def test_words_in_the_notation(text: str, edtf: str | None) -> None:
    assert read_when(text, ANCHOR).edtf == edtf


def test_a_feast_of_the_moon_is_about_its_days() -> None:
    found = read_when("Ramadan 2019", ANCHOR)
    assert found.edtf == f"{found.start}~/{found.end}~"


@given(
    WORDS | st.text(max_size=60), st.none() | st.dates(datetime.date(1600, 1, 1), datetime.date(2099, 12, 31))
)
def test_whatever_is_said_the_notation_is_valid(text: str, anchor: datetime.date | None) -> None:
    told = Told(("2016-12-30", "2016-12-30"), ("2016-12-30", "2016-12-30"))
    found = read_when(text, anchor, around=f"They will come {text} and went", told=told)
    assert (found.edtf is None) is (found.start is None and found.end is None)
    if found.edtf:
        assert GRAMMAR.fullmatch(found.edtf), found.edtf
    if found.reason:
        assert (found.start, found.end) == (None, None)
