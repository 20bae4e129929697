from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

WORDS = (
    "Ardan attacked Belor, residents said. The town was quiet again in the morning.\n\n"
    "Smoke stood over the tannery by the river until noon, and the ferry did not leave the eastern bank."
    " Bakers opened late. A teacher swept glass from the steps of the school and sent the children home.\n"
)
VIEWS = ("story", "timeline", "disputes", "network")


@pytest.fixture
def book(stemma: Any, tmp_path: Path) -> str:
    """A paper, its copy the day after, and a report of something else, in one casebook."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, outlet, day, text in (
        ("01", "The Coast Daily", "2021-03-05", WORDS),
        ("02", "Hill Herald", "2021-03-06", f"{WORDS}\nSource: The Coast Daily\n"),
        ("03", "River Post", "2021-03-09", "Dorin joined Belor. Nothing else is known in the capital.\n"),
    ):
        (folder / f"{name}.txt").write_text(text)
        (folder / f"{name}.json").write_text(json.dumps({"outlet": outlet, "published": day}))
    file = str(tmp_path / "views.casebook")
    assert stemma("add", str(folder), "--casebook", file).status == 0
    return file


def rows(stemma: Any, book: str, *args: str) -> list[dict[str, Any]]:
    done = stemma(*args, "--format", "json", "--casebook", book)
    assert done.status == 0, done.err
    found: list[dict[str, Any]] = json.loads(done.out)["rows"]
    return found


def test_a_story_counts_origins_and_not_reports(stemma: Any, book: str) -> None:
    attack, joining = rows(stemma, book, "story")
    assert [told["outlet"] for told in attack["told"]] == ["The Coast Daily", "Hill Herald"]
    assert attack["likely"] == 1
    assert "residents" in attack["origins"]
    assert joining["type"] == "REALIGN"
    done = stemma("story", "--casebook", book)
    assert "Two reports, one origin: residents (anonymous)." in done.out
    assert done.out.splitlines()[-1] == "2 incidents in 3 reports"


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        (["ardan"], ["ASSAULT"]),
        (["ardan", "residents"], ["ASSAULT"]),
        (["ardan", "nothing"], []),
        (["--actor", "Dorin"], ["REALIGN"]),
        (["--actor", "Dorin", "--with-units"], ["REALIGN"]),
        (["--type", "assault"], ["ASSAULT"]),
        (["--source", "residents"], ["ASSAULT"]),
        (["--only-source", "residents"], ["ASSAULT"]),
        (["--only-source", "the army"], []),
        (["--outlet", "Hill"], ["ASSAULT"]),
        (["--status", "future"], []),
        (["--status", "actual", "--limit", "1"], ["ASSAULT"]),
        (["--known-by", "2021-03-06"], ["ASSAULT"]),
    ],
)
def test_what_is_asked_for(stemma: Any, book: str, filters: list[str], types: list[str]) -> None:
    assert [row["type"] for row in rows(stemma, book, "story", *filters)] == types


def test_known_by_a_day_is_what_was_known_then(stemma: Any, book: str) -> None:
    (attack,) = rows(stemma, book, "story", "--known-by", "2021-03-05")
    assert [told["report"] for told in attack["told"]] == ["01"]


def test_what_has_no_date_was_perhaps_not_known(stemma: Any, book: str, tmp_path: Path) -> None:
    (tmp_path / "04.txt").write_text("Ardan attacked Cerin, the mayor said. All was quiet by dawn.\n")
    stemma("add", str(tmp_path / "04.txt"), "--casebook", book)
    done = stemma("story", "--known-by", "2021-03-09", "--casebook", book)
    assert done.err.splitlines() == [
        "note: 1 report has no date and may not have been known by then: left out"
    ]
    assert "Cerin" not in done.out


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_found_is_said_with_what_to_try(stemma: Any, book: str, view: str) -> None:
    done = stemma(view, "zeppelin", "--casebook", book)
    assert done.status == 0
    assert done.err.splitlines()[-1].endswith("among 3 claims of 3 report(s); loosen or drop a filter")


@pytest.mark.parametrize("view", [*VIEWS, "lineage"])
def test_an_empty_casebook(stemma: Any, tmp_path: Path, view: str) -> None:
    empty = tmp_path / "none"
    empty.mkdir()
    file = str(tmp_path / "empty.casebook")
    stemma("add", str(empty), "--casebook", file)
    done = stemma(view, "--casebook", file)
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) == 1


def test_origins_shows_the_reports_under_their_word(stemma: Any, book: str) -> None:
    done = stemma("origins", "02#c1", "--format", "json", "--casebook", book)
    view = json.loads(done.out)
    (root,) = view["roots"]
    assert (root["name"], root["anonymous"]) == ("residents", True)
    assert [(step["told"]["report"], step["depth"]) for step in root["steps"]] == [("01", 0), ("02", 1)]
    drawn = stemma("origins", "02#c1", "--casebook", book).out
    assert "└ Hill Herald  2021-03-06  02" in drawn


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("02", "names no claim"),
        ("#c1", "names no claim"),
        ("02#", "names no claim"),
        ("02#c7", "02 has no claim 'c7'"),
        ("09#c1", "no report is called '09'"),
    ],
)
def test_a_claim_that_is_none(stemma: Any, book: str, claim: str, words: str) -> None:
    done = stemma("origins", claim, "--casebook", book)
    assert done.status == 2
    assert words in done.err
    assert len(done.err.splitlines()) == 1


def test_a_claim_that_was_not_known_yet(stemma: Any, book: str) -> None:
    done = stemma("origins", "03#c1", "--known-by", "2021-03-05", "--casebook", book)
    assert done.status == 2
    assert "03 was not published by then" in done.err


def test_a_dossier_of_each_side(stemma: Any, book: str) -> None:
    done = stemma("dossier", "ardan", "--format", "json", "--casebook", book)
    view = json.loads(done.out)
    assert (view["name"], view["reports"]) == ("Ardan", 2)
    assert [row["type"] for row in view["did"]] == ["ASSAULT"]
    assert view["suffered"] == []
    other = json.loads(stemma("dossier", "Belor", "--format", "json", "--casebook", book).out)
    assert [row["type"] for row in other["suffered"]] == ["ASSAULT"]
    assert [row["type"] for row in other["named"]] == ["REALIGN"]
    assert "what it did" in stemma("dossier", "ardan", "--casebook", book).out


def test_a_dossier_of_nobody(stemma: Any, book: str) -> None:
    done = stemma("dossier", "Ardam", "--casebook", book)
    assert done.status == 2
    assert "nobody is called 'Ardam' (did you mean Ardan?)" in done.err


def test_a_digest_names_new_reports_and_incidents(stemma: Any, book: str) -> None:
    done = stemma("digest", "--since", "2021-03-09", "--format", "json", "--casebook", book)
    view = json.loads(done.out)
    assert [told["report"] for told in view["reports"]] == ["03"]
    assert [row["type"] for row in view["incidents"]] == ["REALIGN"]
    drawn = stemma("digest", "--since", "2021-03-09", "--casebook", book).out
    assert drawn.startswith("since 2021-03-09: 1 new report\n")


def test_days_and_options_that_do_not_fit(stemma: Any, book: str) -> None:
    for call in (
        ["digest", "--since", "yesterday"],
        ["digest", "--since", "2021-03", "--until", "2021-02"],
        ["story", "--since", "2021", "--until", "2020"],
        ["story", "--with-units"],
        ["story", "--actor", " "],
        ["network", "--as-of", "2021-13"],
        ["lineage", "folder"],
    ):
        done = stemma(*call, "--casebook", book)
        assert done.status == 2, call
        assert len(done.err.splitlines()) == 1, call


def test_a_casebook_has_a_lineage_in_four_forms(stemma: Any, book: str) -> None:
    text = stemma("lineage", "--casebook", book)
    assert "01  The Coast Daily" in text.out
    told = json.loads(stemma("lineage", "--format", "json", "--casebook", book).out)
    assert {(edge["from"], edge["to"]) for edge in told["edges"]} >= {("02", "01")}
    root = etree.fromstring(stemma("lineage", "--format", "svg", "--casebook", book).out.encode())
    names = [element.text for element in root.iter("{*}text") if element.get("class") == "name"]
    assert sorted(name or "" for name in names) == ["Hill Herald", "River Post", "The Coast Daily"]
    chart = stemma("lineage", "--format", "mermaid", "--casebook", book).out
    assert chart.startswith("flowchart LR\n")


def test_a_lineage_of_a_question_leaves_the_rest_out(stemma: Any, book: str) -> None:
    for form in ("text", "json", "mermaid"):
        told = stemma("lineage", "--query", "ardan", "--format", form, "--casebook", book).out
        assert ("02" if form == "json" else "Hill Herald") in told
        assert "River Post" not in told
        assert '"03"' not in told


def test_a_folder_as_a_picture(stemma: Any, book: str, tmp_path: Path) -> None:
    done = stemma("lineage", str(tmp_path / "in"), "--format", "svg")
    assert done.status == 0
    assert etree.fromstring(done.out.encode()).tag.endswith("svg")
    assert done.err.splitlines()[-1] == "3 reports read, 0 refused, 3 claims"


@pytest.mark.parametrize(
    "call",
    [
        *([view] for view in VIEWS),
        ["origins", "05#c1"],
        ["dossier", "Ardan"],
        ["digest", "--since", "2021-01"],
        ["lineage"],
        ["lineage", "--format", "svg"],
        ["lineage", "--format", "mermaid"],
    ],
)
def test_hostile_text_stays_text(stemma: Any, book: str, tmp_path: Path, call: list[str]) -> None:
    (tmp_path / "05.txt").write_text(
        "[bold red]Title[/] \x1b]0;owned\x07\n\nArdan attacked Belor, residents \x1b[31m said. \u202eQuiet.\n"
    )
    (tmp_path / "05.json").write_text(
        json.dumps({"outlet": "Evil \x1b[31m\u202eNews</text><script>", "published": "2021-03-07"})
    )
    assert stemma("add", str(tmp_path / "05.txt"), "--casebook", book).status == 0
    done = stemma(*call, "--casebook", book)
    assert done.status == 0, done.err
    assert not {"\x1b", "\x07", "\u202e"} & set(done.out)
    assert "<script" not in done.out or "svg" not in call
