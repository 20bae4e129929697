"""Counts: every expected range is that of the coding guidelines or plain arithmetic."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value import read_count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two", (2, 2)),
        ("16", (16, 16)),
        ("Twenty-five", (25, 25)),
        ("one hundred and twenty", (120, 120)),
        ("125,000", (125000, 125000)),
        ("a thousand", (1000, 1000)),
        ("1.5 million", (1500000, 1500000)),
        ("at least 30", (30, None)),
        ("At least two dozen", (24, None)),
        ("more than 170", (171, None)),
        ("over 1,000", (1001, None)),
        ("as many as 1 million", (None, 1000000)),
        ("up to 40", (None, 40)),
        ("fewer than 10", (None, 9)),
        ("nearly 100", (90, 99)),
        ("about 6,000", (5400, 6600)),
        ("SOME 12,000", (10800, 13200)),
        ("dozens", (24, 99)),
        ("hundreds", (200, 999)),
        ("tens of thousands", (20000, 99999)),
        ("a number of", (3, None)),
        ("several", (3, 9)),
        ("no casualties", (0, 0)),
        ("between 20 and 30", (20, 30)),
        ("30 to 40", (30, 40)),
        ("10-15", (10, 15)),
        ("a woman", (1, 1)),
        ("a wounded seven-year-old girl", (1, 1)),
        ("$15 million", (15000000, 15000000)),
        ("over half a million", (500001, None)),
        ("one and a half million", (1500000, 1500000)),
        ("two Britons and a Moroccan", (3, 3)),
        ("an adult and a child", (2, 2)),
        ("another three hostages", (3, 3)),
        ("a dozen", (12, 12)),
        ("20 people or more", (20, None)),
        ("at least two or three", (2, None)),
        ("a large number of militants", (3, None)),
        ("numerous", (3, None)),
        ("Layla al-Hassan", (1, 1)),
        ("Layla Hassan, 6", (1, 1)),
        ("10 per cent", (None, None)),
        ("over 70% of the population", (None, None)),
        ("a 3-1 victory", (None, None)),
        ("call +44 20 7946 0018", (None, None)),
        ("the 300 Spartans", (None, None)),
        ("many", (None, None)),
        ("his men", (None, None)),
    ],
)
def test_ranges_follow_the_guidelines(text: str, expected: tuple[int | None, int | None]) -> None:
    assert read_count(text) == expected


def test_a_bound_may_stand_before_the_words() -> None:
    assert read_count("30 people", "killed at least ") == (30, None)
    assert read_count("30 people", "as the army said ") == (30, 30)


@given(st.text(max_size=60))
def test_any_words_give_an_ordered_range(text: str) -> None:
    low, high = read_count(text)
    assert low is None or low >= 0
    assert low is None or high is None or low <= high


@given(st.integers(min_value=0, max_value=10**9))
def test_figures_mean_themselves(number: int) -> None:
    assert read_count(str(number)) == (number, number)
    assert read_count(f"{number:,}") == (number, number)
    assert read_count(f"at least {number:,}") == (number, None)
