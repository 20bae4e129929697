#!/usr/bin/env python3
"""Archives: python bench/archive.py [--pages N] [--reports CSV] [--spark] [--json]

whole       a WARC of N pages to tables by `stemma archive --workers 2`, against extraction alone of the same
            documents in two processes, and against `stemma read --workers 2` over the same WARC
layer       the same in one process, part by part in turns: what shards add to extraction alone
spark       the same by Spark local[2]
overhead    journal, manifest and table for 1,000 tiny records, against reading and coding them alone, with an
            engine that does nothing
looking     records a second of looking through a WARC
peer        trafilatura alone over the same WARC, one process
same        by hand, not among the rest: do `stemma read`, 1, 2 and 4 workers and (--spark) Spark give
            the same bytes of the same pages, with the engine that is there

Everything is given in wall and in processor seconds of this process and its children: where a machine is
shared only the latter can be compared. Pages are made up (six short paragraphs each, no two alike), or made
of the texts of a CSV with a column `text` or `article_content`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import html
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

TOWNS = ("Velin", "Oskar Bay", "Tamarsk", "Port Ellis", "Narra", "Hale", "Sorrel", "Umbra")
LINES = (
    "Soldiers of the northern army shelled the market of {town} on {day} May 2019 and killed {n} people, the "
    "mayor said.",
    "The army denied that it had fired at {town}, and blamed the Orr Brigade for the deaths.",
    "Residents told the Coast Daily that house number {n} was burnt down by men in grey uniforms.",
    "The bridge over the Orr near {town} stayed open until the evening, when the police closed it.",
    "A hospital in {town} took in {m} wounded, among them {k} children, a doctor there said by telephone.",
    "The brigade said it would hold its fire from {day} June if the army withdrew from the road to {town}.",
)


def texts(number: int, table: str | None) -> Iterator[tuple[str, list[str]]]:
    """Title and paragraphs of so many pages."""
    if table:
        csv.field_size_limit(10**7)
        with Path(table).open(encoding="utf-8", errors="replace", newline="") as file:
            for at, row in enumerate(csv.DictReader(file)):
                if at >= number:
                    return
                text = row.get("text") or row.get("article_content") or ""
                yield row.get("article_title") or f"Note {at}", [p for p in text.split("\n") if p.strip()]
        return
    for n in range(number):
        values = {
            "town": TOWNS[n % len(TOWNS)],
            "day": n % 28 + 1,
            "n": n + 2,
            "m": n % 90 + 5,
            "k": n % 7 + 2,
        }
        yield f"Note {n} from {values['town']}", [line.format(**values) for line in LINES]


def make_warc(path: Path, number: int, table: str | None) -> None:
    with path.open("wb") as file:
        for n, (title, paragraphs) in enumerate(texts(number, table)):
            body = "".join(f"<p>{html.escape(one)}</p>" for one in paragraphs)
            page = (
                f"<html><head><title>{html.escape(title)}</title></head><body><nav><a href='/'>Home</a></nav>"
                f"<article><h1>{html.escape(title)}</h1>{body}</article><footer>All rights reserved"
                "</footer></body></html>"
            ).encode()
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
            block = head % len(page) + page
            warc = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://coast.example/2019/06/{n}\r\n"
                "WARC-Date: 2020-01-02T03:04:05Z\r\nContent-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(warc.encode() + block + b"\r\n\r\n", 6))


def measured(work: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    before, began = os.times(), time.perf_counter()
    answer = work()
    after = os.times()
    cpu = sum(after[:4]) - sum(before[:4])
    return answer, {"wall s": round(time.perf_counter() - began, 2), "processor s": round(cpu, 2)}


def command(*parts: str) -> dict[str, float]:
    def run() -> None:
        subprocess.run([sys.executable, "-m", "stemma", *parts], check=True, capture_output=True)

    return measured(run)[1]


def extract_alone(documents: list[Any]) -> int:
    from stemma.extract import extract_claims

    return sum(len(extract_claims(document).claims) for document in documents)


def whole(warc: Path, folder: Path, pages: int, spark: bool) -> dict[str, Any]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    from stemma.model import Report
    from stemma.read import read_document
    from stemma.run.intake import gather_reports

    documents = [read_document(one) for one in gather_reports([warc]) if isinstance(one, Report)]

    def alone() -> int:
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
            return sum(pool.map(extract_alone, [documents[::2], documents[1::2]]))

    claims, bare = measured(alone)
    found: dict[str, Any] = {"pages": pages, "claims": claims, "extraction alone, two processes": bare}
    found["stemma archive, two workers"] = command(
        "archive", str(warc), "--out", str(folder / "a"), "--workers", "2"
    )
    found["stemma read, two workers"] = command("read", str(warc), "--format", "json", "--workers", "2")
    found["extraction alone, again"] = measured(alone)[1]
    if spark:
        parts = ("archive", str(warc), "--out", str(folder / "s"), "--cluster", "local[2]")
        found["stemma archive, Spark local[2]"] = command(*parts)
    return found


def same(warc: Path, folder: Path, spark: bool) -> dict[str, Any]:
    """Ends with an error where any way gives another byte than the plain one."""
    from stemma.run import Reading, read_paths
    from stemma.run.archive.tables import read_rows

    plain = sorted(one.coding.wire_json() for one in read_paths([warc]) if isinstance(one, Reading))
    ways = {f"{n} workers": ("--workers", str(n)) for n in (1, 2, 4)}
    if spark:
        ways |= {"Spark local[2]": ("--cluster", "local[2]")}
    found: dict[str, Any] = {"reports": len(plain), "bytes of codings": sum(map(len, plain))}
    outputs = {}
    for name, given in ways.items():
        out = folder / f"same-{len(outputs)}"
        found[name] = command("archive", str(warc), "--out", str(out), "--reports", "20", *given)
        tables = sorted(out.glob("reports/*/*.parquet"))
        assert sorted(row["coding"] for path in tables for row in read_rows(path)) == plain, name
        outputs[name] = [path.read_bytes() for path in [*tables, out / "manifest.jsonl"]]
    assert all(one == outputs["1 workers"] for one in outputs.values())
    return {**found, "tables": len(outputs["1 workers"]) - 1, "same": sorted(outputs)}


def layer(warc: Path, folder: Path, pages: int) -> dict[str, Any]:
    """Three ways over the same pages in this one process, in turns, so that all meet the same machine."""
    from stemma.extract import extract_claims
    from stemma.model import Report
    from stemma.read import read_document
    from stemma.run import read_paths
    from stemma.run.archive.job import Job, Shard, Slice
    from stemma.run.archive.watching import Watch
    from stemma.run.archive.working import Worker
    from stemma.run.intake import gather_reports

    documents = [read_document(one) for one in gather_reports([warc]) if isinstance(one, Report)]
    extract_claims(documents[0])
    worker = Worker(Job(str(folder / "layer")), Watch(60))
    worker.work(Shard(99, (Slice(str(warc), "news", 0, 2),)))
    plain = iter(read_paths([warc]))
    totals = dict.fromkeys(
        ("extraction alone", "WARC to claims, plain", "WARC to tables, shard by shard"), 0.0
    )
    step = max(pages // 6, 1)
    for turn in range(pages // step):
        part = documents[turn * step : (turn + 1) * step]
        shard = Shard(turn, (Slice(str(warc), "news", turn * step, step),))
        ways = (
            lambda part=part: [extract_claims(one) for one in part],
            lambda: [next(plain) for _ in range(step)],
            lambda shard=shard: worker.work(shard),
        )
        for name, way in zip(totals, ways, strict=True):
            totals[name] += measured(way)[1]["processor s"]
    size = sum(path.stat().st_size for path in folder.glob("layer/reports/*/*.parquet"))
    per_page = {name: round(value / (pages // step * step), 4) for name, value in totals.items()}
    return {"processor s a page": per_page, "bytes of table a page": size // pages, "pages": pages}


class Nothing:
    name = "none"
    version = "0"

    def extract(self, document: Any) -> Any:
        from stemma.model import Coding

        return Coding(report=document.report)


def overhead(folder: Path) -> dict[str, Any]:
    import stemma.extract
    from stemma.run import read_paths
    from stemma.run.archive.job import Job, Shard, Slice
    from stemma.run.archive.watching import Watch
    from stemma.run.archive.working import Worker

    path = folder / "tiny.jsonl"
    path.write_text("".join(json.dumps({"text": f"Note {n}: the road is open."}) + "\n" for n in range(1200)))
    stemma.extract.find_engine = lambda options: Nothing()  # type: ignore[assignment]
    job = Job(str(folder / "tiny"))
    worker = Worker(job, Watch(60))
    worker.work(Shard(0, (Slice(str(path), "tiny", 0, 200),)))
    _, ours = measured(
        lambda: [worker.work(Shard(n, (Slice(str(path), "tiny", n * 200, 200),))) for n in range(1, 6)]
    )
    list(read_paths([path]))
    _, plain = measured(lambda: list(read_paths([path])))
    plain = {name: round(value / 1.2, 2) for name, value in plain.items()}
    return {"1,000 tiny records, shards": ours, "1,000 tiny records, plain": plain}


def looking(warc: Path, pages: int) -> dict[str, Any]:
    import trafilatura

    from stemma.run.intake import gather_reports

    reports, seen = measured(lambda: list(gather_reports([warc])))
    _, peer = measured(lambda: [trafilatura.extract(one.content, include_comments=False) for one in reports])
    return {"looking through the WARC": seen, "trafilatura alone": peer, "pages": pages}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--reports")
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=("whole", "layer", "overhead", "looking", "same"))
    given = parser.parse_args()
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        warc = folder / "news.warc.gz"
        make_warc(warc, given.pages, given.reports)
        if given.only in (None, "looking"):
            found["looking"] = looking(warc, given.pages)
        if given.only in (None, "layer"):
            found["layer"] = layer(warc, folder, given.pages)
        if given.only in (None, "whole"):
            found["whole"] = whole(warc, folder, given.pages, given.spark)
        if given.only == "same":
            found["same"] = same(warc, folder, given.spark)
        if given.only in (None, "overhead"):
            found["overhead"] = overhead(folder)
    print(json.dumps(found, indent=None if given.json else 1))


if __name__ == "__main__":
    main()
