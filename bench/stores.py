"""How fast PostgreSQL answers what the desk asks, beside SQLite with the same casebook.

    nice .venv/bin/python bench/stores.py --database postgresql://…/empty_database [--reports 20000]

The casebook is that of `bench/store.py`, made in a file and moved into the empty database. Each question is
asked of both in turn, so that other work on the machine meets both alike. Writes one line of JSON a question:
median and 95th percentile in milliseconds, and their ratios; then all questions together.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import store as made_up
from stemma.run import teams
from stemma.store import Query, ShelfQuery, Store, StoreOptions, open_casebook

Ask = Callable[[Store], object]


def questions(world: made_up.World, reports: int) -> Iterator[tuple[str, Ask]]:
    """What the desk's pages ask of a store, with other words each time."""
    for label, given in made_up.queries(world):
        yield f"claims: {label}", lambda store, given=given: list(store.codings(Query(**given, limit=50)))
    word = world.chance.choice(world.words[:300])
    outlet = world.chance.choice(world.outlets).split()[1]
    report = f"bench/{world.chance.randrange(reports):07d}"
    yield "reports: newest", lambda store: store.shelf(ShelfQuery())
    yield "reports: by claims", lambda store: store.shelf(ShelfQuery(order="claims"))
    yield "reports: least sure", lambda store: store.shelf(ShelfQuery(order="score"))
    yield "reports: word", lambda store: store.shelf(ShelfQuery(text=word))
    yield "reports: outlet", lambda store: store.shelf(ShelfQuery(outlet=outlet))
    yield "reports: type", lambda store: store.shelf(ShelfQuery(type="ASSAULT", country="SY"))
    yield "report: document and coding", lambda store: (store.document(report), store.coding(report))
    yield "queue: 2,000 doubts", lambda store: store.doubts(2000)
    yield "judgements: what is new", lambda store: list(store.judgements(skip=10**6))


def measure(stores: dict[str, Store], world: made_up.World, reports: int, rounds: int) -> None:
    """Asks all questions of all stores and writes the figures."""
    figures: dict[str, dict[str, list[float]]] = {}
    for turn in range(rounds + 1):
        for label, ask in questions(world, reports):
            for name, store in stores.items():
                begin = time.perf_counter()
                ask(store)
                if turn:  # the first round fills caches
                    taken = 1000 * (time.perf_counter() - begin)
                    figures.setdefault(label, {}).setdefault(name, []).append(taken)
    whole: dict[str, list[float]] = {name: [] for name in stores}
    for label, found in figures.items():
        made_up.measure(label, rounds=rounds, **_told(found))
        for name, taken in found.items():
            whole[name] += taken
    made_up.measure("all", rounds=rounds, **_told(whole))


def _told(found: dict[str, list[float]]) -> dict[str, float]:
    told: dict[str, float] = {}
    for label, of in (
        ("median", statistics.median),
        ("p95", lambda taken: statistics.quantiles(taken, n=20)[-1]),
    ):
        values = {name: of(taken) for name, taken in found.items()}
        told |= {f"{name}_{label}_ms": round(value, 2) for name, value in values.items()}
        told[f"{label}_ratio"] = round(values["postgresql"] / values["sqlite"], 2)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--database", required=True, help="an empty database")
    options = parser.parse_args()
    world = made_up.World(7, options.reports)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "bench.casebook")
        with open_casebook(StoreOptions(path), create=True) as store:
            made_up.measure_adding(store, world, options.reports)
        begin = time.perf_counter()
        rows = sum(teams.move(path, options.database).values())
        made_up.measure("move", rows=rows, seconds=round(time.perf_counter() - begin, 1))
        _analyse(options.database)
        with (
            open_casebook(StoreOptions(path), create=False) as one,
            open_casebook(StoreOptions(options.database), create=False) as other,
        ):
            measure({"sqlite": one, "postgresql": other}, world, options.reports, options.rounds)
            for name, kept in (("sqlite", one), ("postgresql", other)):
                begin = time.perf_counter()
                found = kept.verify()
                took = round(time.perf_counter() - begin, 1)
                made_up.measure(f"verify: {name}", seconds=took, faults=len(found.wrong))
        made_up.measure("load", average_of_other_work=[round(load, 1) for load in os.getloadavg()])


def _analyse(database: str) -> None:
    """PostgreSQL looks at the size of its tables by itself a minute later."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ANALYZE")


if __name__ == "__main__":
    sys.exit(main())
