"""A map as SVG, drawn from the gazetteer alone: degrees, towns as faint dots, and incidents as areas."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from stemma.lexicon.countries import list_countries
from stemma.lexicon.places import Town
from stemma.lexicon.places_area import Point, towns_within
from stemma.show.places_map import KM_PER_DEGREE, Box, PlacesMap, Spot
from stemma.show.svg import LETTER, element, link, picture, text, title

WIDTH: Final = 1104
HEIGHT: Final = 620
DOTS: Final = 4_000
"""Towns drawn as dots, those of most people: 4,000 are 60 kB and fill the picture."""
NAMES: Final = 26
"""Towns whose names are written, where they have room."""
STEPS: Final = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30)
SCALES: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
SMALLEST: Final = 6.0
"""Pixels of radius under which a disc can be neither seen nor hit."""

Room = tuple[float, float, float, float]
MARGIN: Final = (0.0, HEIGHT - 16.0, float(WIDTH), float(HEIGHT))
CREDIT: Final = (146.0, HEIGHT - 32.0, 320.0, float(HEIGHT))
SCALE: Final = (WIDTH - 210.0, HEIGHT - 46.0, float(WIDTH), float(HEIGHT))
"""Where degrees, the towns' source and the scale are written: no name stands there."""


@dataclass(slots=True)
class _Sheet:
    """A plane projection (equirectangular, true to length along the middle parallel) of a fitted box."""

    box: Box
    taken: list[Room] = field(default_factory=list)

    @property
    def scale(self) -> float:
        """Pixels of a degree of latitude."""
        return HEIGHT / (self.box.north - self.box.south)

    @property
    def narrow(self) -> float:
        """How much shorter a degree of longitude is, in the middle."""
        return _narrow(self.box)

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """The pixel of a point."""
        return (longitude - self.box.west) * self.scale * self.narrow, (
            self.box.north - latitude
        ) * self.scale

    def has_room(self, room: Room) -> bool:
        """True, and the room is taken, where nothing is written there yet and it lies within the sheet."""
        left, top, right, bottom = room
        if left < 2 or top < 2 or right > WIDTH - 2 or bottom > HEIGHT - 2:
            return False
        if any(left < x2 and right > x1 and top < y2 and bottom > y1 for x1, y1, x2, y2 in self.taken):
            return False
        self.taken.append(room)
        return True


def _narrow(box: Box) -> float:
    return max(0.15, math.cos(math.radians((box.south + box.north) / 2)))


def fitted(box: Box) -> Box:
    """The box widened, or made higher, to the shape of the sheet."""
    high, wide = box.north - box.south, (box.east - box.west) * _narrow(box)
    wanted = wide * HEIGHT / WIDTH
    if wanted > high:
        middle = (box.north + box.south) / 2
        return Box(box.west, middle - wanted / 2, box.east, middle + wanted / 2)
    more = high * WIDTH / HEIGHT / _narrow(box)
    middle = (box.east + box.west) / 2
    return Box(middle - more / 2, box.south, middle + more / 2, box.north)


def map_svg(
    view: PlacesMap, box: Box, name: str = "map-picture", address: Callable[[int], str] | None = None
) -> str:
    """The part of the map in `box` as one well-formed SVG; `address` leads to what tells more of a spot."""
    label = f"Map of {len(view.spots)} places, {box.words()}"
    return picture(name, WIDTH, HEIGHT, label, _lines(view, _Sheet(fitted(box)), name, address))


def _lines(view: PlacesMap, sheet: _Sheet, name: str, address: Callable[[int], str] | None) -> Iterator[str]:
    clip = element("clipPath", element("rect", width=WIDTH, height=HEIGHT), id=f"{name}-sheet")
    hatch = element("path", d="M0,8 L8,0 M-2,2 L2,-2 M6,10 L10,6", class_="pic-hatch")
    pattern = element("pattern", hatch, id=f"{name}-hatch", width=8, height=8, patternUnits="userSpaceOnUse")
    yield element("defs", clip + pattern)
    yield element("rect", width=WIDTH, height=HEIGHT, class_="pic-sea")
    yield from _degrees(sheet)
    box = sheet.box
    towns = towns_within(*(round(v, 3) for v in (box.west, box.south, box.east, box.north)), DOTS)
    yield from _dots(towns, sheet, view.countries)
    sheet.taken += [MARGIN, CREDIT, SCALE]
    for spot in view.spots:
        if spot.precision == 1:  # no name stands on a disc, also not on one that is drawn later
            (x, y), radius = sheet.at(spot.latitude, spot.longitude), _radius(spot, sheet)
            sheet.taken.append((x - radius, y - radius, x + radius, y + radius))
    spots = [_spot(spot, index, sheet, name, address) for index, spot in enumerate(view.spots)]
    yield from _town_names(towns, sheet)
    yield from _country_names(sheet)
    yield element("g", "".join(spots), clip_path=f"url(#{name}-sheet)")
    yield from _scale_bar(sheet)


def _degrees(sheet: _Sheet) -> Iterator[str]:
    """Parallels and meridians with their degrees."""
    box = sheet.box
    step = next((s for s in STEPS if (box.north - box.south) / s <= 7), STEPS[-1])
    for kind, low, high in (("lat", box.south, box.north), ("lon", box.west, box.east)):
        number = math.ceil(low / step)
        while number * step <= high:
            value = number * step
            number += 1
            words = f"{abs(value):.2f}".rstrip("0").rstrip(".") + "°"
            if kind == "lat":
                y = sheet.at(value, box.west)[1]
                yield element("line", x1=0, y1=y, x2=WIDTH, y2=y, class_="pic-degree")
                yield text(4, y - 3, words + ("N" if value > 0 else "S" if value < 0 else ""), "pic-degrees")
            else:
                x = sheet.at(box.north, value)[0]
                yield element("line", x1=x, y1=0, x2=x, y2=HEIGHT, class_="pic-degree")
                yield text(
                    x + 3, HEIGHT - 4, words + ("E" if value > 0 else "W" if value < 0 else ""), "pic-degrees"
                )


def _dots(towns: Sequence[Town], sheet: _Sheet, countries: tuple[str, ...]) -> Iterator[str]:
    """The towns as two paths of dots: of the countries that the incidents lie in, and of others."""
    for kind, own in (("other", False), ("land", True)):
        marks = []
        for town in towns:
            if (town.country in countries) is own:
                x, y = sheet.at(town.latitude, town.longitude)
                marks.append(f"M{x:.0f},{y:.0f}h.1")
        if marks:
            yield element("path", d="".join(marks), class_=f"pic-{kind}")


def _town_names(towns: Sequence[Town], sheet: _Sheet) -> Iterator[str]:
    written = 0
    for town in towns:
        if written >= NAMES:
            return
        x, y = sheet.at(town.latitude, town.longitude)
        if sheet.has_room((x - 4, y - 14, x + 8 + len(town.name) * LETTER, y + 6)):
            written += 1
            yield element("circle", cx=x, cy=y, r=2.4, class_="pic-town")
            yield text(x + 5, y + 4, town.name, "pic-town-name")


def _country_names(sheet: _Sheet) -> Iterator[str]:
    box = sheet.box
    for country in list_countries():
        if box.south < country.latitude < box.north and box.west < country.longitude < box.east:
            x, y = sheet.at(country.latitude, country.longitude)
            half = len(country.name) * 5.5
            if sheet.has_room((x - half, y - 14, x + half, y + 6)):
                yield text(x, y, country.name.upper(), "pic-country", text_anchor="middle")


def _spot(spot: Spot, index: int, sheet: _Sheet, name: str, address: Callable[[int], str] | None) -> str:
    x, y = sheet.at(spot.latitude, spot.longitude)
    radius = _radius(spot, sheet)
    exact = spot.precision == 1
    if spot.area:
        points = [sheet.at(*corner) for corner in spot.area]
        shape = _shape(points, spot, name)
        x, y = _middle(spot.area, sheet)
    elif exact:
        shape = element("circle", cx=x, cy=y, r=radius, class_="pic-spot")
    else:
        shape = element("circle", cx=x, cy=y, r=radius, fill=f"url(#{name}-hatch)", class_="pic-area")
    short = spot.name.partition(",")[0]
    count = len(spot.rows)
    words = short if count == 1 else f"{short} · {count}"
    half = len(words) * LETTER / 2 + 4
    down = radius + 15 if exact else 4
    for shift in (down, -radius - 5 if exact else -14, down + 15, 24):
        if sheet.has_room((x - half, y + shift - 13, x + half, y + shift + 4)):
            shape += text(x, y + shift, words, "pic-spot-name", text_anchor="middle")
            break
    told = title(spot.name, spot.note, *[row.title for row in spot.rows[:5]])
    return link(address(index) if address else None, told + shape, class_="pic-at")


def _radius(spot: Spot, sheet: _Sheet) -> float:
    return max(SMALLEST, spot.radius / KM_PER_DEGREE * sheet.scale)


def _shape(points: Sequence[tuple[float, float]], spot: Spot, name: str) -> str:
    path = "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points) + " Z"
    kind = "pic-area pic-wide-area" if (spot.precision or 0) >= 6 else "pic-area"
    fill = "none" if (spot.precision or 0) >= 6 else f"url(#{name}-hatch)"
    return element("path", d=path, fill=fill, class_=kind)


def _middle(area: Sequence[Point], sheet: _Sheet) -> tuple[float, float]:
    latitude = (min(a for a, _ in area) + max(a for a, _ in area)) / 2
    longitude = (min(b for _, b in area) + max(b for _, b in area)) / 2
    return sheet.at(latitude, longitude)


def _scale_bar(sheet: _Sheet) -> Iterator[str]:
    pixels = sheet.scale / KM_PER_DEGREE
    length = max((km for km in SCALES if km * pixels <= 180), default=SCALES[0])
    x2 = WIDTH - 16
    x1 = x2 - length * pixels
    y = HEIGHT - 26
    yield element("path", d=f"M{x1:.1f},{y - 5} v5 H{x2:.1f} v-5", class_="pic-scale")
    yield text(150, HEIGHT - 18, "Towns: GeoNames, CC BY 4.0", "pic-degrees")
    yield text((x1 + x2) / 2, y - 5, f"{length:,} km", "pic-degrees", text_anchor="middle")
