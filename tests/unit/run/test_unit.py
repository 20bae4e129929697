from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stemma.extract import ExtractOptions
from stemma.model import Header, Note, Report
from stemma.read.options import ReadOptions
from stemma.run.unit import unit_of
from stemma.settings import Settings

REPORT = Report(id="a", address="a.txt", media_type="text/plain", content=b"words")
BASE = unit_of(REPORT, Settings(), "1", ("local", "1"))


def test_equal_work_has_one_unit() -> None:
    moved = REPORT.model_copy(update={"id": "b", "address": "elsewhere/b.txt"})
    assert unit_of(moved, Settings(), "1", ("local", "1")) == BASE
    faster = Settings(extract=ExtractOptions(threads=4))
    assert unit_of(REPORT, faster, "1", ("local", "1")) == BASE
    other_casebook = Settings(store=replace(Settings().store, casebook="elsewhere"))
    assert unit_of(REPORT, other_casebook, "1", ("local", "1")) == BASE


@pytest.mark.parametrize(
    "change",
    [
        {"content": b"other words"},
        {"header": Header(outlet="X")},
        {"media_type": "text/html"},
        {"charset": "latin-1"},
        {"notes": (Note(code="sidecar-unreadable", text="The header could not be read."),)},
    ],
)
def test_another_report_is_another_unit(change: dict[str, Any]) -> None:
    assert unit_of(REPORT.model_copy(update=change), Settings(), "1", ("local", "1")) != BASE


@pytest.mark.parametrize(
    ("settings", "read_version", "engine"),
    [
        (Settings(), "2", ("local", "1")),
        (Settings(), "1", ("local", "2")),
        (Settings(), "1", ("other", "1")),
        (Settings(read=ReadOptions(detect_language=False)), "1", ("local", "1")),
        (Settings(extract=ExtractOptions(min_score=0.5)), "1", ("local", "1")),
    ],
)
def test_other_stages_or_options_are_another_unit(
    settings: Settings, read_version: str, engine: tuple[str, str]
) -> None:
    assert unit_of(REPORT, settings, read_version, engine) != BASE
