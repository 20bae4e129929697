"""A casebook of the example reports with their codings by hand: what the reports say is known."""

from __future__ import annotations

from pathlib import Path

from stemma.model import Coding, Header, Refusal
from stemma.read import read_document
from stemma.read.options import ReadOptions
from stemma.run.api import open_casebook
from stemma.run.intake import gather_reports

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def make_example_book(path: Path) -> Path:
    """Writes the casebook to this file and gives it back."""
    options = ReadOptions()
    with open_casebook(path, create=True) as store:
        for report in gather_reports([str(EXAMPLES / "reports")], {}, Header(), options):
            assert not isinstance(report, Refusal)
            coding = Coding.from_wire((EXAMPLES / "codings" / f"{report.id}.json").read_text("utf-8"))
            store.add(report, read_document(report, options), coding, f"by hand {report.id}")
    return path
