from __future__ import annotations

from pathlib import Path
from typing import Any

from stemma.run.api import open_casebook


def test_what_is_added_is_there(stemma: Any, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.casebook"
    done = stemma("add", str(folder), "--casebook", str(file))
    assert done.status == 0
    assert sorted(done.out.splitlines()) == [
        "added: north/first, 2 claims",
        "added: second, 1 claim",
        "added: third, 0 claims",
    ]
    assert done.err.splitlines() == [f"3 reports added, 0 refused, 3 claims; in {file}"]
    with open_casebook(file) as store:
        assert list(store.report_ids()) == ["north/first", "second", "third"]


def test_adding_again_changes_nothing_and_codes_nothing(
    stemma: Any, folder: Path, casebook: Path, engine: Any
) -> None:
    before = list(engine.seen)
    done = stemma("add", str(folder), "--casebook", str(casebook))
    assert done.status == 0
    assert engine.seen == before
    assert "0 reports added, 3 known already, 0 refused, 0 claims" in done.err
    assert sorted(done.out.splitlines()) == ["known: north/first", "known: second", "known: third"]


def test_another_header_is_another_unit(stemma: Any, folder: Path, casebook: Path) -> None:
    done = stemma("add", str(folder / "second.txt"), "--outlet", "X", "--casebook", str(casebook))
    assert "1 report added" in done.err


def test_a_new_engine_version_codes_anew(stemma: Any, folder: Path, casebook: Path, engine: Any) -> None:
    engine.version = "2"
    done = stemma("add", str(folder), "--casebook", str(casebook))
    assert "recoded: second, 1 claim" in done.out


def test_refusals_are_noted(stemma: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("")
    file = tmp_path / "a.casebook"
    done = stemma("add", str(folder), "--casebook", str(file))
    assert done.status == 1
    assert "3 reports added, 1 refused" in done.err
    with open_casebook(file) as store:
        assert len(list(store.refusals())) == 1


def test_a_casebook_that_is_none(stemma: Any, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.casebook"
    file.write_text("this is a text file, not a casebook\n" * 50)
    done = stemma("add", str(folder), "--casebook", str(file))
    assert done.status == 2
    assert len(done.err.splitlines()) == 1
    assert str(file) in done.err
    assert done.out == ""


def test_the_environment_names_the_casebook(
    stemma: Any, folder: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setenv("STEMMA_CASEBOOK", str(tmp_path / "named.casebook"))
    assert stemma("add", str(folder)).status == 0
    assert (tmp_path / "named.casebook").is_file()


def test_an_interrupt_keeps_what_was_added(
    stemma: Any, folder: Path, tmp_path: Path, engine: Any, monkeypatch: Any
) -> None:
    code = engine.extract

    def interrupted(document: Any) -> Any:
        if len(engine.seen) == 2:
            raise KeyboardInterrupt
        return code(document)

    monkeypatch.setattr(engine, "extract", interrupted)
    file = tmp_path / "a.casebook"
    done = stemma("add", str(folder), "--casebook", str(file))
    assert done.status == 130
    assert "stopped: 2 reports added" in done.err
    with open_casebook(file) as store:
        assert len(store.report_ids()) == 2
