"""Grid references: UTM and MGRS as degrees on WGS 84.

MGRS is read by our own code: the libraries for it are bindings to C sources that must be compiled, or bring
much more with them. Its letters follow the standard (NGA.STND.0037, Universal Grids and Grid Reference
Systems, 2014), the inverse of the projection the usual series (Snyder, Map Projections, 1987, p. 63), good to
centimetres within a zone. Polar squares (bands A, B, Y, Z) are not read.
"""

from __future__ import annotations

import math
import re
from typing import Final

Point = tuple[float, float]

_BANDS: Final = "CDEFGHJKLMNPQRSTUVWX"
"""Eight degrees each from 80 south, the last one twelve."""
_COLUMNS: Final = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
"""Letters of the 100 km columns from 100 km east on, in zones 3 and 6 and …, 1 and 4 and …, 2 and 5 and …"""
_ROWS: Final = "ABCDEFGHJKLMNPQRSTUV"
"""Letters of the 100 km rows from the equator on in odd zones; in even zones they begin with F."""
SQUARE: Final = 100_000
CYCLE: Final = 2_000_000
"""Metres after which the letters of the rows come again."""
SLACK: Final = 0.2
"""Degrees by which a square at the edge of a band may reach over it."""

_UTM = re.compile(
    r"\b(?:UTM\s*)?(?P<zone>\d{1,2})\s*(?P<band>[C-HJ-NP-X])\s+(?P<east>\d{6}(?:\.\d+)?)\s*m?\s*E?,?\s+"
    r"(?P<north>\d{6,7}(?:\.\d+)?)\s*m?\s*N?\b",
    re.I,
)
_MGRS = re.compile(
    r"(?<![\w.])(?P<zone>\d{1,2})(?P<band>[C-HJ-NP-X])[ -]?(?P<column>[A-HJ-NP-Z])(?P<row>[A-HJ-NP-V])[ -]?"
    r"(?:(?P<east>\d{2,5})[ -](?P<north>\d{2,5})|(?P<both>\d{4}|\d{6}|\d{8}|\d{10}))(?![\w.]*\d)"
)


def find_utm(text: str) -> Point | None:
    """Latitude and longitude of the UTM point in `text`; `None` for none, or for a zone that is none."""
    match = _UTM.search(text)
    if not match or not 1 <= int(match["zone"]) <= 60:
        return None
    north = float(match["north"]) - (0 if match["band"].upper() >= "N" else 10_000_000)
    return from_utm(int(match["zone"]), float(match["east"]), north)


def find_mgrs(text: str) -> Point | None:
    """Latitude and longitude of the middle of the MGRS square of 1 km or finer in `text`; `None` for none."""
    match = _MGRS.search(text)
    if not match or not 1 <= int(match["zone"]) <= 60:
        return None
    east, north = match["east"], match["north"]
    if match["both"]:
        half = len(match["both"]) // 2
        east, north = match["both"][:half], match["both"][half:]
    zone, band = int(match["zone"]), match["band"]
    column = _COLUMNS[zone % 3].find(match["column"])
    if len(east) != len(north) or column < 0:
        return None
    row = (_ROWS.index(match["row"]) - (5 if zone % 2 == 0 else 0)) % len(_ROWS)
    side = 10.0 ** (5 - len(east))
    x = (column + 1) * SQUARE + (int(east) + 0.5) * side
    y = row * SQUARE + (int(north) + 0.5) * side
    low = -80 + 8 * _BANDS.index(band)
    high = low + (12 if band == "X" else 8)
    for cycle in range(-5, 5):
        point = from_utm(zone, x, y + cycle * CYCLE)
        if low - SLACK <= point[0] <= high + SLACK:
            return point
    return None


def from_utm(zone: int, east: float, north: float) -> Point:
    """Degrees of a UTM point; `north` in metres from the equator, below zero in the south."""
    a, e2, k0 = 6378137.0, 0.00669437999014, 0.9996
    x, y = east - 500_000, north
    mu = y / k0 / (a * (1 - e2 / 4 - 3 * e2**2 / 64 - 5 * e2**3 / 256))
    e1 = (1 - math.sqrt(1 - e2)) / (1 + math.sqrt(1 - e2))
    phi = mu + (3 * e1 / 2 - 27 * e1**3 / 32) * math.sin(2 * mu)
    phi += (21 * e1**2 / 16 - 55 * e1**4 / 32) * math.sin(4 * mu)
    phi += (151 * e1**3 / 96) * math.sin(6 * mu) + (1097 * e1**4 / 512) * math.sin(8 * mu)
    ep2 = e2 / (1 - e2)
    c, t = ep2 * math.cos(phi) ** 2, math.tan(phi) ** 2
    n = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    r = a * (1 - e2) / (1 - e2 * math.sin(phi) ** 2) ** 1.5
    d = x / (n * k0)
    lat = d**2 / 2 - (5 + 3 * t + 10 * c - 4 * c**2 - 9 * ep2) * d**4 / 24
    lat += (61 + 90 * t + 298 * c + 45 * t**2 - 252 * ep2 - 3 * c**2) * d**6 / 720
    lon = d - (1 + 2 * t + c) * d**3 / 6
    lon += (5 - 2 * c + 28 * t - 3 * c**2 + 8 * ep2 + 24 * t**2) * d**5 / 120
    latitude = phi - (n * math.tan(phi) / r) * lat
    return math.degrees(latitude), math.degrees(lon / math.cos(phi)) + zone * 6 - 183
