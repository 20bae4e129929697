"""Circles: the same for every order, found from one report as from all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.merge import circles
from stemma.merge.circles import MemoryBlocks, circle_of, partition, regroup

KEYS = [4 * number + kind for number in range(6) for kind in range(4)]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(circles, "LARGEST", 4)
    monkeypatch.setattr(circles, "LEVELS", ((4, 4, 5, 99), (2, 3, 5, 99), (0, 0, 5, 99)))


def whole(filed: dict[int, Sequence[int]]) -> set[frozenset[int]]:
    """The partition of all reports at once."""
    rows = [(report, key) for report, keys in filed.items() for key in set(keys)]
    alone = {frozenset((report,)) for report, keys in filed.items() if not keys}
    if not rows:
        return alone
    owners, keys = np.array(rows, dtype=np.int64).T
    return alone | {frozenset(circle.tolist()) for circle in partition(owners, keys)}


def test_a_key_that_many_have_links_nobody_and_one_that_few_have_does() -> None:
    rare, common = 4, 8
    filed = {report: (rare,) if report < 3 else (common,) for report in range(9)}
    assert whole(filed) == {frozenset((0, 1, 2)), *(frozenset((n,)) for n in range(3, 9))}


def test_copies_stay_together_however_many() -> None:
    assert whole(dict.fromkeys(range(30), (7,))) == {frozenset(range(30))}


def test_what_would_be_too_large_falls_apart_at_its_common_keys() -> None:
    # Five reports in a row: pairs by rare keys (two have them), all of them by a key of four.
    filed = {0: (4,), 1: (4, 8), 2: (8, 12), 3: (8, 12), 4: (8,)}
    assert whole(filed) == {frozenset((0, 1)), frozenset((2, 3)), frozenset((4,))}


many = st.dictionaries(
    st.integers(0, 14), st.lists(st.sampled_from(KEYS), max_size=4).map(tuple), min_size=1, max_size=15
)


@given(many)
@settings(max_examples=300)
def test_the_circle_of_one_is_that_of_the_partition(filed: dict[int, tuple[int, ...]]) -> None:
    blocks = MemoryBlocks(filed.items())
    expected = {member: circle for circle in whole(filed) for member in circle}
    assert {report: circle_of(report, blocks) for report in filed} == expected


@given(
    st.lists(st.tuples(st.integers(0, 11), st.lists(st.sampled_from(KEYS), max_size=5)), max_size=25),
    st.data(),
)
@settings(max_examples=300)
def test_one_after_the_other_gives_what_all_at_once_gives(filings: list[Any], data: st.DataObject) -> None:
    blocks = MemoryBlocks()
    filed: dict[int, Sequence[int]] = {}
    known: dict[int, frozenset[int]] = {}
    while filings:
        size = data.draw(st.integers(1, 3))
        batch, filings = dict(filings[:size]), filings[size:]
        changed = {report: blocks.put(report, tuple(keys)) for report, keys in batch.items()}
        filed.update({report: tuple(keys) for report, keys in batch.items()})
        known.update(regroup(changed, blocks, known))
        assert set(known.values()) == whole(filed)
