#!/usr/bin/env python3
"""The merged record against the coded stories: python bench/stories.py [--root DIR] [--cache FILE] [--json]

Reads, codes and merges every story under ROOT/lineage as `stemma lineage` does and scores the record with
ROOT/score_lineage.py. ROOT is $STEMMA_GOLD, else ../shared/gold. `claims`: share of the coder's claims that
an incident or a statement meets; `origins`: of those, share whose number of origins lies within the coder's
interval; `naive`: the same share with a page an origin; `disputes`: share of disputes over numbers shown.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from lineage import read_stories
from stemma.merge import merge_record
from stemma.run.merging import story_form

FIGURES = ("claims", "origins", "naive", "disputes")


def measure(root: Path, cache: Path | None = None) -> dict[str, Any]:
    """The figures of the record of all stories."""
    with tempfile.TemporaryDirectory() as folder:
        for name, held in read_stories(root / "lineage", cache).items():
            form = json.dumps(story_form(merge_record(held)), ensure_ascii=False)
            (Path(folder) / f"{name}.json").write_text(form, "utf-8")
        run = subprocess.run(
            [sys.executable, root / "score_lineage.py", root / "lineage", folder, "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
    figures = json.loads(run.stdout)
    return {name: figures[name] for name in FIGURES}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_GOLD", "../shared/gold")))
    parser.add_argument("--cache", type=Path, help="keep what was read and coded here between runs")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.root, options.cache)
    print(json.dumps(figures) if options.json else "\n".join(f"{k:10} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
