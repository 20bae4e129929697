"""Grid references: check points are those published, or follow from the definition of the grid."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value.place_coordinates import find_coordinates
from stemma.extract.value.place_grid import find_mgrs, find_utm, from_utm
from stemma.extract.value.place_locate import locate_place


@pytest.mark.parametrize(
    ("text", "point"),
    [
        # GeographicLib, manual page of GeoConvert: the middle of the square of 1 km.
        ("38SMB4488", (33.33424, 44.40363)),
        ("grid 38S MB 44 88", (33.33424, 44.40363)),
        # Palantir Foundry documentation of mgrsToGeoPoint: a square of one metre.
        ("4Q FJ 12345 67890", (21.40980, -157.91608)),
        ("4QFJ1234567890", (21.40980, -157.91608)),
    ],
)
def test_published_points_of_mgrs(text: str, point: tuple[float, float]) -> None:
    assert find_mgrs(text) == pytest.approx(point, abs=1e-5)


def test_cape_town_lies_in_its_square() -> None:
    # South of the equator: the square of the city's grid, 34H BH.
    assert find_mgrs("34HBH6143") == pytest.approx((-33.92, 18.42), abs=0.02)


def test_utm_and_mgrs_of_one_square_agree() -> None:
    assert find_utm("UTM 38S 444500 3688500") == pytest.approx(find_mgrs("38SMB4488"))


@pytest.mark.parametrize(
    "text",
    [
        "38SMB448",  # an odd number of figures
        "38S MB 44 888",  # two lengths
        "61SMB4488",  # no such zone
        "38SAB4488",  # no such column in this zone
        "38SMI4488",  # I and O are no letters of the grid
        "38SMB",  # a square of 100 km is no place
        "M16 SAB 4488",
        "18TWL",
        "2SAB1234567890123",
    ],
)
def test_what_is_no_grid_reference(text: str) -> None:
    assert find_mgrs(text) is None


def test_a_grid_reference_is_a_place() -> None:
    place = locate_place("38SMB4488", "A patrol was hit at 38SMB4488 in Iraq.")
    assert place.country == "IQ"
    assert place.reason is not None
    assert place.reason.startswith("The words give a point in MGRS.")


@given(st.integers(1, 60), st.floats(0, 9_300_000))
def test_the_middle_of_a_zone_is_its_meridian(zone: int, north: float) -> None:
    latitude, longitude = from_utm(zone, 500_000, north)
    assert longitude == pytest.approx(zone * 6 - 183)
    # The meridian's length from the equator, by quadrature of its radius of curvature.
    e2, steps = 0.00669437999014, 400
    angle = math.radians(latitude)
    radii = [
        6378137 * (1 - e2) / (1 - e2 * math.sin(angle * (k + 0.5) / steps) ** 2) ** 1.5 for k in range(steps)
    ]
    assert 0.9996 * sum(radii) * angle / steps == pytest.approx(north, abs=2)


@given(st.integers(1, 60), st.floats(200_000, 800_000), st.floats(0, 9_300_000))
def test_south_mirrors_north(zone: int, east: float, north: float) -> None:
    above, below = from_utm(zone, east, north), from_utm(zone, east, -north)
    assert below == pytest.approx((-above[0], above[1]))


@given(st.text("0123456789CSMBNEUT° ,.", max_size=30))
def test_no_figures_break_it(text: str) -> None:
    found = find_coordinates(text)
    assert found is None or (abs(found[0][0]) <= 90 and abs(found[0][1]) <= 180)
