#!/usr/bin/env python3
"""What share of each type's claims have each role: python training/shares.py [--least N] FOLDER... > JSON

With --least 2: have it with two parties or more. `export.py --shares FILE` writes the first into
heads.json (`shares`), where the decoding reads it; the second stands there as `twice`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path


def shares(folders: list[Path], least: int = 1) -> dict[str, dict[str, float]]:
    total: Counter[str] = Counter()
    with_role: Counter[tuple[str, str]] = Counter()
    for folder in folders:
        for path in sorted(folder.glob("*__*.json")):
            for claim in json.loads(path.read_text("utf-8"))["claims"]:
                total[claim["type"]] += 1
                for role, parties in claim["roles"].items():
                    with_role[claim["type"], role] += len(parties) >= least
    return {
        kind: {
            role: round(n / total[kind], 3) for (of, role), n in sorted(with_role.items()) if of == kind and n
        }
        for kind in sorted(total)
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=1)
    options = parser.parse_args()
    print(json.dumps(shares(options.folders, options.least), indent=1))
