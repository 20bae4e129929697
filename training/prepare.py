"""A text as tensors: the same words, windows and ownership as the shipped engine uses."""

from __future__ import annotations

import random
from dataclasses import dataclass

import numpy as np
import torch

from labels import DISTANCES
from stemma.extract.local.words import UPPER, Words, owners, split_words, windows

CLS, SEP, PAD = 101, 102, 0
STEP = 64


@dataclass
class Prepared:
    words: Words
    n: int
    pieces: torch.Tensor
    shapes: torch.Tensor
    mask: torch.Tensor
    flat: torch.Tensor
    word: torch.Tensor
    piece_count: torch.Tensor

    def to(self, device):
        for name in ("pieces", "shapes", "mask", "flat", "word", "piece_count"):
            setattr(self, name, getattr(self, name).to(device))
        return self


def prepare(text: str | Words, capitals: bool = False) -> Prepared:
    words = split_words(text) if isinstance(text, str) else text
    cuts = windows(words)
    owned = owners(words, cuts)
    # Few different sizes: the kernels of half precision are made anew for each (a third of a step).
    size = -(-(max(w.high - w.low for w in cuts) + 2) // STEP) * STEP
    pieces = np.full((len(cuts), size), PAD)
    shapes = np.full((len(cuts), size), 5)
    mask = np.zeros((len(cuts), size), dtype=np.int64)
    flat, word = [], []
    for row, (window, (first, last)) in enumerate(zip(cuts, owned, strict=True)):
        ids = words.pieces[window.low : window.high]
        of = words.word[window.low : window.high]
        pieces[row, 0], pieces[row, 1 : len(ids) + 1], pieces[row, len(ids) + 1] = CLS, ids, SEP
        shape = words.shape[of]
        shapes[row, 1 : len(ids) + 1] = np.where(shape <= 3, UPPER, shape) if capitals else shape
        mask[row, : len(ids) + 2] = 1
        keep = np.flatnonzero((of >= first) & (of < last))
        flat.append(row * size + 1 + keep)
        word.append(of[keep])
    flat, word = np.concatenate(flat), np.concatenate(word)
    count = np.bincount(word, minlength=len(words)).clip(min=1)
    t = torch.from_numpy
    return Prepared(words, len(words), t(pieces), t(shapes), t(mask), t(flat), t(word), t(count).float())


def bucket(distance: np.ndarray) -> np.ndarray:
    return np.searchsorted(np.array(DISTANCES), distance, side="left")


def relation(claim_sentence: np.ndarray, mention_sentence: np.ndarray) -> np.ndarray:
    """0 same sentence, 1 mention one sentence earlier, 2 further back, 3 later."""
    gap = claim_sentence[:, None] - mention_sentence[None]
    return np.select([gap == 0, gap == 1, gap > 1], [0, 1, 2], 3)


def shuffled(items, seed):
    items = list(items)
    random.Random(seed).shuffle(items)
    return items
