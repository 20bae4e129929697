"""What all scorers rest on: F1, spans from tags, one-to-one pairs, means over classes."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import assignment
from public_sets import SCORERS, bio_spans, f1, link_by_cue, overlap
from sets_muc4 import align
from sets_shared import accuracy, bare, coded, macro_f1, pairs, touch

matrices = st.integers(0, 5).flatmap(
    lambda width: st.lists(st.lists(st.sampled_from([0.0, 1.0]), min_size=width, max_size=width), max_size=5)
)
weights = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), max_size=4)
)


def by_trying_all(matrix: list[list[float]]) -> float:
    """The best total over every way to give each row a column of its own, or none."""
    columns = len(matrix[0]) if matrix else 0
    seats = [*range(columns), *[None] * len(matrix)]
    return max(
        (
            sum(row[seat] for row, seat in zip(matrix, chosen, strict=True) if seat is not None)
            for chosen in set(permutations(seats, len(matrix)))
        ),
        default=0.0,
    )


@given(matrices)
def test_assignment_is_the_best_of_all(matrix: list[list[float]]) -> None:
    assert assignment(matrix) == by_trying_all(matrix)


@given(weights)
def test_align_has_the_largest_total_and_uses_nothing_twice(matrix: list[list[int]]) -> None:
    chosen = align(matrix)
    assert sum(matrix[row][column] for row, column in chosen) == by_trying_all(matrix)
    assert len({row for row, _ in chosen}) == len({column for _, column in chosen}) == len(chosen)


def test_assignment_moves_an_earlier_row_aside() -> None:
    assert assignment([[1, 1], [1, 0]]) == 2


def test_f1_of_three_right_among_four_given_and_six_wanted() -> None:
    assert f1(3, 4, 6) == {"p": 0.75, "r": 0.5, "f1": 0.6}


def test_f1_of_nothing_is_nought() -> None:
    assert f1(0, 0, 0) == {"p": 0.0, "r": 0.0, "f1": 0.0}


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ([0, 1, 2, 2, 0], [(1, 3)]),
        ([1, 1, 2], [(0, 0), (1, 2)]),
        ([0, 2, 2, 0, 2], [(1, 2), (4, 4)]),
        ([], []),
    ],
)
def test_bio_spans(tags: list[int], spans: list[tuple[int, int]]) -> None:
    assert bio_spans(tags) == spans


@given(st.lists(st.integers(0, 2)))
def test_bio_spans_cover_what_is_not_outside(tags: list[int]) -> None:
    covered = {index for a, b in bio_spans(tags) for index in range(a, b + 1)}
    assert covered == {index for index, tag in enumerate(tags) if tag}


def test_overlap_counts_shared_words_of_inclusive_spans() -> None:
    assert overlap((2, 5), (4, 9)) == 2
    assert overlap((2, 3), (4, 9)) == 0


def test_a_cue_takes_the_nearest_source_and_content_within_reach() -> None:
    spans = {"source": [(0, 1), (40, 41)], "cue": [(3, 3), (90, 90)], "content": [(5, 9)]}
    assert link_by_cue(spans) == [((0, 1), (5, 9))]


def test_places_touch_only_where_a_character_is_shared() -> None:
    assert touch((0, 4), (3, 9))
    assert not touch((0, 4), (4, 9))


def test_bare_leaves_out_one_article() -> None:
    assert bare("The Red Front", (0, 13)) == (4, 13)
    assert bare("Anders", (0, 6)) == (0, 6)


def test_pairs_are_one_to_one() -> None:
    assert pairs([1, 1, 2], [1, 2, 2], lambda a, b: a == b) == 2
    assert pairs([], [1], lambda a, b: True) == pairs([1], [], lambda a, b: True) == 0


def test_macro_f1_averages_over_gold_classes_only() -> None:
    # A: 1 right of 2 wanted, 1 given: F1 2/3. B: 1 right of 1 wanted, 2 given: 2/3. C is never gold.
    assert macro_f1(["A", "A", "B"], ["A", "B", "B"]) == 0.667
    # A: 1 of 1 wanted, 1 given: 1. B: 0 of 2 wanted.
    assert macro_f1(["A", "B", "B"], ["A", "C", "C"]) == 0.5


def test_accuracy() -> None:
    assert accuracy([1, 2, 3, 4], [1, 2, 0, 0]) == 0.5


def test_coded_reads_the_names_of_both_parts(tmp_path, monkeypatch) -> None:
    for path in ("train/re3d__00A1.json", "dev/re3d__00B2.json", "dev/fakes__7.json"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("{}")
    monkeypatch.setenv("STEMMA_GOLD", str(tmp_path))
    assert coded("re3d") == {"00A1", "00B2"}


@pytest.mark.parametrize(("name", "figure"), [("re3d", "documents"), ("worldwide", "reports")])
def test_a_scorer_in_a_file_of_its_own_finds_nothing_where_nothing_is(tmp_path, name, figure) -> None:
    result = SCORERS[name](tmp_path, None)
    assert result[figure] == 0
    assert set(result.values()) == {0}
