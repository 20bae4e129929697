"""Article bodies: shingles of four words, shares per page, means over pages."""

from __future__ import annotations

from collections import Counter

import pytest

from web import counts, figures, shingles


def test_shingles_are_runs_of_four_words_with_their_counts() -> None:
    assert shingles("a b c d e") == Counter({("a", "b", "c", "d"): 1, ("b", "c", "d", "e"): 1})
    assert shingles("a a a a a") == Counter({("a", "a", "a", "a"): 2})
    assert shingles("Two, words!") == Counter({("Two", "words"): 1})
    assert shingles(" … ") == Counter()


def test_counts_are_shares_of_one_page() -> None:
    # Gold abcd bcde; found abcd bcdx: one hit, one extra, one missed.
    assert counts("a b c d e", "a b c d x") == pytest.approx((1 / 3, 1 / 3, 1 / 3))
    assert counts("", "") == (0.0, 0.0, 0.0)


def test_a_long_page_weighs_no_more_than_a_short_one() -> None:
    # Precision of (1, ½), recall of (½, 1): means .75 and .75.
    assert figures([(0.5, 0.0, 0.5), (0.5, 0.5, 0.0)]) == {"precision": 0.75, "recall": 0.75, "f1": 0.75}


def test_a_page_without_a_body_found_costs_recall_and_no_precision() -> None:
    found = figures([(1.0, 0.0, 0.0), (0.0, 0.0, 1.0)])
    assert found == {"precision": 1.0, "recall": 0.5, "f1": pytest.approx(2 / 3)}
