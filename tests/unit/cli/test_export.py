from __future__ import annotations

import csv
import io
import json
import stat
from pathlib import Path
from typing import Any

import pytest

from stemma.export.formats import list_formats


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_folder_of_ledgers_with_its_dictionary_and_sidecar(
    stemma: Any, casebook: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ledger"
    done = stemma("export", "csv", "--casebook", str(casebook), "--out", str(out))
    assert (done.status, done.out) == (0, "")
    assert done.err == f"csv: 3 rows; what is lost stands in {out}.losses.md\n"
    claims = rows(out / "claims.csv")
    assert [row["trigger"] for row in claims] == ["attacked", "joined", "attacked"]
    assert [row["certainty"] for row in claims] == ["certain", "probable", "certain"]
    told = {(row["table"], row["column"]) for row in rows(out / "dictionary.csv")}
    for table in out.glob("*.csv"):
        if table.stem != "dictionary":
            header = next(csv.reader(io.StringIO(table.read_text("utf-8"))))
            assert told >= {(table.stem, column) for column in header}
    assert "| `judgements` |" in (tmp_path / "ledger.losses.md").read_text("utf-8")
    assert [path.name for path in tmp_path.glob(".*")] == []


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--actor", "cerin"], ["joined"]),
        (["--type", "ASSAULT"], ["attacked", "attacked"]),
        (["--hedged"], ["joined"]),
        (["--report", "second"], ["attacked"]),
        (["--limit", "1"], ["attacked"]),
    ],
)
@pytest.mark.parametrize("merged", [[], ["--claims"]])
def test_filters_are_those_of_claims(
    stemma: Any, casebook: Path, filters: list[str], found: list[str], merged: list[str]
) -> None:
    done = stemma("export", "csv", "--table", "claims", "--casebook", str(casebook), *filters, *merged)
    assert done.status == 0
    assert [row["trigger"] for row in csv.DictReader(io.StringIO(done.out))] == found
    assert "--out FILE says which" in done.err


def test_one_format_of_each_sort_goes_to_standard_output(stemma: Any, casebook: Path) -> None:
    done = stemma("export", "acled", "--casebook", str(casebook))
    assert (done.status, len(done.out.splitlines())) == (0, 1)
    assert "(no date, or none within a month)" in done.err
    lines = stemma("export", "jsonl", "--table", "codings", "--casebook", str(casebook)).out.splitlines()
    assert [json.loads(line)["report"] for line in lines] == ["north/first", "second", "third"]


def test_pseudonyms_take_the_salt_beside_the_casebook(stemma: Any, casebook: Path, tmp_path: Path) -> None:
    def export(name: str, *more: str) -> str:
        out = tmp_path / name
        done = stemma("export", "csv", "--casebook", str(casebook), "--pseudonymise", "-o", str(out), *more)
        assert done.status == 0
        return (out / "claims.csv").read_text("utf-8")

    first = export("one")
    salt = Path(f"{casebook}.salt")
    assert stat.S_IMODE(salt.stat().st_mode) == 0o600
    assert len(salt.read_text().strip()) == 64
    assert export("two") == first
    salt.unlink()
    export("three", "--salt", "given")
    assert not salt.exists()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (["acld"], "no format is called 'acld'; use one of csv,"),
        (["csv"], "this format writes several files; name a folder, or one --table"),
        (["csv", "--table", "clams"], "csv has no table 'clams'; use one of claims,"),
        (["acled", "--table", "claims"], "acled has no table 'claims'; leave it out"),
        (["csv", "--since", "2018", "--until", "2017"], "2017 lies before 2018"),
        (["acled", "--type", "ATTACK"], "no claim type is called 'ATTACK'"),
    ],
)
def test_wrong_use_is_told_in_one_line(stemma: Any, casebook: Path, call: list[str], said: str) -> None:
    done = stemma("export", *call, "--casebook", str(casebook))
    assert done.status == 2
    assert said in done.err
    assert done.err.count("\n") == 1


def test_an_old_file_stays_where_the_new_one_fails(stemma: Any, casebook: Path, tmp_path: Path) -> None:
    old = tmp_path / "ledger"
    old.write_text("old")
    done = stemma("export", "csv", "--casebook", str(casebook), "--out", str(old))
    assert (done.status, old.read_text()) == (2, "old")
    assert "here is a file" in done.err
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_the_formats_are_listed(stemma: Any) -> None:
    done = stemma("export", "--formats")
    assert done.status == 0
    assert [line.split()[0] for line in done.out.splitlines()] == [one.name for one in list_formats()]
