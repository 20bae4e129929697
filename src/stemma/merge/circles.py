"""Circles: sets of reports that can tell of one thing, each merged by itself.

Two reports are linked where they share a key (`stemma.merge.blocks`) that few others have. What is linked,
directly or through others, is a circle; where that would be more than `LARGEST` reports, rarer keys are asked
for, level by level. A report's circle depends on the set of reports alone, never on their order: each level's
links are some of those of the level before, so that the circles of all levels together are a partition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from stemma.merge.blocks import Kind, kind_of

LARGEST: Final = 400
"""Reports of a circle beyond which rarer keys are asked for. A report of a circle costs some 1 to 3 ms to
merge, and within so many the second look at the texts compares everything (`stemma.merge.tellings`)."""

ANY: Final = 1 << 40
"""A cap that no key reaches."""

LEVELS: Final[tuple[tuple[int, int, int, int], ...]] = (
    (64, 64, 2000, ANY),
    (12, 24, 2000, ANY),
    (4, 8, 2000, ANY),
    (0, 0, 2000, ANY),
)
"""How many reports may have a key so that it links them, by `Kind`, from the loosest level to the strictest.
The strictest links texts that are mostly one, however many there are: ten thousand copies stay together."""

Numbers = npt.NDArray[np.int64]


class Blocks(Protocol):
    """Which reports are filed under which keys; reports are numbers here."""

    def keys_of(self, reports: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The keys of these reports."""
        ...

    def sharing(self, keys: Collection[int], most: int) -> Mapping[int, Collection[int]]:
        """The reports under each of these keys; a key that more than `most` have may be left out."""
        ...


def partition(owners: Numbers, keys: Numbers) -> Iterator[Numbers]:
    """The circles of reports of which row `i` says that the report `owners[i]` has the key `keys[i]`.

    Each circle's reports are in rising order. The effort is that of sorting the rows.
    """
    reports = np.unique(owners)
    order = np.argsort(keys, kind="stable")
    keys, rows = keys[order], np.searchsorted(reports, owners[order])
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]]) if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.r_[starts, len(keys)])
    kinds = keys[starts] & 3
    open_ = np.ones(len(reports), dtype=np.bool_)
    for number, level in enumerate(LEVELS):
        links = (sizes > 1) & (sizes <= np.array(level)[kinds])
        tops = _components(len(reports), *_pairs(rows, starts[links], sizes[links]))
        counts = np.bincount(tops, minlength=len(reports))
        last = number == len(LEVELS) - 1
        done = open_ & ((counts[tops] <= LARGEST) | last)
        members = np.flatnonzero(done)
        members = members[np.argsort(tops[members], kind="stable")]
        cuts = np.flatnonzero(np.diff(tops[members])) + 1
        if len(members):
            yield from (reports[circle] for circle in np.split(members, cuts))
        open_ &= ~done


def _pairs(rows: Numbers, starts: Numbers, sizes: Numbers) -> tuple[Numbers, Numbers]:
    """For each bucket its first report beside each of the others."""
    if not len(starts):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    firsts = np.repeat(rows[starts], sizes - 1)
    steps = np.arange(int((sizes - 1).sum())) - np.repeat(np.cumsum(sizes - 1) - (sizes - 1), sizes - 1)
    return firsts, rows[np.repeat(starts + 1, sizes - 1) + steps]


def _components(number: int, left: Numbers, right: Numbers) -> Numbers:
    """For each of `number` nodes the smallest node that it is linked with, directly or through others."""
    tops = np.arange(number)
    while len(left):
        one, other = tops[left], tops[right]
        low, high = np.minimum(one, other), np.maximum(one, other)
        apart = low != high
        if not apart.any():
            break
        left, right, low, high = left[apart], right[apart], low[apart], high[apart]
        np.minimum.at(tops, high, low)
        while True:  # each step halves the way to the top
            above = tops[tops]
            if np.array_equal(above, tops):
                break
            tops = above
    return tops


def circle_of(report: int, blocks: Blocks, large: list[set[int]] | None = None) -> frozenset[int]:
    """The circle of one report, found from it outwards.

    `large` holds for each level reports whose links at that level lead to too many; it is added to, so that
    a caller who looks for several circles does not walk the same way again.
    """
    seen_large = large if large is not None else [set() for _ in LEVELS]
    for number, level in enumerate(LEVELS):
        last = number == len(LEVELS) - 1
        if report in seen_large[number]:
            continue
        found = _walk(report, blocks, level, ANY if last else LARGEST, seen_large[number])
        if found is not None:
            return frozenset(found)
    raise AssertionError("the last level has no bound")


def _walk(
    start: int, blocks: Blocks, level: tuple[int, int, int, int], most: int, large: set[int]
) -> set[int] | None:
    """What is linked with a report at a level; None, and noted in `large`, where that is more than `most`."""
    found, new = {start}, {start}
    asked: set[int] = set()
    while new:
        mine = {key for keys in blocks.keys_of(new).values() for key in keys} - asked
        asked |= mine
        new = set()
        for kind in Kind:
            wanted = [key for key in mine if kind_of(key) is kind]
            if not level[kind] or not wanted:
                continue
            for members in blocks.sharing(wanted, level[kind]).values():
                if len(members) <= level[kind]:
                    new |= set(members) - found
        found |= new
        if len(found) > most or not large.isdisjoint(new):
            large |= found
            return None
    return found


def regroup(
    changed: Mapping[int, tuple[Sequence[int], Sequence[int]]],
    blocks: Blocks,
    circle_before: Mapping[int, Collection[int]],
) -> dict[int, frozenset[int]]:
    """The new circles of all reports whose circle may have changed, by each of their members.

    `changed` gives for each report the keys that it lost and that it got; `blocks` is as it is now, and
    `circle_before` gives the members of a report's circle as it was (itself, where it had none). What is not
    in the answer has the circle that it had.
    """
    touched = {key for lost, got in changed.values() for key in (*lost, *got)}
    seeds = set(changed)
    loosest = LEVELS[0]
    for kind in Kind:
        wanted = [key for key in touched if kind_of(key) is kind]
        # A key that passed its cap just now linked others before.
        most = min(loosest[kind] + len(changed), ANY)
        for members in blocks.sharing(wanted, most).values():
            seeds |= set(members)
    large: list[set[int]] = [set() for _ in LEVELS]
    found: dict[int, frozenset[int]] = {}
    todo = sorted(seeds)
    while todo:
        report = todo.pop()
        if report in found:
            continue
        circle = circle_of(report, blocks, large)
        todo += [other for member in (report, *circle) for other in circle_before.get(member, ())]
        for member in circle:
            found[member] = circle
    return found


class MemoryBlocks:
    """`Blocks` in memory: for reports that no casebook holds, and for tests."""

    def __init__(self, keys: Iterable[tuple[int, Sequence[int]]] = ()) -> None:
        self._keys: dict[int, tuple[int, ...]] = {}
        self._members: dict[int, set[int]] = defaultdict(set)
        for report, its in keys:
            self.put(report, its)

    def put(self, report: int, keys: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Files a report anew; gives the keys that it lost and those that it got."""
        before, now = set(self._keys.get(report, ())), set(keys)
        for key in before - now:
            self._members[key].discard(report)
        for key in now - before:
            self._members[key].add(report)
        self._keys[report] = tuple(sorted(now))
        return tuple(sorted(before - now)), tuple(sorted(now - before))

    def keys_of(self, reports: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The keys of these reports."""
        return {report: self._keys.get(report, ()) for report in reports}

    def sharing(self, keys: Collection[int], most: int) -> Mapping[int, Collection[int]]:
        """The reports under each of these keys that at most `most` have."""
        return {key: found for key in keys if len(found := self._members.get(key, set())) <= most}
