#!/usr/bin/env python3
"""Speed and memory: python bench/speed.py [--root DIR] [--reports N] [--peer PYTHON] [--json]

whole       `stemma read fa-kes.csv --format json` as a process of its own: reports and word pieces a
            second, start included, and its peak memory
cold        `stemma read` of one short report: seconds from nothing to its claims
engine      extraction alone in this process on the first N reports cut to 400 words, on one and two
            threads, and its time as a ratio of the bare encoder on the same texts: of processor time, which
            other work on the machine moves less, and of the clock. Each text is read once, its names unseen
peer        spaCy's blank English pipeline over the same texts, words and sentences only, on one thread, run
            by PYTHON, in whose environment spaCy is installed; and our own words and sentences beside it

Machines differ: quote the ratios. Set OPENBLAS_NUM_THREADS=1: numpy's own threads cost more than they save.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from stemma.extract.local.encoder import Encoder
from stemma.extract.local.engine import LocalEngine
from stemma.extract.local.words import MODEL_DIR, split_words
from stemma.extract.options import ExtractOptions
from stemma.model import Document, hash_bytes

STEMMA = [sys.executable, "-m", "stemma"]
MAP = ["id=unit_id", "title=article_title", "text=article_content", "outlet=source", "published=date"]


def run(command: list[str]) -> tuple[float, float, bytes]:
    """Seconds, peak MiB of the child, and what it wrote."""
    before = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True)
    seconds = time.perf_counter() - before
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, done.stdout


def whole(table: Path) -> dict[str, float]:
    mapping = [part for pair in MAP for part in ("--map", pair)]
    seconds, memory, out = run([*STEMMA, "read", str(table), *mapping, "--format", "json"])
    lines = out.splitlines()
    claims = sum(len(json.loads(line)["claims"]) for line in lines)
    return {
        "reports": len(lines),
        "claims": claims,
        "seconds": round(seconds, 1),
        "reports a second": round(len(lines) / seconds, 2),
        "peak MiB": round(memory),
    }


def cold() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "short.txt"
        path.write_text(
            "ARRA, 3 May 2019 - Gunmen killed two soldiers in Arra on Friday, the army said.", "utf-8"
        )
        seconds = min(run([*STEMMA, "read", str(path), "--format", "json"])[0] for _ in range(3))
    return {"seconds to first claim": round(seconds, 2)}


def texts(table: Path, limit: int) -> list[str]:
    csv.field_size_limit(10**9)
    with table.open(encoding="utf-8", errors="replace", newline="") as rows:
        bodies = [" ".join(row["article_content"].split()[:400]) for row in csv.DictReader(rows)]
    return [body for body in bodies if len(body.split()) >= 200][:limit]


def engine(bodies: list[str], threads: int) -> dict[str, float]:
    documents = [
        Document(report=str(k), report_hash=hash_bytes(b.encode()), text=b) for k, b in enumerate(bodies)
    ]
    local = LocalEngine(ExtractOptions(threads=threads))
    encoder = Encoder(MODEL_DIR / "encoder.onnx", threads)
    split = [split_words(body) for body in bodies]
    local.extract(documents[0])
    encoder.states(split[0])
    timings = {"whole": 0.0, "encoder": 0.0, "whole's processor": 0.0, "encoder's processor": 0.0}
    # In turn, so that a machine that slows down slows both.
    for document, words in zip(documents, split, strict=True):
        for name in ("whole", "encoder"):
            began, busy = time.perf_counter(), time.process_time()
            if name == "whole":
                local.extract(document)
            else:
                encoder.states(words)
            timings[name] += time.perf_counter() - began
            timings[f"{name}'s processor"] += time.process_time() - busy
    pieces = sum(len(words.pieces) for words in split)
    words_read = sum(len(body.split()) for body in bodies)
    return {
        "reports of 400 words a second": round(words_read / 400 / timings["whole"], 2),
        "pieces a second": round(pieces / timings["whole"]),
        "of the bare encoder's processor time": round(
            timings["whole's processor"] / timings["encoder's processor"], 2
        ),
        "of the bare encoder's time": round(timings["whole"] / timings["encoder"], 2),
    }


PEER = """
import json, sys, time
import spacy
bodies = json.load(sys.stdin)
blank = spacy.blank("en")
blank.add_pipe("sentencizer")
blank(bodies[0])
began = time.process_time()
parsed = [blank(body) for body in bodies]
seconds = time.process_time() - began
print(json.dumps({
    "version": spacy.__version__, "seconds": seconds, "tokens": sum(map(len, parsed)),
    "sentences": sum(sum(1 for _ in one.sents) for one in parsed),
}))
"""


def peer(bodies: list[str], python: str | None) -> dict[str, float | str]:
    """Texts of 400 words a second and thread: spaCy's words and sentences, and ours with word pieces."""
    began = time.process_time()
    ours = [split_words(body) for body in bodies]
    seconds = time.process_time() - began
    size = sum(len(body.split()) for body in bodies) / 400
    found: dict[str, float | str] = {
        "our words and sentences, texts a second": round(size / seconds),
        "our words": sum(map(len, ours)),
        "our sentences": sum(len(words.spans) for words in ours),
    }
    if python is None:
        return found | {"spaCy": "not measured: name an interpreter that has it with --peer"}
    done = subprocess.run(
        [python, "-c", PEER], check=False, capture_output=True, text=True, input=json.dumps(bodies)
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        return found | {"spaCy": f"not measured: {python} fails: {why}"}
    told = json.loads(done.stdout)
    return found | {
        f"spaCy {told['version']} blank + sentencizer, texts a second": round(size / told["seconds"]),
        "spaCy's words": told["tokens"],
        "spaCy's sentences": told["sentences"],
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_BENCH", "../shared/bench")))
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--peer", help="a Python interpreter in whose environment spaCy is installed")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    table = options.root / "reports" / "fa-kes.csv"
    if not table.exists():
        sys.exit(f"bench/speed.py: no {table}; give --root or set STEMMA_BENCH")
    bodies = texts(table, options.reports)
    results: dict[str, dict[str, float] | dict[str, float | str]] = {
        "cold": cold(),
        "engine, one thread": engine(bodies, 1),
        "engine, two threads": engine(bodies, 2),
        "peer": peer(bodies, options.peer),
        "whole": whole(table),
    }
    if options.json:
        print(json.dumps(results))
        return
    for name, figures in results.items():
        for figure, value in figures.items():
            print(f"{name:20} {figure:52} {value}")


if __name__ == "__main__":
    main()
