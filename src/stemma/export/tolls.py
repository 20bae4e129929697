"""Deaths of a happening: the most conservative figure, and the range, by side."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from stemma.export.happenings import Happening, Telling
from stemma.export.parties import Sort, party_of
from stemma.model import Count, Counted, Role

WORDS: Final = (
    (re.compile(r"(?i)\bhundreds\b"), 100),
    (re.compile(r"(?i)\bdozens\b"), 12),
    (re.compile(r"(?i)\btens\b"), 10),
)
"""The figures that ACLED's rules put for words; ours start higher (`dozens` is 24 to 99)."""

_SCALE = re.compile(r"(?i)\bthousands?\b|\bmillions?\b|\d")

SIDES: Final = ("a", "b", "civilians", "unknown")


@dataclass(frozen=True, slots=True)
class Toll:
    """The deaths that claims give: `low`, `best` and `high`; `sides` split `best` over SIDES."""

    low: int
    best: int
    high: int
    sides: tuple[int, int, int, int]


def killed(telling: Telling, a: frozenset[str] = frozenset(), b: frozenset[str] = frozenset()) -> Toll | None:
    """The deaths that this claim gives; null where it gives none.

    `a` and `b` are the names of the two sides. Within one side the largest figure stands for the whole,
    since reports give a total with its parts; sides are added. A figure of nobody in particular that is no
    smaller than all others together is their total.
    """
    lows, highs = [0, 0, 0, 0], [0, 0, 0, 0]
    found = False
    for count in telling.claim.counts:
        if count.what is not Counted.KILLED:
            continue
        found = True
        side = _side(telling, count, a, b)
        low = least(count)
        lows[side] = max(lows[side], low)
        highs[side] = max(highs[side], low if count.high is None else count.high)
    if not found:
        return None
    for figures in (lows, highs):
        known = sum(figures[:3])
        if figures[3] >= known:
            figures[3] -= known
    low = sum(lows)
    return Toll(low, low, max(low, sum(highs)), (lows[0], lows[1], lows[2], lows[3]))


def toll_of(
    happening: Happening, a: frozenset[str] = frozenset(), b: frozenset[str] = frozenset()
) -> Toll | None:
    """The deaths of a happening over all its claims; null where none gives any.

    `low` is the lowest figure, `high` the highest, `best` the one that most claims give, the lower of two.
    What a claim says did not happen counts nobody.
    """
    said = [toll for t in happening.tellings if not t.claim.negated and (toll := killed(t, a, b))]
    if not said:
        return None
    told = Counter(toll.best for toll in said)
    best = max(told, key=lambda figure: (told[figure], -figure))
    chief = next(toll for toll in said if toll.best == best)
    return Toll(min(t.low for t in said), best, max(t.high for t in said), chief.sides)


def least(count: Count) -> int:
    """The most conservative number that the words of a count allow."""
    if not _SCALE.search(count.text):
        for words, number in WORDS:
            if words.search(count.text):
                return number
    return count.low or 0


def _side(telling: Telling, count: Count, a: frozenset[str], b: frozenset[str]) -> int:
    entity = telling.entities.get(count.entity) if count.entity else None
    if entity is None:
        return 3
    party = party_of(entity)
    if party.name.casefold() in a:
        return 0
    if party.name.casefold() in b:
        return 1
    if party.sort in (Sort.CIVILIANS, Sort.PROTESTERS, Sort.RIOTERS, Sort.BODY):
        return 2
    held = telling.claim.parties
    if entity.id in held(Role.ACTOR):
        return 0
    return 1 if entity.id in held(Role.RECIPIENT) else 3
