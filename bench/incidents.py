#!/usr/bin/env python3
"""Incidents against pairs of claims judged by hand: bench/incidents.py [--half H] [--json] [--wrong]

`bench/incident_pairs.jsonl` holds pairs of claims by id (`SET/REPORT#CLAIM`), each read and labelled by hand:
`same` happening, `part` (a strike and the offensive or the day's total that it belongs to) or `not`. SET is
`examples` (examples/codings) or `train` ($STEMMA_GOLD/train, default ../shared/gold; left out where absent).
Only pairs of one family of happenings were kept, for others are never compared. The stories are split:
thresholds were chosen on the half `choose`. Of the half `held` the story of examples/ was read as it is
printed, and rules were mended by that; `unseen` are the other stories of that half.

The hand codings of each set are merged as one casebook. A pair is found `same` where both claims are of one
incident (or speak of it), `part` where one incident is `part_of` the other, or of what that is part of. P, R
and F1 are of `same`.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from stemma.merge import Held, merge_record
from stemma.model import Coding, Header, Record, Refusal
from stemma.read import read_document
from stemma.read.options import ReadOptions
from stemma.run.intake import gather_reports

HERE = Path(__file__).parent


def load(texts: Path, codings: Iterable[Path]) -> list[Held]:
    """The reports under `texts` that have a coding, with it."""
    options = ReadOptions()
    items = gather_reports([str(texts)], {}, Header(), options)
    read = [read_document(item, options) for item in items if not isinstance(item, Refusal)]
    documents = {document.report.rpartition("/")[2]: document for document in read}
    held = []
    for path in sorted(codings):
        coding = Coding.from_wire(path.read_bytes())
        document = documents.get(path.stem) or documents.get(path.stem.rpartition("__")[2])
        if document is not None:
            named = {"report": path.stem}
            held.append(Held(document.model_copy(update=named), coding.model_copy(update=named)))
    return held


def sets(root: Path) -> dict[str, list[Held]]:
    """The sets of coded reports by name; `train` only where it is there."""
    found = {
        "examples": load(HERE.parent / "examples/reports", (HERE.parent / "examples/codings").glob("*.json"))
    }
    train = root / "train"
    if train.is_dir():
        codings = [path for path in train.glob("*.json") if path.name != "index.json"]
        found["train"] = load(train / "text", codings)
    return found


Home = tuple[str, frozenset[str]]
"""An incident and all that it is part of, by their ids."""


def homes(record: Record, name: str) -> dict[str, Home]:
    """For each claim of the record its incident and what that is part of, the wholes of wholes too."""
    wholes = {incident.id: incident.part_of for incident in record.incidents}
    found: dict[str, Home] = {}
    for incident in record.incidents:
        above, whole = set(), incident.part_of
        while whole and whole not in above:
            above.add(whole)
            whole = wholes.get(whole)
        for at in incident.claims:
            found[f"{name}/{at.report}#{at.claim}"] = (incident.id, frozenset(above))
    return found


def relation(one: Home, other: Home) -> str:
    """`same`, `part` or `not`, as the record says."""
    if one[0] == other[0]:
        return "same"
    return "part" if one[0] in other[1] or other[0] in one[1] else "not"


def rates(hit: int, found: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1."""
    p, r = hit / max(1, found), hit / max(1, wanted)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / max(1e-9, p + r), 3)}


def score(pairs: list[dict[str, str]], where: dict[str, Home]) -> dict[str, Any]:
    """The figures of some pairs; those whose reports are absent do not count."""
    rows = [(pair["label"], relation(where[pair["one"]], where[pair["other"]])) for pair in pairs]
    same = rates(
        sum(gold == ours == "same" for gold, ours in rows),
        sum(ours == "same" for _, ours in rows),
        sum(gold == "same" for gold, _ in rows),
    )
    part = sum(gold == "part" for gold, _ in rows)
    linked = sum(gold == ours == "part" for gold, ours in rows)
    return {"pairs": len(rows), **same, "part": part, "linked": linked}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_GOLD", "../shared/gold")))
    parser.add_argument("--half", choices=("choose", "held"), help="show only this half, and its wrong pairs")
    parser.add_argument("--wrong", action="store_true", help="print the pairs that differ")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    where: dict[str, Home] = {}
    for name, held in sets(options.root).items():
        where |= homes(merge_record(held), name)
    lines = (HERE / "incident_pairs.jsonl").read_text("utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    pairs = [pair for pair in pairs if pair["one"] in where and pair["other"] in where]
    halves = [options.half] if options.half else ["choose", "held"]
    figures: dict[str, Any] = {half: score([p for p in pairs if p["half"] == half], where) for half in halves}
    unseen = [pair for pair in pairs if pair["half"] == "held" and pair["story"] != "examples"]
    if "held" in halves and unseen:
        figures["unseen"] = score(unseen, where)
    if options.wrong:
        for pair in pairs:
            ours = relation(where[pair["one"]], where[pair["other"]])
            if pair["half"] in halves and ours != pair["label"]:
                print(pair["story"], pair["one"], pair["other"], f"{pair['label']}, found {ours}")
    print(json.dumps(figures) if options.json else "\n".join(f"{k:8} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
