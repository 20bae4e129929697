from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize("columns", ["40", "80", "160"])
def test_words_and_claims(stemma: Any, casebook: Path, monkeypatch: Any, columns: str) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    done = stemma("show", "north/first", "--casebook", str(casebook))
    assert done.status == 0
    assert "attacked[c1]" in done.out
    assert "joined[c2]" in done.out
    assert "ASSAULT clash" in done.out
    assert "residents (anonymous) ──▶" in done.out
    assert max(map(len, done.out.splitlines())) <= int(columns)


def test_beside_where_there_is_room(stemma: Any, casebook: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    wide = stemma("show", "north/first", "--casebook", str(casebook)).out
    monkeypatch.setenv("COLUMNS", "80")
    narrow = stemma("show", "north/first", "--casebook", str(casebook)).out

    def indent(out: str) -> int:
        return next(line.index("ASSAULT") for line in out.splitlines() if "ASSAULT" in line)

    assert indent(wide) > 80
    assert indent(narrow) < 10


def test_the_last_part_of_an_id_is_enough(stemma: Any, casebook: Path) -> None:
    assert "attacked[c1]" in stemma("show", "first", "--casebook", str(casebook)).out


def test_an_unknown_report_is_said_with_near_ones(stemma: Any, casebook: Path) -> None:
    done = stemma("show", "north/frist", "--casebook", str(casebook))
    assert done.status == 2
    assert done.out == ""
    assert "no report is called 'north/frist' (did you mean north/first" in done.err
    assert len(done.err.splitlines()) == 1


def test_a_file_is_read_at_once(stemma: Any, folder: Path) -> None:
    done = stemma("show", str(folder / "second.txt"))
    assert done.status == 0
    assert "attacked[c1]" in done.out


def test_status(stemma: Any, casebook: Path, folder: Path) -> None:
    (folder / "empty.txt").write_text("")
    stemma("add", str(folder), "--casebook", str(casebook))
    done = stemma("status", "--casebook", str(casebook))
    assert done.status == 0
    lines = [line.split() for line in done.out.splitlines() if line.strip()]
    assert lines[0] == [str(casebook)]
    assert ["claims", "3"] in lines
    assert ["hedged", "1"] in lines
    assert ["refused", "1"] in lines
    assert ["ASSAULT", "2", "█" * 24] in lines
    assert ["REALIGN", "1", "█" * 12] in lines
    assert "empty" in done.out
