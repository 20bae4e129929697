"""The gazetteer: towns of the world (GeoNames) and our own table of regions, waters, camps and crossings.

Towns lie in `places.sqlite`, which `training/build_gazetteer.py` makes from GeoNames data (CC BY 4.0).
"""

from __future__ import annotations

import atexit
import os
import sqlite3
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import as_file, files
from threading import get_ident

from rapidfuzz import fuzz

from stemma.lexicon import read_rows, split_list
from stemma.lexicon.places_fold import fold_place, skeleton

DEGREE = 1000
"""The file keeps coordinates as whole thousandths of a degree."""
LEAST_LIKENESS = 76
"""Two keys of one consonant skeleton are one name from this rapidfuzz ratio up."""
SHORTEST_SKELETON = 3

_held = ExitStack()
atexit.register(_held.close)


@dataclass(frozen=True, slots=True)
class Known:
    """A row of our own table. `kind` is province, region, quarter, camp, water …

    `countries` are ISO codes: none for waters and regions of several countries, two where a place is
    disputed or two places bear the name. `parents` are the next larger unit, one for each country.
    """

    name: str
    kind: str
    countries: tuple[str, ...]
    parents: tuple[str, ...]

    def parent_in(self, country: str | None) -> str:
        """The next larger unit within `country`; empty where there is none."""
        if len(self.parents) > 1 and country in self.countries:
            return self.parents[min(self.countries.index(country), len(self.parents) - 1)]
        return self.parents[0] if self.parents else ""


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames. `unit` is the first-order unit or empty; degrees are WGS 84."""

    id: int
    name: str
    country: str
    unit: str
    latitude: float
    longitude: float
    population: int


def find_known(name: str) -> tuple[Known, ...]:
    """The rows of our own table that bear this name or alias, in the table's order."""
    return _known().get(fold_place(name), ())


@lru_cache(maxsize=20_000)
def find_towns(name: str) -> tuple[Town, ...]:
    """The towns of this name in any usual Latin spelling, the most populous first."""
    key = fold_place(name)
    if not key:
        return ()
    rows = _base(os.getpid(), get_ident()).execute(_BY_KEY, (key,)).fetchall()
    return tuple(_town(row) for row in rows)


@lru_cache(maxsize=20_000)
def begins_name(word: str) -> bool:
    """True where a name of more words begins with `word`: spares a reader of running text most look-ups."""
    key = fold_place(word)
    if not key or key in _first_words():
        return True
    row = _base(os.getpid(), get_ident()).execute(_BEGINS, (key + " ", key + "!")).fetchone()
    return row is not None


@lru_cache(maxsize=5_000)
def find_similar(name: str, country: str) -> Town | None:
    """The town of `country` that an unusual transliteration names (`Teldo` for Taldou); `None` if unsure.

    The consonants must agree, sounds that transliterations exchange being one; the letters must be alike.
    """
    key = fold_place(name)
    bones = skeleton(key)
    if len(bones) < SHORTEST_SKELETON:
        return None
    near = [
        (fuzz.ratio(key, other), -rank, number)
        for rank, (other, number) in enumerate(_skeletons(country).get(bones, ()))
    ]
    if not near or max(near)[0] < LEAST_LIKENESS:
        return None
    row = _base(os.getpid(), get_ident()).execute(_BY_ID, (max(near)[2],)).fetchone()
    return _town(row)


_COLUMNS = "place.id, place.name, country, unit, latitude, longitude, population"
_BY_KEY = (
    f"SELECT {_COLUMNS} FROM name JOIN place ON place.id = name.place WHERE key = ? ORDER BY population DESC"
)
_BY_ID = f"SELECT {_COLUMNS} FROM place WHERE id = ?"
_BEGINS = "SELECT 1 FROM name WHERE key >= ? AND key < ? LIMIT 1"
_OF_COUNTRY = (
    "SELECT key, place FROM place JOIN name ON place.id = name.place"
    " WHERE country = ? ORDER BY population DESC"
)


def _town(row: tuple[int, str, str, str, int, int, int]) -> Town:
    number, name, country, unit, latitude, longitude, population = row
    return Town(number, name, country, unit, latitude / DEGREE, longitude / DEGREE, population)


@lru_cache(maxsize=64)
def _base(process: int, thread: int) -> sqlite3.Connection:
    """The file of towns, opened once for each process and thread: a connection survives neither."""
    path = _held.enter_context(as_file(files("stemma.lexicon").joinpath("places.sqlite")))
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )


@lru_cache(maxsize=8)
def _skeletons(country: str) -> dict[str, list[tuple[str, int]]]:
    """The keys of a country's towns by their consonants, the most populous towns first."""
    table: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for key, number in _base(os.getpid(), get_ident()).execute(_OF_COUNTRY, (country,)):
        table[skeleton(key)].append((key, number))
    return dict(table)


@cache
def _known() -> dict[str, tuple[Known, ...]]:
    table: dict[str, list[Known]] = defaultdict(list)
    for row in read_rows("places.csv"):
        known = Known(row["name"], row["kind"], split_list(row["country"]), split_list(row["parent"]))
        for name in (row["name"], *split_list(row["aliases"])):
            key = fold_place(name)
            if known not in table[key]:
                table[key].append(known)
    return {key: tuple(rows) for key, rows in table.items()}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(key.partition(" ")[0] for key in _known() if " " in key)
