#!/usr/bin/env python3
"""Speed and memory of exports: python bench/export.py [--claims N] [--formats csv acled ...] [--json]

Each format is written in a process of its own from a stream of made-up reports with 17 claims each, like
the gold codings (16.7 on average): rows a second and the process's peak memory, start included. Parquet needs
pyarrow and is left out where it is not installed. `pseudonyms` is csv with the names taken out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from stemma.export import ExportOptions, Stock, write_export
from stemma.model import Coding

CLAIMS_OF_A_REPORT = 17
FORMATS = ("csv", "parquet", "jsonl", "plover", "polecat", "acled", "ucdp", "sfm", "pseudonyms")
PLACES = (("Kolmaz", 34.5, 36.25), ("Hesk", 33.1, 35.9), ("Ostrel", 35.0, 38.4))


class Reports:
    """Codings made as they are asked for, always the same."""

    def __init__(self, claims: int) -> None:
        self._reports = max(1, claims // CLAIMS_OF_A_REPORT)

    def __iter__(self) -> Iterator[Coding]:
        for number in range(self._reports):
            yield coding(number)


def coding(number: int) -> Coding:
    entities = [
        {"id": "e1", "kind": "group", "names": [f"Kolmaz Front {number % 50}", "the rebels"]},
        {"id": "e2", "kind": "people", "names": [f"{number % 30 + 2} civilians"]},
        {"id": "e3", "kind": "government", "names": ["the army"], "canonical": "Army of Dravenia"},
        {"id": "e4", "kind": "person", "names": [f"Colonel Petar Lindo{number % 900}", "Lindo"]},
    ]
    claims = []
    for index in range(CLAIMS_OF_A_REPORT):
        name, latitude, longitude = PLACES[(number + index) % len(PLACES)]
        day = f"2021-{number % 12 + 1:02}-{index + 1:02}"
        words = (
            f"Rebels killed {number % 30 + 2} civilians near {name}, Colonel Petar Lindo told the station."
        )
        claims.append(
            {
                "id": f"c{index}",
                "type": "ASSAULT" if index % 3 else "LEADS",
                "mode": "shelling" if index % 3 else None,
                "evidence": words,
                "trigger": "killed",
                "roles": {"actor": ["e1"], "victim": ["e2"]},
                "counts": [
                    {"entity": "e2", "what": "killed", "text": str(number % 30 + 2), "low": 2, "high": 31}
                ],
                "time": {"text": "on Monday", "start": day, "end": day},
                "place": {
                    "text": name,
                    "canonical": name,
                    "country": "SY",
                    "latitude": latitude,
                    "longitude": longitude,
                    "precision": {"ucdp": 1, "acled": 1},
                },
                "sources": [
                    {"text": "Colonel Petar Lindo", "entity": "e4", "kind": "official", "cue": "told"}
                ],
                "span": {"start": 0, "end": len(words)},
                "score": 0.5,
            }
        )
    return Coding.from_wire(
        {
            "report": f"r{number}",
            "outlet": f"Outlet {number % 200}",
            "published": "2021-12-31",
            "entities": entities,
            "claims": claims,
            "engine": "bench",
        }
    )


def one(name: str, claims: int) -> dict[str, float]:
    options = ExportOptions(claims=True, salt="bench" if name == "pseudonyms" else None)
    made = time.perf_counter()
    for _ in Reports(min(claims, 20_000)):
        pass
    making = (time.perf_counter() - made) * claims / min(claims, 20_000)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        stock = Stock(Reports(claims))
        summary = write_export(stock, "csv" if name == "pseudonyms" else name, Path(folder) / "out", options)
        seconds = time.perf_counter() - began
    # Making the reports is not exporting them; with pseudonyms they are gone through twice.
    seconds = max(0.001, seconds - making * (2 if name == "pseudonyms" else 1))
    return {
        "claims": claims,
        "rows": summary.rows,
        "left out": sum(summary.left_out.values()),
        "seconds": round(seconds, 1),
        "claims a second": round(claims / seconds),
        "peak MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=FORMATS)
    parser.add_argument("--only", choices=FORMATS, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.only:
        print(json.dumps(one(options.only, options.claims)))
        return
    for name in options.formats:
        if name == "parquet" and importlib.util.find_spec("pyarrow") is None:
            continue
        command = [sys.executable, __file__, "--only", name, "--claims", str(options.claims)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        figures = json.loads(done.stdout)
        if options.json:
            print(json.dumps({"format": name, **figures}))
        else:
            print(f"{name:12}", "  ".join(f"{figure} {value:,}" for figure, value in figures.items()))


if __name__ == "__main__":
    main()
