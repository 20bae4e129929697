"""Reports that tell alike in other words: the same figures and names, weighed by how rare they are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

from stemma.merge.lineage.archive import COMMON_TRAIT, RARE_TRAITS, Archive
from stemma.merge.lineage.near import Index
from stemma.merge.lineage.traits import in_order, shared_weight

FEWEST_TRAITS: Final = 5
"""Different traits that two reports must share before their order says anything."""

NAMED_ALIKE: Final = 0.2
"""Below that share of the names and figures of either, the cited outlet's report that is held is another
story of that outlet: so it was for all 37 cited reports of ECB+, FA-KES and newswire below it that were read.
Pages of the coded stories: .31 and more."""

UNDATED_ALIKE: Final = 0.3
UNDATED_BACK: Final = 0.2
"""Where dates do not say that the two belong together (one has none, or they are far apart), so much of the
report's and so much of the cited one's must be the other's."""


class Likeness:
    """The traits of an archive, with their weights: the rarer a trait, the more it says."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        starts = np.frombuffer(archive.trait_starts, dtype=np.uint64).astype(np.int64)
        hashes = (
            np.frombuffer(archive.trait_hashes, dtype=np.uint64)
            if archive.trait_hashes
            else np.zeros(0, np.uint64)
        )
        owners = np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), np.diff(starts))
        order = np.lexsort((owners, hashes))
        hashes, owners = hashes[order], owners[order]
        once = (
            np.r_[True, (hashes[1:] != hashes[:-1]) | (owners[1:] != owners[:-1])]
            if len(hashes)
            else np.zeros(0, bool)
        )
        self._known, self._counts = np.unique(hashes[once], return_counts=True)
        self._all = max(1, len(starts) - 1)

    def frequencies(self, traits: Sequence[int]) -> dict[int, int]:
        """In how many reports each of these traits occurs."""
        wanted = np.array(sorted(set(traits)), dtype=np.uint64)
        if not len(wanted):
            return {}
        at = np.searchsorted(self._known, wanted)
        return dict(zip(wanted.tolist(), self._counts[at].tolist(), strict=True))

    def weights(self, *traits: Sequence[int]) -> dict[int, float]:
        """The weight of each of these traits: the logarithm of one over its share of the reports."""
        both = [one for some in traits for one in some]
        return {one: math.log((self._all + 1) / count) for one, count in self.frequencies(both).items()}

    def rare(self, number: int) -> list[int]:
        """The rarest traits of a report that another report has too."""
        counts = self.frequencies(self._archive.traits(number))
        shared = [one for one, count in counts.items() if 2 <= count <= max(COMMON_TRAIT, 2)]
        return sorted(shared, key=lambda one: (counts[one], one))[:RARE_TRAITS]

    def covered(self, here: int, there: int) -> float:
        """The weighted share of the traits of `here` that `there` has, in [0, 1]."""
        mine, others = self._archive.traits(here), self._archive.traits(there)
        return shared_weight(mine, others, self.weights(mine))

    def may_mean(self, here: int, there: int, together: bool) -> bool:
        """True where the report `there` tells enough of the same to be the one whose outlet `here` cites.

        `together` says that their dates are close.
        """
        alike, back = self.covered(here, there), self.covered(there, here)
        if together:
            return max(alike, back) >= NAMED_ALIKE
        return alike >= UNDATED_ALIKE and back >= UNDATED_BACK

    def ordered(self, here: int, there: int) -> float:
        """How much of the traits of the lighter of two reports the other has in the same order, in [0, 1]."""
        mine, others = self._archive.traits(here), self._archive.traits(there)
        if len(set(mine) & set(others)) < FEWEST_TRAITS:
            return 0.0
        return in_order(mine, others, self.weights(mine, others))

    def shared(self, here: int, there: int) -> int:
        """The number of different traits that two reports share."""
        return len(set(self._archive.traits(here)) & set(self._archive.traits(there)))

    def pairs(self, numbers: Iterable[int], fewest: int) -> list[tuple[int, int]]:
        """Pairs of these reports that share `fewest` of their rare traits or more, the most alike first."""
        index = Index()
        for number in numbers:
            index.add(number, np.array(self.rare(number), dtype=np.uint64))
        low, high, counts = index.pairs(fewest)
        order = np.lexsort((high, low, -counts))
        return list(zip(low[order].tolist(), high[order].tolist(), strict=True))
