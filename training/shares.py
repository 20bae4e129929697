#!/usr/bin/env python3
"""What share of each type's claims have each role: python training/shares.py FOLDER... > JSON

`export.py --shares FILE` writes it into heads.json, where the decoding reads it.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path


def shares(folders: list[Path]) -> dict[str, dict[str, float]]:
    total: Counter[str] = Counter()
    with_role: Counter[tuple[str, str]] = Counter()
    for folder in folders:
        for path in sorted(folder.glob("*__*.json")):
            for claim in json.loads(path.read_text("utf-8"))["claims"]:
                total[claim["type"]] += 1
                for role, parties in claim["roles"].items():
                    with_role[claim["type"], role] += bool(parties)
    return {
        kind: {
            role: round(n / total[kind], 3) for (of, role), n in sorted(with_role.items()) if of == kind and n
        }
        for kind in sorted(total)
    }


if __name__ == "__main__":
    print(json.dumps(shares([Path(folder) for folder in sys.argv[1:]]), indent=1))
