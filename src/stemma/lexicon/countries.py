"""The countries and territories of ISO 3166-1: names, short names, the words for their people, capitals."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from stemma.lexicon import read_rows, split_list
from stemma.lexicon.places_fold import fold_place


@dataclass(frozen=True, slots=True)
class Country:
    """One country. `code` is ISO 3166-1 alpha-2 (XK for Kosovo); `continent` AF AN AS EU NA OC or SA.

    The point is about its middle, to half a degree, ours; `geonames` is its GeoNames id.
    """

    code: str
    continent: str
    name: str
    capital: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    latitude: float
    longitude: float
    geonames: int


@cache
def list_countries() -> tuple[Country, ...]:
    """All countries, in the order of their codes."""
    return tuple(
        Country(
            code=row["code"],
            continent=row["continent"],
            name=row["name"],
            capital=row["capital"],
            aliases=split_list(row["aliases"]),
            demonyms=split_list(row["demonyms"]),
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            geonames=int(row["geonames"]),
        )
        for row in read_rows("countries.csv")
    )


def country_of(code: str) -> Country | None:
    """The country with this ISO code; `None` where there is none."""
    return _by_code().get(code)


def find_country(name: str) -> Country | None:
    """The country of this name or short name, whatever its case, accents and article; else `None`."""
    return _by_name().get(fold_place(name))


def find_country_of_people(word: str) -> Country | None:
    """The country that a demonym or adjective belongs to (`Syrian`, `Syrians`); else `None`."""
    return _by_demonym().get(fold_place(word))


@cache
def _by_code() -> dict[str, Country]:
    return {country.code: country for country in list_countries()}


@cache
def _by_name() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for country in list_countries():
        for name in (country.name, *country.aliases):
            table.setdefault(fold_place(name), country)
    return table


@cache
def _by_demonym() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for country in list_countries():
        for word in country.demonyms:
            table.setdefault(fold_place(word), country)
            table.setdefault(fold_place(word + "s"), country)
    return table


@cache
def first_words() -> frozenset[str]:
    """The first words of the names and demonyms of more than one word, as keys."""
    return frozenset(key.partition(" ")[0] for key in [*_by_name(), *_by_demonym()] if " " in key)
