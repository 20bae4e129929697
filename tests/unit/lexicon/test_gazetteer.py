"""The user's own gazetteer: files of places in and out, wholly or not at all."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from stemma.lexicon import places
from stemma.lexicon.gazetteer import GazetteerError, find_added, forget_open_files, gazetteer_path, list_files
from stemma.lexicon.gazetteer_store import add_file, remove_file


def row(number: int, name: str, kind: str = "P", people: int = 340, country: str = "SY") -> str:
    cells = [
        str(number),
        name,
        name,
        "",
        "35.9",
        "36.7",
        kind,
        "PPL",
        country,
        "",
        "12",
        "",
        "",
        "",
        str(people),
    ]
    return "\t".join([*cells, "", "", "Asia/Damascus", "2024-01-31"]) + "\n"


WHOLE = row(1001, "Qarn Sharmut") + row(1002, "Jabal Sharmut", "T") + row(1003, "Road", "R")


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "data" / "gazetteer.sqlite"
    monkeypatch.setenv("STEMMA_GAZETTEER", str(path))
    caches = (places.find_towns, places.find_features, places.begins_name)
    for cache in caches:
        cache.cache_clear()
    yield path
    forget_open_files()
    for cache in caches:
        cache.cache_clear()


def file(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_country_file_is_added_and_found(own: Path, tmp_path: Path) -> None:
    assert add_file(file(tmp_path, "SY.txt", WHOLE), own) == (2, False)

    (town,) = places.find_towns("Qarn Sharmut")
    assert (town.id, town.country, town.population) == (1001, "SY", 340)
    assert [feature.id for feature in places.find_features("Jabal Sharmut")] == [1002]
    assert list_files(own) == [("SY.txt", "GeoNames", 2)]


def test_a_zip_as_published_is_read_without_unpacking(own: Path, tmp_path: Path) -> None:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "about")
        packed.writestr("SY.txt", WHOLE)

    assert add_file(path, own) == (2, False)


def test_the_same_file_again_changes_nothing_and_a_new_one_replaces_it(own: Path, tmp_path: Path) -> None:
    path = file(tmp_path, "SY.txt", WHOLE)
    add_file(path, own)
    assert add_file(path, own) == (2, True)

    file(tmp_path, "SY.txt", row(1009, "Tell Sharmut"))
    assert add_file(path, own) == (1, False)
    assert find_added("karn sharmut") == find_added("qarn sharmut") == ()
    assert [found.id for found in find_added("tel sharmut")] == [1009]


def test_a_file_taken_out_leaves_nothing(own: Path, tmp_path: Path) -> None:
    add_file(file(tmp_path, "SY.txt", WHOLE), own)

    assert remove_file("SY.txt", own) == 2
    assert list_files(own) == []
    assert find_added("qarn sharmut") == ()
    with pytest.raises(GazetteerError, match="no file of this name"):
        remove_file("SY.txt", own)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("cut.txt", WHOLE[: len(WHOLE) * 2 // 3], "line 2: the line is cut"),
        ("cut-in-day.txt", WHOLE[:-4], "line 3: the line is cut"),
        ("wrong.txt", "id\tname\n1\tx\n", "2 columns between tabs where GeoNames has 19"),
        ("latin.txt", row(1, "Alépo").encode("latin-1"), "line 1: not in UTF-8"),
        ("binary.txt", b"\0\1\2" * 9, "binary"),
        ("empty.txt", "", "an empty file"),
        ("far.txt", WHOLE.replace("35.9", "135.9"), "no such point on Earth"),
        ("figures.txt", WHOLE.replace("36.7", "east"), "figures are wrong"),
        ("cut.zip", b"PK\x03\x04half of a zip file", "damaged or cut zip"),
        ("wrong.csv", "a,b\n1,2\n", "no column id"),
        ("cut.geojson", '{"type": "Feature", "prop', "no whole JSON"),
        ("other.geojson", '{"type": "Feature", "properties": {}}', "without wof:id"),
    ],
)
def test_a_bad_file_is_one_line_and_leaves_the_gazetteer_as_it_was(
    own: Path, tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    add_file(file(tmp_path, "before.txt", row(7, "Sharmut")), own)

    with pytest.raises(GazetteerError) as caught:
        add_file(file(tmp_path, name, content), own)

    assert says in caught.value.line()
    assert "nothing of this file is kept" in caught.value.line()
    assert list_files(own) == [("before.txt", "GeoNames", 1)]
    assert len(find_added("sharmut")) == 1


def test_a_bad_first_file_leaves_no_gazetteer(own: Path, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError):
        add_file(file(tmp_path, "empty.txt", ""), own)

    assert not own.exists()


def test_who_is_on_first_comes_as_csv_and_geojson(own: Path, tmp_path: Path) -> None:
    table = "id,name,placetype,iso_country,geom_latitude,geom_longitude\n5,Sharmuta,locality,SY,35.9,36.7\n"
    feature = {
        "type": "Feature",
        "properties": {
            "wof:id": 6, "wof:name": "Sharmutin", "wof:placetype": "locality", "iso:country": "SY",
            "geom:latitude": 35.9, "geom:longitude": 36.7, "name:fra_x_preferred": ["Charmoutine"],
        },
    }  # fmt: skip

    assert add_file(file(tmp_path, "meta.csv", table), own) == (1, False)
    assert add_file(file(tmp_path, "6.geojson", json.dumps(feature)), own) == (1, False)
    assert [found.id for found in find_added("sharmuta")] == [-5]
    assert [found.name for found in find_added("charmoutine")] == ["Sharmutin"]


def test_another_program_s_file_is_not_touched(own: Path, tmp_path: Path) -> None:
    own.parent.mkdir()
    base = sqlite3.connect(own)
    base.execute("CREATE TABLE mine (x)")
    base.commit()
    base.close()
    before = own.read_bytes()

    with pytest.raises(GazetteerError):
        add_file(file(tmp_path, "SY.txt", WHOLE), own)
    assert own.read_bytes() == before


def test_without_a_variable_it_lies_in_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STEMMA_GAZETTEER", raising=False)

    assert gazetteer_path().name == "gazetteer.sqlite"
    assert gazetteer_path().parent.name == "stemma"
