"""The gazetteer: towns and units of the world (GeoNames) and our own table of regions, waters, camps.

Towns and units lie in `places.sqlite`, which `training/build_gazetteer.py` makes from GeoNames data
(CC BY 4.0); what a user has added (`stemma gazetteer add`) is consulted beside it.
"""

from __future__ import annotations

import atexit
import math
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
from stemma.lexicon.gazetteer import begins_added, find_added
from stemma.lexicon.places_fold import fold_place, openings, skeleton, skeletons

DEGREE = 1000
"""The file keeps coordinates as whole thousandths of a degree."""
PROMINENT = 15_000
"""People of a town that running text is searched for wherever it lies."""
DEEP = frozenset(
    "AF AM AZ BD BF BI BY CD CF CM CO CU DZ EC EG ER ET GE GT HN HT IL IQ IR JO KE KG LB LK LY MD ML MM "
    "MR MZ NE NG NI NP PE PK PS RW SA SD SN SO SS SV SY TD TH TJ TN TR UA UG UZ VE XK YE ZW".split()
)
"""Countries of armed conflict, whose villages running text is searched for too."""
LEAST_LIKENESS = 76
"""Two keys of one consonant skeleton are one name from this rapidfuzz ratio up."""
SHORTEST_SKELETON = 3
MAPPED = 1 << 26
"""Bytes of the file that are mapped into memory as they are read, instead of copied page by page."""

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
    """A populated place of GeoNames; degrees are WGS 84.

    `unit` is the first-order unit where our own table names it, else empty; `admin1` and `admin2` are the
    numbers of its units (`unit_of`), 0 where unknown. `kind` is the GeoNames class: P for populated places,
    others come only from a user's gazetteer, whose ids below 0 are not GeoNames'.
    """

    id: int
    name: str
    country: str
    unit: str
    latitude: float
    longitude: float
    population: int
    admin1: int = 0
    admin2: int = 0
    kind: str = "P"

    @property
    def is_prominent(self) -> bool:
        """True where running text is searched for it: elsewhere small towns are mostly words and men."""
        return self.population >= PROMINENT or self.country in DEEP


@dataclass(frozen=True, slots=True)
class Unit:
    """A first (1) or second (2) administrative unit; its point is the middle of its towns.

    `parent` is the number of the first-order unit that a second-order one lies in, else 0.
    """

    id: int
    name: str
    level: int
    country: str
    parent: int
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
    base = _base(os.getpid(), get_ident())
    towns: tuple[Town, ...] = ()
    # Most words asked for name no town: whether one does is asked first, a third of the join's time.
    if base.execute(_IS_KEY, (key,)).fetchone():
        towns = tuple(_town(row) for row in base.execute(_BY_KEY, (key,)))
    return merged(towns, tuple(town for town in added_places(key) if town.kind == "P"))


@lru_cache(maxsize=5_000)
def find_features(name: str) -> tuple[Town, ...]:
    """Hills, rivers, camps, units and the like of this name, from the user's gazetteer alone."""
    return tuple(town for town in added_places(fold_place(name)) if town.kind != "P")


def merged(towns: tuple[Town, ...], added: tuple[Town, ...]) -> tuple[Town, ...]:
    """Towns of both tables, the most populous first, one for each id: what the user added wins."""
    if not added:
        return towns
    own = {town.id for town in added}
    both = [*added, *(town for town in towns if town.id not in own)]
    return tuple(sorted(both, key=lambda town: -town.population))


def added_places(key: str) -> tuple[Town, ...]:
    """The places of this key in the user's gazetteer, units filled in from ours."""
    return tuple(
        Town(
            row.id, row.name, row.country, "", row.latitude, row.longitude, row.population,
            admin1=_unit_by_code(row.country, row.admin1), kind=row.kind,
        )
        for row in find_added(key)
    )  # fmt: skip


@lru_cache(maxsize=20_000)
def find_units(name: str) -> tuple[Unit, ...]:
    """The first- and second-order units of this name, the most populous first."""
    key = fold_place(name)
    rows = _base(os.getpid(), get_ident()).execute(_UNITS, (key,)).fetchall() if key else []
    return tuple(_unit(row) for row in rows)


@lru_cache(maxsize=20_000)
def unit_of(number: int) -> Unit | None:
    """The unit of this number; `None` where there is none."""
    row = _base(os.getpid(), get_ident()).execute(_UNIT_BY_ID, (number,)).fetchone() if number else None
    return _unit(row) if row else None


@lru_cache(maxsize=5_000)
def _unit_by_code(country: str, code: str) -> int:
    row = _base(os.getpid(), get_ident()).execute(_UNIT_BY_CODE, (country, code)).fetchone() if code else None
    return row[0] if row else 0


def shipped_size() -> tuple[int, int, str]:
    """How many towns and units come with the program, and whom their data are from."""
    base = _base(os.getpid(), get_ident())
    (towns,), (units,) = (
        base.execute(f"SELECT count(*) FROM {table}").fetchone() for table in ("place", "unit")
    )
    return towns, units, str(base.execute("SELECT credit FROM about").fetchone()[0])


def nearest_town(latitude: float, longitude: float) -> Town | None:
    """The shipped town nearest to a point, within about a degree of it; `None` in empty lands and seas."""
    low, high = round((latitude - 1) * DEGREE), round((latitude + 1) * DEGREE)
    left, right = round((longitude - 1) * DEGREE), round((longitude + 1) * DEGREE)
    towns = [_town(row) for row in _base(os.getpid(), get_ident()).execute(_BOX, (low, high, left, right))]
    narrow = math.cos(math.radians(latitude))
    return min(
        towns,
        key=lambda t: ((t.latitude - latitude) ** 2 + ((t.longitude - longitude) * narrow) ** 2, t.id),
        default=None,
    )


def point_of(name: str, country: str | None = None) -> tuple[float, float] | None:
    """Latitude and longitude of a wide place or site, by our own table; `None` where it has none.

    With `country`, only where the table says that it lies there.
    """
    row = _points().get(name)
    return row[1:] if row and (country is None or row[0] == country) else None


@cache
def _points() -> dict[str, tuple[str, float, float]]:
    return {
        row["name"]: (row["country"], float(row["latitude"]), float(row["longitude"]))
        for row in read_rows("places_points.csv")
    }


@lru_cache(maxsize=20_000)
def begins_name(word: str) -> bool:
    """True where a name of more words begins with `word`: spares a reader of running text most look-ups."""
    key = fold_place(word)
    if not key or key in _first_words():
        return True
    row = _base(os.getpid(), get_ident()).execute(_BEGINS, (key + " ", key + "!")).fetchone()
    return row is not None or begins_added(key)


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
        for rank, (other, number) in enumerate(_skeletons(country, bones[0]).get(bones, ()))
    ]
    if not near or max(near)[0] < LEAST_LIKENESS:
        return None
    row = _base(os.getpid(), get_ident()).execute(_BY_ID, (max(near)[2],)).fetchone()
    return _town(row)


_COLUMNS = (
    "place.id, place.name, place.country, CASE WHEN unit.ours OR place.country = 'US' THEN unit.name END,"
    " place.latitude, place.longitude, place.population, unit1, unit2"
)
_PLACES = "place LEFT JOIN unit ON unit.id = place.unit1"
_BY_KEY = (
    f"SELECT {_COLUMNS} FROM name JOIN {_PLACES} WHERE place.id = name.place AND key = ?"
    " ORDER BY place.population DESC"
)
_IS_KEY = "SELECT 1 FROM name WHERE key = ? LIMIT 1"
_BY_ID = f"SELECT {_COLUMNS} FROM {_PLACES} WHERE place.id = ?"
_BOX = (
    f"SELECT {_COLUMNS} FROM {_PLACES} WHERE place.latitude BETWEEN ? AND ?"
    " AND place.longitude BETWEEN ? AND ?"
)
_BEGINS = "SELECT 1 FROM name WHERE key >= ? AND key < ? LIMIT 1"
_PEOPLE_OF = "SELECT id, population FROM place WHERE country = ?"
_KEYS_OF = (
    "SELECT key, place FROM name WHERE key >= ? AND key < ?"
    " AND place IN (SELECT id FROM place WHERE country = ?)"
)
_UNIT_COLUMNS = "id, name, level, country, parent, latitude, longitude, population"
_UNITS = (
    f"SELECT {_UNIT_COLUMNS} FROM unit_name JOIN unit ON unit.id = unit_name.unit WHERE key = ?"
    " ORDER BY population DESC"
)
_UNIT_BY_ID = f"SELECT {_UNIT_COLUMNS} FROM unit WHERE id = ?"
_UNIT_BY_CODE = "SELECT id FROM unit WHERE country = ? AND code = ? AND level = 1"


def _town(row: tuple[int, str, str, str | None, int, int, int, int, int]) -> Town:
    number, name, country, unit, latitude, longitude, people, unit1, unit2 = row
    return Town(
        number, name, country, unit or "", latitude / DEGREE, longitude / DEGREE, people, unit1, unit2
    )


def _unit(row: tuple[int, str, int, str, int, int, int, int]) -> Unit:
    number, name, level, country, parent, latitude, longitude, population = row
    return Unit(number, name, level, country, parent, latitude / DEGREE, longitude / DEGREE, population)


@lru_cache(maxsize=64)
def _base(process: int, thread: int) -> sqlite3.Connection:
    """The file of towns, opened once for each process and thread: a connection survives neither."""
    path = _held.enter_context(as_file(files("stemma.lexicon").joinpath("places.sqlite")))
    base = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    base.execute(f"PRAGMA mmap_size = {MAPPED}")
    return base


@lru_cache(maxsize=256)
def _skeletons(country: str, initial: str) -> dict[str, list[tuple[str, int]]]:
    """The keys of a country's towns by their consonants, the most populous towns first; only those whose
    consonants begin with `initial`: all of a country's at once cost the first report .05 to .45 s."""
    table: dict[str, list[tuple[str, int]]] = defaultdict(list)
    base = _base(os.getpid(), get_ident())
    rows: list[tuple[str, int]] = []
    for opening in openings(initial):
        rows += base.execute(_KEYS_OF, (opening, opening[:-1] + chr(ord(opening[-1]) + 1), country))
    # In the order of the keys first, as one query for all gives them.
    rows.sort()
    people = _people_of(country)
    # Sorted here: with the order in the query all 547,000 names are joined first, five times as slow.
    rows.sort(key=lambda row: -people[row[1]])
    for (key, number), bones in zip(rows, skeletons([key for key, _ in rows]), strict=True):
        table[bones].append((key, number))
    return dict(table)


@lru_cache(maxsize=16)
def _people_of(country: str) -> dict[int, int]:
    """How many live in each town of a country, by its number."""
    return dict(_base(os.getpid(), get_ident()).execute(_PEOPLE_OF, (country,)))


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
