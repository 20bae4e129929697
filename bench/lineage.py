#!/usr/bin/env python3
"""Lineage against the coded stories: python bench/lineage.py [--root DIR] [--out DIR] [--cache FILE] [--json]

Reads and codes the reports (NN.txt with NN.json) of every story under ROOT/lineage as `stemma read` would,
finds their lineage and scores it with the definitions of ROOT/score_lineage.py. ROOT is $STEMMA_GOLD, else
../shared/gold. Only the figures of lineage are shown: pages, kin, outlets, kind. `--cache` keeps the
documents and codings between runs; `--edges` prints where gold and program differ.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from stemma.merge.lineage import lineage_of, scored_form
from stemma.merge.protocol import Held
from stemma.model import Refusal

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


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_GOLD", "../shared/gold")))
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--edges", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        figures = measure(options.root, out, options.cache)
        if options.edges:
            print("\n".join(differences(options.root, out)))
    print(json.dumps(figures) if options.json else "\n".join(f"{k:10} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
