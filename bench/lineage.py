#!/usr/bin/env python3
"""Lineage against the coded stories: python bench/lineage.py [--root DIR] [--out DIR] [--cache FILE] [--json]

Reads and codes the reports (NN.txt with NN.json) of every story under ROOT/lineage as `stemma read` would,
finds their lineage and scores it with the definitions of ROOT/score_lineage.py. ROOT is $STEMMA_GOLD, else
../shared/gold. Only the figures of lineage are shown: pages, kin, outlets, kind. `--cache` keeps the
documents and codings between runs; `--edges` prints where gold and program differ.

--near scores near-copies on the labelled pairs of bench/near_copies.jsonl: pairs of rows of
$STEMMA_BENCH/reports/fa-kes.csv (default ../shared/bench), by unit id and row number, read and labelled by
hand: `same` text with small changes, `part` of the text taken over, the same `event` in other words,
`none`. What an outlet prints under all its reports (menus, standing paragraphs) does not count as text.
--scale N times N made-up reports, a tenth of them near-copies, 50 of each story.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import json
import os
import pickle
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from stemma.merge.lineage import lineage_of, scored_form
from stemma.merge.lineage.archive import gather
from stemma.merge.lineage.edges import is_near
from stemma.merge.protocol import Held
from stemma.model import Coding, Document, Passage, PassageKind, Refusal, Span

FIGURES = ("stories", "pages", "kin", "outlets", "kind")


def read_story(folder: Path) -> list[Held]:
    """The reports of one story, read and coded."""
    from stemma.run.pipeline import read_paths

    held = []
    for item in read_paths([str(path) for path in sorted(folder.glob("[0-9]*.txt"))]):
        if isinstance(item, Refusal):
            print(item.line(), file=sys.stderr)
        else:
            held.append(Held(item.document, item.coding))
    return held


def read_stories(root: Path, cache: Path | None) -> dict[str, list[Held]]:
    """The stories under `root` by their folder's name, from the cache where there is one."""
    if cache and cache.exists():
        stories: dict[str, list[Held]] = pickle.loads(cache.read_bytes())
        return stories
    stories = {path.parent.name: read_story(path.parent) for path in sorted(root.glob("*/gold.json"))}
    if cache:
        cache.write_bytes(pickle.dumps(stories))
    return stories


def score(root: Path, out: Path) -> dict[str, Any]:
    """The figures of `score_lineage.py` for what lies in `out`."""
    run = subprocess.run(
        [sys.executable, root / "score_lineage.py", root / "lineage", out, "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    figures = json.loads(run.stdout)
    return {name: figures[name] for name in FIGURES}


def differences(root: Path, out: Path) -> list[str]:
    """One line for each edge that only gold or only the program has, or of which they differ in kind."""
    lines = []
    for path in sorted((root / "lineage").glob("*/gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        system = json.loads((out / f"{path.parent.name}.json").read_text("utf-8"))
        theirs = {(e["from"], e["to"]): e for e in gold["edges"] if not e["to"].startswith("source:")}
        ours = {(e["from"], e["to"]): e for e in system["edges"] if not e["to"].startswith("source:")}
        lines.append(path.parent.name)
        for key in sorted({*theirs, *ours}):
            mine, other = ours.get(key), theirs.get(key)
            if mine and other and mine["kind"] == other["kind"]:
                continue
            kinds = f"gold {other['kind'] if other else '-'}, program {mine['kind'] if mine else '-'}"
            lines.append(f"  {key[0]} -> {key[1]}: {kinds}{' (' + mine['reason'] + ')' if mine else ''}")
        groups = [g["pages"] if isinstance(g, dict) else g for g in gold["same_dispatch"]]
        lines.append(f"  dispatches: gold {groups}, program {system['same_dispatch']}")
    return lines


def measure(root: Path, out: Path, cache: Path | None = None) -> dict[str, Any]:
    """Writes the lineage of each story into `out` and scores it."""
    for name, held in read_stories(root / "lineage", cache).items():
        (out / f"{name}.json").write_text(
            json.dumps(scored_form(lineage_of(held)), ensure_ascii=False), "utf-8"
        )
    return score(root, out)


def near_copies(bench: Path, labels: Path) -> dict[str, Any]:
    """Precision, recall and F1 of the pairs that are found to share text, over the labelled pairs."""
    with (bench / "reports" / "fa-kes.csv").open(encoding="utf-8", errors="replace") as table:
        rows = list(csv.DictReader(table))
    held = []
    for number, row in enumerate(rows):
        month, day, year = map(int, row["date"].split("/"))
        document = Document(
            report=str(number),
            report_hash="",
            text=row["article_content"],
            outlet=row["source"],
            published=datetime.date(year, month, day),
            language="en",
        )
        held.append(Held(document, Coding(report=str(number))))
    archive = gather(held, datetime.date(2030, 1, 1))
    hit = found = wanted = 0
    wrong = []
    for line in labels.read_text("utf-8").splitlines():
        pair = json.loads(line)
        (one_id, one), (other_id, other) = pair["one"], pair["other"]
        if (rows[one]["unit_id"], rows[other]["unit_id"]) != (one_id, other_id):
            raise SystemExit(f"{labels}: row {one} or {other} is another report; the table has changed")
        kins = archive.traces[one].kin, archive.traces[other].kin
        candidate = kins[0] == kins[1] or kins[1] in archive.neighbours.get(kins[0], ())
        system = candidate and is_near(archive.overlap(one, other))
        gold = pair["label"] in ("same", "part")
        hit, found, wanted = hit + (system and gold), found + system, wanted + gold
        if system != gold:
            wrong.append(f"{one_id}-{other_id} {pair['label']}")
    precision, recall = hit / max(1, found), hit / max(1, wanted)
    return {
        "pairs": sum(1 for _ in labels.read_text("utf-8").splitlines()),
        "near-copies": wanted,
        "p": round(precision, 3),
        "r": round(recall, 3),
        "f1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
        "wrong": wrong,
    }


def made_up(number: int, seed: int = 7) -> list[Held]:
    """`number` reports of 100 words in a made-up tongue, a tenth near-copies of others, 50 of each story."""
    chance = random.Random(seed)
    parts = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("l", "n", "r", "s", "m", "th")]
    words = [chance.choice(parts) + chance.choice(parts) for _ in range(20_000)]
    names = [word.title() for word in words[:4000]]
    start = datetime.date(2010, 1, 1)
    held: list[Held] = []
    texts: list[str] = []
    for index in range(number):
        story = random.Random(index // 50)
        if texts and index % 10 == 9:
            tokens = texts[chance.randrange(max(0, index - 40), index)].split()
            for _ in range(len(tokens) // 20):
                tokens[chance.randrange(len(tokens))] = chance.choice(words)
            text = " ".join(tokens)
        else:
            cast = [story.choice(names) for _ in range(6)]
            tokens = [chance.choice(words) for _ in range(85)] + chance.choices(cast, k=10)
            tokens += [str(story.randrange(2, 90)) for _ in range(5)]
            chance.shuffle(tokens)
            text = " ".join(tokens) + (" told Reuters." if index % 7 == 0 else ".")
        texts.append(text)
        if len(texts) > 64 and index >= 64:
            texts[index - 64] = ""
        document = Document(
            report=f"r{index}",
            report_hash="",
            text=text,
            passages=(Passage(kind=PassageKind.BODY, span=Span(start=0, end=len(text))),),
            outlet=f"Paper {index % 997}",
            published=start + datetime.timedelta(days=index // 400),
            language="en",
        )
        held.append(Held(document, Coding(report=f"r{index}")))
    return held


def scale(number: int) -> dict[str, Any]:
    """Seconds of processor and memory for the lineage of `number` made-up reports."""
    held = made_up(number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    started = time.process_time()
    lineage = lineage_of(held)
    return {
        "reports": number,
        "seconds": round(time.process_time() - started, 1),
        "MB before": before,
        "MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "edges": len(lineage.dependences),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_GOLD", "../shared/gold")))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--edges", action="store_true")
    parser.add_argument("--near", action="store_true")
    parser.add_argument("--scale", type=int)
    options = parser.parse_args()
    if options.near or options.scale:
        bench = Path(os.environ.get("STEMMA_BENCH", "../shared/bench"))
        labels = Path(__file__).with_name("near_copies.jsonl")
        figures = scale(options.scale) if options.scale else near_copies(bench, labels)
        print(json.dumps(figures) if options.json else "\n".join(f"{k:12} {v}" for k, v in figures.items()))
        return
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        figures = measure(options.root, out, options.cache)
        if options.edges:
            print("\n".join(differences(options.root, out)))
    print(json.dumps(figures) if options.json else "\n".join(f"{k:10} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
