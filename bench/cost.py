#!/usr/bin/env python3
"""What values cost: python bench/cost.py [--root DIR] [--reports N] [--json]

The share of extraction's time that goes into values, in processor seconds of the thread that extracts
(`time.thread_time`; the encoder runs on that one thread too), on the first N reports of ROOT/train and on
the reports of `examples/reports`. ROOT is $STEMMA_GOLD, else ../shared/gold.

times       words to intervals (`time_of`), the report's own day (`anchor_of`)
places      words to names and points (`place_of`)
counts      words to ranges (`count_of`)
names       one entity for several spellings of a report (`alias_groups`)
values      the four together, as a share of `LocalEngine.extract`

The first text of each run is read before and not counted: tables are loaded once in a process, as a
command of some reports does; `--cold` counts it.
"""

from __future__ import annotations

import argparse
import collections
import functools
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from stemma.extract.local import assemble, parties
from stemma.extract.local.engine import LocalEngine
from stemma.extract.options import ExtractOptions
from stemma.model import Document, Header, Report
from stemma.read import read_document
from stemma.run.intake import gather_reports
from stemma.settings import Settings

Spent = collections.defaultdict[str, float]
PARTS = {
    "times": ((assemble, "time_of"), (assemble, "anchor_of")),
    "places": ((assemble, "place_of"),),
    "counts": ((assemble, "count_of"),),
    "names": ((parties, "alias_groups"),),
}
EXAMPLES = Path(__file__).resolve().parent.parent / "examples" / "reports"


def timed(function: Callable[..., Any], name: str, spent: Spent) -> Callable[..., Any]:
    """`function` with its thread's time added to `spent[name]`."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        before = time.thread_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[name] += time.thread_time() - before

    return call


def watch(spent: Spent) -> None:
    """Puts the clock around every door of the values."""
    for name, doors in PARTS.items():
        for module, door in doors:
            setattr(module, door, timed(getattr(module, door), name, spent))


def documents(paths: list[str], most: int) -> list[Document]:
    """The first `most` reports that lie at `paths`, read."""
    found: list[Document] = []
    for item in gather_reports(paths, {}, Header(), Settings().read):
        if isinstance(item, Report):
            found.append(read_document(item))
        if len(found) >= most:
            break
    return found


def measure(engine: LocalEngine, texts: list[Document], spent: Spent, cold: bool) -> dict[str, float]:
    """Reports, claims, seconds and the shares of the parts."""
    if not cold:
        engine.extract(texts[0])
    spent.clear()
    before, claims = time.thread_time(), 0
    for text in texts:
        claims += len(engine.extract(text).claims)
    whole = time.thread_time() - before
    figures: dict[str, float] = {"reports": len(texts), "claims": claims, "seconds": round(whole, 2)}
    for name in PARTS:
        figures[name] = round(spent[name] / whole, 4)
    return figures | {"values": round(sum(spent.values()) / whole, 4)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--root", type=Path, default=Path(os.environ.get("STEMMA_GOLD", "../shared/gold")))
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--cold", action="store_true", help="count the loading of the tables too")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    spent: Spent = collections.defaultdict(float)
    watch(spent)
    engine = LocalEngine(ExtractOptions(threads=1))
    results = {}
    for name, path in (("gold train", options.root / "train" / "text"), ("examples", EXAMPLES)):
        results[name] = measure(engine, documents([str(path)], options.reports), spent, options.cold)
        if not options.json:
            for figure, number in results[name].items():
                print(f"{name:11} {figure:9} {number}")
    if options.json:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
