"""The heads over word states, in numpy: spans, triggers, links, coreference, attribution."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from stemma.extract.local.convolved import convolved, linear
from stemma.extract.local.likeness import distinct_likeness
from stemma.extract.local.words import Words

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_GELU = (7.97830381e-01, 3.61526724e-02, 4.39630429e-05, -4.46598891e-05, 1.47440497e-06)
"""gelu(x) = x/2 * (1 + tanh(x * p(x²))), p having these coefficients and x² being cut at `_GELU_END`.

Fitted to the erf of Winitzki (2008), with which every threshold was chosen, to within 4e-6 (2e-4 from the
exact one), and a third faster: no root, no quotient."""
_GELU_END = 20.0
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
    """The Gaussian error linear unit, with an error < 2e-4."""
    # In place where it can be: this runs over every pair of a trigger and a span.
    square = x * x
    np.minimum(square, _GELU_END, out=square)
    slope = square * _GELU[-1]
    for coefficient in _GELU[-2:0:-1]:
        slope += coefficient
        slope *= square
    slope += _GELU[0]
    slope *= x
    np.tanh(slope, out=slope)
    slope += 1
    slope *= x
    slope *= 0.5
    return np.asarray(slope, dtype=np.float32)


def span_mean(x: Floats, starts: Ints, ends: Ints) -> Floats:
    """The mean state (m, 384) of each span of words [start, end]."""
    widths = ends - starts
    total = x[starts]
    for step in range(1, int(widths.max(initial=0)) + 1):
        wide = np.flatnonzero(widths >= step)
        total[wide] += x[starts[wide] + step]
    return np.asarray(total / (widths + 1)[:, None], dtype=np.float32)


def running_sums(x: Floats) -> Doubles:
    """The sums (n + 1, d) of the first 0, 1 … n rows, in double precision: long reports add up."""
    sums = np.zeros((len(x) + 1, x.shape[1]))
    np.cumsum(x, 0, dtype=np.float64, out=sums[1:])
    return sums


def between_means(totals: Doubles, starts: Ints, ends: Ints, span_starts: Ints, span_ends: Ints) -> Floats:
    """The mean row (t, m, d) strictly between words [start, end] and each span; zero where none is.

    `totals` are the `running_sums` of the rows.
    """
    high = np.maximum(starts[:, None], span_starts[None])
    low = np.minimum(np.minimum(ends[:, None], span_ends[None]) + 1, high)
    # Sums from the first word needed here are small enough for single precision, and half the work.
    first, last = (int(low.min()), int(high.max())) if low.size else (0, 0)
    near = (totals[first : last + 1] - totals[first]).astype(np.float32)
    found = near[high - first]
    found -= near[low - first]
    found *= (1 / np.maximum(high - low, 1)).astype(np.float32)[..., None]
    return np.asarray(found, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class SpanScores:
    """Spans worth a look, in text order: words [start, end] and their probability of each kind (m, K)."""

    starts: Ints
    ends: Ints
    kinds: Floats

    def __len__(self) -> int:
        return len(self.starts)

    def only(self, keep: Bools) -> SpanScores:
        """The spans where the mask `keep` (m,) is true."""
        return SpanScores(self.starts[keep], self.ends[keep], self.kinds[keep])


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the heads say of the n words of a text: `spans` worth a look, `triggers` (n, T), the chance that
    a word is in a trigger of a type, `between` (n, 96), the word as links see it, and `attribution`
    (n, kinds of attribution span, 5), its chance to be outside, first, inside, last and only word."""

    spans: SpanScores
    triggers: Floats
    between: Floats
    attribution: Floats


class Heads:
    """The trained heads. `labels` holds the label sets in the order of the weights."""

    def __init__(self, weights: Path, labels: Path) -> None:
        with np.load(weights) as stored:
            self._w: dict[str, Floats] = {name: stored[name].astype(np.float32) for name in stored.files}
        self.labels: dict[str, Any] = json.loads(labels.read_text("utf-8"))
        self._distances = np.array(self.labels["distances"])
        # Laid out once as one table each, as their products want them.
        self._span_form, self._link_form = (_as_table(self._w[name]) for name in ("span_form", "link_form"))

    def seen(self, x: Floats, floor: float) -> Seen:
        """What the words of the states (n, 384) are; spans of which no kind reaches `floor` are left out."""
        spans = self.spans(x, floor, len(self.labels["span_kinds"]))
        return Seen(spans, self.triggers(x)[0], self.link_states(x), self.attribution(x))

    def _linear(self, name: str, x: Floats) -> Floats:
        return linear(self._w, name, x)

    def spans(self, x: Floats, floor: float, kinds: int) -> SpanScores:
        """The spans of which one of the first `kinds` kinds reaches `floor`, and their kinds."""
        width, n = self.labels["max_width"], len(x)
        index = np.minimum(np.arange(n + width - 1), n - 1)
        # Views: the right edges of the spans that begin at word i are rows i … i + width - 1.
        right = sliding_window_view(self._linear("span_end", x)[index], width, 0)
        last = sliding_window_view(self._linear("span_last", x)[index], width, 0)
        bias = self._w["span_width"][None]
        parts = []
        for low in range(0, n, CHUNK):
            part = x[low : low + CHUNK]
            rows = slice(low, low + len(part))
            left = self._linear("span_start", part)
            formed = (left @ self._span_form).reshape(len(part), -1, left.shape[1])
            logits = np.matmul(formed, right[rows])
            logits += self._linear("span_first", part)[:, :, None] + last[rows] + bias
            parts.append(_above(logits, floor, kinds, low, n))
        return SpanScores(*(np.concatenate(column) for column in zip(*parts, strict=True)))

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

    def link_states(self, x: Floats) -> Floats:
        """The states (n, 96) as the links see the words between trigger and span.

        Taken before their mean, which is the same and far less work than after it.
        """
        return np.asarray(x @ self._w["link_between.weight"].T, dtype=np.float32)

    def links(
        self, claims: Floats, mentions: Floats, between: Floats, distance: Ints, sentence: Ints
    ) -> Floats:
        """Probabilities (t, m, L) of what each span is to each claim.

        `between` (t, m, 96): the mean of `link_states` between trigger and span; `distance` (t, m):
        words from trigger to span, signed; `sentence` (t, m): 0 same sentence, 1 one earlier, 2
        further back, 3 later.
        """
        buckets = np.searchsorted(self._distances, distance, side="left")
        hidden = between + (self._linear("link_left", claims) + self._w["link_between.bias"])[:, None]
        hidden += self._linear("link_right", mentions)[None]
        hidden += self._w["link_near.weight"][buckets]
        scores = self._linear("link_out", gelu(hidden))
        # One product for the forms of all claims, and no stack of small ones.
        formed = (claims @ self._link_form).reshape(-1, mentions.shape[1])
        scores += (mentions @ formed.T).reshape(len(mentions), len(claims), -1).transpose(1, 0, 2)
        scores += self._linear("link_mention", mentions)[None] + self._linear("link_claim", claims)[:, None]
        scores += self._w["link_distance"][buckets] + self._w["link_sentence"][sentence]
        return sigmoid(scores)

    def source_kinds(self, mentions: Floats) -> Floats:
        """Logits (m, kinds of source)."""
        return self._linear("source_kind", mentions)

    def same(self, mentions: Floats, names: list[str]) -> Floats:
        """Probabilities (m, m) that two mentions name one entity; symmetric."""
        return self._same(self._linear("same_left", mentions), self._linear("same_right", mentions), names)

    def _same(self, left: Floats, right: Floats, names: list[str]) -> Floats:
        scores = left @ right.T / math.sqrt(left.shape[1])
        pairs, index = distinct_likeness(names)
        weight, bias = self._w["same_features.weight"][0], self._w["same_features.bias"]
        alike = (weight @ pairs.reshape(len(weight), -1)).reshape(pairs.shape[1:])
        scores += alike[index[:, None], index[None]] + bias
        scores += scores.T.copy()
        return sigmoid(np.asarray(scores / 2, dtype=np.float32))

    def attribution(self, x: Floats) -> Floats:
        """Probabilities (n, kinds of attribution span, 5): outside, first, inside, last and only word."""
        kinds = len(self.labels["attribution"])
        return softmax(convolved(self._w, "attribution", x)[1].reshape(len(x), kinds, -1))

    def attribution_after(self) -> Floats:
        """What a tag after another adds to its logarithm: (kinds of attribution span, 5, 5)."""
        return self._w["attribution_after"]


def _as_table(forms: Floats) -> Floats:
    """Bilinear forms (k, a, b) as a table (a, k * b)."""
    return np.ascontiguousarray(forms.transpose(1, 0, 2).reshape(forms.shape[1], -1))


def _above(logits: Floats, floor: float, kinds: int, low: int, n: int) -> tuple[Ints, Ints, Floats]:
    """Starts, ends and probabilities of the spans of logits (rows, K, width) that reach `floor`."""
    rows, widths = np.nonzero(sigmoid(logits[:, :kinds].max(1)) >= floor)
    inside = rows + low + widths < n
    rows, widths = rows[inside], widths[inside]
    starts = (rows + low).astype(np.int64)
    return starts, starts + widths, sigmoid(logits[rows, :, widths])


def sentence_relation(words: Words, trigger: int | Ints, starts: Ints) -> Ints:
    """0 where a span stands in the trigger's sentence, 1 one before, 2 further back, 3 later.

    The two broadcast: triggers (t, 1) and spans (m,) give (t, m).
    """
    gap = words.sentence[trigger] - words.sentence[starts]
    return np.asarray(np.where(gap < 0, 3, np.minimum(gap, 2)), dtype=np.int64)
