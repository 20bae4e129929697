"""From words to values: times, counts and places as words become intervals, ranges and names."""

from __future__ import annotations

from stemma.extract.value.anchor import anchor_of
from stemma.extract.value.counts import read_count
from stemma.extract.value.intervals import Told
from stemma.extract.value.place_locate import locate_place
from stemma.extract.value.places import find_place
from stemma.extract.value.times import NO_DAY, OUT_OF_RANGE, REVERSED, TimeReading, read_time, read_when

__all__ = [
    "NO_DAY",
    "OUT_OF_RANGE",
    "REVERSED",
    "TimeReading",
    "Told",
    "anchor_of",
    "find_place",
    "locate_place",
    "read_count",
    "read_time",
    "read_when",
]
