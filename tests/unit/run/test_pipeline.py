from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from stemma.errors import EngineError, UsageError
from stemma.extract import ExtractOptions
from stemma.model import Header, Refusal
from stemma.run import Added, Reading, add_paths, count_reports, read_paths
from stemma.run.api import open_casebook
from stemma.settings import Settings
from stemma.store.protocol import Outcome


def test_reports_come_in_order(folder: Path, engine: Any) -> None:
    readings = list(read_paths([folder]))
    assert [reading.report for reading in readings if isinstance(reading, Reading)] == [
        "r0",
        "r1",
        "r2",
        "r3",
        "r4",
    ]


def test_a_reading_holds_document_and_coding(folder: Path, engine: Any) -> None:
    reading = next(read_paths([folder / "r3.txt"], header=Header(outlet="The Coast Daily")))
    assert isinstance(reading, Reading)
    assert "quiet on day 3" in reading.document.text
    assert reading.coding.outlet == "The Coast Daily"
    assert reading.claims == reading.coding.claims
    assert reading.entities[0].names == (reading.document.text.split()[0],)


def test_a_bad_report_costs_itself_only(folder: Path, engine: Any) -> None:
    (folder / "r1.txt").write_text("")
    (folder / "r2.txt").write_text("These words explode within the engine, and nobody outside it sees why.\n")
    results = list(read_paths([folder]))
    assert [isinstance(result, Refusal) for result in results].count(True) == 2
    faults = [result for result in results if isinstance(result, Refusal)]
    assert {fault.code for fault in faults} >= {"internal-error"}
    assert all(fault.where and fault.what and fault.mend for fault in faults)
    assert [result.report for result in results if isinstance(result, Reading)] == ["r0", "r3", "r4"]


def test_an_unknown_engine_stops_the_run_before_it_begins(folder: Path) -> None:
    with pytest.raises(UsageError, match="no engine is called 'oracle'"):
        next(read_paths([folder], Settings(extract=ExtractOptions(engine="oracle"))))


def test_an_engine_that_cannot_start_is_one_fault(folder: Path, monkeypatch: Any) -> None:
    def fail(options: object) -> None:
        raise FileNotFoundError("model.onnx")

    monkeypatch.setattr("stemma.extract.find_engine", fail)
    with pytest.raises(EngineError, match=r"model\.onnx.*; install"):
        list(read_paths([folder]))


def test_add_stores_and_knows(folder: Path, engine: Any, tmp_path: Path) -> None:
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        first = list(add_paths([folder], store))
        assert first == [Added(f"r{number}", Outcome.ADDED, 1) for number in range(5)]
        assert store.coding("r2").claims[0].id == "c1"
        again = list(add_paths([folder], store))
        assert again == [Added(f"r{number}", Outcome.KNOWN) for number in range(5)]
        assert len(engine.seen) == 5


def test_a_run_that_was_cut_off_goes_on_where_it_was(folder: Path, engine: Any, tmp_path: Path) -> None:
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        run = add_paths([folder], store)
        next(run)
        next(run)
        run.close()  # type: ignore[attr-defined]
    with open_casebook(tmp_path / "a.casebook") as store:
        outcomes = [added.outcome for added in add_paths([folder], store) if isinstance(added, Added)]
    assert outcomes == [Outcome.KNOWN] * 2 + [Outcome.ADDED] * 3


def test_changed_bytes_are_a_version(folder: Path, engine: Any, tmp_path: Path) -> None:
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        list(add_paths([folder], store))
        (folder / "r0.txt").write_text(
            "Changed\n\nThe harbour was not quiet after all, the paper now writes.\n"
        )
        outcomes = [added.outcome for added in add_paths([folder], store) if isinstance(added, Added)]
        assert outcomes == [Outcome.VERSION] + [Outcome.KNOWN] * 4
        assert len(store.versions("r0")) == 2


def test_the_same_report_twice_in_one_run_is_known(folder: Path, engine: Any, tmp_path: Path) -> None:
    with open_casebook(tmp_path / "a.casebook", create=True) as store:
        path = folder / "r0.txt"
        outcomes = [added.outcome for added in add_paths([path, path], store) if isinstance(added, Added)]
        ids = len(store.report_ids())
    assert outcomes in ([Outcome.ADDED, Outcome.KNOWN], [Outcome.ADDED]) or ids == 2


def test_counting(folder: Path) -> None:
    assert count_reports([folder], Settings()) == 5
    assert count_reports([folder, "-"], Settings()) is None
    assert count_reports([folder], Settings(), seconds=-1.0) is None


def test_workers_change_nothing_but_the_speed(folder: Path, engine: Any, monkeypatch: Any) -> None:
    # Forked processes know the fake engine; spawned ones would not.
    monkeypatch.setattr("stemma.run.work.START_METHOD", "fork")
    (folder / "r2.txt").write_text("")
    assert list(read_paths([folder], workers=2)) == list(read_paths([folder], workers=1))
