"""Where: whether the places of two claims are one, lie within one another, or are two."""

from __future__ import annotations

import math
import re
from enum import IntEnum
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from stemma.lexicon.places_fold import fold_place, skeleton
from stemma.model import Place

NEAR_KM: Final = 15.0
"""Two towns nearer than this may be one place in two reports (`near Rafah`, a village beside it)."""
FINE: Final = 2
"""UCDP's where_prec up to which a point is a place; above it is a unit's middle and no distance counts."""
SPELLED: Final = 80
"""Two spellings (rapidfuzz ratio) of one consonant skeleton in one country are one place:
Kulbiyow and Kolbiyow score 88."""


class Fit(IntEnum):
    """How two places fit, the better the larger."""

    APART = -1
    UNKNOWN = 0
    WITHIN = 1
    NEAR = 2
    SAME = 3


def place_names(place: Place) -> tuple[str, ...]:
    """The names of a place in folded letters, the narrowest first, its country last; of several places
    (`Aleppo; Damascus, Syria`) those of the first."""
    return _each(place.canonical or place.text)[0]


@lru_cache(maxsize=50_000)
def _each(text: str) -> tuple[tuple[str, ...], ...]:
    """The names of each of several places; a head without a comma shares what follows the last."""
    parts = [tuple(n for name in part.split(",") if (n := fold_place(name))) for part in text.split(";")]
    shared = parts[-1][1:]
    parts = [(*names, *shared) if len(names) == 1 and names != shared[-1:] else names for names in parts]
    return tuple(names for names in parts if names) or ((),)


def fit_of(one: Place | None, other: Place | None) -> Fit:
    """How two places fit; `UNKNOWN` where either is not said or names nothing that is known."""
    if one is None or other is None:
        return Fit.UNKNOWN
    here, there = _each(one.canonical or one.text), _each(other.canonical or other.text)
    return max(_fit(one, other, names, others) for names in here for others in there)


def _fit(one: Place, other: Place, names: tuple[str, ...], others: tuple[str, ...]) -> Fit:
    if not names or not others:
        return Fit.UNKNOWN
    if one.country and other.country and one.country != other.country:
        return Fit.APART
    if one.geonames and one.geonames == other.geonames and names[0] == others[0]:
        return Fit.SAME
    side, across = corners_of(names[0]), corners_of(others[0])
    if (side or across) and (fit := _fit_of_sides(names, others, side, across)) is not Fit.UNKNOWN:
        return fit
    if names == others or _spelled_alike(names[0], others[0]):
        return Fit.SAME
    if names[0] in others or others[0] in names:
        return Fit.WITHIN
    if any(_spelled_alike(names[0], name) for name in others[:-1]) or _is_site_of(names[0], others[0]):
        return Fit.WITHIN
    distance = distance_km(one, other)
    if distance is not None:
        return Fit.NEAR if distance <= NEAR_KM else Fit.APART
    if _is_wide(one) or _is_wide(other):
        return Fit.APART if _other_province(one, other) else Fit.UNKNOWN
    # A name that no gazetteer knows may be no place at all ("the door of the army", read as one).
    sure = all(place.geonames or len(place_names(place)) > 2 for place in (one, other))
    return Fit.APART if sure else Fit.UNKNOWN


_SIDES: Final = {
    word: side for side in ("east", "west", "north", "south") for word in (side, f"{side}ern", f"{side} of")
}
_OPPOSITE: Final = {"east": "west", "west": "east", "north": "south", "south": "north"}


def corners_of(text: str) -> frozenset[str]:
    """The sides that words name: `the rebel-held east of Aleppo` is `east`."""
    words = re.findall(r"[a-z]+", text.casefold())
    return frozenset(_SIDES[word] for word in words if word in _SIDES)


def opposite(one: frozenset[str], other: frozenset[str]) -> bool:
    """True for two opposite sides."""
    return not one & other and any(_OPPOSITE[side] in other for side in one)


def _fit_of_sides(
    names: tuple[str, ...], others: tuple[str, ...], side: frozenset[str], across: frozenset[str]
) -> Fit:
    """The fit of sides of one town: its east lies in the town and is not its west. Unknown for two towns."""
    here, there = _without_side(names[0]), _without_side(others[0])
    if names[0] == others[0] or (side == across and _spelled_alike(here, there)):
        return Fit.SAME
    if _spelled_alike(here, there):
        return Fit.APART if opposite(side, across) else Fit.WITHIN
    if {here, names[0]} & set(others) or {there, others[0]} & set(names):
        return Fit.WITHIN
    return Fit.UNKNOWN


@lru_cache(maxsize=50_000)
def _without_side(name: str) -> str:
    return " ".join(word for word in name.split() if word not in _SIDES) or name


_SITES: Final = frozenset(
    "airbase airfield airport base border bridge camp checkpoint city crossing dam district farm farms"
    " governorate highway hospital junction market mountain pass port prison province quarter road square"
    " station suburbs town university village".split()
)


@lru_cache(maxsize=50_000)
def _is_site_of(one: str, other: str) -> bool:
    """True for a town and what is called after it: Shayrat, `Shayrat Airbase`."""
    less, more = sorted((set(one.split()), set(other.split())), key=len)
    return bool(less) and less < more and more - less <= _SITES


def distance_km(one: Place, other: Place) -> float | None:
    """Kilometres between two exact points (haversine); None where either is only a unit's middle."""
    points = []
    for place in (one, other):
        fine = place.precision is not None and place.precision.ucdp <= FINE
        if not fine or place.latitude is None or place.longitude is None:
            return None
        points.append((math.radians(place.latitude), math.radians(place.longitude)))
    (lat1, lon1), (lat2, lon2) = points
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def is_narrow(place: Place | None) -> bool:
    """True for a town, a village or a site; false for provinces, countries and what is not known."""
    return place is not None and not _is_wide(place)


def _is_wide(place: Place) -> bool:
    names = place_names(place)
    if place.precision is not None and place.precision.ucdp >= 4 and len(names) < 3:
        return True
    if place.precision is not None and place.precision.ucdp >= 3 and place.geonames:
        return True
    return len(names) < 2


def _other_province(one: Place, other: Place) -> bool:
    """True where both are known with their province, and the provinces are two."""
    names, others = place_names(one), place_names(other)
    if not (one.geonames and other.geonames) or len(names) < 2 or len(others) < 2:
        return False
    return names[-1] == others[-1] and not _spelled_alike(names[-2], others[-2])


@lru_cache(maxsize=50_000)
def _spelled_alike(one: str, other: str) -> bool:
    if one == other:
        return True
    bones = skeleton(one)
    return len(bones) >= 3 and bones == skeleton(other) and fuzz.ratio(one, other) >= SPELLED
