"""Sentences with a PLOVER event: PLV (with source and target), the PLOVER gold records, CAMEO classes."""

from __future__ import annotations

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "plover"
QUADS = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "COOPERATE": 2,
    "AID": 2,
    "YIELD": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
"""The root codes of PLV and their quad class: 1 and 2 verbal and material cooperation, 3 and 4 conflict."""
MERGED = {
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
"""Codes of other versions of PLOVER as PLV has them."""


@dataclass
class Sentence:
    """One sentence, its root code (null where only the quad class is known) and its marked parties."""

    text: str
    root: str | None
    quad: int
    source: str = ""
    target: str = ""


def plv(part: str | None = None) -> list[Sentence]:
    """The sentences of PLV; `part` is the file's name without its ending."""
    path = ROOT / f"{part or 'PLV_train'}.tsv"
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Sentence(row["sentence"], row["gold_root"], int(row["gold_penta"]), row["source"], row["target"])
            for row in csv.DictReader(rows, delimiter="\t")
        ]


def records() -> list[Sentence]:
    """The PLOVER gold records, with the root codes of PLV."""
    found = []
    for row in json.loads((ROOT / "PLOVER_GSR_CAMEO.txt").read_text("utf-8", errors="replace")):
        root = MERGED.get(row["event"], row["event"])
        if root in QUADS:
            found.append(Sentence(row["text"], root, QUADS[root]))
    return found


def classes() -> list[Sentence]:
    """Sentences with a quad class only; 0 is none of the four."""
    lines = (ROOT / "cameo_class" / "train.tsv").read_text("utf-8").splitlines()
    rows = [line.rpartition("\t") for line in lines if line.strip()]
    return [Sentence(text, None, int(quad)) for text, _, quad in rows if quad.strip().isdigit()]
