"""The measures of coreference on cases counted by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from coreference import average_links, best_sum, scores
from word_stems import stem


def sets(*rows: str) -> list[frozenset[str]]:
    return [frozenset(row) for row in rows]


# Gold abc, de, f; found ab, cd, e, f.
GOLD, FOUND = sets("abc", "de", "f"), sets("ab", "cd", "e", "f")


def test_muc_counts_links() -> None:
    # abc falls into ab and c: 1 of 2 links; de into d and e: 0 of 1. Found: ab 1 of 1, cd 0 of 1.
    precision, recall, f1 = scores(GOLD, FOUND)["MUC"]
    assert (precision, recall) == pytest.approx((1 / 2, 1 / 3))
    assert f1 == pytest.approx(0.4)


def test_b_cubed_counts_mentions() -> None:
    # Recall: a, b 2/3, c 1/3, d, e 1/2, f 1. Precision: a, b 1, c, d 1/2, e 1, f 1.
    precision, recall, _ = scores(GOLD, FOUND)["B3"]
    assert recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 / 2 + 1 / 2 + 1) / 6)
    assert precision == pytest.approx((1 + 1 + 1 / 2 + 1 / 2 + 1 + 1) / 6)


def test_ceafe_assigns_each_cluster_once() -> None:
    # abc-ab 4/5, de-e 2/3 (de-cd would be 2/4), f-f 1.
    precision, recall, _ = scores(GOLD, FOUND)["CEAFe"]
    best = 4 / 5 + 2 / 3 + 1
    assert (precision, recall) == pytest.approx((best / 4, best / 3))


def test_lea_weighs_links_by_size() -> None:
    # Recall: abc 3 * 1/3, de 2 * 0, f 1 * 1, of 6. Precision: ab 2 * 1, cd 0, e 0 (in gold it is no
    # singleton), f 1, of 6.
    precision, recall, _ = scores(GOLD, FOUND)["LEA"]
    assert (precision, recall) == pytest.approx((3 / 6, 2 / 6))


def test_conll_is_the_mean_of_three() -> None:
    figures = scores(GOLD, FOUND)
    assert figures["CoNLL"][2] == pytest.approx(sum(figures[m][2] for m in ("MUC", "B3", "CEAFe")) / 3)


def test_equal_clusterings_score_one_and_mentions_missed_count() -> None:
    assert all(row == pytest.approx((1, 1, 1)) for row in scores(GOLD, GOLD).values())
    missed = scores(sets("ab"), sets("a", "x"))
    assert missed["B3"][:2] == pytest.approx((1 / 2, 1 / 4))
    assert missed["MUC"] == (0, 0, 0)


def test_the_best_assignment_is_that_of_all_orders() -> None:
    chance = np.random.default_rng(3)
    for rows, columns in ((3, 3), (2, 5), (5, 2), (4, 5)):
        matrix = chance.random((rows, columns))
        wide = matrix if rows <= columns else matrix.T
        orders = itertools.permutations(range(wide.shape[1]), wide.shape[0])
        best = max(sum(wide[r, c] for r, c in enumerate(order)) for order in orders)
        assert best_sum(matrix) == pytest.approx(best)


def test_average_links_stop_at_the_least_likeness() -> None:
    alike = np.array([[1, 0.9, 0.2], [0.9, 1, 0.3], [0.2, 0.3, 1]])
    assert sorted(map(sorted, average_links(alike, 0.5))) == [[0, 1], [2]]
    # The mean of 0.2 and 0.3 joins the third.
    assert average_links(alike, 0.25) == [[0, 1, 2]]


@pytest.mark.parametrize(
    "forms",
    ["acquires acquired acquiring acquisition", "kill killed killing", "stop stopped stops", "say said"],
)
def test_forms_of_one_verb_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1
