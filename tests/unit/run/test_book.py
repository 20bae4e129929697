from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas
import pyarrow.parquet
import pytest
from example_book import EXAMPLES, make_example_book
from lxml import etree, html

import stemma
from stemma.run.book import Casebook

CODINGS = {
    coding["report"]: coding
    for coding in (json.loads(path.read_text("utf-8")) for path in (EXAMPLES / "codings").glob("*.json"))
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_example_book(tmp_path_factory.mktemp("book") / "example.casebook")


@pytest.fixture(scope="module")
def book(path: Path) -> Iterator[Casebook]:
    with stemma.Casebook.open(path) as book:
        yield book


def wanted(**having: Any) -> list[tuple[str, str]]:
    return [
        (report, claim["id"])
        for report in sorted(CODINGS)
        for claim in CODINGS[report]["claims"]
        if all(claim[name] == value for name, value in having.items())
    ]


def test_it_says_what_it_holds(book: Casebook, path: Path) -> None:
    assert len(book) == 12
    assert "ostrel-courier" in book
    assert "nobody" not in book
    assert repr(book) == f"<Casebook {str(path)!r}: 12 reports>"
    assert book.status().claims == len(wanted())


def test_claims_are_those_of_the_codings_with_names_and_chain(book: Casebook) -> None:
    claims = book.claims(type="realign")
    assert [(row.report, row.claim.id) for row in claims] == wanted(type="REALIGN")
    row = next(row for row in claims if row.report == "lakeside-herald")
    assert row.chain.endswith("→ Longitude News")


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"type": ["ASSAULT", "deny"]},
        {"hedged": True},
        {"report": "free-front"},
        {"source": "Longitude"},
        {"actor": "Front", "since": "2021-10", "until": datetime.date(2021, 10, 12)},
    ],
)
def test_filters_are_those_of_the_command(book: Casebook, filters: Any) -> None:
    from typer.testing import CliRunner

    from stemma.cli.app import app

    words = []
    for name, value in filters.items():
        if value is True:
            words.append(f"--{name}")
        else:
            for one in value if isinstance(value, list) else [value]:
                words += [f"--{name}", str(one)]
    said = CliRunner().invoke(app, ["claims", "--format", "jsonl", "--casebook", book.path, *words])
    found = [
        (coding["report"], claim["id"])
        for coding in map(json.loads, said.stdout.splitlines())
        for claim in coding["claims"]
    ]
    assert found
    assert [(row.report, row.claim.id) for row in book.claims(**filters)] == found


def test_limit_and_slices(book: Casebook) -> None:
    claims = book.claims()
    assert len(book.claims(limit=7)) == 7
    few = claims[3:9:2]
    assert [(row.report, row.claim.id) for row in few] == wanted()[3:9:2]
    assert list(few.to_pandas()["claim"]) == [claim for _, claim in wanted()[3:9:2]]
    assert {(c.report, one.id) for c in few.codings for one in c.claims} == set(wanted()[3:9:2])
    assert claims[-1].claim.id == wanted()[-1][1]
    assert list(claims[::-1].to_polars()["claim"]) == [claim for _, claim in reversed(wanted())]


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda book: book.claims(type="ASALT"), "did you mean ASSAULT"),
        (lambda book: book.claims(country="Syria"), "country: 'Syria' is no country code"),
        (lambda book: book.claims(since="2021-11", until="2021-10"), "until: 2021-10 lies before 2021-11"),
        (lambda book: book.claims(limit=0), "limit"),
        (lambda book: book.claims(as_of="2021"), "as_of"),
        (lambda book: book.claims(with_units=True), "with_units"),
        (lambda book: book.timeline(status="sure"), "no status is called 'sure'"),
        (lambda book: book.timeline(actor=" "), "actor: the name is empty"),
        (lambda book: book.origins("ostrel-courier#c999"), "there is no claim"),
        (lambda book: book.origins("ostrel-courier"), "there is no claim"),
        (lambda book: book.origins("ostrel-courier#c1", known_by="2021-10-01"), "take a later day"),
        (lambda book: book.dossier("Nobody Atall"), "nobody is called"),
        (lambda book: book.digest("2021-10-14", until="2021-10"), None),
        (lambda book: book.digest("2021-10-14", until="2021-09"), "lies before"),
        (lambda book: book.judge("reject", "nothing#c1", reviewer="Ann"), "no such report"),
        (lambda book: book.export("nothing", "x"), "no format is called"),
    ],
)
def test_what_cannot_be_followed_is_one_line(book: Casebook, call: Any, what: str | None) -> None:
    if what is None:
        call(book)
        return
    with pytest.raises(stemma.UsageError, match=what) as caught:
        call(book)
    assert "\n" not in str(caught.value)


def test_a_filter_that_is_none_is_a_type_error(book: Casebook) -> None:
    for call in (book.claims, book.timeline, book.network, book.lineage):
        with pytest.raises(TypeError, match=r"has no filter 'actr' \(did you mean actor"):
            call(actr="Front")  # type: ignore[operator]


def test_there_must_be_a_casebook(tmp_path: Path) -> None:
    with pytest.raises(stemma.CasebookError):
        Casebook.open(tmp_path / "none.casebook")
    with Casebook.create(tmp_path / "new.casebook") as book:
        assert len(book) == 0
        assert len(book.claims()) == len(book.timeline()) == len(book.lineage()) == len(book.reports()) == 0
        assert book.claims().to_pandas().shape[0] == 0
        assert book.timeline().to_polars().height == 0
    with Casebook.create(tmp_path / "new.casebook") as book:
        assert len(book) == 0


def test_the_environment_names_the_casebook(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STEMMA_CASEBOOK", str(path))
    with Casebook.open() as book:
        assert book.path == str(path)


def test_a_report_of_the_casebook(book: Casebook) -> None:
    reading = book["ostrel-courier"]
    assert reading.document.outlet == "The Ostrel Courier"
    assert [claim.id for claim in reading.claims] == [
        claim["id"] for claim in CODINGS["ostrel-courier"]["claims"]
    ]
    assert (
        len(reading.ledger) == len(reading.claims) == len(reading.to_pandas()) == reading.to_polars().height
    )
    with pytest.raises(KeyError):
        book["nobody"]


def test_reports_and_their_filters(book: Casebook) -> None:
    days = [row.published for row in book.reports()]
    assert len(days) == 12
    assert days == sorted(days, key=str, reverse=True)
    assert {row.id for row in book.reports(outlet="longitude")} == {
        "longitude-kolmaz", "longitude-toll-tuesday", "longitude-toll-thursday",
    }  # fmt: skip
    early = book.reports(until="2021-10-08")
    assert {row.id for row in early} == {
        report for report, coding in CODINGS.items() if coding["published"] <= "2021-10-08"
    }
    assert list(early[:1].to_pandas()["report"]) == [early[0].id]


def test_views_are_those_of_the_commands(book: Casebook) -> None:
    from typer.testing import CliRunner

    from stemma.cli.app import app
    from stemma.show.wire import wire_of

    def told(*words: str) -> Any:
        return json.loads(CliRunner().invoke(app, [*words, "-f", "json", "--casebook", book.path]).stdout)

    assert [wire_of(row) for row in book.timeline("market")] == told("timeline", "market")["rows"]
    assert [row.id for row in book.incidents(actor="Front")] == [
        row["incident"] for row in told("story", "--actor", "Front")["rows"]
    ]
    assert [wire_of(row) for row in book.disputes()] == told("disputes")["rows"]
    assert [wire_of(row) for row in book.network(as_of="2021-10-13")] == told(
        "network", "--as-of", "2021-10-13"
    )["ties"]
    assert wire_of(book.origins("ostrel-courier#c1")) == told("origins", "ostrel-courier#c1")
    assert wire_of(book.dossier("Tolvar Free Front")) == told("dossier", "Tolvar Free Front")
    assert wire_of(book.digest("2021-10-14")) == told("digest", "--since", "2021-10-14")
    svg = CliRunner().invoke(app, ["lineage", "-f", "svg", "--casebook", book.path]).stdout
    assert book.lineage().svg() == svg


def test_the_stemma_of_a_question_is_a_part_of_the_whole(book: Casebook) -> None:
    whole, part = book.lineage(), book.lineage("Senn")
    assert 0 < len(part) <= len(whole)
    assert {edge.report for edge in part} <= {node.id for node in part.tree.nodes}
    herald = [edge for edge in whole if edge.report == "lakeside-herald" and edge.kind == "copies"]
    assert [edge.parent for edge in herald] == ["longitude-kolmaz"]
    assert whole.mermaid().startswith("flowchart")


def test_frames_equal_the_parquet_ledgers(book: Casebook, tmp_path: Path) -> None:
    book.export("parquet", tmp_path / "ledgers")
    for name, rows in (
        ("claims", book.claims()), ("incidents", book.incidents()),
        ("disputes", book.disputes()), ("lineage", book.lineage()),
    ):  # fmt: skip
        table = pyarrow.parquet.read_table(tmp_path / "ledgers" / f"{name}.parquet")
        theirs = table.to_pylist()
        if name == "incidents":
            theirs = [row for row in theirs if row["type"] not in {str(t) for t in ties()}]
        for frame in (rows.to_polars().to_dicts(), plain_rows(rows.to_pandas())):
            assert len(frame) == len(theirs) > 0
            assert list(frame[0]) == table.column_names
            ours = [
                {key: str(v) if isinstance(v, datetime.date) else v for key, v in row.items()}
                for row in frame
            ]
            key = str if name != "claims" else lambda row: (row["report"], row["claim"])
            assert sorted(ours, key=key) == sorted(theirs, key=key)


def ties() -> Any:
    from stemma.model import TIES

    return TIES


def plain_rows(frame: pandas.DataFrame) -> list[dict[str, Any]]:
    """Rows with None for what is missing, and days as days."""
    rows = []
    for row in frame.to_dict("records"):
        plain = {str(key): None if pandas.isna(value) else value for key, value in row.items()}
        rows.append({k: v.date() if isinstance(v, datetime.datetime) else v for k, v in plain.items()})
    return rows


def test_judging_is_kept_and_followed_at_once(tmp_path: Path) -> None:
    with Casebook.open(make_example_book(tmp_path / "a.casebook")) as book:
        before = len(book.timeline())
        made = book.judge("reject", "corvania-today#c1", because="seen on the page", reviewer="Ann")
        assert (made.person, made.verdict, made.reason) == ("Ann", "reject", "seen on the page")
        assert book.judgements() == (made,)
        assert all("corvania-today#c1" not in f"{i.claims}" for i in book.incidents())
        kept = {(at.report, at.claim) for incident in book.incidents() for at in incident.claims}
        assert ("corvania-today", "c1") not in kept
        book.judge("undo", reviewer="Ann")
        assert len(book.timeline()) == before


def test_adding_gives_what_was_added_and_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent:
        name = "silent"
        version = "1"

        def extract(self, document: Any) -> Any:
            return stemma.Coding(report=document.report, outlet=document.outlet, published=document.published)

    monkeypatch.setattr("stemma.extract.find_engine", lambda options: Silent())
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text("The valley was quiet on Tuesday, residents said.")
    (tmp_path / "in" / "two.txt").write_bytes(b"")
    with Casebook.create(tmp_path / "a.casebook") as book:
        done = book.add(tmp_path / "in", outlet="The Gazette", published=datetime.date(2021, 10, 12))
        assert [added.report for added in done.reports] == ["one"]
        assert len(done.refused) == 1
        assert repr(done) == "<1 reports added, 0 known already, 1 refused>"
        assert book.document("one").outlet == "The Gazette"
        again = book.add([tmp_path / "in" / "one.txt"], outlet="The Gazette", published="2021-10-12")
        assert repr(again) == "<0 reports added, 1 known already, 0 refused>"


def test_export_says_what_is_lost(book: Casebook, tmp_path: Path) -> None:
    summary = book.export("acled", tmp_path / "a.csv", actor="Front")
    assert summary.rows > 0
    assert summary.losses
    assert len(repr(summary)) < 2_000
    assert (tmp_path / "a.csv.losses.md").is_file()


def test_every_answer_is_drawn_in_a_notebook(book: Casebook) -> None:
    for answer in (
        book.claims(), book.reports(), book.incidents(), book.timeline(), book.disputes(), book.network(),
        book.origins("ostrel-courier#c1"), book.dossier("Tolvar Free Front"), book.digest("2021-10-14"),
        book["highland-centre"], book.claims(text="unheard of"), book.lineage(), book.lineage("unheardof"),
    ):  # fmt: skip
        drawn = html.fragment_fromstring(answer._repr_html_())
        assert drawn.get("class") == "stemma"
        assert drawn.text_content().strip()
    assert book.lineage()._repr_svg_().startswith("<svg")
    assert book.map()._repr_html_().count("<img") == 1


def test_pictures_stand_alone(book: Casebook) -> None:
    for svg in (book.timeline().svg("place"), book.network().svg(), book.map().svg, book.lineage().svg()):
        tree = etree.fromstring(svg.encode())
        assert tree.tag == "{http://www.w3.org/2000/svg}svg"
        assert "var(" not in svg
        assert "<script" not in svg
        links = {value for element in tree.iter() for name, value in element.attrib.items() if "href" in name}
        assert all(value.startswith("#") for value in links)
