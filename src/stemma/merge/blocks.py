"""What a report is filed under, so that the reports that can tell of one thing are found without the others.

A key depends on its report alone, so that a report is filed once, whatever comes later. Two reports that
share a key may belong together; how rare a key must be for that is decided in `stemma.merge.circles`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import Final

import numpy as np

from stemma.lexicon.places_fold import skeleton
from stemma.merge.days import days_of
from stemma.merge.entities import Entities, named
from stemma.merge.facts import Fact, facts_of
from stemma.merge.lineage.near import place_fingerprints
from stemma.merge.lineage.words import hash_text, words_of
from stemma.merge.places import is_narrow, place_names
from stemma.merge.protocol import Held

PASSAGE_WORDS: Final = 10
PASSAGE_WINDOW: Final = 16
"""A run of 25 common words is sure to give two reports a key in common; some twelve keys for 100 words. Of
the 78 labelled near-copies of FA-KES (bench/near_copies.jsonl) 77 are then in one circle by their text alone,
with 12 and 20 words 71, with 8 and 10 all 78, but a third of all 594 reports as well."""

BANDS: Final = 6
BAND_ROWS: Final = 2
"""Min-hash bands over the fingerprints of a text (Broder 1997; banding as in Leskovec, Rajaraman and
Ullman, Mining of Massive Datasets, ch. 3): two texts with half of their fingerprints in common share a band
with a chance of 1 - (1 - .25)^6 = .82, two equal ones always."""

DAY_WINDOW: Final = 4
WEEK_WINDOW: Final = 14
"""Windows of days, each half overlapping the next: two days no further apart than half a window share one."""

LONGEST_TIME: Final = 7
"""Days of a time from which on it is a period, by which no two tellings are found to be one."""

MOST_KEYS: Final = 400
"""Keys of one kind that a report is filed under, the smallest: a book must not fill the casebook."""

MOST_PARTIES: Final = 8

TELLING_FIGURE: Final = 5
"""A figure below this is in every second report."""

_SALTS: Final = np.arange(1, BANDS * BAND_ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
_MIX: Final = np.uint64(0xBF58476D1CE4E5B9)
_KIND_BITS: Final = 2


class Kind(IntEnum):
    """What two reports with a key in common share; kept in the two lowest bits of the key."""

    HAPPENING = 0
    """Day and place, day and both sides, day and person, day and figure of a claim."""
    PASSAGE = 1
    """Some twenty-five words in a row."""
    BAND = 2
    """Most of the text."""
    WHOLE = 3
    """The whole text, or a judgement on both."""


def kind_of(key: int) -> Kind:
    """The kind of a key."""
    return Kind(key & 3)


def block_keys(held: Held) -> tuple[int, ...]:
    """The keys of a report in rising order, each a signed number of 64 bits."""
    happenings = sorted(set(_happening_keys(held)))[:MOST_KEYS]
    return tuple(sorted({*_text_keys(held), *happenings}))


def linking_key(*parts: str) -> int:
    """The key that ties what a person judged together."""
    return _key(Kind.WHOLE, hash_text("\0".join(("judged", *parts))))


def _key(kind: Kind, hashed: int) -> int:
    bits = (hashed & ~3 | kind) & 0xFFFFFFFFFFFFFFFF
    return bits - (1 << 64) if bits >> 63 else bits


def _text_keys(held: Held) -> Iterator[int]:
    hashes = words_of(held.document).hashes
    if not len(hashes):
        return
    yield _key(Kind.WHOLE, hash_text(hashes.tobytes().hex()))
    prints = np.unique(place_fingerprints(hashes, PASSAGE_WORDS, PASSAGE_WINDOW)[1])
    for one in prints[:MOST_KEYS].tolist():
        yield _key(Kind.PASSAGE, one)
    with np.errstate(over="ignore"):
        mixed = (prints[:, None] ^ _SALTS[None, :]) * _MIX
        mixed ^= mixed >> np.uint64(29)
        lowest = mixed.min(axis=0).reshape(BANDS, BAND_ROWS)
    for number, band in enumerate(lowest.tolist()):
        yield _key(Kind.BAND, hash_text(f"band {number} {band}"))


def _happening_keys(held: Held) -> Iterator[int]:
    # Names known from this report alone: what another report calls a party must not change a key.
    for fact in facts_of([held], Entities()):
        for when in _windows(fact):
            for sign in _signs(fact):
                yield _key(Kind.HAPPENING, hash_text(f"{fact.family} {sign} {when}"))


def _signs(fact: Fact) -> set[str]:
    signs: set[str] = set()
    parties = sorted(fact.named)[:MOST_PARTIES]
    if fact.place and is_narrow(fact.place) and (names := place_names(fact.place)):
        bones = skeleton(names[0])
        signs.add(f"place {bones if len(bones) > 2 else names[0]}")
    signs |= {f"sides {one} {two}" for one in parties for two in parties if one < two}
    signs |= {f"person {key}" for key in fact.persons if named(key)}
    for figure in fact.figures:
        if figure.low and figure.low >= TELLING_FIGURE:
            signs |= {f"figure {figure.kind} {figure.low} {party}" for party in parties}
    return signs


def _windows(fact: Fact) -> Iterable[str]:
    """The windows of the claim's days; of a claim without a time those of its report's publication."""
    days = days_of(fact.claim.time)
    if days is None:
        if fact.published is None:
            return ("undated",)
        return _overlapping(fact.published.toordinal(), WEEK_WINDOW, "week")
    if days.first is None or days.last is None or days.length > LONGEST_TIME:
        return ()
    ends = {days.first.toordinal(), days.last.toordinal()}
    return {window for end in ends for window in _overlapping(end, DAY_WINDOW, "day")}


def _overlapping(day: int, size: int, name: str) -> tuple[str, str]:
    return f"{name} {day // size}", f"{name} {(day + size // 2) // size}/2"
