"""Coordinates given as a place (degrees, degrees with minutes and seconds, UTM, MGRS), and distances."""

from __future__ import annotations

import re
from typing import Final

from stemma.extract.value.place_grid import Point, find_mgrs, find_utm

_DEGREE = r"\s*(?:°|º|deg(?:rees)?\b)\s*"
_MINUTE = r"\s*(?:'|’|′|min(?:utes)?\b)\s*"
_SECOND = r"\s*(?:\"|”|″|''|’’|sec(?:onds)?\b)\s*"
_NUMBER = r"\d{1,3}(?:\.\d+)?"
_SIDE = r"(?:[NSEW]\b|north\b|south\b|east\b|west\b)"
_DMS = re.compile(
    rf"(?P<lead>[NSEW]\s*)?(?P<d>{_NUMBER}){_DEGREE}(?:(?P<m>\d{{1,2}}(?:\.\d+)?){_MINUTE}"
    rf"(?:(?P<s>\d{{1,2}}(?:\.\d+)?){_SECOND})?)?(?P<side>{_SIDE})?",
    re.I,
)
_DECIMAL = re.compile(
    r"(?<![\w.])(?P<lat>[+\-−]?\d{1,2}\.\d{2,})\s{0,9}(?P<ns>[NS]\b)?\s{0,9}[,;/ ]\s{0,9}"
    r"(?P<lon>[+\-−]?\d{1,3}\.\d{2,})\s*(?P<ew>[EW]\b)?(?![\w.]*\d)",
    re.I,
)
_LED = re.compile(
    r"\b(?P<ns>[NS])\s*(?P<lat>\d{1,2}\.\d+)\s*[,;/ ]?\s*(?P<ew>[EW])\s*(?P<lon>\d{1,3}\.\d+)", re.I
)
_WORDS: Final = {
    word: k + 1
    for k, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split())
} | {"fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a hundred": 100}
_AWAY = re.compile(
    rf"\b(?P<number>\d+(?:[.,]\d+)?|{'|'.join(_WORDS)})\s*[- ]?"
    r"(?P<unit>km|kms|kilomet(?:er|re)s?|miles?|mi)\b\.?"
    r"(?:\s*\([^)]{0,40}\))?\s*(?:to\s+the\s+|due\s+)?(?P<side>(?:north|south)?[- ]?(?:north|south|east|west)"
    r"(?:[- ]?(?:east|west))?)?(?:ern)?\s*(?:of|from|off|outside|away from)\b",
    re.I,
)
KM_OF_MILE: Final = 1.609344
_BEARINGS: Final = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0, "southwest": 225.0,
    "west": 270.0, "northwest": 315.0,
}  # fmt: skip


def find_coordinates(text: str) -> tuple[Point, str] | None:
    """The point that `text` gives in figures, and its notation; `None` for no point, or none on Earth."""
    for notation, reader in (
        ("MGRS", find_mgrs),
        ("UTM", find_utm),
        ("degrees, minutes and seconds", _dms),
        ("decimal degrees", _decimal),
    ):
        point = reader(text)
        if point and abs(point[0]) <= 90 and abs(point[1]) <= 180:
            return (round(point[0], 5), round(point[1], 5)), notation
    return None


def find_distance(text: str) -> tuple[float, float | None, int] | None:
    """Kilometres, bearing (degrees from north, `None` unsaid) and where the words of "12 km east of" end."""
    match = _AWAY.search(text)
    if not match:
        return None
    said = match["number"].lower()
    number = float(_WORDS[said]) if said in _WORDS else float(said.replace(",", "."))
    km = number * (KM_OF_MILE if match["unit"].lower().startswith("mi") else 1.0)
    side = re.sub(r"[- ]", "", (match["side"] or "").lower())
    return km, _BEARINGS.get(side), match.end()


def _decimal(text: str) -> Point | None:
    match = _DECIMAL.search(text) or _LED.search(text)
    if not match:
        return None
    lat = float(match["lat"].replace("−", "-"))
    lon = float(match["lon"].replace("−", "-"))
    return (
        -lat if (match["ns"] or "").upper() == "S" else lat,
        -lon if (match["ew"] or "").upper() == "W" else lon,
    )


def _dms(text: str) -> Point | None:
    found = [match for match in _DMS.finditer(text) if match["lead"] or match["side"]]
    values = [(_degrees(match), _side(match)) for match in found]
    lat = next((value for value, side in values if value is not None and side in "NS"), None)
    lon = next((value for value, side in values if value is not None and side in "EW"), None)
    return (lat, lon) if lat is not None and lon is not None else None


def _side(match: re.Match[str]) -> str:
    return (match["lead"] or match["side"]).strip()[0].upper()


def _degrees(match: re.Match[str]) -> float | None:
    minutes, seconds = float(match["m"] or 0), float(match["s"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    value = float(match["d"]) + minutes / 60 + seconds / 3600
    return -value if _side(match) in "SW" else value
