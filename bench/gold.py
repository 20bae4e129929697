#!/usr/bin/env python3
"""Claims against the coded reports: python bench/gold.py [--split dev] [--root DIR] [--json]

Codes every report of ROOT/SPLIT/text as `stemma read` would and scores the claims with ROOT/score.py.
ROOT is $STEMMA_GOLD, else ../shared/gold.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from stemma.model import Refusal
from stemma.run.pipeline import read_paths


def code(text_dir: Path, out: Path) -> int:
    """Writes one coding a line for every report of `text_dir`; the number of reports."""
    count = 0
    with out.open("w", encoding="utf-8") as lines:
        for item in read_paths([str(text_dir)]):
            if isinstance(item, Refusal):
                print(item.line(), file=sys.stderr)
                continue
            lines.write(item.coding.wire_json() + "\n")
            count += 1
    return count


def score(root: Path, split: str, per_report: bool = False) -> dict[str, object]:
    """The figures of `score.py` for one split."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "system.jsonl"
        code(root / split / "text", out)
        if per_report:
            subprocess.run(
                [sys.executable, root / "score.py", root / split / "text", root / split, out, "--per-report"],
                check=True,
            )
        run = subprocess.run(
            [sys.executable, root / "score.py", root / split / "text", root / split, out, "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
    return dict(json.loads(run.stdout))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_GOLD", "../shared/gold")))
    parser.add_argument("--split", default="dev")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--per-report", action="store_true")
    options = parser.parse_args()
    figures = score(options.root, options.split, options.per_report)
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:18} {value}")


if __name__ == "__main__":
    main()
