"""Timeline, network, map, dossier and parties: pages, filters, tables as CSV, hostile names."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import desk_client
import desk_pictures
import pytest

from stemma.desk.asking import AskingError
from stemma.desk.pages.places import read_box
from stemma.store import Store, StoreOptions, open_casebook

MERGING = 60
"""Seconds that a busy machine may take to merge one report; a quiet one takes under one."""

PAGES = ("/timeline", "/network", "/map", "/entities", "/dossier/the northern front")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with desk_pictures.make_casebook(tmp_path / "north.casebook") as made:
        yield made


@pytest.fixture
def client(enter: Callable[..., desk_client.Client]) -> desk_client.Client:
    """A desk whose record is merged: a busy machine shows the page that waits for it first."""
    made = enter()
    end = time.monotonic() + MERGING
    while 'data-why="merging"' in made.get("/entities").text:
        assert time.monotonic() < end, "the record was not merged"
        time.sleep(0.1)
    return made


def table(answer: desk_client.Answer) -> list[dict[str, str]]:
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8-sig"))))


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_its_heading_and_no_script_of_a_report(client: desk_client.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status == 200
    assert answer.text.count("<h1") == 1
    assert "<script>document" not in answer.text
    assert "\u202e" not in answer.text
    assert " style=" not in answer.text
    assert "<style" not in answer.text


@pytest.mark.parametrize("path", PAGES)
def test_an_empty_casebook_says_so(tmp_path: Path, path: str) -> None:
    with open_casebook(StoreOptions(str(tmp_path / "empty.casebook")), create=True) as empty:
        answer = desk_client.make_client(empty).enter().get(path)
    assert answer.status == 200
    assert "The casebook is empty" in answer.text


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/timeline", {"by": "colour"}),
        ("/timeline", {"span": "x"}),
        ("/network", {"as_of": "yesterday"}),
        ("/network", {"units": "x"}),
        ("/network", {"turn": "x" * 301}),
        ("/map", {"bbox": "here"}),
        ("/map", {"bbox": "9,9,1,1"}),
        ("/map", {"bbox": "nan,1,2,3"}),
        ("/entities", {"kind": "x"}),
        ("/dossier/the northern front", {"table": "x", "format": "csv"}),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(
    client: desk_client.Client, path: str, query: dict[str, str]
) -> None:
    answer = client.get(path, **query)
    assert answer.status == 400
    assert "<h1>Not so</h1>" in answer.text


def test_the_timeline_links_to_story_and_claim(client: desk_client.Client) -> None:
    text = client.get("/timeline").text
    assert re.search(r'<a href="/story/i-[^"]+" class="pic-row">', text)
    assert 'href="/read?report=north%2Fone#c1"' in text
    assert "1 incident without a time" in text


def test_the_timeline_takes_the_filters_of_all_pages(client: desk_client.Client) -> None:
    rows = table(client.get("/timeline", format="csv", place="Saraqib"))
    assert [(row["start"], row["place"], row["claims"]) for row in rows] == [
        ("2016-12-12", "Saraqib, Idlib, Syria", "north/one#c1")
    ]
    assert "Nothing in the record is like that" in client.get("/timeline", q="zeppelin").text


def _links(client: desk_client.Client, **query: Any) -> set[str]:
    return set(
        re.findall(r"<title>([^<]* (?:leads|is part of) [^<]*?) · ", client.get("/network", **query).text)
    )


def test_the_network_of_a_day(client: desk_client.Client) -> None:
    leads = "Ilo Maren leads the Hill Brigade"
    assert leads in _links(client)
    assert leads in _links(client, as_of="2016-05-01")
    text = client.get("/network", as_of="2016-08-01").text
    assert leads not in text
    assert "1 no longer held" in text
    assert desk_pictures.ARABIC in text


def test_units_fold_and_the_address_says_so(client: desk_client.Client) -> None:
    shown = client.get("/network").text
    fold = re.search(r'<a href="(/network\?[^"]*turn=[^"]*)" class="pic-fold unsaved">', shown)
    assert fold
    folded = client.get(fold[1].replace("&amp;", "&")).text
    assert "2 ties inside folded parties" in folded
    assert "with 2 units" in folded
    assert "with 2 units" in client.get("/network", units="folded").text


def test_a_tie_tells_its_claims_and_whose_word(client: desk_client.Client) -> None:
    text = client.get("/network").text
    assert 'href="#tie-0" class="pic-link"' in text
    assert '<tr id="tie-0"' in text
    assert 'href="/read?report=north%2Fone#c4"' in text
    rows = table(client.get("/network", format="csv"))
    assert {row["tie"] for row in rows} == {"is part of", "leads"}
    assert next(row["end"] for row in rows if row["tie"] == "leads") == "2016-06"


def test_the_map_shows_places_as_unsure_as_they_are(client: desk_client.Client) -> None:
    text = client.get("/map").text
    assert text.count('class="pic-spot"') == 1
    assert "somewhere in the province" in text
    assert 'id="unplaced"' in text
    assert "Nowhere Farm" in text
    rows = table(client.get("/map", format="csv"))
    assert [row["precision_ucdp"] for row in rows] == ["6", "4", "1", ""]


def test_the_map_is_moved_by_its_address(client: desk_client.Client) -> None:
    text = client.get("/map", bbox="36,35,38,36.5").text
    closer = re.search(r'data-key="closer"[^>]*href="(/map\?bbox=[^"]+)"', text)
    assert closer
    west, _, east, _ = (float(part) for part in closer[1].partition("=")[2].replace("%2C", ",").split(","))
    again = client.get(closer[1]).text
    assert f'value="{closer[1].partition("=")[2].replace("%2C", ",")}"' in again
    assert 36 <= west < east <= 38


def test_a_part_of_a_map_is_read_from_its_address() -> None:
    box = read_box("36, 35,38,36.5")
    assert box is not None
    assert box.words() == "36,35,38,36.5"
    assert read_box("") is None
    for words in ("1,2,3", "a,b,c,d", "1,2,3,4,5", "inf,1,2,3", "200,1,210,2"):
        with pytest.raises(AskingError):
            read_box(words)


def test_the_dossier_tells_names_units_deeds_and_words(client: desk_client.Client) -> None:
    text = client.get("/dossier/the northern front").text
    assert "Names, and why they are taken for one" in text
    assert "2 units under it" in text
    assert '<td class="num" data-l="reports">' in text
    assert "What it did" in text
    assert "ultimate source" in text
    assert 'href="/read?report=north%2Fone#c4"' in text
    said = table(client.get("/dossier/the northern front", format="csv", table="said"))
    assert [(row["claim"], row["place"]) for row in said] == [("c4", "ultimate source")]
    ties = table(client.get("/dossier/the northern front", format="csv", table="ties"))
    assert {row["part"] for row in ties} == {"member"}


def test_parties_of_like_names_are_told_with_their_kinds(
    client: desk_client.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stemma.desk.whole.find_parties", lambda parties, name: list(parties))
    text = client.get("/dossier/the northern front").text
    told = text[text.index("Not the same") :]
    assert "<bdi>the Hill Brigade</bdi></a> (unit)" in told[: told.index("</p>")]


def test_a_dossier_is_found_by_name_and_a_stranger_is_not(client: desk_client.Client) -> None:
    answer = client.get("/dossier/The Front")
    assert (answer.status, answer.headers["location"]) == (303, "/dossier/the%20northern%20front")
    assert client.get("/dossier/nobody of that name").status == 404


def test_parties_are_searched_by_any_name(client: desk_client.Client) -> None:
    text = client.get("/entities", q="the front").text
    assert "the Northern Front" in text
    assert "Ilo Maren" not in text
    rows = table(client.get("/entities", format="csv", kind="unit"))
    assert {row["party"] for row in rows} == {"the Hill Brigade", desk_pictures.ARABIC}


def test_a_hostile_name_has_a_dossier_of_its_own(client: desk_client.Client) -> None:
    found = re.findall(r'<a class="title" href="(/dossier/[^"]+)">([^<]*)', client.get("/entities").text)
    address = next(address for address, name in found if "script" in name)
    answer = client.get(unquote(address))
    assert answer.status == 200
    assert "<script>document" not in answer.text


def test_without_a_known_place_there_is_no_map_but_the_list(client: desk_client.Client) -> None:
    text = client.get("/map", place="nowhere farm").text
    assert "There is no map to draw: none of the 1 incident here has a place" in text
    assert 'href="#unplaced"' in text
    assert 'id="unplaced"' in text
    assert "<svg" not in text.partition("<main")[2]
    assert "No incident is like that" in client.get("/map", place="atlantis").text
