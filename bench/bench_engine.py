"""The shipped encoder with the heads that only the public benchmarks need."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from stemma.extract.local.decode import ENTITY_KINDS
from stemma.extract.local.encoder import Encoder, Floats
from stemma.extract.local.heads import Heads, gelu, sentence_relation, sigmoid, softmax, span_mean
from stemma.extract.local.words import MODEL_DIR, Words

HERE = Path(__file__).parent
MUC_BIAS = 0.0  # added to the logit of "outside"; chosen on MUC dev messages, see RESULTS.md
MUC_RELEVANT = 0.3
EVENT, ARGUMENT = 0.45, 0.4


@dataclass
class Found:
    trigger: tuple[int, int]
    type: int
    arguments: list[tuple[tuple[int, int], int]] = field(default_factory=list)


class BenchEngine:
    def __init__(self, folder: Path = MODEL_DIR, extra: Path = HERE / "heads.npz") -> None:
        self.heads = Heads(folder / "heads.npz", folder / "heads.json")
        with np.load(extra) as stored:
            self.heads._w.update({name: stored[name].astype(np.float32) for name in stored.files})
        self.encoder = Encoder(folder / "encoder.onnx", 2)
        self.kinds = len(self.heads.labels["span_kinds"])

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

        if sigmoid(self.heads._linear("muc_relevant", x.mean(0)[None]))[0, 0] < relevant:
            return {}
        logits = self.heads._linear("muc", x).reshape(len(x), len(MUC_ROLES), 3)
        logits[..., 0] += bias
        tags = softmax(logits).argmax(-1)
        found = {}
        for k, role in enumerate(MUC_ROLES):
            names = [words.text[words.start[a] : words.end[b]] for a, b in bio_spans(tags[:, k].tolist())]
            if names:
                found[role] = cluster(names)
        return found

    def events(
        self, x: Floats, words: Words, floor: float = EVENT, argument: float = ARGUMENT
    ) -> list[Found]:
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
        spans = heads.spans(x, 0.3, ENTITY_KINDS)
        if not found or not len(spans):
            return found
        mentions = heads._linear("event_mention", heads.mentions(x, spans))
        starts = np.array([e.trigger[0] for e in found])
        ends = np.array([e.trigger[1] for e in found])
        types = heads._w["event_type.weight"][[e.type for e in found]]
        hidden = gelu(heads._linear("event_hidden", np.concatenate([span_mean(x, starts, ends), types], -1)))
        for row, event in enumerate(found):
            formed = np.einsum("d,lde->le", hidden[row], heads._w["event_form"])
            distance = np.searchsorted(np.array(heads.labels["distances"]), spans.starts - event.trigger[0])
            near = sentence_relation(words, event.trigger[0], spans.starts)
            logits = mentions @ formed.T + heads._linear("event_prior", hidden[row][None])
            logits = logits + heads._w["event_distance"][distance] + heads._w["event_sentence"][near]
            chances = sigmoid(logits)
            for role, name in enumerate(heads.labels["event_roles"]):
                if name.startswith("ACE."):
                    continue
                taken: list[tuple[int, int]] = []
                for k in np.argsort(-chances[:, role], kind="stable"):
                    if chances[k, role] < argument:
                        break
                    span = (int(spans.starts[k]), int(spans.ends[k]))
                    if not any(span[0] <= b and a <= span[1] for a, b in taken):
                        taken.append(span)
                        event.arguments.append((span, role))
        return found
