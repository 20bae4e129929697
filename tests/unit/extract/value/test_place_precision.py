"""Words of nearness, part and line against the classes of UCDP (where_prec) and ACLED, by their codebooks."""

from __future__ import annotations

import pytest

from stemma.extract.value.place_locate import locate_place

CONTEXT = "Fighting went on in Syria, {}. Troops stood in Homs, Aleppo, Idlib and Damascus."
"""Homs, Hama, Idlib and Aleppo are towns, and provinces bear their names; Palmyra and Saraqib are towns."""


def classes(words: str) -> tuple[int, int | None] | None:
    context = CONTEXT.format(words)
    precision = locate_place(words, context, context.index(words)).precision
    return (precision.ucdp or 0, precision.acled) if precision else None


@pytest.mark.parametrize(
    "words", ["Saraqib", "the city of Hama", "Saraqib, 20 km east of Idlib", "the town of Saraqib near Idlib"]
)
def test_the_very_place(words: str) -> None:
    assert classes(words) == (1, 1)


@pytest.mark.parametrize(
    "words",
    [
        "near Hama",
        "near Damascus",
        "near the besieged Syrian city of Hama",
        "a village near Hama",
        "outside Homs",
        "just outside Damascus",
        "on the outskirts of Homs",
        "Hama's outskirts",
        "a suburb of Damascus",
        "eastern suburbs of Damascus",
        "in the vicinity of Hama",
        "at the gates of Hama",
        "around Hama",
        "towards Hama",
        "north of Homs",
        "miles from Damascus",
        "20 km from Homs",
        "30 km east of Homs",
        "10 miles south of Damascus",
        "off Latakia",
        "the Palmyra area",
        "the Damascus area",
        "the area of Palmyra",
        "the Palmyra countryside",
        "northern Aleppo",
        "between Saraqib and Idlib",
    ],
)
def test_within_25_km_of_a_known_place(words: str) -> None:
    assert classes(words) == (2, 2)


@pytest.mark.parametrize("words", ["Hama military airport", "the Qarn Sharmut neighbourhood of Idlib"])
def test_a_site_by_the_town_or_an_unknown_one_in_it(words: str) -> None:
    assert classes(words) == (2, 1)


@pytest.mark.parametrize("words", ["Homs district", "Salamiyah district", "the municipality of Salamiyah"])
def test_a_second_order_unit(words: str) -> None:
    assert classes(words) == (3, 2)


@pytest.mark.parametrize(
    "words",
    [
        "Hama province",
        "northern Hama province",
        "Hama countryside",
        "the northern Hama countryside",
        "rural Hama",
        "rural areas around Homs",
        "the Homs region",
        "a village in Idlib",
        "the village of Qarn Sharmut in Idlib",
        "the Damascus suburbs",
    ],
)
def test_a_first_order_unit(words: str) -> None:
    """The countryside of Damascus is a province of its own, Rif Dimashq."""
    assert classes(words) == (4, 3)


@pytest.mark.parametrize(
    "words",
    [
        "northern Syria",
        "the Syrian coast",
        "off the coast of Syria",
        "the Syrian border",
        "along the Euphrates",
        "between Homs and Palmyra",
        "on the Damascus-Homs highway",
        "the road to Damascus",
        "60 km from Homs",
        "dozens of miles from Homs",
        "250 km north of Damascus",
    ],
)
def test_a_line_or_an_area_without_borders(words: str) -> None:
    assert classes(words) == (5, 3)


def test_a_country_and_a_sea() -> None:
    assert classes("Syria") == (6, 3)
    assert classes("the Mediterranean Sea") == (7, None)


def test_a_town_that_the_report_speaks_of_often_is_not_the_unit_around_it() -> None:
    """The pull of a report's places came from the town itself: "near Herat" was a district."""
    text = "A bomb went off near Herat, Afghanistan. Kandahar was calm, Ghazni not. Herat had seen no bomb."
    near = locate_place("near Herat", text, text.index("near"))
    bare = locate_place("Herat", text, text.rindex("Herat"))

    assert near.precision is not None
    assert bare.precision is not None
    assert (near.precision.ucdp, bare.precision.ucdp) == (2, 1)


def test_the_way_between_two_towns_has_its_middle() -> None:
    place = locate_place("between Homs and Hama", CONTEXT.format("between Homs and Hama"))

    # Homs 34.73 N, Hama 35.13 N, both by 36.7 E.
    assert (place.latitude, place.longitude) == pytest.approx((34.93, 36.74), abs=0.05)
    assert place.geonames is None
    assert "45 km" in (place.reason or "")


def test_an_unknown_village_so_far_from_a_town_has_a_computed_point() -> None:
    words = "the village of Qarn Sharmut, about 45 km south of Homs"
    place = locate_place(words, CONTEXT.format(words))

    # 45 km are 0.4 degrees of latitude.
    assert place.latitude == pytest.approx(34.73 - 0.405, abs=0.02)
    assert place.canonical is not None
    assert place.canonical.startswith("Qarn Sharmut")


def test_two_towns_without_a_way_between_them_have_no_point() -> None:
    assert classes("Saraqib and Idlib") is None
