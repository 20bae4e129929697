#!/usr/bin/env python3
"""Two parties in one: python bench/parties.py [--reports N] [--without] [--json]

Codes N reports of FA-KES and N of English Worldwide Newswire that are not in the gold parts and counts the
parties to which the engine gave two names that are two parties' (`stemma.names.strangers`), by kind.
And the other way round: of the pairs of wordings that the coded reports give one party, those that the
same rule would keep apart. The rule was made while looking at both: the figures flatter.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gold
from stemma.extract.local.parties import Parties
from stemma.model import EntityKind
from stemma.names.strangers import strangers

sys.path.insert(0, str(Path(__file__).parent.parent / "training"))
BENCH = Path(os.environ.get("STEMMA_BENCH", "../shared/bench"))
GOLD = Path(os.environ.get("STEMMA_GOLD", "../shared/gold"))
SEED = 5


def uncoded(count: int) -> Iterator[tuple[str, str]]:
    """Name and text of `count` reports of each set that are not in the gold parts."""
    from corpora import worldwide

    coded = {path.stem for part in ("train", "dev") for path in (GOLD / part).glob("*.json")}
    with (BENCH / "reports" / "fa-kes.csv").open(encoding="utf-8", errors="replace") as rows:
        fakes = [
            (f"fakes__{row['unit_id']}", f"{row['article_title']}\n\n{row['article_content']}")
            for row in csv.DictReader(rows)
        ]
    worldwide.ROOT = BENCH / "worldwide_ner"
    newswire = [(f"worldwide__{report.name}", report.text) for report in worldwide.load()]
    for reports in (fakes, newswire):
        left = [report for report in reports if report[0] not in coded]
        yield from random.Random(SEED).sample(left, min(count, len(left)))


def held_twice(codings: list[dict[str, Any]]) -> dict[str, Any]:
    """By kind: parties, and those that bear the names of two."""
    found: dict[str, Counter[str]] = {}
    for coding in codings:
        for entity in coding["entities"]:
            counts = found.setdefault(entity["kind"], Counter(parties=0, **{"two in one": 0}))
            counts["parties"] += 1
            counts["two in one"] += any(parted(entity))
    return {kind: dict(counts) for kind, counts in sorted(found.items()) if counts["two in one"]}


def parted(entity: dict[str, Any]) -> Iterator[bool]:
    """Of each pair of an entity's names, whether they are two parties'."""
    for first, second in itertools.combinations(entity["names"], 2):
        yield strangers(first, second, EntityKind(entity["kind"]))


def kept_apart() -> dict[str, int]:
    """Pairs of wordings of one coded party, and those that the rule would part."""
    counts: Counter[str] = Counter()
    for path in sorted([*(GOLD / "train").glob("*__*.json"), *(GOLD / "dev").glob("*__*.json")]):
        for entity in json.loads(path.read_text("utf-8"))["entities"]:
            pairs = list(parted(entity))
            counts["pairs of one party"] += len(pairs)
            counts["kept apart"] += sum(pairs)
    return dict(counts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reports", type=int, default=120)
    parser.add_argument("--without", action="store_true", help="let the engine join them, as it did")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.without:
        Parties._is_stranger = lambda *_: False  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder) / "texts"
        texts.mkdir()
        for name, text in uncoded(options.reports):
            (texts / f"{name}.txt").write_text(text, "utf-8")
        out = Path(folder) / "codings.jsonl"
        reports = gold.code(texts, out)
        codings = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    uncoded_parties, coded = held_twice(codings), kept_apart()
    if options.json:
        print(json.dumps({"reports": reports, "uncoded": uncoded_parties, "coded": coded}, indent=1))
        return
    for kind, counts in uncoded_parties.items():
        print(f"{kind:14} {counts['two in one']:4} of {counts['parties']:5} parties bear two parties' names")
    pairs, apart = coded["pairs of one party"], coded["kept apart"]
    print(f"{'coded':14} {apart:4} of {pairs:5} pairs of wordings of one party kept apart")


if __name__ == "__main__":
    main()
