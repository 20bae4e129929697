"""The texts of coded reports, rebuilt from the public sets that hold them; none is kept in the project.

Ids: `fakes/<unit_id>`, `voa/<document>`, `muc-dev/<message>`, and `own/<name>` for reports of our own.
"""

from __future__ import annotations

import csv
import json
import os
from functools import cache
from pathlib import Path

BENCH = Path(os.environ.get("STEMMA_BENCH", "../shared/bench"))
OWN = Path(__file__).parent.parent / "reports"


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@cache
def _fakes() -> dict[str, str]:
    with (BENCH / "reports" / "fa-kes.csv").open(encoding="utf-8", errors="replace", newline="") as rows:
        texts: dict[str, str] = {}
        for row in csv.DictReader(rows):
            # One id stands twice in the set, with two texts: the first was coded.
            text = _lines(f"{row['article_title'].strip()}\n\n{row['article_content'].strip()}")
            texts.setdefault(row["unit_id"], text)
        return texts


@cache
def _voa() -> dict[str, str]:
    reports: dict[str, dict[int, str]] = {}
    for name in ("text_only_event", "text_multimedia_event"):
        for line in (BENCH / "m2e2" / f"{name}.jsonl").read_text("utf-8").splitlines():
            row = json.loads(line)
            report, number = row["sentence_id"].rsplit("_", 1)
            reports.setdefault(report, {})[int(number)] = row["sentence"]
    return {report: " ".join(rows[k] for k in sorted(rows)) for report, rows in reports.items()}


@cache
def _muc() -> dict[str, str]:
    from corpora.muc4 import texts

    return texts(BENCH / "muc4" / "dev")


def text_of(report: str) -> str:
    """The text of a coded report; raises `KeyError` where its set is absent or lacks it."""
    corpus, _, name = report.partition("/")
    if corpus == "own":
        path = OWN / f"{name}.txt"
        if not path.exists():
            raise KeyError(report)
        return path.read_text("utf-8")
    if not BENCH.exists():
        raise KeyError(f"{report}: no public data at {BENCH}; set STEMMA_BENCH")
    return {"fakes": _fakes, "voa": _voa, "muc-dev": _muc}[corpus]()[name]
