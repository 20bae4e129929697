"""Which reports share text: fingerprints by local min-hashing, and the pairs that share them.

A report's shingles of `SHINGLE` words are hashed, and of every `WINDOW` neighbouring ones the smallest
hash is kept (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003). Two reports that share a run of
`SHINGLE + WINDOW - 1` words are sure to share a fingerprint, so a paragraph that was lifted is found as
surely as a whole copy; min-hashes of the whole text would miss it. The fingerprints are the buckets.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.merge.lineage.words import Hashes

SHINGLE: Final = 6
WINDOW: Final = 6
"""Runs of eleven words are always found; about 29 fingerprints for 100 words."""

FEWEST_SHARED: Final = 2
"""Pairs with one fingerprint in common share a phrase ("said in a statement on Saturday"), no text."""

ALL_PAIRS_AT_MOST: Final = 40_000_000
"""Pairs that are listed: with 8 bytes each and a copy to sort, about 0.7 GB."""

STOCK_REPORTS: Final = 3
STOCK_DAYS: Final = 14
"""Reports of one outlet, and days between them, that make their common words stock. An outlet brings a
story again within days, its standing paragraphs for months."""

WIDEST: Final = 64
"""Within a larger bucket no two reports are compared that do not stand beside each other."""

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)

Pairs = npt.NDArray[np.int64]


def fingerprints(hashes: Hashes) -> Hashes:
    """The winnowed fingerprints of a text, each once; of a text shorter than a shingle the hash of it all."""
    return np.unique(place_fingerprints(hashes)[1])


def place_fingerprints(hashes: Hashes, shingle: int = SHINGLE, window: int = WINDOW) -> tuple[Pairs, Hashes]:
    """The word at which each fingerprint of a text starts, in rising order, and the fingerprints."""
    if len(hashes) == 0:
        return np.zeros(0, dtype=np.int64), hashes
    size = min(shingle, len(hashes))
    with np.errstate(over="ignore"):
        shingles = np.zeros(len(hashes) - size + 1, dtype=np.uint64)
        for offset in range(size):
            shingles = shingles * _FACTOR + hashes[offset : len(hashes) - size + 1 + offset]
        shingles ^= shingles >> np.uint64(31)
        shingles *= _MIX
        shingles ^= shingles >> np.uint64(29)
    if len(shingles) <= window:
        lowest = np.array([shingles.argmin()], dtype=np.int64)
        return lowest, shingles[lowest]
    windows = np.lib.stride_tricks.sliding_window_view(shingles, window)
    starts = np.unique(windows.argmin(axis=1) + np.arange(len(windows)))
    return starts, shingles[starts]


def stock_words(hashes: Hashes, stock: Hashes) -> npt.NDArray[np.bool_]:
    """Which words of a text lie in stock paragraphs: under a fingerprint of `stock` or between two."""
    mask = np.zeros(len(hashes), dtype=np.bool_)
    if not len(stock) or not len(hashes):
        return mask
    starts, prints = place_fingerprints(hashes)
    at = np.minimum(np.searchsorted(stock, prints), len(stock) - 1)
    last: int | None = None
    for start, known in zip(starts.tolist(), (stock[at] == prints).tolist(), strict=True):
        if known:
            mask[start if last is None else last : start + SHINGLE] = True
        last = start if known else None
    return mask


@dataclass(slots=True)
class Index:
    """The fingerprints of all reports, 12 bytes each."""

    prints: array[int] = field(default_factory=lambda: array("Q"))
    owners: array[int] = field(default_factory=lambda: array("I"))

    def add(self, owner: int, prints: Hashes) -> None:
        """Files the fingerprints of the report with the number `owner`; numbers come in rising order."""
        self.prints.frombytes(prints.tobytes())
        self.owners.frombytes(np.full(len(prints), owner, dtype=np.uint32).tobytes())

    def stock(self, outlets: Pairs, days: Pairs) -> Hashes:
        """The fingerprints of stock paragraphs, sorted: those that one outlet prints again and again.

        `outlets` and `days` give each report's outlet and day as numbers, -1 where there is none. A
        fingerprint is stock where `STOCK_REPORTS` reports of one outlet, `STOCK_DAYS` apart, have it:
        menus, lines on how a monitor works, the paragraph that tells how the war began.
        """
        prints = np.frombuffer(self.prints, dtype=np.uint64)
        owners = np.frombuffer(self.owners, dtype=np.uint32)
        known = (outlets[owners] >= 0) & (days[owners] >= 0)
        prints, owners = prints[known], owners[known]
        if not len(prints):
            return np.zeros(0, dtype=np.uint64)
        order = np.lexsort((outlets[owners], prints))
        prints, owners = prints[order], owners[order]
        houses, when = outlets[owners], days[owners]
        first = np.flatnonzero(np.r_[True, (prints[1:] != prints[:-1]) | (houses[1:] != houses[:-1])])
        sizes = np.diff(np.r_[first, len(prints)])
        spread = np.maximum.reduceat(when, first) - np.minimum.reduceat(when, first)
        return np.unique(prints[first[(sizes >= STOCK_REPORTS) & (spread >= STOCK_DAYS)]])

    def pairs(self, fewest: int = FEWEST_SHARED, without: Hashes | None = None) -> tuple[Pairs, Pairs, Pairs]:
        """Pairs (lower number, higher number) that share `fewest` fingerprints or more, and how many.

        The fingerprints in `without` do not count. Within a large bucket a report is paired with the
        first and with the two before it only, so that the number of pairs stays linear; the count is
        then a lower bound.
        """
        empty = np.zeros(0, dtype=np.int64)
        if not self.prints:
            return empty, empty, empty
        prints = np.frombuffer(self.prints, dtype=np.uint64)
        owners = np.frombuffer(self.owners, dtype=np.uint32)
        order = np.argsort(prints, kind="stable")
        prints, owners = prints[order], owners[order]
        del order
        edges = np.flatnonzero(np.r_[True, prints[1:] != prints[:-1]])
        sizes = np.diff(np.r_[edges, len(prints)])
        kept = sizes > 1
        if without is not None and len(without):
            at = np.minimum(np.searchsorted(without, prints[edges]), len(without) - 1)
            kept &= without[at] != prints[edges]
        del prints
        starts, sizes = edges[kept], sizes[kept]
        keys = _keys(owners.astype(np.int64), starts, sizes)
        if not len(keys):
            return empty, empty, empty
        keys.sort()
        first = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
        counts = np.diff(np.r_[first, len(keys)])
        enough = counts >= fewest
        keys = keys[first[enough]]
        return keys >> 32, keys & 0xFFFFFFFF, counts[enough]


def _keys(owners: Pairs, starts: Pairs, sizes: Pairs) -> Pairs:
    widest = _widest(sizes)
    keys: list[Pairs] = []
    small = sizes <= widest
    for size in np.unique(sizes[small]):
        here = starts[small][sizes[small] == size]
        for low in range(int(size)):
            for high in range(low + 1, int(size)):
                keys.append((owners[here + low] << 32) | owners[here + high])
    for start, size in zip(starts[~small].tolist(), sizes[~small].tolist(), strict=True):
        members = owners[start : start + size]
        keys.append((members[0] << 32) | members[1:])
        keys.extend((members[:-step] << 32) | members[step:] for step in (1, 2))
    return np.concatenate(keys) if keys else np.zeros(0, dtype=np.int64)


def _widest(sizes: Pairs) -> int:
    """The widest bucket of which all pairs may be listed without too many in all."""
    widest = WIDEST
    while widest > 4:
        small = sizes[sizes <= widest].astype(np.int64)
        if int((small * (small - 1) // 2).sum()) <= ALL_PAIRS_AT_MOST:
            break
        widest //= 2
    return widest
