"""The map: areas as large as places are unsure, a box that shows them, and a picture without outlines."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

import desk_pictures
from telling import incident, record

from stemma.lexicon.places_area import country_area, hull, on_one_side, towns_within, unit_area
from stemma.model import Place, Precision
from stemma.show.map_svg import HEIGHT, WIDTH, fitted, map_svg
from stemma.show.places_map import Box, PlacesMap, box_of, make_places_map

EVIL = '"/></svg><script>x</script>&\u202e\u0007'


def view(*places: Place | None) -> PlacesMap:
    told = [incident(id=f"i-{n}", place=place) for n, place in enumerate(places)]
    return make_places_map(record(), told)


def test_a_town_is_a_disc_and_a_province_an_area() -> None:
    found = view(desk_pictures.SARAQIB, desk_pictures.IDLIB, desk_pictures.SYRIA)
    assert [spot.sure for spot in found.spots] == [
        "somewhere in the country",
        "somewhere in the province",
        "the place itself",
    ]
    country, province, town = found.spots
    assert town.area == ()
    assert len(province.area) > 2
    lowest, highest = min(a for a, _ in province.area), max(a for a, _ in province.area)
    assert lowest < desk_pictures.SARAQIB.latitude < highest
    assert min(a for a, _ in country.area) < lowest
    picture = map_svg(found, found.box or Box(0, 0, 1, 1))
    assert picture.count('class="pic-spot"') == 1
    assert picture.count("url(#map-picture-hatch)") == 1


def test_an_unsure_place_without_known_towns_is_a_circle_of_its_class() -> None:
    near = Place(text="near Nowhere", latitude=35.0, longitude=38.0, precision=Precision(ucdp=2, acled=2))
    found = view(near)
    assert (found.spots[0].radius, found.spots[0].sure) == (25.0, "within about 25 km")
    root = ET.fromstring(map_svg(found, Box(37, 34.5, 39, 35.5)))
    circle = next(e for e in root.iter() if e.tag.endswith("circle") and e.get("class") == "pic-area")
    sheet = fitted(Box(37, 34.5, 39, 35.5))
    pixels = HEIGHT / (sheet.north - sheet.south) / 111.2
    assert float(circle.get("r", 0)) == pytest.approx(25 * pixels, abs=0.1)


def test_what_only_its_country_is_known_of_goes_to_the_country() -> None:
    farm = desk_pictures.SYRIA.model_copy(update={"text": "Ghost Farm", "canonical": "Ghost Farm, Syria"})
    found = view(farm, desk_pictures.SYRIA)
    assert [(spot.name, len(spot.rows)) for spot in found.spots] == [("Syria", 2)]


def test_what_has_no_point_is_listed() -> None:
    found = view(Place(text="Nowhere"), None)
    assert (found.spots, len(found.unplaced), found.box) == ((), 2, None)


def test_the_box_shows_all_and_whole_countries_only_alone() -> None:
    box = view(desk_pictures.SARAQIB, desk_pictures.SYRIA).box
    assert box
    assert box.west < 36.806 < box.east
    assert box.north - box.south < 3
    whole = view(desk_pictures.SYRIA).box
    assert whole
    assert whole.east - whole.west > 5


@given(st.floats(-179, 170), st.floats(-80, 75), st.floats(0.01, 9), st.floats(0.01, 9))
def test_a_box_fits_the_sheet_and_comes_back_from_its_address(
    x: float, y: float, wide: float, high: float
) -> None:
    box = box_of(x, y, x + wide, y + high)
    sheet = fitted(box)
    assert sheet.west <= box.west + 1e-9
    assert sheet.east >= box.east - 1e-9
    assert sheet.south <= box.south + 1e-9
    assert sheet.north >= box.north - 1e-9
    again = [float(part) for part in sheet.words().split(",")]
    assert again == pytest.approx([sheet.west, sheet.south, sheet.east, sheet.north], abs=0.001)
    right = box.moved(0.3, 0)
    assert right.east - right.west == pytest.approx(box.east - box.west)


def test_the_picture_is_well_formed_the_same_each_time_and_offline() -> None:
    found = view(desk_pictures.SARAQIB.model_copy(update={"canonical": EVIL, "text": EVIL}))
    box = found.box or Box(0, 0, 1, 1)
    picture = map_svg(found, box, address=lambda index: f"#spot-{index}")
    assert picture == map_svg(found, box, address=lambda index: f"#spot-{index}")
    root = ET.fromstring(picture)
    assert "script" not in {element.tag.rpartition("}")[2] for element in root.iter()}
    assert root.get("viewBox") == f"0 0 {WIDTH} {HEIGHT}"
    assert "Aleppo" in "".join(root.itertext())
    addresses = [value for e in root.iter() for name, value in e.attrib.items() if name.endswith("href")]
    assert addresses == ["#spot-0"]


def test_the_gazetteer_gives_towns_and_areas() -> None:
    towns = towns_within(36, 35, 38, 37, 5)
    assert [town.name for town in towns][:1] == ["Aleppo"]
    assert len(unit_area("Idlib", "SY", 1)) > 2
    assert unit_area("Nowhere", "SY", 1) == ()
    assert country_area("ZZ") == ()


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=30))
def test_a_hull_holds_all_its_points(points: list[tuple[int, int]]) -> None:
    corners = hull(points)
    assert set(corners) <= set(points)
    for (ax, ay), (bx, by) in zip(corners, (*corners[1:], *corners[:1]), strict=True):
        assert all((bx - ax) * (py - ay) - (by - ay) * (px - ax) >= 0 for px, py in points)


def test_a_country_over_the_date_line_is_drawn_on_the_side_of_most_of_its_towns() -> None:
    russia = [longitude for _, longitude in country_area("RU")]
    assert min(russia) > 19
    assert max(russia) == 180
    america = [longitude for _, longitude in country_area("US")]
    assert min(america) >= -180
    assert max(america) < -60


@given(st.lists(st.tuples(st.integers(-80, 80), st.integers(-180, 180)), max_size=20))
def test_no_hull_reaches_over_the_date_line(points: list[tuple[int, int]]) -> None:
    found = on_one_side(points)
    assert [latitude for latitude, _ in found] == [latitude for latitude, _ in points]
    changed = [(was, now) for (_, was), (_, now) in zip(points, found, strict=True) if was != now]
    assert all(abs(was) > 90 and abs(now) == 180 and was * now < 0 for was, now in changed)
    longitudes = [longitude for _, longitude in points]
    if longitudes and max(longitudes) - min(longitudes) <= 180:
        assert not changed
