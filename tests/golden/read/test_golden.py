"""Reports of our own writing, each beside the passages that a person expects of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stemma.model import Document, PassageKind, Report
from stemma.read import read_document
from stemma.run.intake import gather_reports

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/expected.json"))


def read(folder: Path) -> Document:
    (path,) = (path for path in folder.glob("report.*") if path.suffix != ".json")
    (report,) = gather_reports([str(path)])
    assert isinstance(report, Report)
    return read_document(report)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_passages(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    document = read(folder)
    found = [
        [passage.kind.value, passage.outlet, " ".join(passage.span.of(document.text).split()[:4])]
        for passage in document.passages
        if passage.kind is not PassageKind.QUOTATION
    ]
    assert found == expected["passages"]


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_what_is_known_of_the_report(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    document = read(folder)
    assert {name: document.wire()[name] for name in expected["document"]} == expected["document"]
    assert [note.code for note in document.notes] == expected["notes"]
    quotations = [p.span.of(document.text) for p in document.passages_of(PassageKind.QUOTATION)]
    assert quotations == expected["quotations"]
