from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.store.partial import first_day, last_day


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017-02", "2017-02-01", "2017-02-28"),
        ("2016-12", "2016-12-01", "2016-12-31"),
        ("2016-12-04", "2016-12-04", "2016-12-04"),
        ("2016-13", "2016-13-01", "2016-13-31"),
        ("0000-02", "0000-02-01", "0000-02-31"),
    ],
)
def test_the_days_that_a_partial_date_can_mean(date: str, first: str, last: str) -> None:
    assert (first_day(date), last_day(date)) == (first, last)


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_day_lies_within_its_partial_date_and_its_neighbours_do_not(day: datetime.date, cut: int) -> None:
    partial = day.isoformat()[:cut]
    first, last = (datetime.date.fromisoformat(end(partial)) for end in (first_day, last_day))
    assert first <= day <= last
    assert first.isoformat()[:cut] == last.isoformat()[:cut] == partial
    if last < datetime.date.max:
        assert (last + datetime.timedelta(1)).isoformat()[:cut] != partial
    if first > datetime.date.min:
        assert (first - datetime.timedelta(1)).isoformat()[:cut] != partial
