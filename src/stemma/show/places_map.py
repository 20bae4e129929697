"""The map: where incidents happened, as areas as large as their places are unsure."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stemma.lexicon.countries import country_of
from stemma.lexicon.places_area import Point, country_area, unit_area
from stemma.model import Incident, Place, Record
from stemma.show.ledger import plural
from stemma.show.story import StoryRow, make_row
from stemma.show.words import place_words

KILOMETRES: Final = {1: 3.0, 2: 25.0, 3: 40.0, 4: 100.0, 5: 200.0, 6: 300.0, 7: 300.0}
"""The radius of a place by UCDP's class of precision: class 2 is `within about 25 km` by definition, a town
has about three; where the towns of a district, province or country are known, their hull is drawn instead."""

UNKNOWN: Final = 25.0
"""Kilometres where a place has a point and no class."""

KM_PER_DEGREE: Final = 111.2
LEAST: Final = 1.5
"""Degrees from south to north that a map shows at least when nobody asks for less."""
POLE: Final = 85.0

SURE: Final = {
    1: "the place itself",
    2: "within about 25 km",
    3: "somewhere in the district",
    4: "somewhere in the province",
    5: "somewhere in the region",
    6: "somewhere in the country",
    7: "at sea",
}


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the earth between degrees (WGS 84); it never crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    def words(self) -> str:
        """As in an address: `36.1,33.2,42.4,37.4`."""
        return ",".join(
            f"{value:.3f}".rstrip("0").rstrip(".") for value in (self.west, self.south, self.east, self.north)
        )

    def zoomed(self, factor: float) -> Box:
        """The same middle, `factor` times as wide."""
        x, y = (self.west + self.east) / 2, (self.south + self.north) / 2
        wide, high = (self.east - self.west) * factor / 2, (self.north - self.south) * factor / 2
        return box_of(x - wide, y - high, x + wide, y + high)

    def moved(self, right: float, up: float) -> Box:
        """Moved by shares of its own width and height."""
        dx, dy = (self.east - self.west) * right, (self.north - self.south) * up
        dx = max(-180 - self.west, min(dx, 180 - self.east))
        dy = max(-POLE - self.south, min(dy, POLE - self.north))
        return Box(self.west + dx, self.south + dy, self.east + dx, self.north + dy)


def box_of(west: float, south: float, east: float, north: float) -> Box:
    """The box within the bounds of the map, with a least size."""
    west, east = max(-180.0, min(west, east)), min(180.0, max(west, east))
    south, north = max(-POLE, min(south, north)), min(POLE, max(south, north))
    if east - west < 0.02:
        west, east = max(-180.0, west - 0.01), min(180.0, east + 0.01)
    if north - south < 0.02:
        south, north = max(-POLE, south - 0.01), min(POLE, north + 0.01)
    return Box(west, south, east, north)


@dataclass(frozen=True, slots=True)
class Spot:
    """One place with what happened there; `radius` in kilometres, `area` goes round its towns if known."""

    name: str
    latitude: float
    longitude: float
    precision: int | None
    radius: float
    area: tuple[Point, ...]
    country: str | None
    rows: tuple[StoryRow, ...]

    @property
    def sure(self) -> str:
        """How exact the place is, in words."""
        return SURE.get(self.precision or 0, f"within about {self.radius:.0f} km")

    @property
    def note(self) -> str:
        """`3 incidents, somewhere in the province`."""
        return f"{plural(len(self.rows), 'incident')}, {self.sure}"


@dataclass(frozen=True, slots=True)
class PlacesMap:
    """Spots, the widest first, the box that shows them all, and incidents that have no point on the earth."""

    spots: tuple[Spot, ...]
    unplaced: tuple[StoryRow, ...]
    box: Box | None
    countries: tuple[str, ...]


def make_places_map(record: Record, incidents: Sequence[Incident]) -> PlacesMap:
    """Where these incidents happened (ties are left to the network)."""
    found: dict[tuple[float, float, int | None, str], list[Incident]] = {}
    unplaced = []
    for incident in incidents:
        if incident.type.is_tie:
            continue
        place = incident.place
        if place is None or place.latitude is None or place.longitude is None:
            unplaced.append(incident)
            continue
        kind = place.precision.ucdp if place.precision else None
        # Of a place that only its country is known of, the map knows the country.
        country = country_of(place.country) if kind == 6 and place.country else None
        name = country.name if country else place_words(place)
        found.setdefault((place.latitude, place.longitude, kind, name), []).append(incident)
    spots = []
    for (latitude, longitude, kind, name), own in found.items():
        place = own[0].place
        rows = sorted(
            (make_row(record, one) for one in own), key=lambda row: (row.start or "9", row.incident)
        )
        radius = KILOMETRES.get(kind or 0, UNKNOWN)
        area = _area(place) if place else ()
        code = place.country if place else None
        spots.append(Spot(name, latitude, longitude, kind, radius, area, code, tuple(rows)))
    spots.sort(key=lambda spot: (-(spot.precision or 2), spot.name.casefold(), spot.latitude))
    told = Counter(spot.country for spot in spots if spot.country for _ in spot.rows)
    return PlacesMap(
        spots=tuple(spots),
        unplaced=tuple(make_row(record, one) for one in unplaced),
        box=_around(spots),
        countries=tuple(country for country, _ in told.most_common()),
    )


def _area(place: Place) -> tuple[Point, ...]:
    """Round the towns of the unit or country that the words name; empty for a circle."""
    kind = place.precision.ucdp if place.precision else 0
    if not place.country:
        return ()
    if kind == 6:
        return country_area(place.country)
    name = (place.canonical or place.text).partition(",")[0].strip()
    if kind == 3:
        return unit_area(name, place.country, 2)
    if kind == 4:
        return unit_area(name, place.country, 1) or unit_area(place.admin1 or "", place.country, 1)
    return ()


def _around(spots: Sequence[Spot]) -> Box | None:
    """A box around the spots with some air; whole countries count only where there is nothing finer."""
    finer = [spot for spot in spots if (spot.precision or 2) < 6] or list(spots)
    if not finer:
        return None
    corners = [corner for spot in finer for corner in (spot.area or _corners(spot))]
    south, north = min(corner[0] for corner in corners), max(corner[0] for corner in corners)
    west, east = min(corner[1] for corner in corners), max(corner[1] for corner in corners)
    air = max(0.08 * (north - south), 0.08 * (east - west), (LEAST - (north - south)) / 2, 0.1)
    return box_of(west - air, south - air, east + air, north + air)


def _corners(spot: Spot) -> list[Point]:
    high = spot.radius / KM_PER_DEGREE
    wide = high / max(0.1, math.cos(math.radians(spot.latitude)))
    return [(spot.latitude + a * high, spot.longitude + b * wide) for a in (-1, 1) for b in (-1, 1)]
