from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from stemma.model import Coding


def test_table(stemma: Any, folder: Path) -> None:
    done = stemma("read", str(folder))
    assert done.status == 0
    assert "ASSAULT clash  Ardan → Belor" in done.out
    assert "on whose word: residents (anonymous)" in done.out
    assert "hedge: Reportedly (probable)" in done.out
    assert "“Ardan attacked Belor, residents said”" in done.out
    assert "on whose word: the report's own voice" in done.out
    last = done.out.rstrip().splitlines()[-1]
    assert last == (
        "2 reports · 3 claims · 1 on somebody's word · 1 hedged · 1 ultimate source, 1 of them anonymous"
    )
    assert done.err.splitlines()[-1] == "3 reports read, 0 refused, 3 claims"


def test_json_is_one_coding_per_line(stemma: Any, folder: Path) -> None:
    done = stemma("read", str(folder), "--format", "json")
    codings = [Coding.from_wire(line) for line in done.out.splitlines()]
    assert sorted(coding.report for coding in codings) == ["north/first", "second", "third"]
    assert sum(len(coding.claims) for coding in codings) == 3
    assert done.err.splitlines()[-1] == "3 reports read, 0 refused, 3 claims"


def test_csv_has_a_header_and_a_row_per_claim(stemma: Any, folder: Path) -> None:
    done = stemma("read", str(folder), "--format", "csv")
    rows = sorted(csv.DictReader(io.StringIO(done.out)), key=lambda row: row["report"])
    assert [row["trigger"] for row in rows] == ["attacked", "joined", "attacked"]
    assert rows[0]["chain"] == "residents (anonymous)"
    assert rows[1]["to"] == "Belor"


def test_header_options_reach_the_claims(stemma: Any, folder: Path) -> None:
    done = stemma(
        "read",
        str(folder / "second.txt"),
        *("--outlet", "The Coast Daily", "--published", "2021-03-10", "--format", "json"),
    )
    coding = json.loads(done.out)
    assert (coding["outlet"], coding["published"]) == ("The Coast Daily", "2021-03-10")


def test_a_refused_report_is_one_line_and_the_rest_is_read(stemma: Any, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    done = stemma("read", str(folder), "--format", "json")
    assert done.status == 1
    assert len(done.out.splitlines()) == 3
    lines = done.err.splitlines()
    assert len(lines) == 2
    assert "empty" in lines[0]
    assert lines[1] == "3 reports read, 1 refused, 3 claims"


def test_a_path_that_is_not_there_is_refused(stemma: Any, folder: Path) -> None:
    done = stemma("read", str(folder / "nowhere.txt"), str(folder / "second.txt"), "--format", "json")
    assert done.status in (1, 2)
    assert "nowhere.txt" in done.err
    assert "Traceback" not in done.err


def test_a_fault_of_the_engine_costs_one_report(stemma: Any, folder: Path) -> None:
    (folder / "bad.txt").write_text("Words that explode in the engine, and others that do nothing at all.\n")
    done = stemma("read", str(folder), "--format", "json")
    assert done.status == 1
    assert len(done.out.splitlines()) == 3
    assert "IndexError: boom" in done.err
    assert "Traceback" not in done.err


def test_no_path_is_wrong_usage(stemma: Any) -> None:
    assert stemma("read").status == 2


def test_a_date_that_is_none(stemma: Any, folder: Path) -> None:
    done = stemma("read", str(folder), "--published", "last week")
    assert done.status == 2
    assert done.err.splitlines() == ["stemma: published: 'last week' is no date; write it as 2017-02-07"]


def test_a_map_that_is_none(stemma: Any, folder: Path) -> None:
    done = stemma("read", str(folder), "--map", "text")
    assert done.status == 2
    assert done.err.splitlines() == ["stemma: --map: 'text' is no mapping; write it as text=article_content"]


def test_standard_input(stemma: Any) -> None:
    text = "Ardan attacked Belor, residents said. The town was quiet again in the morning.\n"
    done = stemma("read", "-", "--format", "json", input=text)
    assert done.status == 0
    assert len(json.loads(done.out)["claims"]) == 1


def test_hostile_text_stays_text(stemma: Any, tmp_path: Path) -> None:
    report = tmp_path / "hostile.txt"
    report.write_text(
        "[bold red]Title[/] \x1b]0;owned\x07\n\nArdan attacked Belor, [link=x]men \x1b[31m said. "
        "Belor attacked Ardan, they\u202e said. :smile: and so the night went on in the town.\n"
    )
    for form in ("table", "csv"):
        done = stemma("read", str(report), "--format", form)
        assert done.status == 0
    done = stemma("read", str(report))
    assert "\x1b" not in done.out
    assert "\u202e" not in done.out


def test_a_reader_that_leaves_ends_it_quietly(stemma: Any, folder: Path, monkeypatch: Any) -> None:
    def leave(*args: object, **kwargs: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("stemma.cli.writers.LinesWriter.write", leave)
    done = stemma("read", str(folder), "--format", "json")
    assert (done.status, done.out, done.err) == (0, "", "")


def test_an_interrupt_ends_with_one_line(stemma: Any, folder: Path, engine: Any, monkeypatch: Any) -> None:
    code = engine.extract

    def interrupted(document: Any) -> Any:
        if len(engine.seen) == 1:
            raise KeyboardInterrupt
        return code(document)

    monkeypatch.setattr(engine, "extract", interrupted)
    done = stemma("read", str(folder), "--format", "json")
    assert done.status == 130
    assert len(done.out.splitlines()) == 1
    assert done.err.splitlines()[-1].startswith("stopped: 1 report read")


def test_a_full_disk_under_the_results_is_one_line(stemma: Any, folder: Path, monkeypatch: Any) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("stemma.cli.writers.LinesWriter.write", fail)
    done = stemma("read", str(folder), "--format", "json")
    assert (done.status, done.err) == (2, "stemma: No space left on device\n")
