"""A network for tests: random heads of the right shapes, a stand-in for the encoder, hand-made scores."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from stemma.extract.local import engine
from stemma.extract.local.decode import Draft, Link
from stemma.extract.local.engine import LocalEngine
from stemma.extract.local.heads import Floats, Heads, SpanScores
from stemma.extract.local.scores import Scores
from stemma.extract.local.words import Words, split_words
from stemma.extract.options import ExtractOptions
from stemma.model import (
    MODES,
    Certainty,
    ClaimType,
    Counted,
    Document,
    EntityKind,
    Passage,
    PassageKind,
    Role,
    SourceKind,
    Span,
    Status,
)

STATE, MENTION, LINK, SPAN, WIDTH, AROUND = 384, 192, 96, 128, 24, 64
DISTANCES = [-120, -60, -30, -18, -11, -7, -4, -2, 0, 2, 4, 7, 11, 18, 30, 60, 120]
LABELS: dict[str, Any] = {
    "span_kinds": [*map(str, EntityKind), "source", "time", "count", "cue"],
    "types": [*map(str, ClaimType)],
    "modes": [f"{kind}/{mode}" for kind, modes in MODES.items() for mode in modes],
    "links": [*map(str, Role), "source", "time", "place", "cue", *(f"count:{what}" for what in Counted)],
    "statuses": [*map(str, Status)],
    "certainties": [*map(str, Certainty)],
    "source_kinds": [*map(str, SourceKind)],
    "attribution": ["source", "cue", "content"],
    "distances": DISTANCES,
    "max_width": WIDTH,
    "thresholds": {},
}


def random_weights(seed: int = 0) -> dict[str, Floats]:
    """Heads that find a trigger in about every sixth word, a mention in every third, and some links."""
    rng = np.random.default_rng(seed)
    kinds, links = len(LABELS["span_kinds"]), len(LABELS["links"])
    weights: dict[str, Any] = {
        "span_form": (kinds, SPAN, SPAN),
        "span_width": np.linspace(-1, -6, WIDTH)[None].repeat(kinds, 0),
        "claim_type.weight": (len(LABELS["types"]), STATE),
        "link_form": (links, MENTION, MENTION),
        "link_distance": (len(DISTANCES) + 1, links),
        "link_sentence": (4, links),
        "link_near.weight": (len(DISTANCES) + 1, LINK),
        "attribution_after": (len(LABELS["attribution"]), 5, 5),
    }
    linear = {
        "span_start": (SPAN, STATE, 0.0),
        "span_end": (SPAN, STATE, 0.0),
        "span_first": (kinds, STATE, -1.9),
        "span_last": (kinds, STATE, -1.9),
        "trigger": (2 * len(LABELS["types"]), STATE, -2.8),
        "claim_hidden": (MENTION, 2 * STATE, 0.0),
        "mode": (len(LABELS["modes"]), MENTION, 0.0),
        "status": (len(LABELS["statuses"]), MENTION, 0.0),
        "certainty": (len(LABELS["certainties"]), MENTION, 0.0),
        "negated": (1, MENTION, 0.0),
        "mention_hidden": (MENTION, 3 * STATE + kinds, 0.0),
        "link_mention": (links, MENTION, -1.0),
        "link_claim": (links, MENTION, -1.0),
        "link_between": (LINK, STATE, 0.0),
        "link_left": (LINK, MENTION, 0.0),
        "link_right": (LINK, MENTION, 0.0),
        "link_out": (links, LINK, 0.0),
        "source_kind": (len(LABELS["source_kinds"]), MENTION, 0.0),
        "same_left": (MENTION, MENTION, 0.0),
        "same_right": (MENTION, MENTION, 0.0),
        "same_features": (1, 8, -2.0),
        "attribution_in": (AROUND, STATE, 0.0),
        "attribution_mix0": (AROUND, 3 * AROUND, 0.0),
        "attribution_mix1": (AROUND, 3 * AROUND, 0.0),
        "attribution_out": (5 * len(LABELS["attribution"]), AROUND + STATE, 0.0),
    }
    for name, (out, into, bias) in linear.items():
        weights[f"{name}.weight"] = rng.normal(0, 1 / np.sqrt(into), (out, into))
        weights[f"{name}.bias"] = np.full(out, bias)
    for name, shape in weights.items():
        if isinstance(shape, tuple):
            weights[name] = rng.normal(0, 1 / shape[-1], shape)
    return {name: value.astype(np.float16) for name, value in weights.items()}


def write_heads(folder: Path, thresholds: dict[str, float] | None = None, **given: Floats) -> Path:
    """A model folder with random heads, `given` weights instead of theirs, and an encoder never opened."""
    np.savez(folder / "heads.npz", **{**random_weights(), **given})
    (folder / "heads.json").write_text(json.dumps({**LABELS, "thresholds": thresholds or {}}), "utf-8")
    (folder / "encoder.onnx").write_bytes(b"none")
    return folder


def make_heads(folder: Path, **given: Floats) -> Heads:
    write_heads(folder, **given)
    return Heads(folder / "heads.npz", folder / "heads.json")


class WordStates:
    """Stands in for the encoder: a state for each word by its letters, with its sentence mixed in."""

    def __init__(self, path: Path | None = None, threads: int = 1) -> None:
        self._table = np.random.default_rng(7).normal(0, 1, (4096, STATE)).astype(np.float32)

    def states(self, words: Words) -> Floats:
        keys = [
            zlib.crc32(words.text[a:b].lower().encode("utf-8", "replace")) % 4096
            for a, b in zip(words.start, words.end, strict=True)
        ]
        return np.asarray(self._table[keys] + 0.3 * self._table[words.sentence % 4096], dtype=np.float32)


def make_engine(monkeypatch: Any, folder: Path, **options: Any) -> LocalEngine:
    """The local engine on random heads, without an encoder."""
    monkeypatch.setattr(engine, "Encoder", WordStates)
    return LocalEngine(ExtractOptions(**options), write_heads(folder))


def make_document(text: str, *passages: tuple[PassageKind, str, str | None], **given: Any) -> Document:
    """A document of this text; each passage is its kind, its words and the outlet it names."""
    cut = []
    for kind, words, outlet in passages:
        at = text.index(words)
        named = text.find(outlet) if outlet else -1
        span = Span(start=named, end=named + len(outlet)) if outlet and named >= 0 else None
        cut.append(
            Passage(kind=kind, span=Span(start=at, end=at + len(words)), outlet=outlet, outlet_span=span)
        )
    cut.sort(key=lambda passage: passage.span.start)
    return Document(report="r", report_hash="0" * 64, text=text, passages=tuple(cut), **given)


class Sheet:
    """Scores and drafts made by hand: spans are named by their words in the text."""

    def __init__(self, document: Document, spans: dict[str, str], cues: tuple[str, ...] = ()) -> None:
        """`spans` maps words to a kind of entity, or `entity kind/source kind`."""
        words = split_words(document.text)
        found = []
        for text, kind in spans.items():
            at = document.text.index(text)
            hit = words.words_in(at, at + len(text))
            assert hit, text
            found.append((*hit, text, *kind.partition("/")[::2]))
        found.sort()
        self.index = {row[2]: k for k, row in enumerate(found)}
        kinds = np.zeros((len(found), len(LABELS["span_kinds"])), dtype=np.float32)
        for k, row in enumerate(found):
            kinds[k, LABELS["span_kinds"].index(row[3])] = 0.9
        attribution = np.zeros((len(words), 3, 3), dtype=np.float32)
        attribution[:, :, 0] = 0.5
        for cue in cues:
            first, last = words.words_in(at := document.text.index(cue), at + len(cue)) or (0, 0)
            attribution[first, 1, 1], attribution[first + 1 : last + 1, 1, 2] = 1, 1
        self.scores = Scores(
            document=document,
            words=words,
            states=np.zeros((len(words), STATE), dtype=np.float32),
            spans=SpanScores(
                np.array([row[0] for row in found], dtype=np.int64),
                np.array([row[1] for row in found], dtype=np.int64),
                kinds,
            ),
            mentions=np.zeros((len(found), MENTION), dtype=np.float32),
            source_kinds=np.array(
                [LABELS["source_kinds"].index(row[4] or "organisation") for row in found], dtype=np.int64
            ),
            attribution=attribution,
            triggers=np.zeros((len(words), len(LABELS["types"])), dtype=np.float32),
            between=np.zeros((len(words), LINK), dtype=np.float32),
        )

    def draft(self, trigger: str, kind: ClaimType = ClaimType.ASSAULT, **links: str | list[str]) -> Draft:
        """A claim with this trigger word; `links` maps labels to the words of spans (`count__killed`)."""
        words = self.scores.words
        at = words.text.index(trigger)
        first, last = words.words_in(at, at + len(trigger)) or (0, 0)
        made = Draft(
            start=first,
            end=last,
            type=LABELS["types"].index(kind),
            score=0.8,
            mode=np.zeros(len(LABELS["modes"]), dtype=np.float32),
            status=np.array([1, 0, 0, 0], dtype=np.float32),
            certainty=np.array([1, 0, 0], dtype=np.float32),
            negated=0.0,
        )
        for label, texts in links.items():
            for text in [texts] if isinstance(texts, str) else texts:
                made.links.append(Link(self.index[text], label.rstrip("_").replace("__", ":"), 0.7))
        return made
