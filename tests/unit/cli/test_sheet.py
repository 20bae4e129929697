from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.cli.sheet import SheetWriter, safe_cell
from stemma.model import Coding
from stemma.show import COLUMNS


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


def test_other_values_stay() -> None:
    assert [safe_cell(cell) for cell in ("a=b", "", 3, 0.5, None)] == ["a=b", "", 3, 0.5, ""]


@given(st.text())
def test_no_text_cell_starts_a_formula(text: str) -> None:
    assert not str(safe_cell(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_cells_survive_commas_quotes_and_line_breaks(capsys: Any) -> None:
    evidence = '=HYPERLINK("http://x"), he said\nand left'
    coding = Coding.from_wire(
        {"report": "r", "claims": [{"id": "c1", "type": "DENY", "evidence": evidence, "trigger": "left"}]}
    )
    SheetWriter(screen=False).write(coding)
    header, row = csv.reader(io.StringIO(capsys.readouterr().out))
    assert tuple(header) == COLUMNS
    assert row[COLUMNS.index("evidence")] == f"'{evidence}"


def test_a_lone_carriage_return_breaks_no_row(capsys: Any) -> None:
    coding = Coding.from_wire(
        {"report": "r", "claims": [{"id": "c1", "type": "DENY", "evidence": "a\rb", "trigger": "b"}]}
    )
    SheetWriter(screen=False).write(coding)
    header, row = csv.reader(io.StringIO(capsys.readouterr().out, newline=""))
    assert row[COLUMNS.index("evidence")] == "a\nb"
    assert len(row) == len(header)
