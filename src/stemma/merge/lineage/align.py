"""Exact alignment: which words of one report stand in another, and where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from stemma.merge.lineage.words import Words
from stemma.model import Alignment

SEED: Final = 4
"""Equal words in a row that start a run."""

SHORTEST: Final = 7
"""A shorter run says little: names with titles, set phrases. Of the coded stories' pages that only
tell the same event, no two share a longer one."""

_POSITIONS_AT_MOST: Final = 16
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Run:
    """`size` equal words in a row: from the word `here` in one text and from `there` in the other."""

    here: int
    there: int
    size: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two texts share: runs in the order of the first, and the number of words in each text.

    `spoken` of the shared words are somebody's, in a quotation: two who heard one speaker share them too.
    """

    runs: tuple[Run, ...]
    here: int
    there: int
    spoken: int = 0

    @property
    def words(self) -> int:
        """The number of shared words."""
        return sum(run.size for run in self.runs)

    @property
    def share_here(self) -> float:
        """The share of the first text's words that stand in the second, in [0, 1]."""
        return self.words / self.here if self.here else 0.0

    @property
    def share_there(self) -> float:
        """The share of the second text's words that stand in the first, in [0, 1]."""
        return self.words / self.there if self.there else 0.0

    def turned(self) -> Overlap:
        """The same seen from the second text."""
        runs = sorted((Run(run.there, run.here, run.size) for run in self.runs), key=lambda run: run.here)
        return Overlap(tuple(runs), self.there, self.here, self.spoken)


def align(here: Words, there: Words, shortest: int = SHORTEST) -> Overlap:
    """The runs of `shortest` equal words or more, longest first where they compete; each word counts once.

    Paragraphs may stand in another order. The effort is linear in the texts: a seed that occurs very
    often in the other text is tried at its first places only.
    """
    runs: list[Run] = []
    tried = _seeds_in_common(here, there)
    if tried:
        _find_runs(here.hashes.tolist(), there.hashes.tolist(), tried, shortest, runs)
    return Overlap(tuple(runs), here.counted, there.counted, sum(_spoken(run, here, there) for run in runs))


def _seeds_in_common(here: Words, there: Words) -> list[tuple[int, list[int]]]:
    """The places in `here` where a seed starts that `there` has, each with its first places there."""
    places = _places(there)
    return [(start, places[seed]) for start, seed in enumerate(_seeds(here)) if seed in places]


def _places(words: Words) -> dict[int, list[int]]:
    places: dict[int, list[int]] | None = words.kept.get("places")
    if places is None:
        places = words.kept["places"] = {}
        for start, seed in enumerate(_seeds(words)):
            at = places.setdefault(seed, [])
            if len(at) < _POSITIONS_AT_MOST:
                at.append(start)
    return places


def _seeds(words: Words) -> list[int]:
    """One number for each `SEED` words in a row; what two numbers share is compared word by word later."""
    seeds: list[int] | None = words.kept.get("seeds")
    if seeds is None:
        hashes = words.hashes
        number = max(0, len(hashes) - SEED + 1)
        row = np.zeros(number, dtype=np.uint64)
        with np.errstate(over="ignore"):
            for offset in range(SEED):
                row = row * _FACTOR + hashes[offset : offset + number]
        seeds = words.kept["seeds"] = row.tolist()
    return seeds


def _find_runs(
    mine: list[int],
    others: list[int],
    tried: list[tuple[int, list[int]]],
    shortest: int,
    runs: list[Run],
) -> None:
    taken = bytearray(len(others))
    passed = 0
    for position, starts in tried:
        if position < passed:
            continue
        best: Run | None = None
        for start in starts:
            size = 0
            while (
                position + size < len(mine)
                and start + size < len(others)
                and mine[position + size] == others[start + size]
                and not taken[start + size]
            ):
                size += 1
            if size >= shortest and (best is None or size > best.size):
                best = Run(position, start, size)
        if best:
            runs.append(best)
            taken[best.there : best.there + best.size] = b"\1" * best.size
            passed = position + best.size


def _spoken(run: Run, here: Words, there: Words) -> int:
    """How many words of a run lie within a quotation in one of the two texts."""
    parts = [
        words.spoken[start : start + run.size]
        for words, start in ((here, run.here), (there, run.there))
        if words.spoken is not None
    ]
    return int(np.logical_or.reduce(parts).sum()) if parts else 0


def alignments_of(overlap: Overlap, here: Words, there: Words) -> tuple[Alignment, ...]:
    """The runs as offsets into the two documents' texts."""
    return tuple(
        Alignment(
            span=here.span(run.here, run.here + run.size - 1),
            other=there.span(run.there, run.there + run.size - 1),
        )
        for run in overlap.runs
    )
