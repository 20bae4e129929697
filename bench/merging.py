#!/usr/bin/env python3
"""Merging at scale: python bench/merging.py N [--workers W] [--keep FILE] [--adds K] [--json]

Writes a casebook of N made-up reports, with claims, a tenth of them near-copies, 50 of each story; then
measures merging all of it, and adding one report after the other (`--adds`). The text is our own: words of
a made-up tongue. Seconds of wall clock and of processor, and the largest memory of one process. `--growth`
gives the exponent of the cost between two sizes, and how many times as much processor one report more costs
in the larger casebook: python bench/merging.py --growth 10000 50000.
Extraction costs nothing here: the codings are made up with the text.
"""

from __future__ import annotations

import argparse
import datetime
import json
import math
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bulk import add_bare, at_once
from stemma.merge import MergeOptions
from stemma.merge.blocks import block_keys
from stemma.merge.protocol import Held
from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Count,
    Counted,
    Document,
    Entity,
    EntityKind,
    Passage,
    PassageKind,
    Place,
    Record,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Time,
    hash_bytes,
)
from stemma.run.keeping import bring_up_to_date, maker_of
from stemma.store import Store, StoreOptions, open_casebook
from stemma.store.filing import Filed

STORY = 50
"""Reports of one story: 20,000 stories of a million."""

START = datetime.date(2010, 1, 1)


class Archive:
    """The made-up archive; its report `number` is the same in every run."""

    def __init__(self, seed: int = 7) -> None:
        chance = random.Random(seed)
        parts = [a + b + c for a in "bdfgklmnprst" for b in "aeiou" for c in ("l", "n", "r", "s", "m", "th")]
        self.words = [chance.choice(parts) + chance.choice(parts) for _ in range(20_000)]
        self.names = [f"{one.title()}{two}" for one in self.words[:3000] for two in parts[:4]]
        self._texts: dict[int, str] = {}

    def held(self, number: int) -> Held:
        """The report of this number, with its coding. A story's reports stand near each other in time."""
        story = number // STORY
        told = random.Random(f"story {story}")
        place, one, two = (told.choice(self.names) for _ in range(3))
        day = START + datetime.timedelta(days=story // 8 + told.randrange(3))
        killed = told.randrange(5, 90)
        text, evidence = self._text(number, place, one, two, killed)
        published = day + datetime.timedelta(days=1 + number % 3)
        return Held(
            self._document(number, text, published),
            _coding(number, evidence, (published, day), (place, one, two, killed)),
        )

    def _text(self, number: int, place: str, one: str, two: str, killed: int) -> tuple[str, str]:
        chance = random.Random(f"report {number}")
        evidence = f"{one} attacked {two} near {place} and {killed} soldiers were killed"
        if number % 10 == 9 and number % STORY > 9:
            tokens = self._texts[number - chance.randrange(1, 9)].split()
            for _ in range(len(tokens) // 20):
                tokens[chance.randrange(20, len(tokens))] = chance.choice(self.words)
        else:
            tokens = [*evidence.split(), *(chance.choice(self.words) for _ in range(85))]
        text = " ".join(tokens)
        self._texts[number] = text
        self._texts.pop(number - 20, None)
        return text, evidence

    def _document(self, number: int, text: str, published: datetime.date) -> Document:
        return Document(
            report=f"r{number:08d}",
            report_hash=hash_bytes(text.encode()),
            text=text,
            passages=(Passage(kind=PassageKind.BODY, span=Span(start=0, end=len(text))),),
            outlet=f"Paper {number % 997}",
            published=published,
            language="en",
        )


def _coding(
    number: int, evidence: str, days: tuple[datetime.date, datetime.date], said: tuple[str, str, str, int]
) -> Coding:
    place, one, two, killed = said
    published, day = days
    claim = Claim(
        id="c1",
        type=ClaimType.ASSAULT,
        evidence=evidence,
        trigger="attacked",
        roles={Role.ACTOR: ("e1",), Role.RECIPIENT: ("e2",), Role.VICTIM: ("e3",)},
        counts=(Count(entity="e3", what=Counted.KILLED, text=str(killed), low=killed, high=killed),),
        time=Time(text="then", start=day.isoformat(), end=day.isoformat()),
        place=Place(text=place, canonical=f"{place}, Unit, Land", country="SY"),
        sources=(Source(text=one, entity="e1", kind=SourceKind.ORGANISATION, cue="said"),)
        if number % 3
        else (),
        span=Span(start=0, end=len(evidence)),
        trigger_span=Span(start=len(one) + 1, end=len(one) + 9),
    )
    entities = (
        Entity(id="e1", kind=EntityKind.GROUP, names=(one,)),
        Entity(id="e2", kind=EntityKind.GROUP, names=(two,)),
        Entity(id="e3", kind=EntityKind.PEOPLE, names=("soldiers",)),
    )
    return Coding(
        report=f"r{number:08d}",
        outlet=f"Paper {number % 997}",
        published=published,
        entities=entities,
        claims=(claim,),
    )


def fill(store: Store, archive: Archive, numbers: range) -> None:
    """Adds made-up reports, a thousand in one transaction: adding is not what is measured."""
    for start in range(0, len(numbers), 1000):
        held = [archive.held(number) for number in numbers[start : start + 1000]]
        add_bare(store, ((_report(one), one.document, one.coding) for one in held), "bench")


def fill_thin(store: Store, archive: Archive, number: int, adds: int) -> None:
    """Files `number` reports as merging would, but keeps whole only the stories that `_adding` touches.

    A report more is compared with all keys and circles, as in a whole casebook, at a tenth of the cost.
    """
    from stemma.store import schema

    whole = {_like(number, step) // STORY for step in range(adds)}
    for start in range(0, number, 40 * STORY):
        held = [archive.held(one) for one in range(start, min(number, start + 40 * STORY))]
        with at_once(store, "bench") as (connection, put):
            for at, one in enumerate(held, start):
                if at // STORY in whole:
                    put(_report(one), one.document, one.coding)
                else:
                    connection.execute(schema.reports.insert(), {"id": one.report})
        keys = {at + 1: block_keys(one) for at, one in enumerate(held, start)}
        made = [(range(at + 1, at + STORY + 1), Record()) for at in range(start, start + len(held), STORY)]
        store.file(Filed(keys, (), made, 0, maker_of(MergeOptions())))


def _like(number: int, step: int) -> int:
    return number // 2 + STORY * step + 3


def add(store: Store, held: Held) -> None:
    """Adds one report with its coding."""
    store.add(_report(held), held.document, held.coding, "bench")


def _report(held: Held) -> Report:
    content = held.document.text.encode()
    return Report(id=held.report, address=held.report, media_type="text/plain", content=content)


def measure(number: int, workers: int, adds: int, casebook: Path, thin: bool = False) -> dict[str, Any]:
    """The figures of one size."""
    archive = Archive()
    fresh = not casebook.exists()
    with open_casebook(StoreOptions(str(casebook)), create=True) as store:
        if thin:
            fill_thin(store, archive, number, adds)
            return {"reports": number, **_adding(store, archive, number, adds)}
        if fresh:
            fill(store, archive, range(number))
        wall, processor = time.perf_counter(), _processor()
        brought = bring_up_to_date(store, workers=workers, casebook=str(casebook))
        figures: dict[str, Any] = {
            "reports": number,
            "workers": workers,
            "wall s": round(time.perf_counter() - wall, 1),
            "processor s": round(_processor() - processor, 1),
            "MB": max(resource.getrusage(who).ru_maxrss for who in _WHO) // 1024,
            "circles": brought.circles,
            "incidents": sum(len(record.incidents) for record in store.merged()),
            "casebook MB": casebook.stat().st_size >> 20,
        }
        if adds:
            figures |= _adding(store, archive, number, adds)
    return figures


def _adding(store: Store, archive: Archive, number: int, adds: int) -> dict[str, Any]:
    """Milliseconds of one report more: into a story that is known, at a place and day of its own."""
    walls, processors = [], []
    for step in range(adds):
        like = archive.held(_like(number, step))
        name = f"n{step:04d}-{time.time_ns()}"
        document = like.document.model_copy(update={"report": name})
        add(store, Held(document, like.coding.model_copy(update={"report": name})))
        wall, processor = time.perf_counter(), time.process_time()
        bring_up_to_date(store)
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    walls.sort()
    processors.sort()
    return {
        "add ms median": round(walls[len(walls) // 2]),
        "add ms p95": round(walls[int(len(walls) * 0.95)]),
        "add processor ms median": round(processors[len(processors) // 2]),
    }


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def _processor() -> float:
    return sum(use.ru_utime + use.ru_stime for use in map(resource.getrusage, _WHO))


def growth(sizes: list[int], workers: int) -> dict[str, Any]:
    """The exponent of processor seconds over these sizes, each measured in a process of its own."""
    rows = []
    for size in sizes:
        command = [sys.executable, __file__, str(size), "--workers", str(workers), "--adds", "20", "--json"]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
        rows.append(json.loads(run.stdout))
        print(run.stdout.strip(), file=sys.stderr)
    first, last = rows[0], rows[-1]
    exponent = math.log(last["processor s"] / first["processor s"]) / math.log(sizes[-1] / sizes[0])
    ratio = last["add processor ms median"] / first["add processor ms median"]
    return {"exponent": round(exponent, 3), "add ratio": round(ratio, 2)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("numbers", type=int, nargs="+", metavar="N")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--adds", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="the casebook, made if it is not there")
    parser.add_argument("--thin", action="store_true", help="only --adds, on keys and circles")
    parser.add_argument("--growth", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if options.growth:
        figures = growth(options.numbers, options.workers)
    else:
        with tempfile.TemporaryDirectory() as folder:
            casebook = options.keep or Path(folder) / "bench.casebook"
            figures = measure(options.numbers[0], options.workers, options.adds, casebook, options.thin)
    print(json.dumps(figures) if options.json else "\n".join(f"{k:24} {v}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
