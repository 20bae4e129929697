"""Countries, our table of places and the towns of GeoNames."""

from __future__ import annotations

import sqlite3
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.lexicon import read_rows, split_list
from stemma.lexicon.countries import country_of, find_country, find_country_of_people, list_countries
from stemma.lexicon.places import begins_name, find_known, find_similar, find_towns
from stemma.lexicon.places_fold import fold_place, skeleton

# Codes of ISO 3166-1 that the list must hold and whose countries are easily mixed up.
LOOKALIKES = {
    "Niger": "NE",
    "Nigeria": "NG",
    "Republic of the Congo": "CG",
    "DR Congo": "CD",
    "South Sudan": "SS",
    "Sudan": "SD",
    "North Korea": "KP",
    "South Korea": "KR",
    "Guinea-Bissau": "GW",
    "Equatorial Guinea": "GQ",
    "Austria": "AT",
    "Australia": "AU",
    "Slovakia": "SK",
    "Slovenia": "SI",
    "the U.K.": "GB",
    "U.S.": "US",
    "Côte d'Ivoire": "CI",
    "Türkiye": "TR",
}


def test_every_country_has_one_code_and_a_continent() -> None:
    codes = [country.code for country in list_countries()]

    assert len(codes) == len(set(codes)) == 250, "249 of ISO 3166-1 and XK"
    assert {country.continent for country in list_countries()} == {"AF", "AN", "AS", "EU", "NA", "OC", "SA"}


@pytest.mark.parametrize(("name", "code"), LOOKALIKES.items())
def test_a_country_is_found_by_its_names(name: str, code: str) -> None:
    country = find_country(name)

    assert country is not None
    assert country.code == code


@pytest.mark.parametrize(
    ("word", "code"),
    [("Syrian", "SY"), ("Iraqis", "IQ"), ("French", "FR"), ("North Korean", "KP"), ("Afghan", "AF")],
)
def test_a_people_belongs_to_its_country(word: str, code: str) -> None:
    country = find_country_of_people(word)

    assert country is not None
    assert country.code == code


def test_no_name_of_a_country_means_two() -> None:
    owners: dict[str, str] = {}
    for country in list_countries():
        for name in (country.name, *country.aliases):
            assert owners.setdefault(fold_place(name), country.code) == country.code, name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Ḥasakah", "Hassakah"),
        ("Ma'arrat", "Maarrat"),
        ("the Gaza Strip", "Gaza Strip"),
        ("CHOCÓ", "Choco"),
        ("El-Obeid", "El Obeid"),
        ("Ar-Raqqah", "Raqqah"),
        ("Łódź", "Lodz"),
    ],
)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert fold_place(one) == fold_place(other)


def test_a_key_never_grows_when_folded_again() -> None:
    for row in read_rows("places.csv"):
        key = fold_place(row["name"])
        assert key
        assert len(fold_place(key)) <= len(key)


@given(st.text(max_size=60))
def test_any_text_folds(text: str) -> None:
    key = fold_place(text)

    assert key == key.strip()
    assert "  " not in key
    skeleton(key)


def test_rows_of_our_table_name_countries_that_exist() -> None:
    for row in read_rows("places.csv"):
        codes = split_list(row["country"])
        assert all(country_of(code) for code in codes), row["name"]
        assert len(split_list(row["parent"])) in (0, 1, len(codes)), row["name"]


def test_a_place_of_two_countries_has_its_own_parent_in_each() -> None:
    rafah = find_known("Rafah")[0]

    assert rafah.countries == ("PS", "EG")
    assert rafah.parent_in("PS") == "Gaza Strip"
    assert rafah.parent_in("EG") == "North Sinai"


@pytest.mark.parametrize(
    ("name", "country", "unit"),
    [
        ("Khan Sheikhun", "SY", "Idlib"),
        ("Al-Mawsil", "IQ", "Nineveh"),
        ("Hodeidah", "YE", "Hodeidah"),
        ("Maiduguri", "NG", "Borno"),
        ("Goma", "CD", "North Kivu"),
        ("Dallas", "US", "Texas"),
    ],
)
def test_a_town_is_found_with_its_unit(name: str, country: str, unit: str) -> None:
    town = find_towns(name)[0]

    assert (town.country, town.unit) == (country, unit)


def test_towns_of_one_name_come_by_their_people() -> None:
    towns = find_towns("Tripoli")

    assert [town.country for town in towns[:2]] == ["LY", "LB"]
    assert [town.population for town in towns] == sorted((t.population for t in towns), reverse=True)


def test_a_town_has_coordinates_in_degrees() -> None:
    kyiv = find_towns("Kyiv")[0]

    assert kyiv.latitude == pytest.approx(50.45, abs=0.05)
    assert kyiv.longitude == pytest.approx(30.52, abs=0.05)


@pytest.mark.parametrize("name", ["", "—", "Xyzzyqq", "' OR 1=1 --"])
def test_no_town_of_that_name(name: str) -> None:
    assert find_towns(name) == ()


@pytest.mark.parametrize(
    ("name", "country", "unit"),
    [("Teldo", "SY", "Homs"), ("Sraqb", "SY", "Idlib"), ("Pavlograd", "UA", "Dnipropetrovsk")],
)
def test_an_unusual_transliteration_finds_its_town(name: str, country: str, unit: str) -> None:
    town = find_similar(name, country)

    assert town is not None
    assert town.unit == unit


@pytest.mark.parametrize(
    ("name", "country"), [("Xyzzyqq", "SY"), ("Teldo", "SV"), ("Oo", "UA"), ("Teldo", "ZZ")]
)
def test_nothing_similar_is_no_town(name: str, country: str) -> None:
    assert find_similar(name, country) is None


def test_a_word_that_begins_no_longer_name_spares_the_look_up() -> None:
    assert begins_name("San")
    assert begins_name("Eastern")
    assert not begins_name("Xyzzyqq")


def test_the_file_of_towns_gives_its_credit() -> None:
    path = files("stemma.lexicon").joinpath("places.sqlite")
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    (credit,) = base.execute("SELECT credit FROM about").fetchone()
    base.close()

    assert "GeoNames" in credit
    assert "CC BY 4.0" in credit
