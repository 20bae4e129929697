"""The tutorial runs from start to end, as whoever downloads it would run it, and is kept without outputs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
TUTORIAL = ROOT / "docs" / "tutorial.ipynb"
SECONDS = 300
"""For one cell, on a machine that is busy; the whole takes some ten seconds on a free one."""


@pytest.fixture(scope="module")
def notebook() -> Any:
    return nbformat.read(TUTORIAL, as_version=4)


def test_it_is_kept_without_outputs(notebook: Any) -> None:
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.fixture(scope="module")
def run(notebook: Any) -> dict[str, Any]:
    """What each code cell gave, by its source."""
    client = NotebookClient(
        notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    )
    done = client.execute()
    return {cell.source: cell.outputs for cell in done.cells if cell.cell_type == "code"}


def drawn(run: dict[str, Any], source: str) -> str:
    outputs = run[source]
    assert len(outputs) == 1, source
    return str(outputs[0].data["text/html"])


def test_each_cell_runs_and_warns_of_nothing(run: dict[str, Any]) -> None:
    assert len(run) > 15
    for source, outputs in run.items():
        assert [out for out in outputs if out.output_type in ("stream", "error")] == [], source


def test_answers_are_drawn(run: dict[str, Any]) -> None:
    assert "c1</sup>" in drawn(run, next(source for source in run if source.startswith("courier =")))
    assert "data:image/svg+xml" in drawn(run, "book.lineage()")
    assert "Ostrel Courier" in drawn(run, 'book.claims(type="REALIGN", actor="Senn")')
    assert "Tolvar Free Front" in drawn(run, 'book.dossier("Tolvar Free Front")')


def test_nothing_that_is_drawn_asks_for_anything_from_outside(run: dict[str, Any]) -> None:
    for outputs in run.values():
        for output in outputs:
            told = str(output.get("data", {}).get("text/html", ""))
            assert not re.search(r"<(script|link|iframe)|(src|href)=\"(?!data:|#)", told)
