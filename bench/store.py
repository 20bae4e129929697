"""How fast a casebook takes reports in, and how fast it answers.

    .venv/bin/python bench/store.py [--reports 20000] [--keep FILE]

Writes one line of JSON per measure. Reports are made up from a fixed seed: 17 claims, 20 entities
and 2,500 characters each, like the gold codings (16.7 claims on average). Queries are asked in a
process that has just opened the casebook; a query with `limit` is what a screen shows, one without
is an export.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from stemma.model import (
    MODES,
    Claim,
    ClaimType,
    Coding,
    Document,
    Entity,
    EntityKind,
    Place,
    Report,
    Role,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
)
from stemma.store import Query, Store, StoreOptions, open_casebook

SYLLABLES = ("ba", "da", "fa", "ga", "ha", "ja", "la", "ma", "na", "ra", "zir", "mun", "qar", "shal", "bel")
CLAIMS, ENTITIES, ROUNDS = 17, 20, 12


class World:
    """Made-up names with a long tail: few are in many reports, most in one or two."""

    def __init__(self, seed: int, reports: int) -> None:
        self.chance = random.Random(seed)
        self.names = [self._name(2) for _ in range(max(200, reports))]
        self.places = [self._name(1) for _ in range(max(100, reports // 4))]
        self.outlets = [f"The {self._name(1)} Post" for _ in range(300)]
        self.words = [self._name(1).lower() for _ in range(20_000)]

    def _name(self, parts: int) -> str:
        syllables = self.chance.choices(SYLLABLES, k=3 * parts)
        return " ".join("".join(syllables[3 * n : 3 * n + 3]).capitalize() for n in range(parts))

    def pick(self, things: list[str]) -> str:
        return things[min(int(self.chance.paretovariate(0.6)) - 1, len(things) - 1)]

    def bundle(self, number: int) -> tuple[Report, Document, Coding]:
        chance = self.chance
        text = " ".join(self.pick(self.words) for _ in range(380)) + f" {number}"
        report = Report(
            id=f"bench/{number:07d}", address=f"{number}.txt", media_type="text/plain", content=text.encode()
        )
        document = Document(report=report.id, report_hash=report.bytes_hash(), text=text)
        entities = tuple(
            Entity(
                id=f"e{n}", kind=chance.choice(list(EntityKind)), names=(self.pick(self.names), self._name(1))
            )
            for n in range(ENTITIES)
        )
        day = datetime.date(2012, 1, 1) + datetime.timedelta(chance.randrange(4000))
        claims = tuple(self._claim(n, text, day) for n in range(CLAIMS))
        coding = Coding(
            report=report.id,
            outlet=self.pick(self.outlets),
            published=day,
            entities=entities,
            claims=claims,
            document_hash=document.content_hash(),
            engine="bench",
        )
        return report, document, coding

    def _claim(self, number: int, text: str, day: datetime.date) -> Claim:
        chance = self.chance
        start = chance.randrange(len(text) - 160)
        span = Span(start=start, end=start + 150)
        kind = chance.choice(list(ClaimType))
        happened = (day - datetime.timedelta(chance.randrange(60))).isoformat()[: chance.choice([7, 10, 10])]
        return Claim(
            id=f"c{number}",
            type=kind,
            mode=chance.choice(MODES[kind]) if kind in MODES else None,
            evidence=span.of(text),
            span=span,
            trigger=text[start : start + 6],
            trigger_span=Span(start=start, end=start + 6),
            roles={Role.ACTOR: (self._entity(),), Role.RECIPIENT: (self._entity(),)},
            time=Time(text="then", start=happened, end=happened) if chance.random() < 0.5 else None,
            place=Place(text=self.pick(self.places), country=chance.choice(["SY", "IQ", "YE", "SO"]))
            if chance.random() < 0.5
            else None,
            sources=(Source(text="an officer", entity=self._entity(), kind=SourceKind.OFFICIAL),)
            if chance.random() < 0.6
            else (),
            status=chance.choice(list(Status)),
            score=chance.random(),
        )

    def _entity(self) -> str:
        return f"e{self.chance.randrange(ENTITIES)}"


def queries(world: World) -> Iterator[tuple[str, dict[str, Any]]]:
    day = datetime.date(2016, 1, 1)
    yield "actor", {"actor": world.chance.choice(world.names)}
    yield "actor (common)", {"actor": world.names[0]}
    yield "actor (part of a name)", {"actor": "qar"}
    yield "place", {"place": world.chance.choice(world.places)}
    yield "source", {"source": world.chance.choice(world.names)}
    yield "outlet, type", {"outlet": world.outlets[5], "types": ("ASSAULT",)}
    yield (
        "type, country, month",
        {
            "types": ("ASSAULT",),
            "country": "SY",
            "since": day,
            "until": day + datetime.timedelta(30),
        },
    )
    yield "text", {"text": " ".join(world.chance.sample(world.words[:300], 2))}
    yield "hedged", {"hedged": True}
    yield "report", {"report": f"bench/{world.chance.randrange(1000):07d}"}


def measure(label: str, **figures: Any) -> None:
    print(json.dumps({"measure": label, **figures}), flush=True)


def measure_adding(store: Store, world: World, reports: int) -> None:
    durations: list[float] = []
    for number in range(reports):
        bundle = world.bundle(number)
        begin = time.perf_counter()
        store.add(*bundle, "u1")
        durations.append(time.perf_counter() - begin)
    parts = (durations[: reports // 10], durations[-reports // 10 :])
    measure(
        "add",
        reports=reports,
        per_second=round(reports / sum(durations), 1),
        per_second_first_and_last_tenth=[round(len(part) / sum(part), 1) for part in parts],
        p95_ms=round(1000 * statistics.quantiles(durations, n=20)[-1], 2),
    )


def measure_queries(store: Store, world: World, rounds: int) -> None:
    """Figures are written as soon as they are there, so that a run cut short still says something."""
    screen: list[float] = []
    figures: dict[str, list[float]] = {}
    for _ in range(rounds):
        for label, given in queries(world):
            begin = time.perf_counter()
            list(store.codings(Query(**given, limit=50)))
            figures.setdefault(label, []).append(1000 * (time.perf_counter() - begin))
    for label, durations in figures.items():
        screen += durations
        p95 = statistics.quantiles(durations, n=20)[-1]
        middle = statistics.median(durations)
        measure(f"query: {label}", limit=50, rounds=rounds, median_ms=round(middle, 1), p95_ms=round(p95, 1))
    measure("query: all", limit=50, p95_ms=round(statistics.quantiles(screen, n=20)[-1], 1))
    begin = time.perf_counter()
    claims = sum(len(coding.claims) for coding in store.codings(Query(types=("ASSAULT",))))
    measure("export: one type", claims=claims, seconds=round(time.perf_counter() - begin, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--keep", help="a casebook to make, or to ask only where it is there")
    options = parser.parse_args()
    world = World(7, options.reports)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(options.keep or folder + "/bench.casebook")
        if not path.exists():
            with open_casebook(StoreOptions(str(path)), create=True) as store:
                measure_adding(store, world, options.reports)
        measure("file", megabytes=round(path.stat().st_size / 1e6, 1))
        begin = time.perf_counter()
        with open_casebook(StoreOptions(str(path)), create=False) as store:
            measure("load", average_of_other_work=[round(load, 1) for load in os.getloadavg()])
            measure("open", ms=round(1000 * (time.perf_counter() - begin), 1))
            measure_queries(store, world, ROUNDS)
            begin = time.perf_counter()
            tally = store.tally()
            measure("tally", ms=round(1000 * (time.perf_counter() - begin), 1), claims=tally.claims)
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    measure("memory", peak_megabytes=round(kilobytes / 1000))


if __name__ == "__main__":
    sys.exit(main())
