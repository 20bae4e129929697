"""A fake engine that finds one claim per report, and codes nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from stemma.model import Coding, Document


class FakeEngine:
    """Finds the first word as a claim; fails on the word `explode`."""

    name = "fake"
    version = "1"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, document: Document) -> Coding:
        self.seen.append(document.report)
        if "explode" in document.text:
            raise IndexError("boom")
        word = document.text.split()[0]
        return Coding.from_wire(
            {
                "report": document.report,
                "outlet": document.outlet,
                "published": document.published.isoformat() if document.published else None,
                "entities": [{"id": "e1", "kind": "group", "names": [word]}],
                "claims": [{"id": "c1", "type": "DENY", "evidence": word, "trigger": word}],
            }
        )


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    fake = FakeEngine()
    monkeypatch.setattr("stemma.extract.find_engine", lambda options: fake)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five reports of a few lines."""
    reports = tmp_path / "reports"
    reports.mkdir()
    for number in range(5):
        (reports / f"r{number}.txt").write_text(
            f"Note {number}\n\nThe harbour was quiet on day {number}, and the ferry left in the morning.\n"
        )
    return reports
