"""Where the towns of the gazetteer lie: what a map is drawn from where there are no outlines."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import get_ident

from stemma.lexicon.places import DEGREE, Town, _base, _town, find_units

_COLUMNS = "id, name, country, NULL, latitude, longitude, population, unit1, unit2"
_WITHIN = (
    f"SELECT {_COLUMNS} FROM place WHERE latitude BETWEEN ? AND ? AND longitude BETWEEN ? AND ?"
    " ORDER BY population DESC, id LIMIT ?"
)
_OF_UNIT = "SELECT latitude, longitude FROM place WHERE country = ? AND (unit1 = ? OR unit2 = ?)"
_OF_COUNTRY = "SELECT latitude, longitude FROM place WHERE country = ?"

Point = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""


@lru_cache(maxsize=64)
def towns_within(west: float, south: float, east: float, north: float, limit: int) -> tuple[Town, ...]:
    """The most populous towns between these degrees, at most `limit`; their `unit` is empty."""
    edges = (round(value * DEGREE) for value in (south, north, west, east))
    rows = _base(os.getpid(), get_ident()).execute(_WITHIN, (*edges, limit))
    return tuple(_town(row) for row in rows)


@lru_cache(maxsize=512)
def unit_area(name: str, country: str, level: int) -> tuple[Point, ...]:
    """The points around the towns of a first (1) or second (2) unit; empty where it has too few."""
    units = [unit for unit in find_units(name) if unit.country == country and unit.level == level]
    if not units:
        return ()
    number = units[0].id
    return _around(_OF_UNIT, (country, number, number))


@lru_cache(maxsize=256)
def country_area(country: str) -> tuple[Point, ...]:
    """The points around the towns of a country, by its ISO code; empty where it has too few."""
    return _around(_OF_COUNTRY, (country,))


def _around(query: str, values: tuple[str | int, ...]) -> tuple[Point, ...]:
    rows = _base(os.getpid(), get_ident()).execute(query, values)
    return hull(on_one_side([(latitude / DEGREE, longitude / DEGREE) for latitude, longitude in rows]))


def on_one_side(points: Sequence[Point]) -> list[Point]:
    """The points on the side of the date line that has most of them, the others at its edge.

    A map ends at that line: round Russia's towns on both sides a hull would go through Canada and Britain.
    """
    eastern = sum(longitude > 0 for _, longitude in points)
    longitudes = [longitude for _, longitude in points]
    if not points or max(longitudes) - min(longitudes) <= 180:
        return list(points)
    side = 1 if 2 * eastern >= len(points) else -1
    # A town near Greenwich lies on the wrong side as well, but not beyond the line.
    beyond = {one for one in longitudes if one * side < 0 and abs(one) > 90}
    return [(latitude, side * 180.0 if one in beyond else one) for latitude, one in points]


def hull(points: Iterable[Point]) -> tuple[Point, ...]:
    """The convex hull (Andrew's monotone chain), in order; empty for fewer than three corners."""
    ordered = sorted(set(points))

    def half(run: Iterable[Point]) -> list[Point]:
        found: list[Point] = []
        for point in run:
            while len(found) > 1 and _turn(found[-2], found[-1], point) <= 0:
                found.pop()
            found.append(point)
        return found[:-1]

    corners = [*half(ordered), *half(reversed(ordered))]
    return tuple(corners) if len(corners) > 2 else ()


def _turn(one: Point, two: Point, three: Point) -> float:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])
