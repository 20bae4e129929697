"""The local engine: words -> states -> heads -> draft claims -> a coding on the wire."""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path

from stemma.extract.headed import coding_of
from stemma.extract.local.assemble import Assembly
from stemma.extract.local.decode import decode_claims
from stemma.extract.local.encoder import Encoder
from stemma.extract.local.graphs import load_heads
from stemma.extract.local.scores import score_document, words_within
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.words import MODEL_DIR, Words, split_words
from stemma.extract.options import ExtractOptions
from stemma.model import Claim, Coding, Document, Entity, Note, PassageKind, hash_bytes

DOUBTFUL = 0.25
"""The chance of a trigger from which it is looked at where a least score is given."""
MUTE = (
    PassageKind.FURNITURE,
    PassageKind.BYLINE,
    PassageKind.CREDIT,
    PassageKind.DATELINE,
    PassageKind.CORRECTION,
)
"""Passages that carry no claim of the report: boilerplate, and who wrote it where."""
DECODER = "3"
"""Changes when the same scores give other claims."""
LONGEST = 400_000
"""Characters of a report that are coded: more than a report of 50,000 words."""
MOST_WORDS = 60_000
"""Words, punctuation among them, of a report that are coded: half a minute on one thread."""
_WORD = re.compile(r"[^\W\u3400-\u9fff]+|[\u3400-\u9fff]|[^\w\s]")
LANGUAGE = "en"
"""What the model was trained on."""


class LocalEngine:
    """Codes a document with the shipped model; needs no network and no torch."""

    name = "local"

    def __init__(self, options: ExtractOptions, folder: Path = MODEL_DIR) -> None:
        self.options = options
        self._heads = load_heads(folder)
        self._encoder = Encoder(folder / "encoder.onnx", options.threads)
        self._limits = Thresholds.of(self._heads.labels.get("thresholds", {}))
        self.version = f"{DECODER}-{model_hash(folder)[:12]}"

    def extract(self, document: Document) -> Coding:
        """The coding of `document`; empty for a text without words.

        Its notes say where the report is longer than what is coded, or in a language unknown here.
        """
        words = first_words(document.text)
        entities, claims = self._code(document, words) if len(words) else ((), ())
        return coding_of(
            document,
            entities,
            claims,
            engine=self.name,
            version=self.version,
            notes=(*document.notes, *doubts(document, words)),
        )

    def _code(self, document: Document, words: Words) -> tuple[tuple[Entity, ...], tuple[Claim, ...]]:
        scores = score_document(document, words, self._encoder, self._heads, self._limits.span)
        # Whoever sets a limit of his own may set one below ours: then doubtful triggers are looked at too.
        least = None if self.options.min_score is None else DOUBTFUL
        mute = words_within(document, words, *MUTE)
        drafts = decode_claims(self._heads, scores, self._limits, mute, least)
        return Assembly(self._heads, scores, self._limits).build(drafts, self.options.min_score)


def first_words(text: str) -> Words:
    """The words of as much of `text` as is coded; its end is left out where it is too long."""
    # Counting first is cheap, and saves the tokenizer from what is left out afterwards.
    many = len(text) > MOST_WORDS
    beyond = next(islice(_WORD.finditer(text, 0, LONGEST), MOST_WORDS, None), None) if many else None
    words = split_words(text[: _last_break(text, beyond.start() if beyond else LONGEST)])
    if len(words) > MOST_WORDS:
        words = split_words(text[: _last_break(text, int(words.start[MOST_WORDS]))])
    return words


def _last_break(text: str, limit: int) -> int:
    """The end of the last line or word within `limit` characters, else `limit`."""
    if len(text) <= limit:
        return len(text)
    for space in ("\n", " "):
        at = text.rfind(space, limit // 2, limit)
        if at > 0:
            return at
    return limit


def doubts(document: Document, words: Words) -> tuple[Note, ...]:
    """What a reader of the coding should know of how much it covers."""
    notes = []
    if len(words.text) < len(document.text):
        text = f"Only the first {len(words.text)} of {len(document.text)} characters are coded."
        notes.append(Note(code="coded-in-part", text=text))
    language = document.language
    if language and language.lower().replace("_", "-").split("-")[0] != LANGUAGE:
        text = f"The engine knows English and the report is in {language!r}: read its claims with doubt."
        notes.append(Note(code="language-not-supported", text=text))
    return tuple(notes)


def model_hash(folder: Path) -> str:
    """The hash of the model's files: the same model, the same hash."""
    names = ("encoder.onnx", "heads.npz", "heads.json", "graphs.npz")
    parts = [hash_bytes((folder / name).read_bytes()) for name in names if (folder / name).exists()]
    return hash_bytes(json.dumps(parts).encode())
