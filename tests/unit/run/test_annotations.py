"""brat and Label Studio, out and in again: untouched no judgement, every touch one, twice nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from full_record import TEXT, full_wire
from round_trip import written

from stemma.export.brat import Brat
from stemma.export.labelstudio import Labelstudio
from stemma.merge import Held
from stemma.merge.judgements import apply_judgements
from stemma.model import Coding, Document, Judgement, Record, Report
from stemma.run.importing import Imported, import_annotations
from stemma.store import StoreOptions, open_casebook
from stemma.store.protocol import Store

REPORT = "herald/1"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    report = Report(id=REPORT, address="a.txt", media_type="text/plain", content=TEXT.encode())
    document = Document(report=REPORT, report_hash=report.bytes_hash(), text=TEXT)
    coding = Coding.from_wire({**full_wire()["codings"][0], "document_hash": document.content_hash()})
    with open_casebook(StoreOptions(str(tmp_path / "a.casebook")), create=True) as held:
        held.add(report, document, coding, "0" * 64)
        yield held


def export_brat(store: Store, folder: Path) -> Path:
    folder.mkdir()
    record = Record(codings=tuple(store.codings()))
    for name, file in written(Brat(), record, {REPORT: store.document(REPORT)}).files.items():
        (folder / name).write_bytes(file.getvalue())
    return next(folder.glob("*.ann"))


def export_tasks(store: Store) -> list[dict[str, Any]]:
    record = Record(codings=tuple(store.codings()))
    files = written(Labelstudio(), record, {REPORT: store.document(REPORT)})
    tasks: list[dict[str, Any]] = json.loads(files.text("tasks.json"))
    for task in tasks:
        result = task.pop("predictions")[0]["result"]
        task["annotations"] = [{"result": result, "completed_by": {"email": "ana@example.org"}}]
    return tasks


def bring(
    store: Store, format: str, path: Path, *, accept: bool = False, person: str | None = "Ana"
) -> Imported:
    done = Imported("judgements")
    refused = list(import_annotations(store, format, [str(path)], done, person=person, accept=accept))
    assert not refused
    return done


def judged(store: Store) -> Coding:
    held = Held(store.document(REPORT), store.coding(REPORT))
    found = apply_judgements([held], store.judgements())
    assert not found.skipped
    return found.held[0].coding


def made(store: Store) -> dict[str, Judgement]:
    return {one.subject.partition("#")[2]: one for one in store.judgements()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_brat_untouched_says_nothing_or_that_all_is_accepted(store: Store, tmp_path: Path) -> None:
    path = export_brat(store, tmp_path / "brat")
    assert bring(store, "brat", path).new == 0
    assert list(store.judgements()) == []
    assert bring(store, "brat", path.parent, accept=True).new == 2
    assert {(name, one.verdict) for name, one in made(store).items()} == {("c1", "accept"), ("c2", "accept")}


def test_brat_each_change_is_a_judgement_and_twice_is_once(store: Store, tmp_path: Path) -> None:
    path = export_brat(store, tmp_path / "brat")
    edit(path, "certainty E1 probable", "certainty E1 possible")
    edit(path, "negated E1", "other E1")
    end = TEXT.index("Kolmaz") + 3
    start = TEXT.index("Kolmaz")
    edit(path, f"place {start} {start + 6}\tKolmaz", f"place {start} {end}\tKol")
    edit(path, "ASSAULT:", "COERCE:")
    done = bring(store, "brat", path)
    changes = {name: (one.verdict, one.value) for name, one in made(store).items()}
    assert changes["c1/certainty"] == ("correct", "possible")
    assert changes["c1/negated"] == ("correct", False)
    assert changes["c1/type"] == ("correct", "COERCE")
    assert changes["c1/mode"] == ("correct", None)
    assert changes["c1/place"][1]["text"] == "Kol"
    assert changes["c1/place"][1]["country"] == "SY"
    assert "c1/time" not in changes
    assert "c1/sources" not in changes
    claim = judged(store).claims[0]
    assert (claim.certainty, claim.negated, claim.type, claim.mode) == ("possible", False, "COERCE", None)
    again = bring(store, "brat", path)
    assert (again.new, again.known) == (0, done.new)


def test_brat_a_claim_gone_is_rejected_and_a_new_one_added(store: Store, tmp_path: Path) -> None:
    path = export_brat(store, tmp_path / "brat")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("E2\t")]
    start = TEXT.index("residents")
    lines += [
        f"T90\tpeople {start} {start + 9}\tresidents",
        "T91\tDENY 0 6\tRebels",
        "E9\tDENY:T91 actor:T90",
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    bring(store, "brat", path)
    found = made(store)
    assert found["c2"].verdict == "reject"
    (added,) = [one for one in found.values() if one.verdict == "add" and "@" not in one.subject]
    (entity,) = [one for one in found.values() if "#@" in one.subject]
    assert entity.value["names"] == ["residents"]
    coding = judged(store)
    assert [claim.id for claim in coding.claims] == ["c1", added.subject.partition("#")[2]]
    assert coding.claims[1].roles == {"actor": (entity.subject.partition("@")[2],)}
    assert coding.claims[1].trigger == "Rebels"


def test_somebody_elses_annotation_rejects_nothing(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(TEXT, "utf-8")
    (tmp_path / "x.ann").write_text("T1\tPROTEST 0 6\tRebels\nE1\tPROTEST:T1\n", "utf-8")
    assert bring(store, "brat", tmp_path / "x.txt").new == 1
    assert [one.verdict for one in store.judgements()] == ["add"]


def test_a_text_that_is_not_held_and_a_type_that_is_none_are_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("Other words", "utf-8")
    (tmp_path / "x.ann").write_text("T1\tPROTEST 0 5\tOther\nE1\tPROTEST:T1\n", "utf-8")
    done = Imported("judgements")
    refused = list(
        import_annotations(store, "brat", [str(tmp_path / "x.ann")], done, person="A", accept=False)
    )
    assert [one.what for one in refused] == ["no report of the casebook has this text"]
    (tmp_path / "x.txt").write_text(TEXT, "utf-8")
    edit(tmp_path / "x.ann", "PROTEST:", "Duel:")
    edit(tmp_path / "x.ann", "PROTEST", "Duel")
    refused = list(
        import_annotations(store, "brat", [str(tmp_path / "x.ann")], done, person="A", accept=False)
    )
    assert [one.what for one in refused] == ["'Duel' is no type of claim"]
    refused = list(
        import_annotations(store, "brat", [str(tmp_path / "x.ann")], done, person=None, accept=False)
    )
    assert [one.mend for one in refused] == ["name the person with --person"]


def test_label_studio_untouched_and_changed(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    tasks = export_tasks(store)
    path.write_text(json.dumps(tasks), "utf-8")
    assert bring(store, "labelstudio", path, person=None).new == 0
    result = tasks[0]["annotations"][0]["result"]
    for one in result:
        if one["type"] == "choices" and one["value"]["choices"] == ["future"]:
            one["value"]["choices"] = ["actual"]
    tasks[0]["annotations"][0]["result"] = [
        one for one in result if not (one["type"] == "relation" and one["labels"] == ["time"])
    ]
    path.write_text(json.dumps(tasks), "utf-8")
    bring(store, "labelstudio", path, person=None)
    changes = {name: (one.verdict, one.value, one.person) for name, one in made(store).items()}
    assert changes == {
        "c1/status": ("correct", "actual", "ana@example.org"),
        "c1/time": ("correct", None, "ana@example.org"),
        "c2/status": ("correct", "actual", "ana@example.org"),
        "c2/time": ("correct", None, "ana@example.org"),
    }
    assert all(claim.time is None and claim.status == "actual" for claim in judged(store).claims)


def test_predictions_are_nobodys_word(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    tasks = export_tasks(store)
    tasks[0]["predictions"] = [tasks[0].pop("annotations")[0]]
    path.write_text(json.dumps(tasks), "utf-8")
    done = Imported("judgements")
    refused = list(import_annotations(store, "labelstudio", [str(path)], done, person="A", accept=True))
    assert [one.code for one in refused] == ["no-annotation"]
    assert list(store.judgements()) == []
