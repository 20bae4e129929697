"""The heads in their fast form: three onnx graphs of int8 products, made of the same weights.

`training/graphs.py` makes them of `heads.npz`. They find the same to within the rounding of their products,
in a third of the time, and every processor computes the same int8 products.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from stemma.errors import EngineError
from stemma.extract.local.heads import CHUNK, Floats, Heads, Ints, Seen, SpanScores, span_mean

MARGIN = 24
"""Words on either side of a chunk that its own words look at: a span's width, who-says-so's 15."""


class GraphHeads(Heads):
    """`Heads` whose products of every word, span and pair are graphs.

    What it gives for `mentions` is wider: behind the representation stands all that is made of each.
    """

    def __init__(self, weights: Path, labels: Path, graphs: Path) -> None:
        super().__init__(weights, labels)
        try:
            with np.load(graphs) as stored:
                self._words, self._spans, self._pairs = (
                    _session(stored[name].tobytes()) for name in ("words", "mentions", "links")
                )
        except Exception as error:
            raise EngineError(
                "the model cannot be loaded", where=graphs.name, mend="install stemma-record anew"
            ) from error
        names = ("mention_hidden", "link_right", "link_mention", "source_kind", "same_left", "same_right")
        ends = np.cumsum([len(self._w[f"{name}.bias"]) for name in names]).tolist()
        self._parts = {
            name: slice(first, last) for name, first, last in zip(names, [0, *ends], ends, strict=False)
        }

    def seen(self, x: Floats, floor: float) -> Seen:
        """As `Heads.seen`."""
        floor = min(max(floor, 1e-6), 1 - 1e-6)
        least = np.array(math.log(floor / (1 - floor)), dtype=np.float32)
        names = ["starts", "ends", "kinds", "triggers", "between", "attribution"]
        parts: list[list[Any]] = []
        for low in range(0, len(x), CHUNK):
            first, high = max(0, low - MARGIN), min(len(x), low + CHUNK)
            found = self._words.run(names, {"x": x[first : high + MARGIN], "floor": least})
            starts = found[0] + first
            own = slice(*np.searchsorted(starts, [low, high]))
            rows = slice(low - first, high - first)
            spans = [starts[own], found[1][own] + first, found[2][own]]
            parts.append([*spans, *(words[rows] for words in found[3:])])
        whole = [
            np.concatenate(column) if len(parts) > 1 else column[0] for column in zip(*parts, strict=True)
        ]
        triggers = whole[3][:, : whole[3].shape[1] // 2]
        return Seen(SpanScores(*whole[:3]), triggers, whole[4], whole[5])

    def mentions(self, x: Floats, spans: SpanScores) -> Floats:
        """As `Heads.mentions`, and beside each what `links`, `source_kinds` and `same` ask of it."""
        mean = span_mean(x, spans.starts, spans.ends)
        joined = np.concatenate([x[spans.starts], x[spans.ends], mean, spans.kinds], -1)
        return np.asarray(self._spans.run(None, {"joined": joined})[0])

    def links(
        self, claims: Floats, mentions: Floats, between: Floats, distance: Ints, sentence: Ints
    ) -> Floats:
        """As `Heads.links`."""
        given = {
            "claims": claims,
            "mentions": self._part(mentions, "mention_hidden"),
            "right": self._part(mentions, "link_right"),
            "plain": self._part(mentions, "link_mention"),
            "between": between,
            "distance": distance,
            "sentence": sentence,
        }
        return np.asarray(self._pairs.run(None, given)[0])

    def source_kinds(self, mentions: Floats) -> Floats:
        """As `Heads.source_kinds`."""
        return self._part(mentions, "source_kind")

    def same(self, mentions: Floats, names: list[str]) -> Floats:
        """As `Heads.same`."""
        return self._same(self._part(mentions, "same_left"), self._part(mentions, "same_right"), names)

    def _part(self, mentions: Floats, name: str) -> Floats:
        return mentions[:, self._parts[name]]


def load_heads(folder: Path) -> Heads:
    """The heads of a model: in their fast form where it has one."""
    weights, labels, graphs = (folder / name for name in ("heads.npz", "heads.json", "graphs.npz"))
    return GraphHeads(weights, labels, graphs) if graphs.exists() else Heads(weights, labels)


def _session(graph: bytes) -> Any:
    options = onnxruntime.SessionOptions()
    # Products of a few tenths of a millisecond: waking a second thread would cost as much.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(graph, sess_options=options, providers=["CPUExecutionProvider"])
