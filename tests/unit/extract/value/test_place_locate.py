"""From a claim's words to a point with its precision, its reason and its alternatives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.extract.value.place_atlas import Atlas
from stemma.extract.value.place_candidates import candidates_of, distance_km, moved
from stemma.extract.value.place_coordinates import find_coordinates, find_distance
from stemma.extract.value.place_locate import locate_place

SYRIA = (
    "Syrian jets bombed the town of Khan Sheikhoun in Idlib province on Tuesday, residents said. "
    "Shells also fell on Aleppo in northern Syria. The wounded were taken to Saraqib."
)
ALEPPO = (36.2, 37.16)
"""From any atlas, to a tenth of a degree."""


@pytest.mark.parametrize(
    ("text", "ucdp", "acled"),
    [
        ("the town of Saraqib", 1, 1),
        ("near Saraqib", 2, 2),
        ("the outskirts of Aleppo", 2, 2),
        ("Idlib province", 4, 3),
        ("northern Mali", 5, 3),
        ("Syria", 6, 3),
        ("the Black Sea", 7, None),
    ],
)
def test_how_precise_a_place_is(text: str, ucdp: int, acled: int | None) -> None:
    precision = locate_place(text, SYRIA).precision

    assert precision is not None
    assert (precision.ucdp, precision.acled) == (ucdp, acled)


def test_a_town_has_its_id_its_point_and_its_unit() -> None:
    place = locate_place("Aleppo", SYRIA)

    assert place.geonames == 170063
    assert (place.latitude, place.longitude) == pytest.approx(ALEPPO, abs=0.1)
    assert place.admin1 == "Aleppo"
    assert place.reason


def test_kilometres_east_of_a_town_are_computed() -> None:
    place = locate_place("12 km east of Aleppo", SYRIA)
    town = locate_place("Aleppo", SYRIA)

    assert place.longitude is not None
    assert town.longitude is not None
    # A degree of longitude is 111.3 km times the cosine of the latitude.
    assert place.longitude - town.longitude == pytest.approx(12 / (111.3 * 0.807), abs=0.005)
    assert place.latitude == pytest.approx(town.latitude, abs=0.005)
    assert place.geonames is None, "the point is another one than the town's"


def test_an_unknown_village_gives_its_province() -> None:
    place = locate_place("the village of Kafr Sharqin in Idlib province", SYRIA)

    assert place.canonical == "Kafr Sharqin, Idlib, Syria"
    assert (place.country, place.admin1, place.geonames) == ("SY", "Idlib", None)
    assert place.precision is not None
    assert place.precision.ucdp == 4
    assert "Kafr Sharqin is not known" in (place.reason or "")


def test_an_unknown_village_of_an_unknown_country_stays_empty() -> None:
    place = locate_place("Qarn Sharmut", "The rain stopped at noon. Nobody came.")

    assert (place.latitude, place.longitude, place.precision, place.country) == (None, None, None, None)
    assert place.reason


@pytest.mark.parametrize("word", ["Of", "Most", "Nice", "Hit"])
def test_a_word_that_some_town_bears_is_no_namesake_elsewhere(word: str) -> None:
    place = locate_place(word, SYRIA)

    assert place.country in ("SY", None)


def test_other_towns_of_the_name_are_ranked_with_their_reasons() -> None:
    text = "Police in Springfield, Illinois, and in nearby Decatur, Illinois, made arrests."

    place = locate_place("Springfield", text, text.index("Springfield"))
    assert place.country == "US"
    assert len(place.alternatives) >= 3
    assert all(other.reason and other.canonical.endswith("United States") for other in place.alternatives)


def test_two_places_have_no_point() -> None:
    place = locate_place("Idlib and Aleppo", SYRIA)

    assert place.country == "SY"
    assert place.latitude is None


@pytest.mark.parametrize(
    "text",
    [
        "36.2021, 37.1343",
        "at 36.2021 N, 37.1343 E",
        "N36.2021 E37.1343",
        "36°12'7\"N 37°8'3\"E",
        "36° 12′ 7″ N, 37° 8′ 3″ E",
        "UTM 37S 332300 4008000",
    ],
)
def test_coordinates_are_read_in_three_notations(text: str) -> None:
    place = locate_place(text, SYRIA)

    assert (place.latitude, place.longitude) == pytest.approx((36.202, 37.134), abs=0.01)
    assert place.country == "SY"
    assert place.precision is not None
    assert place.precision.ucdp == 1


@pytest.mark.parametrize(
    "text", ["95.1234, 37.1343", "36°75'N 37°E", "UTM 77S 332300 4008000", "3.5, 7.2", "2.50 million, 3"]
)
def test_figures_that_are_no_point_on_earth_give_none(text: str) -> None:
    assert find_coordinates(text) is None


def test_south_and_west_are_negative() -> None:
    found = find_coordinates("12°30'S 70°15'W")

    assert found is not None
    assert found[0] == (-12.5, -70.25)


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [
        ("12 km east of X", 12, 90),
        ("ten kilometres north-west of X", 10, 315),
        ("5 miles from X", 8.05, None),
        ("20km southeast of X", 20, 135),
        ("2.5 kilometers to the south of X", 2.5, 180),
    ],
)
def test_a_distance_and_its_direction_are_read(text: str, km: float, bearing: float | None) -> None:
    found = find_distance(text)

    assert found is not None
    assert found[0] == pytest.approx(km, abs=0.01)
    assert found[1] == bearing


@given(st.floats(-80, 80), st.floats(-179, 179), st.floats(0.1, 500), st.floats(0, 359))
def test_a_moved_point_is_as_far_away_as_asked(lat: float, lon: float, km: float, bearing: float) -> None:
    assert distance_km((lat, lon), moved((lat, lon), km, bearing)) == pytest.approx(km, rel=1e-3, abs=0.01)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.text(max_size=120))
def test_any_words_give_both_degrees_or_neither(text: str, context: str) -> None:
    place = locate_place(text, context)

    assert (place.latitude is None) is (place.longitude is None)
    assert (place.latitude is None) is (place.precision is None)


def best(text: str, *names: str) -> list[str]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    atlas = Atlas(text, spans)
    return [
        f"{m[0].candidate.name}, {m[0].candidate.country}" if (m := atlas.meanings(*span)) else ""
        for span in spans
    ]


def test_the_names_of_a_document_settle_each_other() -> None:
    assert (
        best(
            "Roads from Tripoli to Sidon, Beirut and Zahle were cut.", "Tripoli", "Sidon", "Beirut", "Zahle"
        )[0]
        == "Tripoli, LB"
    )
    assert (
        best("Boats left Tripoli for Misrata and Zuwara.", "Tripoli", "Misrata", "Zuwara")[0] == "Tripoli, LY"
    )


def test_a_state_beside_a_town_decides() -> None:
    assert candidates_of("Tenn.")[0].name == "Tennessee"
    assert best("A man from Paris, Tenn., was held.", "Paris") == ["Paris, US"]
    assert best("A man from Paris was held in Lyon.", "Paris", "Lyon")[0] == "Paris, FR"


@pytest.mark.parametrize("words", ["Oak Hollow Street", "Zzyqxx", "", "..."])
def test_a_name_of_no_table_has_no_meaning(words: str) -> None:
    assert candidates_of(words) == ()
