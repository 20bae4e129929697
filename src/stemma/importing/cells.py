"""What cells mean: days, degrees, figures, countries; a `CellError` says in one line what is wrong."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from stemma.importing.reading import CellError
from stemma.lexicon import read_rows
from stemma.lexicon.countries import find_country, list_countries
from stemma.lexicon.country_codes import codes_of

_MONTHS: Final = (
    "january february march april may june july august september october november december".split()
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]+)[ -](\d{4})")

LARGEST: Final = 10_000_000
"""No event kills more; a longer figure is a broken cell."""


def day(cells: Mapping[str, str], column: str) -> datetime.date:
    """The day in a cell: `2017-02-07`, `2017-02-07 00:00:00.000`, `20170207` or `07 February 2017`."""
    cell = cells.get(column, "")
    try:
        if match := _ISO.fullmatch(cell) or _COMPACT.fullmatch(cell):
            return datetime.date(int(match[1]), int(match[2]), int(match[3]))
        if match := _WORDS.fullmatch(cell):
            known = [m for m in _MONTHS if len(match[2]) >= 3 and m.startswith(match[2].lower())]
            if known:
                return datetime.date(int(match[3]), _MONTHS.index(known[0]) + 1, int(match[1]))
    except ValueError:
        pass
    raise CellError(column, f"{_shown(cell)} is no day", "write it as 2017-02-07")


def whole(cells: Mapping[str, str], column: str, most: int = LARGEST) -> int | None:
    """The whole number in a cell, null where it is empty."""
    cell = cells.get(column, "")
    if not cell:
        return None
    # Sheets and R write whole numbers as 3.0.
    match = re.fullmatch(r"(\d{1,12})(?:\.0+)?", cell, re.ASCII)
    if not match or int(match[1]) > most:
        raise CellError(column, f"{_shown(cell)} is no number from 0 to {most:,}", "write a whole number")
    return int(match[1])


def point(cells: Mapping[str, str], latitude: str, longitude: str) -> tuple[float, float] | None:
    """Degrees of WGS 84, null where both cells are empty."""
    if not cells.get(latitude) and not cells.get(longitude):
        return None
    return _degrees(cells, latitude, 90), _degrees(cells, longitude, 180)


def _degrees(cells: Mapping[str, str], column: str, most: int) -> float:
    cell = cells.get(column, "")
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not -most <= value <= most:
        raise CellError(column, f"{_shown(cell)} is no degree from -{most} to {most}", "write it as 31.28")
    return value


def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country by its name, ISO alpha-3 code, or name in ACLED or UCDP."""
    if not name:
        return None
    found = _by_name().get(name.casefold())
    if found:
        return found
    country = find_country(name) or find_country(re.sub(r"\s*\(.*?\)", "", name))
    return country.code if country else None


def country_of_number(numeric: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country by its ISO number."""
    return _by_number().get(numeric.lstrip("0"))


@cache
def _by_name() -> dict[str, str]:
    table: dict[str, str] = {}
    for country in list_countries():
        codes = codes_of(country.code)
        if codes:
            for name in (codes.acled_name, codes.ucdp_name, codes.alpha3):
                if name:
                    table.setdefault(name.casefold(), country.code)
    return table


@cache
def _by_number() -> dict[str, str]:
    return {
        row["numeric"].lstrip("0"): row["code"] for row in read_rows("country_codes.csv") if row["numeric"]
    }


def _shown(cell: str) -> str:
    return repr(cell[:40]) if cell else "an empty cell"
