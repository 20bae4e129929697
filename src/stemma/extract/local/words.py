"""Words, word pieces and sentences of a text, with their offsets: the encoder's view of a document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from stemma.extract.sentences import sentences

MODEL_DIR = Path(__file__).parent / "model"
WINDOW = 510
"""Word pieces a window may hold beside [CLS] and [SEP]: the encoder knows 512 positions."""
OVERLAP = 96
"""Word pieces of context that a later window repeats, so that no sentence is read without its past."""

Ints = NDArray[np.int64]

LOWER, TITLE, UPPER, MIXED, DIGIT, OTHER = range(6)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A text as words of word pieces.

    `start`, `end` (n,): offsets of each word. `shape` (n,): its case, see `shape_of`. `sentence`
    (n,): the number of its sentence. `pieces` (p,): word-piece ids, `word` (p,): each piece's word.
    `spans`: offsets of each sentence.
    """

    text: str
    start: Ints
    end: Ints
    shape: Ints
    sentence: Ints
    pieces: Ints
    word: Ints
    spans: tuple[tuple[int, int], ...]

    def __len__(self) -> int:
        return len(self.start)

    def words_in(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and last word (inclusive) that share a character with [start, end)."""
        first = int(np.searchsorted(self.end, start, side="right"))
        last = int(np.searchsorted(self.start, end, side="left")) - 1
        return (first, last) if first <= last else None


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """A run of whole words that the encoder sees at once: words [first, last), pieces [low, high)."""

    first: int
    last: int
    low: int
    high: int


@cache
def tokenizer() -> Tokenizer:
    """The encoder's own word-piece tokenizer, without truncation."""
    loaded = Tokenizer.from_file(str(MODEL_DIR / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


@lru_cache(maxsize=50_000)
def shape_of(word: str) -> int:
    """The case of a word: one of six shapes (the encoder itself is uncased)."""
    if word.isdigit():
        return DIGIT
    if not any(character.isalpha() for character in word):
        return OTHER
    if word.islower():
        return LOWER
    if word.isupper() and len(word) > 1:
        return UPPER
    return TITLE if re.fullmatch(r"[^\W\d_][^\W\d_A-Z]*", word) else MIXED


def split_words(text: str) -> Words:
    """The words of `text`; empty arrays for a text without any."""
    encoding = tokenizer().encode(text, add_special_tokens=False)
    pieces = np.array(encoding.ids, dtype=np.int64)
    word_ids = np.array(encoding.word_ids, dtype=np.int64)
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    begins = np.diff(word_ids, prepend=-1) != 0
    firsts = np.flatnonzero(begins)
    starts = offsets[firsts, 0]
    ends = np.maximum.reduceat(offsets[:, 1], firsts) if len(firsts) else starts
    spans = tuple(sentences(text)) or ((0, len(text)),)
    lows = np.array([low for low, _ in spans], dtype=np.int64)
    sentence = np.maximum(np.searchsorted(lows, starts, side="right") - 1, 0)
    shape = [shape_of(text[a:b]) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]
    return Words(
        text=text,
        start=starts,
        end=ends,
        shape=np.array(shape, dtype=np.int64),
        sentence=sentence,
        pieces=pieces,
        word=np.cumsum(begins) - 1,
        spans=spans,
    )


def windows(words: Words, size: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    """Windows of at most `size` pieces, cut at sentence ends where one is near, overlapping."""
    total = len(words.pieces)
    if total == 0:
        return []
    first_piece = np.searchsorted(words.word, np.arange(len(words)), side="left")
    bounds = np.append(first_piece, total)
    result = []
    low_word = 0
    while True:
        limit = bounds[low_word] + size
        high_word = int(np.searchsorted(bounds, limit, side="right")) - 1
        high_word = max(high_word, low_word + 1)
        if high_word < len(words):
            cut = _sentence_cut(words, low_word, high_word, int(bounds[low_word] + size * 0.6), bounds)
            high_word = cut or high_word
        # A single word of more pieces than a window holds keeps its first pieces.
        high = min(int(bounds[high_word]), int(bounds[low_word]) + size)
        result.append(Window(low_word, high_word, int(bounds[low_word]), high))
        if high_word >= len(words):
            return result
        back = int(np.searchsorted(bounds, bounds[high_word] - overlap, side="left"))
        low_word = max(back, low_word + 1)


def _sentence_cut(words: Words, low: int, high: int, least: int, bounds: Ints) -> int | None:
    """The last sentence start in words (low, high) that leaves at least `least` pieces before it."""
    for index in range(high, low, -1):
        if bounds[index] < least:
            return None
        if words.sentence[index] != words.sentence[index - 1]:
            return index
    return None


def owners(words: Words, cuts: list[Window]) -> list[tuple[int, int]]:
    """For each window the words [first, last) whose states it gives: where two overlap, the middle."""
    result = []
    for index, window in enumerate(cuts):
        first = window.first if index == 0 else (window.first + cuts[index - 1].last) // 2
        last = window.last if index == len(cuts) - 1 else (cuts[index + 1].first + window.last) // 2
        result.append((first, last))
    return result
