from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.dates import find_date, parse_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2017-02-07", "2017-02-07"),
        ("2017-02-07T23:30:00-05:00", "2017-02-07"),
        ("20170207", "2017-02-07"),
        ("February 7, 2017", "2017-02-07"),
        ("Oct. 3rd, 2014", "2014-10-03"),
        ("Wed 05 Apr 2017", "2017-04-05"),
        ("13 NOV 89", "1989-11-13"),
        ("1 JAN 05", "2005-01-01"),
        ("Aug 142016", "2016-08-14"),
        ("15 de abril de 2015", "2015-04-15"),
        ("le 3 août 2016", "2016-08-03"),
        ("3. März 2016", "2016-03-03"),
        ("24.08.2013", "2013-08-24"),
        ("13/5/2017", "2017-05-13"),
    ],
)
def test_dates_as_reports_write_them(text: str, expected: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.date.isoformat() == expected
    assert not found.ambiguous


@pytest.mark.parametrize(
    ("text", "expected"),
    [("4/5/2017", "2017-04-05"), ("4.5.2017", "2017-05-04"), ("06-09-2013", "2013-09-06")],
)
def test_where_day_and_month_could_change_places_it_is_said(text: str, expected: str) -> None:
    found = parse_date(text)
    assert found is not None
    assert found.date.isoformat() == expected
    assert found.ambiguous


def test_the_same_day_and_month_is_not_ambiguous() -> None:
    found = parse_date("5/5/2017")
    assert found is not None
    assert not found.ambiguous


@pytest.mark.parametrize(
    "text", ["", "May 2017", "31 February 2017", "1/2/3", "yesterday", "0001-01-01", "12:30"]
)
def test_no_date_is_made_up(text: str) -> None:
    assert parse_date(text) is None


def test_a_date_is_found_with_its_place() -> None:
    text = "Published on Thursday, 3 March 2016 at noon"
    found = find_date(text)
    assert found is not None
    assert text[found.start : found.end] == "3 March 2016"


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_every_way_of_writing_it(date: datetime.date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%a %d %b %Y", "%Y%m%d"):
        found = parse_date(date.strftime(form))
        assert found is not None
        assert found.date == date
