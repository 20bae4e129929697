"""How many records each file has, which of them are reports, and which repeat others: before any is read.

Going through the records costs a hundredth of reading and coding them, and lets every machine know its part.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from stemma.model import Report
from stemma.run.archive.files import disk_faults, write_whole
from stemma.run.archive.job import Job, Shard, Slice
from stemma.run.archive.watching import Watch
from stemma.run.intake.files import read_path

SEEN: Final = np.dtype([("file", "<i4"), ("record", "<i8"), ("high", "<u8"), ("low", "<u8"), ("id", "<u8")])
"""One report: where it stands; 128 bits over its address (or id) and bytes; 64 bits over its id."""

BATCH: Final = 200
"""Small files that are looked through as one."""
RECORDS_PER_REPORT: Final = 50
"""Records of a shard for each report that it may have: a crawl of pictures must not be one shard."""
SHARDS: Final = 40
"""At least so many shards, where there are reports enough: the last to end is then a fortieth of the work."""
LEAST_REPORTS: Final = 10
"""Of a shard: below, its files cost more than its reports (a few milliseconds against a second)."""
LARGE: Final = 4 * 1024 * 1024
"""Bytes from which on a file is looked through by itself."""

Seen = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Input:
    """A file of the run, as it was when the run began."""

    path: str
    id: str
    size: int
    mtime: int


def batches(inputs: Sequence[Input]) -> Iterator[tuple[int, list[Input]]]:
    """The files in portions, each with the number of its first file."""
    first, part = 0, list[Input]()
    for number, one in enumerate(inputs):
        if part and (len(part) >= BATCH or one.size >= LARGE or part[-1].size >= LARGE):
            yield first, part
            first, part = number, []
        part.append(one)
    if part:
        yield first, part


def scan_path(out: str, first: int) -> Path:
    """Where what was seen in a portion is kept."""
    return Path(out, "plan", f"seen-{first:08d}.npz")


def scan(job: Job, first: int, inputs: Sequence[Input], watch: Watch) -> None:
    """Looks through some files and keeps what was seen; done already, it is not done again."""
    path = scan_path(job.out, first)
    if path.exists():
        return
    gathering = job.gathering()
    counts, seen = [], []
    for number, one in enumerate(inputs, first):
        items, record = read_path(Path(one.path), one.id, gathering), 0
        while True:
            with watch:
                item = next(items, None)
            if item is None:
                break
            if isinstance(item, Report):
                seen.append((number, record, *_key(item)))
            record += 1
        counts.append(record)
    with disk_faults(job.out):
        rows = np.array(seen, dtype=SEEN)
        write_whole(
            path, lambda file: np.savez_compressed(file, counts=np.array(counts, np.int64), seen=rows)
        )


def _key(report: Report) -> tuple[int, int, int]:
    name = (report.header.url or report.id).encode("utf-8", "replace")
    whole = hashlib.sha256(b"\0".join((name, report.media_type.encode(), report.content))).digest()
    own = hashlib.sha256(report.id.encode("utf-8", "replace")).digest()
    return (
        int.from_bytes(whole[:8], "little"),
        int.from_bytes(whole[8:16], "little"),
        int.from_bytes(own[:8], "little"),
    )


def make_shards(job: Job, inputs: Sequence[Input]) -> list[Shard]:
    """The shards of a run, from what was seen; the same files give the same shards."""
    counts, parts = [], []
    for first, _ in batches(inputs):
        with np.load(scan_path(job.out, first)) as kept:
            counts.append(kept["counts"])
            parts.append(kept["seen"])
    sizes = np.concatenate(counts) if counts else np.zeros(0, np.int64)
    seen = np.concatenate(parts) if parts else np.zeros(0, SEEN)
    again = _repeated(seen)
    names = _repeated_ids(seen, again)
    return list(_cut(_Cutter(inputs, seen, again, names), sizes, reports_of(job.options.reports, len(seen))))


def reports_of(most: int, reports: int) -> int:
    """Of a shard: at most so many, and fewer where there are few, whoever works on them: 240 pages in shards
    of 200 would be one worker's, and the other would wait."""
    return min(most, max(LEAST_REPORTS, -(-reports // SHARDS)))


def _repeated(seen: Seen) -> Seen:
    """For each report the row of the first report with its address and bytes, which may be itself."""
    order = np.lexsort((np.arange(len(seen)), seen["low"], seen["high"]))
    if not len(order):
        return order
    sorted_ = seen[order]
    fresh = np.r_[
        True, (sorted_["high"][1:] != sorted_["high"][:-1]) | (sorted_["low"][1:] != sorted_["low"][:-1])
    ]
    first = np.empty(len(seen), np.int64)
    first[order] = order[np.flatnonzero(fresh)[np.cumsum(fresh) - 1]]
    return first


def _repeated_ids(seen: Seen, again: Seen) -> dict[int, int]:
    """For each report whose id an earlier one has, the so manieth of that id it is (2 and on)."""
    rows = np.flatnonzero(again == np.arange(len(seen)))
    order = rows[np.lexsort((rows, seen["id"][rows]))]
    ids = seen["id"][order]
    found: dict[int, int] = {}
    count = 1
    for at in range(1, len(order)):
        count = count + 1 if ids[at] == ids[at - 1] else 1
        if count > 1:
            found[int(order[at])] = count
    return found


def _cut(cutter: _Cutter, sizes: Seen, most: int) -> Iterator[Shard]:
    """Shards of `most` reports each, in the order of the files; what is no report goes with the next one."""
    for number, size in enumerate(sizes.tolist()):
        at = 0
        while at < size:
            at = cutter.part(number, at, size, most)
            if cutter.reports >= most or cutter.records >= most * RECORDS_PER_REPORT:
                yield cutter.shard()
    if cutter.records:
        yield cutter.shard()


class _Cutter:
    def __init__(self, inputs: Sequence[Input], seen: Seen, again: Seen, names: dict[int, int]) -> None:
        self._inputs, self._seen, self._again, self._names = inputs, seen, again, names
        self._files, self._records = seen["file"].tolist(), seen["record"].tolist()
        self._number = self._row = 0
        self._clear()

    def _clear(self) -> None:
        self.reports = self.records = 0
        self._slices: list[Slice] = []
        self._repeats: dict[int, str] = {}
        self._renamed: dict[int, int] = {}

    def part(self, number: int, first: int, size: int, most: int) -> int:
        """Takes records of a file from `first` on until the shard is full; gives where the next begins."""
        at = first
        while at < size and self.reports < most and self.records + at - first < most * RECORDS_PER_REPORT:
            row = self._row
            if row < len(self._seen) and self._files[row] == number and self._records[row] == at:
                self._take(row, self.records + at - first)
                self._row += 1
            at += 1
        one = self._inputs[number]
        self._slices.append(Slice(one.path, one.id, first, at - first))
        self.records += at - first
        return at

    def _take(self, row: int, at: int) -> None:
        self.reports += 1
        first = int(self._again[row])
        if first != row:
            where = self._inputs[self._files[first]].path
            self._repeats[at] = f"{where}:#{self._records[first] + 1}"
        elif row in self._names:
            self._renamed[at] = self._names[row]

    def shard(self) -> Shard:
        made = Shard(self._number, tuple(self._slices), self._repeats, self._renamed)
        self._number += 1
        self._clear()
        return made


def inputs_wire(inputs: Sequence[Input]) -> str:
    """The files as JSON."""
    return json.dumps([[one.path, one.id, one.size, one.mtime] for one in inputs])
