"""The local engine: words -> states -> heads -> draft claims -> a coding on the wire."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from stemma.extract.local.assemble import Assembly
from stemma.extract.local.decode import ENTITY_KINDS, decode_claims
from stemma.extract.local.encoder import Encoder
from stemma.extract.local.heads import Heads, Ints, SpanScores
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.words import MODEL_DIR, Words, split_words
from stemma.extract.options import ExtractOptions
from stemma.model import Coding, Document, PassageKind, hash_bytes

MUTE = (PassageKind.FURNITURE, PassageKind.BYLINE, PassageKind.CREDIT, PassageKind.DATELINE, PassageKind.CORRECTION)
"""Passages that carry no claim of the report: boilerplate, and who wrote it where."""
DECODER = "1"
"""Changes when the same scores give other claims."""


class LocalEngine:
    """Codes a document with the shipped model; needs no network and no torch."""

    name = "local"

    def __init__(self, options: ExtractOptions, folder: Path = MODEL_DIR) -> None:
        self.options = options
        self._heads = Heads(folder / "heads.npz", folder / "heads.json")
        self._encoder = Encoder(folder / "encoder.onnx", options.threads)
        self._limits = Thresholds.of(self._heads.labels.get("thresholds", {}))
        self.version = f"{DECODER}-{model_hash(folder)[:12]}"

    def extract(self, document: Document) -> Coding:
        """The coding of `document`; empty for a text without words."""
        words = split_words(document.text)
        entities: tuple[Any, ...] = ()
        claims: tuple[Any, ...] = ()
        if len(words):
            entities, claims = self._code(document, words)
        return Coding(
            report=document.report,
            outlet=document.outlet,
            published=document.published,
            entities=entities,
            claims=claims,
            title=document.title,
            url=document.url,
            language=document.language,
            agencies=document.agencies,
            document_hash=document.content_hash(),
            engine=self.name,
            engine_version=self.version,
            notes=document.notes,
        )

    def _code(self, document: Document, words: Words) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
        heads, limits = self._heads, self._limits
        x = self._encoder.states(words)
        kinds = len(heads.labels["span_kinds"])
        spans = heads.spans(x, limits.span, kinds)
        mentions = heads.mentions(x, spans) if len(spans) else np.zeros((0, 1), dtype=np.float32)
        drafts = decode_claims(heads, x, words, spans, mentions, limits, muted(document, words))
        attribution = heads.attribution(x)
        assembly = Assembly(heads, words, spans, mentions, attribution, document, limits)
        return assembly.build(drafts)


def muted(document: Document, words: Words) -> Ints:
    """A boolean mask (n,) of the words in passages that carry no claim."""
    mask = np.zeros(len(words), dtype=np.int64)
    for passage in document.passages_of(*MUTE):
        hit = words.words_in(passage.span.start, passage.span.end)
        if hit:
            mask[hit[0] : hit[1] + 1] = 1
    return mask.astype(bool)  # type: ignore[return-value]


def model_hash(folder: Path) -> str:
    """The hash of the model's files: the same model, the same hash."""
    parts = [hash_bytes((folder / name).read_bytes()) for name in ("encoder.onnx", "heads.npz", "heads.json")]
    return hash_bytes(json.dumps(parts).encode())


__all__ = ["ENTITY_KINDS", "LocalEngine", "SpanScores", "muted"]
