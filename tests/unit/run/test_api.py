from __future__ import annotations

import datetime
import io
from pathlib import Path
from typing import Any

import pytest

import stemma

TEXT = "Ferries\n\nThe ferry to the islands left the harbour on time, and the town was quiet.\n"


def test_one_report(folder: Path, engine: Any) -> None:
    reading = stemma.read(folder / "r1.txt", outlet="The Coast Daily", published="2021-03-10")
    assert len(reading.claims) == 1
    assert reading.document.outlet == "The Coast Daily"
    assert reading.document.published == datetime.date(2021, 3, 10)


@pytest.mark.parametrize("file", [io.StringIO(TEXT), io.BytesIO(TEXT.encode())])
def test_an_open_file(file: Any, engine: Any) -> None:
    reading = stemma.read(file, published=datetime.datetime(2021, 3, 10, 12, 0))
    assert "The ferry to the islands" in reading.document.text
    assert reading.document.published == datetime.date(2021, 3, 10)


def test_several_reports_are_not_one(folder: Path, engine: Any) -> None:
    with pytest.raises(stemma.UsageError, match=r"several reports; use stemma\.read_all"):
        stemma.read(folder)


def test_an_empty_folder_holds_no_report(tmp_path: Path, engine: Any) -> None:
    with pytest.raises(stemma.ReadError):
        stemma.read(tmp_path)


def test_a_report_that_cannot_be_read(tmp_path: Path, engine: Any) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(stemma.ReadError, match=r"empty\.txt"):
        stemma.read(tmp_path / "empty.txt")


def test_all_reports(folder: Path, engine: Any) -> None:
    (folder / "r2.txt").write_text("")
    results = list(stemma.read_all(folder))
    assert [type(result).__name__ for result in results].count("Refusal") == 1
    assert len(results) == 5
    assert len(list(stemma.read_all([folder / "r0.txt", folder / "r1.txt"]))) == 2


def test_a_casebook_is_made_only_when_asked(tmp_path: Path) -> None:
    with pytest.raises(stemma.CasebookError):
        stemma.open_casebook(tmp_path / "a.casebook")
    with stemma.open_casebook(tmp_path / "a.casebook", create=True) as store:
        assert store.tally().reports == 0
