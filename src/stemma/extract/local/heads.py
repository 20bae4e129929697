"""The heads over word states, in numpy: spans, triggers, links, coreference, attribution."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stemma.extract.local.likeness import likeness
from stemma.extract.local.words import Words

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
_ERF_A = 0.147
CHUNK = 2048
"""Words whose span scores are held at once: bounds memory on long reports."""


def sigmoid(x: Floats) -> Floats:
    """The logistic function, without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)), dtype=np.float32)


def softmax(x: Floats) -> Floats:
    """Probabilities over the last axis."""
    shifted = np.exp(x - x.max(-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(-1, keepdims=True), dtype=np.float32)


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit; erf by the approximation of Winitzki (2008), error < 2e-4."""
    z = x / math.sqrt(2.0)
    square = z * z
    inner = square * (4 / math.pi + _ERF_A * square) / (1 + _ERF_A * square)
    erf = np.sign(z) * np.sqrt(1 - np.exp(-inner))
    return np.asarray(0.5 * x * (1 + erf), dtype=np.float32)


def span_mean(x: Floats, starts: Ints, ends: Ints) -> Floats:
    """The mean state of each span of words [start, end]."""
    return np.stack([x[a : b + 1].mean(0) for a, b in zip(starts, ends, strict=True)])


def between_means(totals: Floats, start: int, end: int, starts: Ints, ends: Ints) -> Floats:
    """The mean state (m, 384) of the words strictly between words [start, end] and each span; zero where none.

    `totals` (n + 1, 384) are the running sums of the states, a zero row first.
    """
    high = np.maximum(start, starts)
    low = np.minimum(np.minimum(end, ends) + 1, high)
    return np.asarray((totals[high] - totals[low]) / np.maximum(high - low, 1)[:, None], dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class SpanScores:
    """Spans worth a look: words [start, end] and their probability of being of each kind (m, K)."""

    starts: Ints
    ends: Ints
    kinds: Floats

    def __len__(self) -> int:
        return len(self.starts)


class Heads:
    """The trained heads. `labels` holds the label sets in the order of the weights."""

    def __init__(self, weights: Path, labels: Path) -> None:
        with np.load(weights) as stored:
            self._w: dict[str, Floats] = {name: stored[name].astype(np.float32) for name in stored.files}
        self.labels: dict[str, Any] = json.loads(labels.read_text("utf-8"))

    def _linear(self, name: str, x: Floats) -> Floats:
        return np.asarray(x @ self._w[f"{name}.weight"].T + self._w[f"{name}.bias"], dtype=np.float32)

    def spans(self, x: Floats, floor: float, kinds: int) -> SpanScores:
        """The spans of which one of the first `kinds` kinds reaches `floor`, and their kinds."""
        width, n = self.labels["max_width"], len(x)
        right = self._linear("span_end", x)
        first, last = self._linear("span_first", x), self._linear("span_last", x)
        bias = self._w["span_width"].T
        starts, ends, scores = [], [], []
        for low in range(0, n, CHUNK):
            part = x[low : low + CHUNK]
            left = self._linear("span_start", part)
            formed = np.einsum("nd,kde->nke", left, self._w["span_form"], optimize=True)
            index = np.arange(low, low + len(part))[:, None] + np.arange(width)
            valid = index < n
            index = np.minimum(index, n - 1)
            logits = np.einsum("nke,nwe->nwk", formed, right[index], optimize=True)
            logits += first[low : low + CHUNK][:, None] + last[index] + bias[None]
            found = sigmoid(logits)
            rows, widths = np.nonzero((found[..., :kinds].max(-1) >= floor) & valid)
            starts.append(rows + low)
            ends.append(rows + low + widths)
            scores.append(found[rows, widths])
        return SpanScores(
            np.concatenate(starts).astype(np.int64), np.concatenate(ends).astype(np.int64), np.concatenate(scores)
        )

    def triggers(self, x: Floats) -> tuple[Floats, Floats]:
        """Probabilities (n, T) that a word is in a trigger of a type, and that it begins one."""
        scores = sigmoid(self._linear("trigger", x)).reshape(len(x), 2, -1)
        return scores[:, 0], scores[:, 1]

    def claims(self, x: Floats, starts: Ints, ends: Ints, types: Ints) -> Floats:
        """Representations (t, s) of triggers."""
        joined = np.concatenate([span_mean(x, starts, ends), self._w["claim_type.weight"][types]], -1)
        return gelu(self._linear("claim_hidden", joined))

    def modes(self, claims: Floats) -> Floats:
        """Logits (t, M) of the modes of all types."""
        return self._linear("mode", claims)

    def facts(self, claims: Floats) -> tuple[Floats, Floats, Floats]:
        """Probabilities of status (t, 4), certainty (t, 3) and negation (t,)."""
        return (
            softmax(self._linear("status", claims)),
            softmax(self._linear("certainty", claims)),
            sigmoid(self._linear("negated", claims))[:, 0],
        )

    def mentions(self, x: Floats, spans: SpanScores) -> Floats:
        """Representations (m, s) of spans."""
        mean = span_mean(x, spans.starts, spans.ends)
        joined = np.concatenate([x[spans.starts], x[spans.ends], mean, spans.kinds], -1)
        return gelu(self._linear("mention_hidden", joined))

    def links(
        self, claim: Floats, mentions: Floats, between: Floats, distance: Ints, sentence: Ints
    ) -> Floats:
        """Probabilities (m, L) of what each span is to one claim.

        `between` (m, 384): the mean state of the words between trigger and span; `distance` (m,): words from trigger to span, signed; `sentence` (m,): 0 same sentence, 1 one
        earlier, 2 further back, 3 later.
        """
        buckets = np.searchsorted(np.array(self.labels["distances"]), distance, side="left")
        formed = np.einsum("s,lsr->lr", claim, self._w["link_form"], optimize=True)
        scores = mentions @ formed.T + self._linear("link_mention", mentions)
        scores = scores + self._linear("link_claim", claim[None])
        hidden = self._linear("link_between", between) + self._linear("link_left", claim[None])
        hidden = hidden + self._linear("link_right", mentions) + self._w["link_near.weight"][buckets]
        scores = scores + self._linear("link_out", gelu(hidden))
        return sigmoid(scores + self._w["link_distance"][buckets] + self._w["link_sentence"][sentence])

    def source_kinds(self, mentions: Floats) -> Floats:
        """Logits (m, kinds of source)."""
        return self._linear("source_kind", mentions)

    def same(self, mentions: Floats, names: list[str]) -> Floats:
        """Probabilities (m, m) that two mentions name one entity; symmetric."""
        left, right = self._linear("same_left", mentions), self._linear("same_right", mentions)
        scores = left @ right.T / math.sqrt(left.shape[1])
        scores = scores + self._linear("same_features", likeness(names))[..., 0]
        return sigmoid((scores + scores.T) / 2)

    def attribution(self, x: Floats) -> Floats:
        """Probabilities (n, kinds of attribution span, 3): outside, first word, inside."""
        return softmax(self._linear("attribution", x).reshape(len(x), -1, 3))


def sentence_relation(words: Words, trigger: int, starts: Ints) -> Ints:
    """0 where a span stands in the trigger's sentence, 1 one before, 2 further back, 3 later."""
    gap = words.sentence[trigger] - words.sentence[starts]
    return np.select([gap == 0, gap == 1, gap > 1], [0, 1, 2], 3).astype(np.int64)
