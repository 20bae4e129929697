from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path
from typing import Any

import pytest

from stemma.errors import UsageError
from stemma.model import Coding
from stemma.run.filters import parse_date, parse_types


def test_all_claims(stemma: Any, casebook: Path) -> None:
    done = stemma("claims", "--casebook", str(casebook))
    assert done.status == 0
    assert done.out.count("ASSAULT clash") == 2
    assert "3 claims · 1 on somebody's word" in done.out
    assert done.err == ""


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--actor", "cerin"], ["joined"]),
        (["--type", "realign"], ["joined"]),
        (["--type", "ASSAULT", "--type", "REALIGN"], ["attacked", "joined", "attacked"]),
        (["--source", "residents"], ["attacked"]),
        (["--hedged"], ["joined"]),
        (["--plain"], ["attacked", "attacked"]),
        (["--report", "second"], ["attacked"]),
        (["--limit", "1"], ["attacked"]),
        (["--text", "residents attacked"], ["attacked"]),
    ],
)
def test_filters(stemma: Any, casebook: Path, filters: list[str], found: list[str]) -> None:
    done = stemma("claims", "--casebook", str(casebook), "--format", "csv", *filters)
    assert [row["trigger"] for row in csv.DictReader(io.StringIO(done.out))] == found


def test_json_is_one_array_and_jsonl_one_coding_per_line(stemma: Any, casebook: Path) -> None:
    array = json.loads(stemma("claims", "--casebook", str(casebook), "--format", "json").out)
    lines = stemma("claims", "--casebook", str(casebook), "--format", "jsonl").out.splitlines()
    assert array == [json.loads(line) for line in lines]
    assert [Coding.from_wire(item).report for item in array] == ["north/first", "second"]


def test_nothing_found_is_said(stemma: Any, casebook: Path) -> None:
    done = stemma("claims", "--casebook", str(casebook), "--actor", "nobody")
    assert (done.status, done.out) == (0, "")
    assert done.err.splitlines() == ["no claims match among 3 in 3 report(s); loosen or drop a filter"]


def test_nothing_found_is_valid_json(stemma: Any, casebook: Path) -> None:
    done = stemma("claims", "--casebook", str(casebook), "--actor", "nobody", "--format", "json")
    assert json.loads(done.out) == []


def test_an_unknown_report_is_said_with_near_ones(stemma: Any, casebook: Path) -> None:
    done = stemma("claims", "--casebook", str(casebook), "--report", "secnd")
    assert done.status == 0
    assert done.err.splitlines() == ["no claims: no report is called secnd (did you mean second?)"]


def test_a_casebook_that_is_not_there(stemma: Any, tmp_path: Path) -> None:
    for command in (["claims"], ["status"], ["show", "x"]):
        done = stemma(*command, "--casebook", str(tmp_path / "none.casebook"))
        assert done.status == 2
        assert len(done.err.splitlines()) == 1
        assert "none.casebook" in done.err
    assert not (tmp_path / "none.casebook").exists()


def test_an_unknown_type(stemma: Any, casebook: Path) -> None:
    done = stemma("claims", "--casebook", str(casebook), "--type", "asault")
    assert done.status == 2
    assert "no claim type is called 'asault' (did you mean ASSAULT" in done.err


def test_types_in_any_case_and_spelling() -> None:
    assert parse_types(["part-of", "CLAIM_RESPONSIBILITY", "deny"]) == (
        "PART_OF",
        "CLAIM-RESPONSIBILITY",
        "DENY",
    )


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("2017", (2017, 1, 1), (2017, 12, 31)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2016-12", (2016, 12, 1), (2016, 12, 31)),
        ("2017-02-07", (2017, 2, 7), (2017, 2, 7)),
    ],
)
def test_dates(words: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    assert parse_date(words, "--since", last=False) == datetime.date(*first)
    assert parse_date(words, "--until", last=True) == datetime.date(*last)


@pytest.mark.parametrize(
    "words", ["", "yesterday", "2017-13", "2017-02-30", "17", "2017-2", "0000", "2017-02-07T00"]
)
def test_dates_that_are_none(words: str) -> None:
    with pytest.raises(UsageError, match=r"--since: .* is no date; write 2017"):
        parse_date(words, "--since", last=False)


def test_the_last_year_of_the_calendar_is_no_crash() -> None:
    with pytest.raises(UsageError):
        parse_date("9999", "--until", last=True)


def test_an_end_before_the_start(stemma: Any, casebook: Path) -> None:
    done = stemma("claims", "--casebook", str(casebook), "--since", "2020", "--until", "2019")
    assert done.status == 2
    assert done.err.splitlines() == ["stemma: --until: 2019 lies before 2020; exchange the two"]


def test_a_country_that_is_none(stemma: Any, casebook: Path) -> None:
    assert stemma("claims", "--casebook", str(casebook), "--country", "Syria").status == 2


def test_the_units_of_an_actor_are_listed_first(stemma: Any, casebook: Path) -> None:
    table = stemma(
        "claims", "--casebook", str(casebook), "--actor", "Hamas", "--with-units", "--as-of", "2016"
    )
    first, second, *_ = table.out.splitlines()
    assert first.startswith("with Hamas, ")
    assert first.endswith(" units and people:")
    assert second.startswith("  Izz ad-Din al-Qassam Brigades: part of Hamas, by the table of actors")
    rows = stemma(
        "claims", "--casebook", str(casebook), "--actor", "Belor", "--with-units", "--format", "csv"
    )
    assert len(list(csv.DictReader(io.StringIO(rows.out)))) == 3
    assert rows.err.splitlines()[0] == "without units: none are known of Belor"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--with-units"], "--with-units: it needs an actor; add --actor NAME"),
        (["--actor", "Belor", "--as-of", "2016"], "--as-of: it needs --with-units; add --with-units"),
        (["--actor", "B", "--with-units", "--as-of", "16"], "--as-of: '16' is no date"),
    ],
)
def test_units_asked_for_wrongly(stemma: Any, casebook: Path, options: list[str], said: str) -> None:
    done = stemma("claims", "--casebook", str(casebook), *options)
    assert done.status == 2
    assert said in done.err
