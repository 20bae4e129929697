from __future__ import annotations

import datetime
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.errors import UsageError
from stemma.model import Header, Refusal, Report
from stemma.read.options import ReadOptions
from stemma.run.intake import gather_reports

STORY = "Fighters stormed the barracks at Ford on Monday, the army said.\n"


def gather(*paths: Path | str, **keywords: object) -> list[Report | Refusal]:
    return list(gather_reports([str(path) for path in paths], **keywords))  # type: ignore[arg-type]


def reports(items: list[Report | Refusal]) -> list[Report]:
    assert [item.line() for item in items if isinstance(item, Refusal)] == []
    return [item for item in items if isinstance(item, Report)]


def only_refusal(items: list[Report | Refusal]) -> Refusal:
    refusals = [item for item in items if isinstance(item, Refusal)]
    assert len(refusals) == 1
    assert "\n" not in refusals[0].line()
    return refusals[0]


def test_a_single_file_is_named_by_its_stem(tmp_path: Path) -> None:
    path = tmp_path / "ford.txt"
    path.write_text(STORY, encoding="utf-8")
    (report,) = reports(gather(path))
    assert (report.id, report.address, report.media_type) == ("ford", str(path), "text/plain")
    assert report.content == STORY.encode()


def test_a_folder_gives_its_reports_in_order_named_by_their_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.html", "a/y.md", "a/n/x.txt", ".hidden.txt", ".git/x.txt", "a/photo.jpg"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STORY, encoding="utf-8")
    found = reports(gather(tmp_path))
    assert [report.id for report in found] == ["b", "a/y", "a/z", "a/n/x"]
    assert {report.id: report.media_type for report in found} == {
        "b": "text/plain",
        "a/y": "text/markdown",
        "a/z": "text/html",
        "a/n/x": "text/plain",
    }


def test_a_sidecar_is_a_header_and_no_report(tmp_path: Path) -> None:
    (tmp_path / "ford.html").write_text(STORY, encoding="utf-8")
    (tmp_path / "ford.json").write_text(
        json.dumps(
            {
                "outlet": "The Ford Courier",
                "published": "2017-02-07",
                "title": "Rebels",
                "byline": None,
                "url": "https://ford.example/1",
                "language": "en",
                "capture_note": "unknown keys are ignored",
            }
        ),
        encoding="utf-8",
    )
    (report,) = reports(gather(tmp_path))
    assert report.header == Header(
        outlet="The Ford Courier",
        published=datetime.date(2017, 2, 7),
        title="Rebels",
        url="https://ford.example/1",
        language="en",
    )
    assert reports(gather(tmp_path / "ford.html", tmp_path / "ford.json")) == [report]


def test_the_sidecar_s_id_and_the_overrides_win(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "x.json").write_text('{"id": "fakes/1", "outlet": "A", "title": "T"}', encoding="utf-8")
    (report,) = reports(gather(tmp_path, overrides=Header(outlet="B")))
    assert report.id == "fakes/1"
    assert (report.header.outlet, report.header.title) == ("B", "T")


@pytest.mark.parametrize("sidecar", ["{broken", "[1, 2]", "\xff"])
def test_a_broken_sidecar_is_noted_and_the_report_is_read(tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "x.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "x.json").write_bytes(sidecar.encode("latin-1"))
    (report,) = reports(gather(tmp_path))
    assert [note.code for note in report.notes] == ["sidecar-unreadable"]


def test_two_files_that_differ_in_their_ending_keep_apart(tmp_path: Path) -> None:
    for name in ("x.html", "x.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    assert [report.id for report in reports(gather(tmp_path))] == ["x", "x.txt"]


def test_an_id_that_comes_again_gets_a_number_and_a_note(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(
        "".join(json.dumps({"id": "same", "text": STORY}) + "\n" for _ in range(3)), encoding="utf-8"
    )
    found = reports(gather(path))
    assert [report.id for report in found] == ["same", "same~2", "same~3"]
    assert [[note.code for note in report.notes] for report in found] == [
        [],
        ["id-repeated"],
        ["id-repeated"],
    ]


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    assert only_refusal(gather(tmp_path / "none.txt")).code == "not-found"
    assert only_refusal(gather("bad\0name")).code == "not-found"


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    assert only_refusal(gather(tmp_path)).code == "empty-folder"


def test_a_format_that_is_not_read_is_refused_and_the_rest_is_gathered(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.txt").write_text(STORY, encoding="utf-8")
    items = gather(tmp_path)
    assert only_refusal(items).code == "unknown-format"
    assert [item.id for item in items if isinstance(item, Report)] == ["b"]


def test_a_file_without_permission_is_refused_and_the_rest_is_gathered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    opened = Path.open

    def refuse(self: Path, *arguments: object, **keywords: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *arguments, **keywords)  # type: ignore[call-overload]

    # Tests may run as root, to whom every file is readable.
    monkeypatch.setattr(Path, "open", refuse)
    items = gather(tmp_path)
    assert only_refusal(items).code == "unreadable"
    assert "permission" in only_refusal(items).line()
    assert [item.id for item in items if isinstance(item, Report)] == ["b"]


def test_a_file_of_100_megabytes_is_refused_without_loading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(100 * 1024 * 1024)

    def never(self: Path, *arguments: object, **keywords: object) -> object:
        raise AssertionError("the file was opened")

    monkeypatch.setattr(Path, "open", never)
    refusal = only_refusal(gather(path))
    assert refusal.code == "too-large"
    assert "104,857,600" in refusal.line()


def test_json_lines_are_read_around_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    lines = [json.dumps({"text": f"Story {n}."}) for n in range(4)]
    lines[1:2] = ['{"text": "half', "", "[1]", '{"title": "no text"}']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    items = gather(path)
    assert [item.content for item in items if isinstance(item, Report)] == [
        b"Story 0.",
        b"Story 2.",
        b"Story 3.",
    ]
    refusals = [(item.where, item.code) for item in items if isinstance(item, Refusal)]
    assert refusals == [
        (f"{path}:2", "broken-json"),
        (f"{path}:4", "broken-json"),
        (f"{path}:5", "no-column"),
    ]
    assert [item.id for item in items if isinstance(item, Report)] == ["r/1", "r/6", "r/7"]


def test_a_line_over_the_limit_is_refused_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text(
        json.dumps({"text": "x" * 5000}) + "\n" + json.dumps({"text": "Story."}), encoding="utf-8"
    )
    items = gather(path, options=ReadOptions(max_bytes=1000))
    assert only_refusal(items).code == "too-large"
    assert [item.content for item in items if isinstance(item, Report)] == [b"Story."]


@pytest.mark.parametrize(
    ("content", "ids"),
    [
        ('{"text": "Story."}', ["r"]),
        ('[{"text": "Story."}, {"id": "own", "text": "Story."}]', ["r/1", "own"]),
        ('{"articles": [{"body": "Story."}]}', ["r/1"]),
        ('{"text": "Story."}\n{"text": "Story."}\n', ["r/1", "r/2"]),
    ],
)
def test_json_files(tmp_path: Path, content: str, ids: list[str]) -> None:
    path = tmp_path / "r.json"
    path.write_text(content, encoding="utf-8")
    found = reports(gather(path))
    assert [report.id for report in found] == ids
    assert {report.content for report in found} == {b"Story."}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("[]", "empty"),
        ("{broken", "broken-json"),
        ('{"title": "x"}', "no-column"),
        ("[" * 99999, "broken-json"),
    ],
)
def test_json_files_that_hold_no_report(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(content, encoding="utf-8")
    assert only_refusal(gather(path)).code == code


def test_lone_surrogates_in_json_come_through_to_reading(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"text": "half \\ud800 one", "title": "t \\ud800"}', encoding="utf-8")
    (report,) = reports(gather(path))
    assert report.content == "half \ud800 one".encode("utf-8", "surrogatepass")
    assert report.header.title
    assert report.header.title.encode()


MAPPING = {
    "text": "article_content",
    "outlet": "source",
    "published": "date",
    "title": "article_title",
    "id": "unit_id",
}
TABLE = (
    "unit_id,article_title,article_content,source,date\n"
    '7,Rebels,"Fighters, many of them boys,\nstormed the barracks.",courier,4/5/2017\n'
    "8,Calm,The town was calm.,courier,13/5/2017\n"
    "9,Nothing,,courier,someday\n"
)


def test_a_table_is_read_by_its_mapping(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    items = gather(path, mapping=MAPPING)
    first, second = (item for item in items if isinstance(item, Report))
    assert (first.id, first.address) == ("7", f"{path}:2")
    assert first.content == b"Fighters, many of them boys,\nstormed the barracks."
    assert first.header == Header(outlet="courier", title="Rebels", published=datetime.date(2017, 4, 5))
    assert [note.code for note in first.notes] == ["ambiguous-date"]
    assert second.header.published == datetime.date(2017, 5, 13)
    assert second.notes == ()
    empty = only_refusal(items)
    assert (empty.where, empty.code) == (f"{path}:5", "empty")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_and_usual_names_need_no_mapping(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"Headline{delimiter}Text\nRebels{delimiter}A story, with a comma.\n", encoding="utf-8")
    (report,) = reports(gather(path))
    assert report.content == b"A story, with a comma."
    assert report.header.title == "Rebels"
    assert report.id == "t/1"


@pytest.mark.parametrize(
    "mapping", [{"text": "content_of_it"}, {"text": "article_content", "outlet": "paper"}]
)
def test_a_missing_column_is_named_beside_those_there_are(tmp_path: Path, mapping: dict[str, str]) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE, encoding="utf-8")
    refusal = only_refusal(gather(path, mapping=mapping))
    assert refusal.code == "no-column"
    assert "unit_id, article_title, article_content, source, date" in refusal.line()


def test_a_table_keeps_each_row_s_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("title,text\nPeñas,El ejército\n".encode() + "Peñas,El ejército\n".encode("cp1252"))
    first, second = reports(gather(path))
    assert first.content == "El ejército".encode()
    assert second.content == "El ejército".encode("cp1252")
    assert first.header.title == second.header.title == "Peñas"


def test_a_table_in_utf16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("title\ttext\nPeñas\tEl ejército\n".encode("utf-16"))
    (report,) = reports(gather(path))
    assert report.content == "El ejército".encode()


def test_an_open_quotation_mark_is_said_to_break_the_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('text\nStory.\n"open ' + "x" * 300_000, encoding="utf-8")
    items = gather(path, options=ReadOptions(max_bytes=100_000))
    assert [item.content for item in items if isinstance(item, Report)] == [b"Story."]
    assert only_refusal(items).code in {"broken-csv", "too-large"}


def test_an_empty_table(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("", encoding="utf-8")
    assert only_refusal(gather(path)).code == "empty"
    path.write_text("title,text\n", encoding="utf-8")
    assert only_refusal(gather(path)).code == "empty"


@pytest.mark.parametrize(
    ("content", "mapping", "media_types", "texts"),
    [
        (b"A story.", {}, ["text/plain"], [b"A story."]),
        (b"<!doctype html><p>x", {}, ["text/html"], [b"<!doctype html><p>x"]),
        (b'{"text": "One."}\n{"text": "Two."}\n', {}, ["text/plain"] * 2, [b"One.", b"Two."]),
        (b'[{"text": "One."}]', {}, ["text/plain"], [b"One."]),
        (b"c\nOne.\n", {"text": "c"}, ["text/plain"], [b"One."]),
    ],
)
def test_standard_input(
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    mapping: dict[str, str],
    media_types: list[str],
    texts: list[bytes],
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    found = reports(gather("-", mapping=mapping))
    assert [report.media_type for report in found] == media_types
    assert [report.content for report in found] == texts
    assert found[0].address in ("-", "-:1", "-:#1", "-:2")


def test_standard_input_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 101)))
    assert only_refusal(gather("-", options=ReadOptions(max_bytes=100))).code == "too-large"


def test_a_mapping_of_an_unknown_field_is_a_usage_error_at_once() -> None:
    with pytest.raises(UsageError, match="no field 'writer'"):
        gather_reports(["nowhere"], {"writer": "x"})


def test_reports_are_gathered_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    path.write_text('{"text": "One."}\n' * 3, encoding="utf-8")
    items: Iterator[Report | Refusal] = gather_reports([str(path)])
    first = next(items)
    assert isinstance(first, Report)
    path.unlink()
    assert len(list(items)) == 2


@settings(max_examples=80, deadline=None)
@given(content=st.binary(max_size=300), ending=st.sampled_from(["json", "jsonl", "csv", "tsv"]))
def test_any_bytes_give_reports_or_refusals(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, ending: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"r.{ending}"
    path.write_bytes(content)
    for item in gather_reports([str(path)]):
        assert "\n" not in (item.line() if isinstance(item, Refusal) else item.id)
