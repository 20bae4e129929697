"""`stemma import` and `stemma compare` as commands: what they print, and how they end."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from stemma.cli.app import app

EXAMPLES = Path(__file__).parents[3] / "examples" / "import"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    monkeypatch.setenv("STEMMA_CASEBOOK", str(tmp_path / "a.casebook"))
    monkeypatch.setenv("STEMMA_ACTORS", str(tmp_path / "actors.csv"))
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def test_rows_come_in_and_the_ending_tells(run: Callable[..., Any], tmp_path: Path) -> None:
    done = run("import", "acled", EXAMPLES / "acled.csv")
    assert (done.exit_code, done.stderr) == (0, "acled: 3 reports new, 0 refused, 3 claims\n")
    bad = tmp_path / "bad.csv"
    bad.write_text((EXAMPLES / "acled.csv").read_text("utf-8").replace("35.8136", "north"), "utf-8")
    done = run("import", "acled", bad)
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"{bad}:2, column latitude: 'north' is no degree from -90 to 90; write it as 31.28",
        "acled: 0 reports new, 2 known already, 1 refused",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("acledd", "x.csv"),
        ("acled", "x.csv", "--out", "y"),
        ("acled", "x.csv", "--person", "Ana"),
        ("brat", "x"),
    ],
)
def test_wrong_usage_is_one_line(run: Callable[..., Any], words: tuple[str, ...]) -> None:
    done = run("import", *words)
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1


def test_addresses_are_a_list_or_a_safe_table(run: Callable[..., Any], tmp_path: Path) -> None:
    done = run("import", "gdelt", EXAMPLES / "gdelt.mentions.CSV")
    assert (done.exit_code, done.stdout) == (0, "https://longitude.example/2\n")
    out = tmp_path / "list.csv"
    assert run("import", "gdelt", EXAMPLES / "gdelt.export.CSV", "--codes", "--out", out).exit_code == 1
    (row,) = csv.DictReader(out.open(newline=""))
    assert (row["address"], row["first_day"], row["cameo_codes"]) == (
        "https://herald.example/ariha",
        "2021-10-12",
        "190 193",
    )


def test_a_casebook_of_rows_alone_has_nothing_of_its_own(run: Callable[..., Any]) -> None:
    run("import", "ucdp", EXAMPLES / "ucdp.csv")
    done = run("compare", EXAMPLES / "acled.csv", "--format", "json")
    assert done.exit_code == 0
    view = json.loads(done.stdout)
    assert (view["dataset"], view["matched"], view["missing_there"]) == ("acled", [], [])
    assert [seen["id"] for seen in view["missing_here"]] == ["SYR90001", "SYR90002", "SYR90003"]
    done = run("compare", EXAMPLES / "acled.csv", "--format", "csv", "--since", "2021-10-14")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["part"], row["event"]) for row in rows] == [
        ("missing here", "SYR90002"),
        ("missing here", "SYR90003"),
    ]
    assert "1 rows of the file were not asked for" in done.stderr
    assert "Only ACLED: 3" in run("compare", EXAMPLES / "acled.csv").stdout


def test_a_file_of_no_dataset_is_told(run: Callable[..., Any], tmp_path: Path) -> None:
    other = tmp_path / "x.csv"
    other.write_text("a,b\n1,2\n")
    run("import", "acled", EXAMPLES / "acled.csv")
    done = run("compare", other)
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1)
