from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from network import LABELS, STATE, make_heads, random_weights

from stemma.extract.local import heads as heads_module
from stemma.extract.local.heads import (
    Heads,
    between_means,
    gelu,
    running_sums,
    sentence_relation,
    sigmoid,
    softmax,
    span_mean,
)
from stemma.extract.local.words import split_words

KINDS = len(LABELS["span_kinds"])


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Heads:
    return make_heads(tmp_path_factory.mktemp("model"))


def states(count: int, seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 1, (count, STATE)).astype(np.float32)


def test_sigmoid_knows_its_values_and_never_overflows() -> None:
    with np.errstate(all="raise"):
        found = sigmoid(np.array([0.0, math.log(3), -math.log(3), 1e4, -1e4], dtype=np.float32))
    assert np.allclose(found, [0.5, 0.75, 0.25, 1, 0], atol=1e-6)


def test_softmax_knows_its_values_and_never_overflows() -> None:
    found = softmax(np.array([[0, math.log(3)], [1000, 1000]], dtype=np.float32))
    assert np.allclose(found, [[0.25, 0.75], [0.5, 0.5]], atol=1e-6)


def test_gelu_is_near_the_exact_one() -> None:
    x = np.linspace(-8, 8, 2001, dtype=np.float32)
    exact = [v * 0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()]
    kept = x.copy()
    assert np.abs(gelu(x) - exact).max() < 5e-4
    assert np.array_equal(x, kept)


@given(st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=6))
def test_span_means_equal_a_plain_loop(pairs: list[tuple[int, int]]) -> None:
    x = states(30)
    edges = [(min(p), max(p)) for p in pairs]
    starts, ends = (np.array([e[k] for e in edges], dtype=np.int64) for k in (0, 1))
    found = span_mean(x, starts, ends)
    assert found.shape == (len(edges), STATE)
    for row, (a, b) in zip(found, edges, strict=True):
        assert np.allclose(row, x[a : b + 1].mean(0), atol=1e-5)


def test_means_between_equal_a_plain_loop() -> None:
    x = states(12)
    triggers = np.array([[0, 0], [5, 6], [11, 11]])
    spans = np.array([[0, 1], [3, 4], [4, 7], [6, 6], [8, 10], [11, 11]])
    found = between_means(running_sums(x), triggers[:, 0], triggers[:, 1], spans[:, 0], spans[:, 1])
    assert found.shape == (3, 6, STATE)
    for t, (a, b) in enumerate(triggers.tolist()):
        for m, (c, d) in enumerate(spans.tolist()):
            between = [k for k in range(12) if min(b, d) < k < max(a, c)]
            expected = x[between].mean(0) if between else np.zeros(STATE)
            assert np.allclose(found[t, m], expected, atol=1e-5), (t, m)


def test_spans_equal_a_plain_loop(heads: Heads) -> None:
    x, w = states(9), {name: value.astype(np.float32) for name, value in random_weights().items()}
    found = heads.spans(x, 0.0, KINDS)
    assert len(found) == sum(range(1, 10)), "each of the spans that nine words have, once"
    left = x @ w["span_start.weight"].T
    right = x @ w["span_end.weight"].T
    for a, b, kinds in zip(found.starts, found.ends, found.kinds, strict=True):
        logits = [left[a] @ w["span_form"][k] @ right[b] for k in range(KINDS)]
        logits += x[a] @ w["span_first.weight"].T + w["span_first.bias"]
        logits += x[b] @ w["span_last.weight"].T + w["span_last.bias"] + w["span_width"][:, b - a]
        assert np.allclose(kinds, 1 / (1 + np.exp(-logits)), atol=1e-4)


def test_spans_do_not_depend_on_how_many_are_scored_at_once(
    heads: Heads, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = states(70)
    whole = heads.spans(x, 0.2, KINDS)
    monkeypatch.setattr(heads_module, "CHUNK", 16)
    parts = heads.spans(x, 0.2, KINDS)
    assert 0 < len(whole) < 70 * LABELS["max_width"]
    assert np.array_equal(whole.starts, parts.starts)
    assert np.array_equal(whole.ends, parts.ends)
    assert np.allclose(whole.kinds, parts.kinds, atol=1e-5)
    assert (np.diff(whole.starts) >= 0).all()


def test_links_equal_a_plain_loop(heads: Heads) -> None:
    w = {name: value.astype(np.float32) for name, value in random_weights().items()}
    rng = np.random.default_rng(5)
    claims, mentions = (rng.normal(0, 1, (n, 192)).astype(np.float32) for n in (2, 3))
    between = states(6).reshape(2, 3, STATE)
    distance = np.array([[-200, -1, 0], [3, 61, 500]])
    sentence = np.array([[2, 1, 0], [0, 3, 3]])
    found = heads.links(claims, mentions, heads.link_states(between), distance, sentence)
    for t in range(2):
        for m in range(3):
            bucket = sum(edge < distance[t, m] for edge in LABELS["distances"])
            hidden = between[t, m] @ w["link_between.weight"].T + w["link_between.bias"]
            hidden += claims[t] @ w["link_left.weight"].T + mentions[m] @ w["link_right.weight"].T
            hidden += w["link_near.weight"][bucket]
            logits = np.array([claims[t] @ form @ mentions[m] for form in w["link_form"]])
            logits += gelu(hidden) @ w["link_out.weight"].T
            logits += mentions[m] @ w["link_mention.weight"].T + w["link_mention.bias"]
            logits += claims[t] @ w["link_claim.weight"].T + w["link_claim.bias"]
            logits += w["link_distance"][bucket] + w["link_sentence"][sentence[t, m]]
            assert np.allclose(found[t, m], 1 / (1 + np.exp(-logits)), atol=1e-4)


def test_likeness_of_mentions_is_symmetric(heads: Heads) -> None:
    mentions = np.random.default_rng(2).normal(0, 1, (4, 192)).astype(np.float32)
    found = heads.same(mentions, ["the army", "army", "Reuters", "they"])
    assert np.array_equal(found, found.T)


def test_where_a_span_stands_to_the_trigger() -> None:
    words = split_words("One. Two. Three. Four.")
    starts = np.searchsorted(words.start, [words.text.index(w) for w in ("One", "Two", "Three", "Four")])
    trigger = int(starts[2])
    assert sentence_relation(words, trigger, starts).tolist() == [2, 1, 0, 3]
    assert sentence_relation(words, np.array([[trigger], [0]]), starts).tolist() == [
        [2, 1, 0, 3],
        [0, 3, 3, 3],
    ]
