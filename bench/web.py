"""Article bodies from real pages: the public article extraction benchmark, by its own definition.

The benchmark compares four-word shingles (multisets of runs of four word tokens) of the gold body and
of the body found, normalises the counts per page so that long pages weigh no more than short ones,
averages precision and recall over pages, and takes F1 of the two averages.

The body that is scored is what the product reads claims from: the passages that are body, excerpt,
dateline or correction. Title, byline, captions, credits and furniture are left out, as in the gold.

Run: python -m bench.web [--root FOLDER]; the root is STEMMA_BENCH, else ../shared/bench.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from stemma.errors import ReadError
from stemma.model import Document, PassageKind, Report
from stemma.read import read_document

BODY = (PassageKind.BODY, PassageKind.EXCERPT, PassageKind.DATELINE, PassageKind.CORRECTION)
SHINGLE = 4


def body_of(document: Document) -> str:
    """The words that claims are read from, in text order."""
    return "\n".join(passage.span.of(document.text) for passage in document.passages_of(*BODY))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The runs of four word tokens with their counts; one shorter run where there are fewer words."""
    words = re.findall(r"\w+", text)
    if not words:
        return Counter()
    return Counter(tuple(words[start : start + SHINGLE]) for start in range(max(1, len(words) - SHINGLE + 1)))


def counts(gold: str, found: str) -> tuple[float, float, float]:
    """True positives, false positives and false negatives of one page, as shares of their sum."""
    wanted, got = shingles(gold), shingles(found)
    hit = sum((wanted & got).values())
    extra = sum((got - wanted).values())
    missed = sum((wanted - got).values())
    total = hit + extra + missed
    return (hit / total, extra / total, missed / total) if total else (0.0, 0.0, 0.0)


def figures(pages: list[tuple[float, float, float]]) -> dict[str, float]:
    """Mean precision over pages with a body found, mean recall over pages with gold, and their F1."""
    precision = statistics.mean(hit / (hit + extra) for hit, extra, _ in pages if hit + extra)
    recall = statistics.mean(hit / (hit + missed) for hit, _, missed in pages if hit + missed)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def read_body(path: Path, url: str | None = None) -> str:
    """The body of one page of the benchmark; empty where it is refused."""
    from stemma.model import Header

    with gzip.open(path) as file:
        content = file.read()
    report = Report(
        id=path.stem, address=str(path), media_type="text/html", content=content, header=Header(url=url)
    )
    try:
        return body_of(read_document(report))
    except ReadError as error:
        print(error.line(), file=sys.stderr)
        return ""


def main() -> int:
    parser = argparse.ArgumentParser(description="Score article bodies read from web pages.")
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_BENCH", "../shared/bench")))
    parser.add_argument("--worst", type=int, default=0, help="list this many worst pages on stderr")
    options = parser.parse_args()
    folder = options.root / "web" / "article_extraction"
    if not folder.is_dir():
        print(f"{folder}: there is no such folder; set STEMMA_BENCH or --root", file=sys.stderr)
        return 2
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    begun = time.perf_counter()
    pages: list[tuple[float, float, float]] = []
    ranked: list[tuple[float, str]] = []
    for name, gold in truth.items():
        body = read_body(folder / "html" / f"{name}.html.gz")
        pages.append(counts(gold.get("articleBody", ""), body))
        hit, extra, missed = pages[-1]
        ranked.append((2 * hit / (2 * hit + extra + missed or 1), f"{name[:12]} +{extra:.2f} -{missed:.2f}"))
    spent = time.perf_counter() - begun
    result = {name: round(value, 4) for name, value in figures(pages).items()}
    print(
        json.dumps(
            {"bench": "web", "pages": len(pages), **result, "pages_per_second": round(len(pages) / spent, 1)}
        )
    )
    for score, page in sorted(ranked)[: options.worst]:
        print(f"{score:.3f} {page}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
