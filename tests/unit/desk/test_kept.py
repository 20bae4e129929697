"""The pages of the record on a large casebook: what `stemma merge` keeps, read by circle."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import desk_client
import desk_pictures
import desk_told
import making
import pytest

from stemma.desk.filters import Filters
from stemma.desk.house import House
from stemma.desk.kept import Kept, asked_of, heads
from stemma.desk.options import DeskOptions
from stemma.model import Claim, ClaimType
from stemma.run.keeping import bring_up_to_date
from stemma.store import Store

PAGES = ("/stories", "/timeline", "/map", "/network", "/entities")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with desk_told.make_told(tmp_path / "told.casebook") as made:
        yield made


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch, client: desk_client.Client) -> desk_client.Client:
    """The desk as if the casebook were too large to be merged on the side; nothing is merged yet."""
    monkeypatch.setattr("stemma.desk.awaiting.MOST_TO_MERGE", 0)
    return client


@pytest.fixture
def kept(store: Store, large: desk_client.Client) -> desk_client.Client:
    bring_up_to_date(store)
    return large


def _story(client: desk_client.Client) -> str:
    (found,) = set(re.findall(r'href="(/story/[^"]+)"', client.get("/stories").text))
    return unquote(found)


@pytest.mark.parametrize("path", PAGES)
def test_before_the_first_merge_a_page_names_the_command(large: desk_client.Client, path: str) -> None:
    text = large.get(path).text
    assert 'data-why="large"' in text
    assert "<code>stemma merge</code>" in text
    assert large.get("/api/v1/incidents").status == 503


@pytest.mark.parametrize("path", PAGES)
def test_pages_read_the_kept_record(kept: desk_client.Client, path: str) -> None:
    answer = kept.get(path)
    assert answer.status == 200
    assert "Not merged yet" not in answer.text
    assert "data-why" not in answer.text


def test_a_kept_story_says_what_the_whole_record_says(
    kept: desk_client.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = _story(kept)
    texts = {}
    for most in (0, 500):
        monkeypatch.setattr("stemma.desk.awaiting.MOST_TO_MERGE", most)
        end = time.monotonic() + 60
        while 'data-why="merging"' in (text := kept.get(address).text):
            assert time.monotonic() < end
            time.sleep(0.05)
        listed = kept.get("/stories").text
        texts[most] = (text, listed, kept.get(address, format="csv", table="disputes").text)
    assert texts[0] == texts[500]


@pytest.mark.parametrize(("query", "found"), desk_told.FILTERED)
def test_filters_mean_the_same(kept: desk_client.Client, query: dict[str, str], found: int) -> None:
    assert kept.get("/stories", **query).text.count('<a class="title" href="/story/') == found


def test_a_party_has_a_dossier(kept: desk_client.Client) -> None:
    addresses = re.findall(r'href="(/dossier/[^"]+)"', kept.get("/entities").text)
    assert addresses
    for address in addresses:
        for more in ({}, {"with_units": "yes"}, {"type": "ASSAULT"}, {"format": "csv"}):
            assert kept.get(unquote(address), **more).status == 200, address
    assert kept.get("/dossier/nobody of that name").status == 404
    assert "What it did" in "".join(kept.get(unquote(one)).text for one in addresses)


def test_what_is_new_is_told_and_merged_by_a_button(store: Store, kept: desk_client.Client) -> None:
    claim = Claim(id="c1", type=ClaimType.AID, evidence="Bread came to Orlan.", trigger="came")
    store.add(*making.bundle("new", claims=(claim,)), "u1")
    text = kept.get("/stories").text
    assert "Not merged yet: 1 report." in text
    assert 'id="join"' in text
    assert kept.get("/api/v1/incidents").json()["unmerged"] == {"reports": 1, "judgements": 0}
    assert kept.post("/merge", {}).json() == {"merging": True}
    end = time.monotonic() + 60
    while (state := kept.get("/merging").json())["running"]:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert state["failed"] == ""
    assert "Not merged yet" not in kept.get("/stories").text
    assert kept.get("/api/v1/incidents").json()["total"] == 2


def test_a_reader_cannot_have_it_merged(store: Store, kept: desk_client.Client) -> None:
    from stemma.store import Member, Role

    store.set_member(Member("owner", Role.OWNER))
    store.set_member(Member("ann", Role.READER))
    assert kept.post("/merge", {}).status == 400


def test_a_record_of_another_version_is_shown_and_said_to_be_old(
    kept: desk_client.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stemma.run.keeping.CIRCLES", "99")
    text = kept.get("/stories").text
    assert "another version of Stemma" in text
    assert 'id="join"' not in text
    assert kept.post("/merge", {}).status == 400
    assert '<a class="title" href="/story/' in text


def test_the_api_reads_the_kept_record(kept: desk_client.Client) -> None:
    told = kept.get("/api/v1/incidents", order="newest", limit="5").json()
    (row,) = told["incidents"]
    assert (told["total"], told["more"], told["unmerged"]) == (1, False, None)
    assert (row["low"], row["high"], len(row["reports"])) == (2, 2, 3)
    assert kept.get("/api/v1/incident", id=row["id"]).json()["incident"]["id"] == row["id"]
    edges = kept.get("/api/v1/lineage", id=row["id"]).json()["lineage"]
    assert "dependences" in edges
    assert kept.get("/api/v1/disputes").json() == kept.get("/api/v1/disputes", incident=row["id"]).json()
    assert kept.get("/api/v1/disputes").json()["disputes"][0]["dispute"]["attribute"] == "killed"
    assert kept.get("/api/v1/timeline", offset="1").json()["incidents"] == []
    parties = kept.get("/api/v1/entities").json()["parties"]
    dossier = kept.get("/api/v1/dossier", party=parties[0]["key"]).json()
    assert dossier["party"]["name"] == parties[0]["name"]
    assert kept.get("/api/v1/network").json()["total"] >= 0
    for path in ("incident", "lineage"):
        assert kept.get(f"/api/v1/{path}", id="i-none").status == 404
        assert kept.get(f"/api/v1/{path}").status == 400
    assert kept.get("/api/v1/dossier", party="nobody").status == 404


def test_each_half_of_a_map_has_the_heads_of_its_own_reports(store: Store, kept: desk_client.Client) -> None:
    catalogue = Kept(House(store, DeskOptions(token="the-secret"), "told"), store.unmerged())
    for filters in (Filters(), Filters(place="velin"), Filters(actor="nobody")):
        for leaf in catalogue.by_place(filters):
            reports = {report for one in leaf.incidents for report in one.reports}
            assert leaf.record.codings == heads(store, reports)
            assert {one.report for one in leaf.record.codings} == reports


@pytest.mark.parametrize("most", [0, 1, 2, 9])
def test_ties_say_that_there_are_more_as_if_all_were_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("stemma.desk.kept.MOST_TIE_INCIDENTS", most)
    with desk_pictures.make_casebook(tmp_path / "ties.casebook") as store:
        bring_up_to_date(store)
        catalogue = Kept(House(store, DeskOptions(token="the-secret"), "ties"), store.unmerged())
        plain = [
            store.incidents(replace(asked_of(filters), ties=True)).total
            for filters in (Filters(actor="hill"), Filters(actor="ilo"), Filters(actor="nobody"))
        ]
        cut = [catalogue.ties(Filters(actor=name)).cut for name in ("hill", "ilo", "nobody")]
    assert cut == [count > most for count in plain]
    assert max(plain) > 1
