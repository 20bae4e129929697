"""Which incident is which row: a score for each pair, and the best one-to-one assignment.

As in MELTT (Donnay, Dunford, McGrath, Backer and Cunningham, Integrating Conflict Event Data, Journal of
Conflict Resolution 63, 2019) a pair must lie within a window of days and of distance, and then agree in what
it is and who took part; here each agreement is a share, and the toll is one of them. Of all assignments in
which nobody is taken twice the one with the greatest sum of scores is chosen (Kuhn 1955, Munkres 1957).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from stemma.lexicon.places_fold import fold_place
from stemma.model import ClaimType, EntityKind, Place
from stemma.names import SAME_NAME, canonical_actor, likeness_of_names
from stemma.show.compare_accounts import Account, Named, is_named

METHOD: Final = (
    "one-to-one assignment with the greatest sum of scores (Kuhn 1955, Munkres 1957) among pairs within a"
    " window of days and distance, after MELTT (Donnay et al. 2019)"
)

WINDOW: Final = 3
"""Days between two accounts beyond which they are two happenings, as in MELTT's examples."""

WEIGHTS: Final = {"date": 0.3, "place": 0.3, "parties": 0.2, "type": 0.1, "toll": 0.1}
ENOUGH: Final = 0.6
"""Score from which a pair may be one happening. Weights and bound are set so that a day and a place make one,
and a day and both sides in one province; tests/unit/show/test_compare.py holds them to exports whose days,
places and tolls were moved."""

UNKNOWN: Final = 0.4
"""What an agreement is worth that cannot be seen because one side says nothing: less than half."""

RADIUS: Final = {1: 10.0, 2: 25.0, 3: 60.0, 4: 150.0, 5: 300.0, 6: 600.0, 7: 600.0}
"""Kilometres within which a point of each of UCDP's classes of precision may be off."""

EARTH: Final = 6371.0
LARGEST: Final = 1_200
"""Accounts of one knot of candidates that are assigned exactly (some seconds); a larger knot is assigned
greedily, the best pair first."""

LONG: Final = 40
"""Days of an account from which it is a period: a day within it says little."""

_FAMILIES: Final = (
    frozenset(("ASSAULT", "COERCE")),
    frozenset(("PROTEST",)),
    frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID".split()),
    frozenset("RETREAT MOBILIZE MOVE REALIGN TRANSFER".split()),
    frozenset("REQUEST ACCUSE REJECT THREATEN SANCTION DENY".split()),
)


@dataclass(frozen=True, slots=True)
class Pair:
    """An incident and a row (by number) that are taken for one, with the score in [0, 1] and its reasons."""

    ours: int
    theirs: int
    score: float
    reasons: tuple[str, ...]


def match(ours: Sequence[Account], theirs: Sequence[Account], window: int = WINDOW) -> list[Pair]:
    """The pairs of the best one-to-one assignment, by the order of ours; nobody is in two pairs."""
    candidates: dict[tuple[int, int], Pair] = {}
    by_day: dict[int, list[int]] = {}
    periods: list[int] = []
    for number, account in enumerate(ours):
        if account.first and account.last:
            length = (account.last - account.first).days
            if length > LONG:
                periods.append(number)
            else:
                for day in range(account.first.toordinal(), account.last.toordinal() + 1):
                    by_day.setdefault(day, []).append(number)
    dated = [number for number, account in enumerate(ours) if account.first]
    for number, row in enumerate(theirs):
        for other in _near(row, by_day, periods, dated, window):
            scored = score(ours[other], row, window)
            if scored and scored[0] >= ENOUGH:
                candidates[other, number] = Pair(other, number, *scored)
    chosen = [pair for knot in _knots(candidates) for pair in _assigned(knot)]
    return sorted(chosen, key=lambda pair: (pair.ours, pair.theirs))


def _near(
    row: Account, by_day: Mapping[int, list[int]], periods: list[int], dated: list[int], window: int
) -> list[int]:
    if not row.first or not row.last:
        return []
    first, last = row.first.toordinal() - window, row.last.toordinal() + window
    if last - first > LONG + 2 * window:
        return dated
    found = {number for day in range(first, last + 1) for number in by_day.get(day, ())}
    return sorted(found.union(periods))


def score(one: Account, other: Account, window: int = WINDOW) -> tuple[float, tuple[str, ...]] | None:
    """How well two accounts agree, in [0, 1], and in what; null where they cannot be one happening."""
    shares: dict[str, float | None] = {}
    reasons: list[str] = []
    for name, found in (
        ("date", _dates(one, other, window)),
        ("place", _places(one.place, other.place)),
        ("parties", _parties(one.parties, other.parties)),
        ("type", _types(one, other)),
        ("toll", _tolls(one, other)),
    ):
        if found is None:
            shares[name] = None
            continue
        shares[name], words = found
        if found[0] < 0:
            return None
        if words:
            reasons.append(words)
    total = sum(WEIGHTS[name] * (UNKNOWN if share is None else share) for name, share in shares.items())
    return round(total, 3), tuple(reasons)


Share = tuple[float, str]
"""An agreement in [0, 1] with words for it; below 0 it rules the pair out."""


def _dates(one: Account, other: Account, window: int) -> Share | None:
    if not (one.first and one.last and other.first and other.last):
        return None
    gap = max((one.first - other.last).days, (other.first - one.last).days, 0)
    if gap > window:
        return -1.0, ""
    length = max((one.last - one.first).days, (other.last - other.first).days) + 1
    ceiling = 1.0 if length <= 7 else 0.7 if length <= 31 else 0.4
    if gap:
        return ceiling * (1 - gap / (window + 1)), f"{gap} day{'s' if gap > 1 else ''} apart"
    return ceiling, "the same day" if length == 1 else "the days overlap"


def _places(one: Place | None, other: Place | None) -> Share | None:
    if one is None or other is None:
        return None
    if one.country and other.country and one.country != other.country:
        return -1.0, ""
    named = _names_of(one) & _names_of(other)
    if one.latitude is not None and other.latitude is not None:
        away = distance(one, other)
        slack = sum(RADIUS[p.precision.ucdp] if p.precision else RADIUS[2] for p in (one, other))
        # Towns of one name lie in many provinces: the points decide, with room for a coarse one.
        if away > (5 if named else 2) * slack:
            return -1.0, ""
        if named:
            return (1.0, "the same place") if away <= 2 * slack else (0.3, f"one name, {away:.0f} km apart")
        narrow = slack <= 2 * RADIUS[2]
        share = (1.0 if narrow else 0.6) * (1 - away / (2 * slack))
        return share, f"{away:.0f} km apart"
    if named:
        return 1.0, "the same place"
    if one.country and one.country == other.country:
        return 0.4, "the same country"
    return None


def _names_of(place: Place) -> set[str]:
    heads = (place.text, (place.canonical or "").partition(",")[0])
    names = {fold_place(head.removesuffix(" town").removesuffix(" city").strip()) for head in heads if head}
    return {name for name in names if name}


def distance(one: Place, other: Place) -> float:
    """Kilometres between two points on a great circle (haversine)."""
    a, b = math.radians(one.latitude or 0), math.radians(other.latitude or 0)
    across = math.radians((other.longitude or 0) - (one.longitude or 0))
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(half)))


def _parties(ours: Sequence[Named], theirs: Sequence[Named]) -> Share | None:
    mine, yours = [p for p in ours if is_named(p)], [p for p in theirs if is_named(p)]
    if not mine or not yours:
        return None
    fewer, more = sorted((mine, yours), key=len)
    best = [max((party_likeness(one, other), other.names[0]) for other in more) for one in fewer]
    share = sum(like for like, _ in best) / len(best)
    agreed = [one.names[0] for one, (like, _) in zip(fewer, best, strict=True) if like >= 0.5]
    return share, f"both name {' and '.join(agreed[:2])}" if agreed else "other parties"


def party_likeness(one: Named, other: Named) -> float:
    """How alike two parties are: 1 for one actor, 0.8 for a part and its
    whole, 0.7 for two bodies of one state, 0 for two actors."""
    first, second = canonical_actor(one.names, one.kind), canonical_actor(other.names, other.kind)
    if first and second:
        if first.canonical == second.canonical:
            return 1.0
        state = EntityKind.GOVERNMENT
        if first.country and first.country == second.country and first.kind is state is second.kind:
            return 0.7
        return 0.8 if second.parent == first.canonical or first.parent == second.canonical else 0.0
    like = max(likeness_of_names(a, b) for a in one.names[:3] for b in other.names[:3])
    return like if like >= SAME_NAME else 0.0


def _types(one: Account, other: Account) -> Share | None:
    if one.type is other.type:
        if one.mode and other.mode:
            return (1.0, f"both {_kind(one)}") if one.mode == other.mode else (0.8, f"both {one.type}")
        return 0.9, f"both {one.type}"
    if family(one.type) is not None and family(one.type) == family(other.type):
        return 0.5, ""
    return -1.0, ""


def _kind(account: Account) -> str:
    return f"{account.type} {account.mode}"


def family(kind: ClaimType) -> int | None:
    """The number of the family of types that datasets may code one happening as; null for none."""
    return next((number for number, types in enumerate(_FAMILIES) if kind in types), None)


def _tolls(one: Account, other: Account) -> Share | None:
    if one.low is None or other.low is None:
        return None
    tops = [a.high if a.high is not None else max(one.low, other.low) for a in (one, other)]
    if one.low <= tops[1] and other.low <= tops[0]:
        return 1.0, "the tolls agree"
    small, large = sorted((max(tops[0], one.low), max(tops[1], other.low)))
    return small / large if large else 1.0, ""


def _knots(candidates: Mapping[tuple[int, int], Pair]) -> list[list[Pair]]:
    """The pairs in groups that share no account with each other."""
    above: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        while above.setdefault(node, node) != node:
            above[node] = node = above[above[node]]
        return node

    for ours, theirs in candidates:
        above[root(("o", ours))] = root(("t", theirs))
    knots: dict[tuple[str, int], list[Pair]] = {}
    for pair in candidates.values():
        knots.setdefault(root(("o", pair.ours)), []).append(pair)
    return list(knots.values())


def _assigned(knot: Sequence[Pair]) -> list[Pair]:
    if len(knot) == 1:
        return list(knot)
    rows = sorted({pair.ours for pair in knot})
    columns = sorted({pair.theirs for pair in knot})
    if max(len(rows), len(columns)) > LARGEST:
        return _greedy(knot)
    weights = np.zeros((len(rows), len(columns)))
    known = {}
    for pair in knot:
        at = rows.index(pair.ours), columns.index(pair.theirs)
        weights[at] = pair.score
        known[at] = pair
    return [known[at] for at in assign(weights) if at in known]


def _greedy(knot: Sequence[Pair]) -> list[Pair]:
    taken: set[tuple[str, int]] = set()
    found = []
    for pair in sorted(knot, key=lambda pair: (-pair.score, pair.ours, pair.theirs)):
        ends = {("o", pair.ours), ("t", pair.theirs)}
        if not ends & taken:
            taken |= ends
            found.append(pair)
    return found


def assign(weights: npt.NDArray[np.float64]) -> list[tuple[int, int]]:
    """The one-to-one assignment of rows to columns with the greatest sum, as pairs (row, column).

    The Hungarian method with potentials (Kuhn 1955, Munkres 1957), each row by a shortest augmenting path.
    """
    turned = weights.shape[0] > weights.shape[1]
    costs = -(weights.T if turned else weights)
    height, width = costs.shape
    row_pot, column_pot = np.zeros(height + 1), np.zeros(width + 1)
    owner = np.zeros(width + 1, dtype=np.int64)
    for row in range(1, height + 1):
        owner[0], column = row, 0
        shortest, used = np.full(width + 1, np.inf), np.zeros(width + 1, dtype=bool)
        way = np.zeros(width + 1, dtype=np.int64)
        while owner[column]:
            used[column] = True
            here = owner[column]
            reduced = costs[here - 1] - row_pot[here] - column_pot[1:]
            better = ~used[1:] & (reduced < shortest[1:])
            shortest[1:][better], way[1:][better] = reduced[better], column
            following = int(np.argmin(np.where(used[1:], np.inf, shortest[1:]))) + 1
            step = shortest[following]
            np.add.at(row_pot, owner[used], step)
            column_pot[used] -= step
            shortest[~used] -= step
            column = following
        while column:
            before = int(way[column])
            owner[column], column = owner[before], before
    pairs = [(int(owner[column]) - 1, column - 1) for column in range(1, width + 1) if owner[column]]
    return sorted((column, row) if turned else (row, column) for row, column in pairs)
