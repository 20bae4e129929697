from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.merge.lineage.align import SHORTEST, align
from stemma.merge.lineage.near import SHINGLE, WINDOW, Index, fingerprints, stock_words
from stemma.merge.lineage.words import Words, words_of
from stemma.model import Document, Passage, PassageKind, Span

tokens = st.lists(st.integers(0, 10_000), max_size=60)


def words(values: list[int]) -> Words:
    places = tuple(range(len(values)))
    return Words(np.array(values, dtype=np.uint64), places, tuple(place + 1 for place in places), len(values))


@settings(max_examples=150, deadline=None)
@given(
    tokens,
    tokens,
    st.lists(st.integers(0, 10_000), min_size=SHINGLE + WINDOW - 1, max_size=40),
    tokens,
    tokens,
)
def test_a_run_that_two_texts_share_is_sure_to_share_a_fingerprint(
    a: list[int], b: list[int], run: list[int], c: list[int], d: list[int]
) -> None:
    one = fingerprints(words([*a, *run, *b]).hashes)
    other = fingerprints(words([*c, *run, *d]).hashes)
    assert np.intersect1d(one, other).size


@settings(max_examples=150, deadline=None)
@given(tokens, tokens)
def test_what_is_aligned_is_equal_and_each_word_counts_once(a: list[int], b: list[int]) -> None:
    here, there = [value % 5 for value in a], [value % 5 for value in b]
    overlap = align(words(here), words(there))
    used_here: set[int] = set()
    used_there: set[int] = set()
    for run in overlap.runs:
        assert run.size >= SHORTEST
        assert here[run.here : run.here + run.size] == there[run.there : run.there + run.size]
        places_here = set(range(run.here, run.here + run.size))
        places_there = set(range(run.there, run.there + run.size))
        assert not places_here & used_here
        assert not places_there & used_there
        used_here |= places_here
        used_there |= places_there
    assert overlap.share_here <= 1
    assert overlap.share_there <= 1


def test_paragraphs_in_another_order_are_aligned() -> None:
    first, second = list(range(20)), list(range(100, 130))
    overlap = align(words([*first, *second]), words([*second, 7777, *first]))
    assert overlap.words == 50
    assert overlap.share_here == 1.0
    assert overlap.share_there == 50 / 51


def test_the_pairs_are_those_of_a_plain_count() -> None:
    index = Index()
    texts = [{1, 2, 3}, {2, 3, 4}, {3, 4, 5}, {9}]
    for number, prints in enumerate(texts):
        index.add(number, np.array(sorted(prints), dtype=np.uint64))
    low, high, counts = index.pairs(1)
    found = dict(zip(zip(low.tolist(), high.tolist(), strict=True), counts.tolist(), strict=True))
    assert found == {(0, 1): 2, (0, 2): 1, (1, 2): 2}
    assert index.pairs(1, without=np.array([3], dtype=np.uint64))[2].tolist() == [1, 1]


def test_a_bucket_of_many_gives_few_pairs() -> None:
    index = Index()
    for number in range(5000):
        index.add(number, np.array([1, 2], dtype=np.uint64))
    low, high, _ = index.pairs()
    assert len(low) <= 3 * 5000
    assert set(low.tolist()) | set(high.tolist()) == set(range(5000))


def test_stock_needs_one_outlet_and_time() -> None:
    def stock(outlets: list[int], days: list[int]) -> list[int]:
        index = Index()
        for number in range(len(outlets)):
            index.add(number, np.array([5, 100 + number], dtype=np.uint64))
        return [int(one) for one in index.stock(np.array(outlets), np.array(days))]

    assert stock([0, 0, 0], [10, 20, 40]) == [5]
    assert stock([0, 0, 1], [10, 20, 40]) == []
    assert stock([0, 0, 0], [10, 11, 12]) == []
    assert stock([0, 0, 0], [-1, -1, -1]) == []


def test_the_words_of_stock_are_hidden_and_no_others() -> None:
    standing, own = list(range(500, 540)), list(range(40))
    text = words([*own, *standing])
    stock = fingerprints(words(standing).hashes)
    mask = stock_words(text.hashes, stock)
    assert not mask[: len(own) - SHINGLE].any()
    assert mask[len(own) + WINDOW : -WINDOW].all()
    hidden = text.without(mask, 3)
    assert hidden.counted == len(text) - int(mask.sum())
    assert align(hidden, words(standing)).words < 2 * WINDOW


def test_words_are_those_of_the_text_without_case_and_apostrophes() -> None:
    text = "Menu Home\n\nThe army’s CAMP didn't fall"
    document = Document(
        report="a",
        report_hash="",
        text=text,
        passages=(
            Passage(kind=PassageKind.FURNITURE, span=Span(start=0, end=9)),
            Passage(kind=PassageKind.BODY, span=Span(start=11, end=len(text))),
        ),
    )
    found = words_of(document)
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == [
        "The",
        "army’s",
        "CAMP",
        "didn't",
        "fall",
    ]
    plain = Document(report="b", report_hash="", text="the armys camp didnt FALL")
    assert words_of(plain).hashes.tolist() == found.hashes.tolist()
