"""The how-tos, followed step by step on the example reports with their codings by hand."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from stemma.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "support"))
from example_book import make_example_book  # noqa: E402 - the path stands above

FENCE = re.compile(r"^```\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
NOT_HERE = ("stemma add", "stemma desk")
"""The reports are in the casebook already, by hand; the desk waits for a person."""


def page(name: str) -> str:
    return (ROOT / "docs" / "howto" / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["researcher", "investigator", "documenter"])
def test_each_step_can_be_followed(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for book in ("tolvar", "other"):
        make_example_book(tmp_path / f"{book}.casebook")
    steps = [line for block in FENCE.findall(page(name)) for line in block.splitlines()]
    assert len(steps) > 3
    for step in steps:
        if step.startswith(NOT_HERE):
            continue
        run = CliRunner().invoke(app, shlex.split(step)[1:])
        assert run.exit_code == 0, f"{step}\n{run.output}"
        assert run.output.strip(), step


def test_the_python_of_the_researcher_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_example_book(tmp_path / "tolvar.casebook")
    blocks = PYTHON.findall(page("researcher"))
    assert len(blocks) == 1
    told: dict[str, object] = {}
    exec(compile(blocks[0], "researcher.md", "exec"), told)
    assert 0 < len(told["single"]) < len(told["incidents"])  # type: ignore[arg-type]
