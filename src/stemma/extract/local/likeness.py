"""How alike the wordings of two mentions are: the features of the coreference head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

FEATURES = 8
_LEADING = re.compile(r"^(the|a|an|its|their|his|her|some|many|several|most)\s+", re.IGNORECASE)
_PRONOUNS = frozenset(
    {"he", "she", "it", "they", "him", "her", "them", "his"}
    | {"its", "their", "who", "which", "we", "i", "us", "our"}
)


@lru_cache(maxsize=20_000)
def plain_name(name: str) -> str:
    """A name in lower case without articles, possessives and punctuation."""
    name = re.sub(r"[’']s?\b", "", name.lower())
    name = " ".join(re.sub(r"[^\w\s]", " ", name).split())
    return _LEADING.sub("", name)


@lru_cache(maxsize=20_000)
def acronym(name: str) -> str:
    """The initials of the capitalised words of `name`, in lower case."""
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper()).lower()


def likeness(names: Sequence[str]) -> NDArray[np.float32]:
    """Features (n, n, 8) of every ordered pair: equal, same last word, same first word, one contains
    the other, share of words in common, acronym, either a pronoun, both long.

    Computed once per distinct wording and spread over the mentions: a long report repeats its names.
    """
    pairs, index = distinct_likeness(names)
    return np.ascontiguousarray(np.moveaxis(pairs[:, index[:, None], index[None]], 0, -1))


def distinct_likeness(names: Sequence[str]) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The features (8, d, d) of the d distinct wordings, and the number (n,) of each name's wording."""
    distinct: dict[str, int] = {}
    index = np.array([distinct.setdefault(name, len(distinct)) for name in names], dtype=np.int64)
    return _pairs(list(distinct)), index


def _pairs(names: list[str]) -> NDArray[np.float32]:
    plain = [plain_name(name) for name in names]
    split = [text.split() for text in plain]
    known = np.array([bool(of) for of in split], dtype=bool)
    equal = _equal(plain, plain)
    words: dict[str, int] = {}
    holds = np.zeros((len(names), len({w for ws in split for w in ws})), dtype=np.float32)
    for row, of in enumerate(split):
        for word in of:
            holds[row, words.setdefault(word, len(words))] = 1
    sizes = holds.sum(1)
    shared = holds @ holds.T
    smaller = np.minimum(sizes[:, None], sizes[None])
    union = sizes[:, None] + sizes[None] - shared
    initials = [acronym(name) for name in names]
    short = _equal(initials, plain) & np.array([len(text) > 1 for text in initials], dtype=bool)[:, None]
    pronoun = np.array([text in _PRONOUNS for text in plain], dtype=bool)
    long = np.array([len(of) > 2 for of in split], dtype=bool)
    lasts = [of[-1] if of else "" for of in split]
    firsts = [of[0] if of else "" for of in split]
    features = [
        equal,
        _equal(lasts, lasts),
        _equal(firsts, firsts),
        shared == smaller,
        shared / np.maximum(union, 1),
        short | short.T,
        pronoun[:, None] | pronoun[None],
        long[:, None] & long[None],
    ]
    both = known[:, None] & known[None]
    found = np.zeros((FEATURES, len(names), len(names)), dtype=np.float32)
    for row, feature in enumerate(features):
        np.copyto(found[row], feature, where=both)
    return found


def _equal(rows: list[str], columns: list[str]) -> NDArray[np.bool_]:
    """Where row and column hold the same text."""
    numbers: dict[str, int] = {}
    down = np.array([numbers.setdefault(text, len(numbers)) for text in rows], dtype=np.int64)
    across = np.array([numbers.setdefault(text, len(numbers)) for text in columns], dtype=np.int64)
    return np.asarray(down[:, None] == across[None])
