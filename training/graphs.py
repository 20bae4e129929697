#!/usr/bin/env python3
"""Makes the heads' fast form: python training/graphs.py MODEL_DIR [--texts DIR]

Reads MODEL_DIR/heads.npz and writes MODEL_DIR/graphs.npz: what the engine asks of the heads for every report,
as three onnx graphs whose large products are int8, per channel, as the encoder's are. `heads.npz` stays what
is trained and what the benchmarks read; run this whenever it or the encoder changes.

words      states -> spans worth a look, triggers, who-says-so, the words as links see them
mentions   spans -> their representations, and what links, sources and coreference make of each
links      triggers and spans -> what each span is to each trigger

Most words begin no span. Which may is told by one more column of the first product, a logistic regression
fitted here to the words of --texts (the coded training reports) at which a span of `LOW` or more begins.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from stemma.extract.local.encoder import Encoder
from stemma.extract.local.heads import Heads
from stemma.extract.local.words import split_words
from stemma.model import hash_bytes

GOLD = Path(os.environ.get("STEMMA_GOLD", "../shared/gold"))
TEXTS = 200
LOW = 0.15
"""Chance of a span from which the word that it begins with must pass the gate."""
OPEN = -4.0
"""The gate's logit from which a word may begin a span: of 3,101 words of the development reports that begin
one of .2 or more, 3 stay out; 43 of 100 words pass."""
OPSET = 17
FARTHEST = 121
"""Words from a trigger beyond which no distance is told from another."""


class Graph:
    """A graph in the making: `add` gives the name of what a node gives back."""

    def __init__(self) -> None:
        self.nodes, self.constants, self.ins, self.outs, self.exact = [], [], [], [], []

    def take(self, name: str, kind: int, shape: list) -> str:
        self.ins.append(helper.make_tensor_value_info(name, kind, shape))
        return name

    def give(self, of: str, name: str, kind: int, shape: list) -> None:
        self.nodes.append(helper.make_node("Identity", [of], [name], name=f"give_{name}"))
        self.outs.append(helper.make_tensor_value_info(name, kind, shape))

    def const(self, value) -> str:
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, *ins: str, outs: int = 1, exact: bool = False, **given):
        name = f"n{len(self.nodes)}"
        found = [f"{name}_{k}" for k in range(outs)]
        self.nodes.append(helper.make_node(op, list(ins), found, name=name, **given))
        if exact:
            self.exact.append(name)
        return found[0] if outs == 1 else found

    def linear(self, x: str, weight, bias=None, exact: bool = False) -> str:
        """x @ weight + bias, weight (in, out); int8 unless `exact`."""
        found = self.add("MatMul", x, self.const(weight.astype(np.float32)), exact=exact)
        return found if bias is None else self.add("Add", found, self.const(bias.astype(np.float32)))

    def split(self, x: str, sizes: list[int]) -> list[str]:
        return self.add("Split", x, self.const(np.array(sizes)), outs=len(sizes), axis=1)

    def gelu(self, x: str) -> str:
        # Spelt out so that any runtime knows it; onnxruntime makes one operation of it.
        bent = self.add("Erf", self.add("Div", x, self.const(np.float32(np.sqrt(2)))))
        bent = self.add("Mul", x, self.add("Add", bent, self.const(np.float32(1))))
        return self.add("Mul", bent, self.const(np.float32(0.5)))

    def bytes(self) -> bytes:
        graph = helper.make_graph(self.nodes, "heads", self.ins, self.outs, self.constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = 8
        onnx.checker.check_model(model)
        with tempfile.TemporaryDirectory() as folder:
            plain, small = Path(folder) / "plain.onnx", Path(folder) / "small.onnx"
            onnx.save(model, plain)
            quantize_dynamic(
                plain,
                small,
                op_types_to_quantize=["MatMul"],
                nodes_to_exclude=self.exact,
                per_channel=True,
                reduce_range=True,
                weight_type=QuantType.QInt8,
            )
            return small.read_bytes()


def columns(w, names: list[str]):
    """The layers of these names as one: weight (in, out), bias (out,), and the size of each."""
    weights = [w[f"{name}.weight"].T for name in names]
    return (
        np.concatenate(weights, 1),
        np.concatenate([w[f"{name}.bias"] for name in names]),
        [part.shape[1] for part in weights],
    )


def words_graph(w, gate) -> bytes:
    """x (n, 384), floor () -> starts, ends (m,), kinds (m, K), triggers (n, 2 T), attribution (n, A, 5),
    between (n, 96). `floor` is the logit of the least chance."""
    kinds, size, _ = w["span_form"].shape
    width = w["span_width"].shape[1]
    g = Graph()
    x = g.take("x", TensorProto.FLOAT, ["n", w["span_start.weight"].shape[1]])
    floor = g.take("floor", TensorProto.FLOAT, [])
    tags = len(w["attribution_out.bias"])
    inner = len(w["attribution_in.bias"])
    after = w["attribution_out.weight"][:, inner:]
    parts = {
        **w,
        "gate.weight": gate[None, :-1],
        "gate.bias": gate[-1:],
        # The links add their own bias once more.
        "link_between.bias": np.zeros_like(w["link_between.bias"]),
        "seen.weight": after,
        "seen.bias": w["attribution_out.bias"],
    }
    # Rounded states would move spans and triggers over their limits: three times of 150 right ones were lost.
    exact = ["span_start", "span_end", "span_first", "span_last", "gate", "trigger", "link_between", "seen"]
    weight, bias, sizes = columns(parts, exact)
    found = g.split(g.linear(x, weight, bias, exact=True), sizes)
    start, end, first, last, gated, trigger, between, seen = found
    into = g.linear(x, w["attribution_in.weight"].T, w["attribution_in.bias"])
    g.give(g.add("Sigmoid", trigger), "triggers", TensorProto.FLOAT, ["n", sizes[5]])
    g.give(between, "between", TensorProto.FLOAT, ["n", sizes[6]])
    tagged = g.add("Reshape", attribution(g, w, into, seen, inner), g.const(np.array([-1, tags // 5, 5])))
    g.give(g.add("Softmax", tagged, axis=-1), "attribution", TensorProto.FLOAT, ["n", tags // 5, 5])
    # The spans of the words that pass: right edges are the words from each to width - 1 behind it.
    passed = g.add("Greater", g.add("Squeeze", gated, g.const(np.array([1]))), g.const(np.float32(OPEN)))
    begins = g.add("Squeeze", g.add("NonZero", passed), g.const(np.array([0])))
    rows = g.add("Unsqueeze", begins, g.const(np.array([1])))
    rights = g.add("Add", rows, g.const(np.arange(width)[None]))
    count = g.add("Gather", g.add("Shape", x), g.const(np.int64(0)))
    inside = g.add("Less", rights, count)
    rights = g.add("Min", rights, g.add("Sub", count, g.const(np.int64(1))))
    # Laid out so that the kinds come last.
    forms = w["span_form"].transpose(1, 2, 0).reshape(size, -1)
    formed = g.linear(g.add("Gather", start, begins), forms)
    formed = g.add("Reshape", formed, g.const(np.array([-1, size, kinds])))
    logits = g.add("MatMul", g.add("Gather", end, rights), formed)
    logits = g.add("Add", logits, g.add("Gather", last, rights))
    heads = g.add("Unsqueeze", g.add("Gather", first, begins), g.const(np.array([1])))
    logits = g.add("Add", logits, g.add("Add", heads, g.const(w["span_width"].T[None].astype(np.float32))))
    best = g.add("ReduceMax", logits, axes=[2], keepdims=0)
    chosen = g.add("And", inside, g.add("GreaterOrEqual", best, floor))
    places = g.add("Transpose", g.add("NonZero", chosen), perm=[1, 0])
    g.give(g.add("Sigmoid", g.add("GatherND", logits, places)), "kinds", TensorProto.FLOAT, ["m", kinds])
    row, wide = g.add("Split", places, g.const(np.array([1, 1])), outs=2, axis=1)
    starts = g.add("Gather", begins, row)
    g.give(g.add("Squeeze", starts, g.const(np.array([1]))), "starts", TensorProto.INT64, ["m"])
    ends = g.add("Squeeze", g.add("Add", starts, wide), g.const(np.array([1])))
    g.give(ends, "ends", TensorProto.INT64, ["m"])
    return g.bytes()


def attribution(g: Graph, w, into: str, seen: str, size: int) -> str:
    """The logits (n, A * 5) of who-says-so: `stemma.extract.local.convolved` in this form."""
    h = g.add("Relu", into)
    block = 0
    while f"attribution_mix{block}.weight" in w:
        gap = 1 << block
        before, own, after = np.split(w[f"attribution_mix{block}.weight"].T, 3)
        bias = w[f"attribution_mix{block}.bias"]
        none = np.zeros(size)
        mixed = g.linear(h, np.concatenate([before, own, after], 1), np.concatenate([none, bias, none]))
        earlier, same, later = g.split(mixed, [size] * 3)
        # What the word `gap` before says comes down by as many rows, what the one behind says goes up.
        earlier = g.add("Pad", earlier, g.const(np.array([gap, 0, -gap, 0])))
        later = g.add("Pad", later, g.const(np.array([-gap, 0, gap, 0])))
        h = g.add("Add", h, g.add("Relu", g.add("Sum", earlier, same, later)))
        block += 1
    return g.add("Add", seen, g.linear(h, w["attribution_out.weight"][:, :size].T, exact=True))


def mentions_graph(w) -> bytes:
    """joined (m, 3 * 384 + K) -> mentions: (m, 192) and what else is made of each, side by side."""
    g = Graph()
    weight, bias, _ = columns(w, ["mention_hidden"])
    joined = g.take("joined", TensorProto.FLOAT, ["m", len(weight)])
    mention = g.gelu(g.linear(joined, weight, bias))
    weight, bias, _ = columns(w, ["link_right", "link_mention", "source_kind", "same_left", "same_right"])
    whole = g.add("Concat", mention, g.linear(mention, weight, bias), axis=1)
    g.give(whole, "mentions", TensorProto.FLOAT, ["m", None])
    return g.bytes()


def links_graph(w, distances: list[int]) -> bytes:
    """claims (t, 192), mentions (m, 192), right (m, 96), plain (m, L), between (t, m, 96), distance and
    sentence (t, m) -> chances (t, m, L)."""
    labels, size, _ = w["link_form"].shape
    inner = len(w["link_left.bias"])
    g = Graph()
    claims = g.take("claims", TensorProto.FLOAT, ["t", size])
    mentions = g.take("mentions", TensorProto.FLOAT, ["m", size])
    right = g.take("right", TensorProto.FLOAT, ["m", inner])
    plain = g.take("plain", TensorProto.FLOAT, ["m", labels])
    between = g.take("between", TensorProto.FLOAT, ["t", "m", inner])
    distance = g.take("distance", TensorProto.INT64, ["t", "m"])
    sentence = g.take("sentence", TensorProto.INT64, ["t", "m"])
    weight, bias, sizes = columns(w, ["link_left", "link_claim"])
    bias[:inner] += w["link_between.bias"]
    left, own = g.split(g.linear(claims, weight, bias), sizes)
    left, own = (g.add("Unsqueeze", each, g.const(np.array([1]))) for each in (left, own))
    # One row for each distance that is told from others: a look instead of a search.
    bucket = np.searchsorted(distances, np.arange(-FARTHEST, FARTHEST + 1), side="left")
    at = g.add("Max", g.add("Min", distance, g.const(np.int64(FARTHEST))), g.const(np.int64(-FARTHEST)))
    at = g.add("Add", at, g.const(np.int64(FARTHEST)))
    hidden = g.add("Add", g.add("Add", between, left), right)
    near = g.const(w["link_near.weight"][bucket].astype(np.float32))
    hidden = g.add("Add", hidden, g.add("Gather", near, at))
    scores = g.linear(g.gelu(hidden), w["link_out.weight"].T, w["link_out.bias"], exact=True)
    formed = g.linear(claims, w["link_form"].transpose(1, 0, 2).reshape(size, -1))
    formed = g.add("Transpose", g.add("Reshape", formed, g.const(np.array([-1, size]))), perm=[1, 0])
    product = g.add("MatMul", mentions, formed)
    first = g.add("Shape", mentions, end=1)
    shape = g.add("Concat", first, g.add("Shape", claims, end=1), g.const(np.array([labels])), axis=0)
    product = g.add("Transpose", g.add("Reshape", product, shape), perm=[1, 0, 2])
    scores = g.add("Add", g.add("Add", scores, product), g.add("Add", plain, own))
    far = g.const(w["link_distance"][bucket].astype(np.float32))
    scores = g.add("Add", scores, g.add("Gather", far, at))
    where = g.const(w["link_sentence"].astype(np.float32))
    scores = g.add("Add", scores, g.add("Gather", where, sentence))
    g.give(g.add("Sigmoid", scores), "chances", TensorProto.FLOAT, ["t", "m", labels])
    return g.bytes()


def gate_of(heads: Heads, folder: Path, texts: Path) -> np.ndarray:
    """Weights (385,) of whether a word begins a span, the last the bias."""
    encoder = Encoder(folder / "encoder.onnx", 1)
    rows, marks = [], []
    for path in sorted(texts.rglob("*.txt"))[:TEXTS]:
        x = encoder.states(split_words(path.read_text("utf-8")))
        mark = np.zeros(len(x))
        mark[heads.spans(x, LOW, len(heads.labels["span_kinds"])).starts] = 1
        rows.append(x)
        marks.append(mark)
    x, mark = (
        np.concatenate([np.concatenate(rows), np.ones((sum(map(len, rows)), 1))], 1),
        np.concatenate(marks),
    )
    # A beginning left out is lost, a word too many costs microseconds.
    weight, cost = np.zeros(x.shape[1]), np.where(mark > 0, 10.0, 1.0)
    for _ in range(12):
        chance = 1 / (1 + np.exp(-(x @ weight)))
        slope = x.T @ (cost * (mark - chance)) - 0.01 * weight
        bend = (x * (cost * chance * (1 - chance) + 1e-6)[:, None]).T @ x + 0.01 * np.eye(len(weight))
        weight += np.linalg.solve(bend, slope)
    return weight


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path)
    parser.add_argument("--texts", type=Path, default=GOLD / "train" / "text")
    options = parser.parse_args()
    folder = options.model
    heads = Heads(folder / "heads.npz", folder / "heads.json")
    with np.load(folder / "heads.npz") as stored:
        w = {name: stored[name].astype(np.float32) for name in stored.files}
    graphs = {
        "words": words_graph(w, gate_of(heads, folder, options.texts)),
        "mentions": mentions_graph(w),
        "links": links_graph(w, heads.labels["distances"]),
    }
    made = {name: np.frombuffer(graph, dtype=np.uint8) for name, graph in graphs.items()}
    # So that nobody ships the graphs of other heads.
    made["heads"] = np.array(hash_bytes((folder / "heads.npz").read_bytes()))
    np.savez(folder / "graphs.npz", **made)
    print("graphs.npz", ", ".join(f"{name} {len(graph):,}" for name, graph in graphs.items()))


if __name__ == "__main__":
    main()
