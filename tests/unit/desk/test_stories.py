"""Stories, one story, shared passages: what they show of the record, and what they give to be saved."""

from __future__ import annotations

import csv
import io
import re
import time
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import desk_client
import desk_told
import pytest

from stemma.desk.house import House
from stemma.store import Store, StoreOptions, open_casebook

NONE = re.compile(r"<script(?! type=\"module\" src=\"/static/)|javascript:|\son\w+=\"")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with desk_told.make_told(tmp_path / "told.casebook") as made:
        yield made


@pytest.fixture
def merged(client: desk_client.Client) -> desk_client.Client:
    """The desk once it has merged its record."""
    end = time.monotonic() + 60
    while 'data-why="merging"' in client.get("/stories").text:
        assert time.monotonic() < end, "the record was not merged in a minute"
        time.sleep(0.05)
    return client


@pytest.fixture
def story(merged: desk_client.Client) -> str:
    found = re.findall(r'href="(/story/[^"]+)"', merged.get("/stories").text)
    assert len(found) == 1
    return found[0]


class _Tags(HTMLParser):
    """Opens and closes of a page, to see that nothing stands crossed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "link", "input", "img", "br", "option"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "option":
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _words(page: str) -> str:
    """The words of a page, which must be well formed and run no script but the desk's own."""
    tags = _Tags()
    tags.feed(page)
    tags.close()
    assert (tags.wrong, tags.open) == ([], [])
    assert not NONE.search(page)
    return " ".join(" ".join(tags.words).split())


def _table(client: desk_client.Client, path: str, **query: str) -> list[dict[str, str]]:
    answer = client.get(path, format="csv", **query)
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    return list(csv.DictReader(io.StringIO(answer.body.decode("utf-8"), newline="")))


def test_the_list_counts_reports_and_origins_and_says_the_sentence(merged: desk_client.Client) -> None:
    words = _words(merged.get("/stories").text)
    assert "1 incident · 1 disputed" in words
    assert "Three reports, two origins: residents (anonymous) and The Ministry of Defence of Orlan." in words
    (row,) = _table(merged, "/stories")
    assert (row["reports"], row["outlets"], row["origins_low"], row["origins_high"]) == ("3", "3", "2", "2")
    assert row["disputes"] == "killed soldiers"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        *desk_told.FILTERED,
        ({"q": "shelling velin"}, 1),
        ({"q": "velin", "type": "AID"}, 0),
    ],
)
def test_filters_choose_incidents(merged: desk_client.Client, query: dict[str, str], found: int) -> None:
    answer = merged.get("/stories", **query)
    assert answer.status == 200
    assert answer.text.count('<a class="title" href="/story/') == found
    assert found or "Loosen a filter" in answer.text


def test_filters_stay_in_the_links_of_the_page(merged: desk_client.Client) -> None:
    text = merged.get("/stories", q="velin", disputed="yes", order="newest").text
    assert 'href="/stories?q=velin&amp;disputed=yes&amp;order=newest&amp;format=csv"' in text
    assert "Only: words velin, disputed" in text


@pytest.mark.parametrize("query", [{"order": "x"}, {"page": "0"}, {"format": "xls"}, {"country": "123"}])
def test_what_cannot_be_asked_is_told_in_one_line(merged: desk_client.Client, query: dict[str, str]) -> None:
    answer = merged.get("/stories", **query)
    assert answer.status == 400
    assert "<h1>Not so</h1>" in answer.text


def test_a_page_beyond_the_last_leads_back(merged: desk_client.Client) -> None:
    assert "Go to the first" in merged.get("/stories", page="9").text


def test_a_story_shows_claims_disputes_toll_and_origins(merged: desk_client.Client, story: str) -> None:
    text = merged.get(story).text
    words = _words(text)
    assert "how many were killed (soldiers)" in words
    assert 'href="/read?report=paper#c1"' in text
    assert desk_told.SHELLED in words
    assert "killed (soldiers)" in words
    assert 'class="flag">anonymous' in text
    assert 'dir="auto"' in text


def test_the_stemma_links_each_edge_and_report_to_their_words(merged: desk_client.Client, story: str) -> None:
    text = merged.get(story).text
    drawn = text[text.index("<svg id=") : text.index("</svg>")]
    incident = story.removeprefix("/story/")
    assert f'href="/passages?report=copy&amp;parent=paper&amp;story={incident}" data-aligned' in drawn
    assert drawn.count('class="node') == 3
    assert drawn.count('class="edge') == 1
    assert 'class="edge silent"' in drawn
    assert "no credit" in drawn


def test_shared_passages_stand_side_by_side(merged: desk_client.Client, story: str) -> None:
    incident = story.removeprefix("/story/")
    page = merged.get("/passages", report="copy", parent="paper", story=incident).text
    assert page.count("<mark>") == 2
    assert _words(page).count("the boats that lay at the quay burned") == 2
    assert f'href="{story}"' in page
    part = merged.get("/passages", report="copy", parent="paper", part="yes").text
    assert part.lstrip().startswith("<h2")
    assert "<html" not in part


def test_passages_of_a_report_tell_both_directions_and_its_voices(merged: desk_client.Client) -> None:
    words = _words(merged.get("/passages", report="paper").text)
    assert "Voices that it gives the word to residents" in words
    assert "copies The Coast Daily" in words


def test_passages_of_nothing_are_told(merged: desk_client.Client) -> None:
    assert merged.get("/passages").status == 400
    assert "No report is known" in merged.get("/passages", report="unheard-of").text


def test_tables_of_a_story_are_safe_in_a_spreadsheet(merged: desk_client.Client, story: str) -> None:
    disputes = _table(merged, story, table="disputes")
    assert {(row["value"], row["report"]) for row in disputes} == {
        ("9", "ministry"),
        ("14", "copy"),
        ("14", "paper"),
    }
    assert all(row["outlet"].startswith("'=") for row in disputes if row["report"] == "copy")
    toll = _table(merged, story, table="toll")
    assert [(row["published"], row["low"], row["high"]) for row in toll] == [
        ("2021-03-05", "14", "14"),
        ("2021-03-06", "14", "14"),
        ("2021-03-08", "9", "9"),
    ]
    origins = _table(merged, story, table="origins")
    assert {row["origin"] for row in origins} == {"residents", "The Ministry of Defence of Orlan"}
    assert len(_table(merged, story, table="claims")) == 3
    assert merged.get(story, format="csv", table="x").status == 400


def test_an_unknown_incident_is_told(merged: desk_client.Client) -> None:
    answer = merged.get("/story/i-000000000000")
    assert answer.status == 404
    assert "There is no such incident" in answer.text


def test_a_record_that_is_being_merged_says_so(
    monkeypatch: pytest.MonkeyPatch, enter: Callable[..., desk_client.Client]
) -> None:
    monkeypatch.setattr(House, "record_soon", lambda self, wait=0.0: (None, False))
    text = enter().get("/stories").text
    assert 'data-why="merging"' in text
    assert "are being merged" in text


def test_a_casebook_too_large_to_merge_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, enter: Callable[..., desk_client.Client]
) -> None:
    monkeypatch.setattr("stemma.desk.awaiting.MOST_TO_MERGE", 1)
    assert "stemma merge" in enter().get("/stories").text


def test_an_empty_casebook_says_what_to_do(tmp_path: Path) -> None:
    with open_casebook(StoreOptions(str(tmp_path / "empty.casebook")), create=True) as empty:
        text = desk_client.make_client(empty).enter().get("/stories").text
    assert "stemma add PATH" in text


def test_every_address_of_the_pages_needs_the_token(store: Store) -> None:
    stranger = desk_client.make_client(store)
    for path in ("/stories", "/story/i-1", "/passages"):
        assert stranger.get(path).status == 403
