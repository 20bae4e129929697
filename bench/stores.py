"""How fast PostgreSQL answers what the desk asks, beside SQLite with the same casebook.

    nice .venv/bin/python bench/stores.py --database postgresql://…/database [--reports 20000] [--keep FILE]

The casebook is that of `bench/desk.py`, with its made-up kept record, made in a file and moved into the empty
database; with `--keep` the file stays, and a file and a database that hold one already are only asked. Each
question is asked of both in turn, so that other work on the machine meets both alike. Writes one line of JSON
a question: median and 95th percentile in milliseconds, and their ratios, and the mean of the processor's time
(ours and the server's, where it runs on this machine); then all questions together.
`--plans` writes instead which statements of PostgreSQL go through a whole table.
"""

from __future__ import annotations

import argparse
import datetime
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import event

import desk
import store as made_up
from desk_kept import STORY, keep_record
from stemma.run import teams
from stemma.store import Query, ShelfQuery, Store, StoreOptions, open_casebook
from stemma.store.listing import IncidentQuery, Part

Ask = Callable[[Store], object]
MANY = 5000
"""Rows of a table that may be met one by one: some milliseconds."""


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
    yield "members, unmerged", lambda store: (store.members(), store.unmerged())
    yield from record_questions(world, reports, word, outlet)


def record_questions(world: made_up.World, reports: int, word: str, outlet: str) -> Iterator[tuple[str, Ask]]:
    """What pages of the kept record ask: lists of incidents, a story, parties, ties."""
    chance = world.chance
    day = datetime.date(2012, 1, 1) + datetime.timedelta(chance.randrange(4000))
    month = {"since": day, "until": day + datetime.timedelta(30)}
    incident = f"i-{chance.randrange(reports // STORY) * STORY:07d}-c0"
    name = chance.choice(world.names)
    asked = {
        "stories: most told": IncidentQuery(),
        "stories: newest": IncidentQuery(order="newest"),
        "stories: page 20": IncidentQuery(offset=600),
        "stories: type, country, month": IncidentQuery(Query(types=("ASSAULT",), country="SY", **month)),
        "stories: disputed": IncidentQuery(disputed=True),
        "stories: actor": IncidentQuery(Query(actor=name)),
        "stories: outlet": IncidentQuery(Query(outlet=outlet)),
        "stories: word": IncidentQuery(Query(text=word)),
    }
    for label, query in asked.items():
        yield label, lambda store, query=query: store.incidents(query)
    yield "story: its record", lambda store: store.incident_record(incident)
    yield "map: month", lambda store: store.incidents_by_place(IncidentQuery(Query(**month), limit=200))
    yield "parties: first page", lambda store: store.parties()
    yield "parties: name", lambda store: store.parties(name=name)
    yield "network: ties", lambda store: store.ties(None, None, 250)
    party = f"{chance.randrange(10**9)}"
    yield "dossier: nobody", lambda store: store.incidents_of(party, Part.DID, 100)


def measure(stores: dict[str, Store], world: made_up.World, reports: int, rounds: int, database: str) -> None:
    """Asks all questions of all stores and writes the figures."""
    stores["postgresql"].members()  # so that its connection is there
    server = server_processes(database)
    cores: dict[str, dict[str, float]] = {}
    figures: dict[str, dict[str, list[float]]] = {}
    for turn in range(rounds + 1):
        for label, ask in questions(world, reports):
            for name, store in stores.items():
                before, begin = spent(server), time.perf_counter()
                ask(store)
                taken = 1000 * (time.perf_counter() - begin)
                if turn:  # the first round fills caches
                    figures.setdefault(label, {}).setdefault(name, []).append(taken)
                    core = cores.setdefault(label, dict.fromkeys(stores, 0.0))
                    core[name] += 1000 * (spent(server) - before) / rounds
    whole: dict[str, list[float]] = {name: [] for name in stores}
    for label, found in figures.items():
        core = {f"{name}_core_ms": round(taken, 2) for name, taken in cores[label].items()}
        made_up.measure(label, rounds=rounds, **_told(found), **core)
        for name, taken in found.items():
            whole[name] += taken
    core = {
        f"{name}_core_ms": round(statistics.mean(one[name] for one in cores.values()), 2) for name in stores
    }
    made_up.measure("all", rounds=rounds, **_told(whole), **core)


def spent(server: Sequence[int]) -> float:
    """Seconds of processor that this process and the server's have used: what other work leaves alone."""
    used = time.process_time()
    for process in server:
        used += int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[0]) / 1e9
    return used


def server_processes(database: str) -> list[int]:
    """The processes of the server that work for us; none where it is on another machine."""
    with psycopg.connect(database) as connection:
        asked = "SELECT pid FROM pg_stat_activity WHERE application_name = 'stemma'"
        found = [int(row[0]) for row in connection.execute(asked)]
    return [one for one in found if Path(f"/proc/{one}/schedstat").exists()]


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
    parser.add_argument("--database", required=True, help="an empty one, or one with the casebook")
    parser.add_argument("--keep", help="the casebook's file: made where it is not there, and left")
    parser.add_argument("--plans", action="store_true")
    options = parser.parse_args()
    world = made_up.World(desk.SEED, options.reports)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(options.keep or Path(folder) / "bench.casebook")
        make(path, options.database, options.reports)
        with (
            open_casebook(StoreOptions(str(path)), create=False) as one,
            open_casebook(StoreOptions(options.database), create=False) as other,
        ):
            if options.plans:
                tell_plans(other, world, options.reports)
                return
            made_up.measure("load", average_of_other_work=[round(load, 1) for load in os.getloadavg()])
            measure(
                {"sqlite": one, "postgresql": other}, world, options.reports, options.rounds, options.database
            )
            made_up.measure("load", average_of_other_work=[round(load, 1) for load in os.getloadavg()])


def make(path: Path, database: str, reports: int) -> None:
    """Makes the casebook and moves it, where that was not done before."""
    if not path.exists():
        desk.make_casebook(path, reports)
        with open_casebook(StoreOptions(str(path)), create=False) as store:
            keep_record(store)
    with psycopg.connect(database, autocommit=True) as connection:
        empty = connection.execute("SELECT to_regclass('reports')").fetchone() == (None,)
    if empty:
        begin = time.perf_counter()
        rows = sum(teams.move(str(path), database).values())
        made_up.measure("move", rows=rows, seconds=round(time.perf_counter() - begin, 1))
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("ANALYZE")  # PostgreSQL looks at the size of its tables by itself a minute later


def tell_plans(store: Any, world: made_up.World, reports: int) -> None:
    """Writes the statements of each question that go through more than `MANY` rows of a table one by one."""
    seen: list[tuple[str, Any]] = []
    event.listen(
        store.reader, "before_cursor_execute", lambda _c, _k, sql, given, *_: seen.append((sql, given))
    )
    for label, ask in list(questions(world, reports)):
        seen.clear()
        ask(store)
        for sql, given in [one for one in seen if one[0].lstrip().startswith(("SELECT", "WITH"))]:
            with store.reader.connect() as connection:
                plan = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", given).scalar()
            for table, rows in walked(plan[0]["Plan"]):
                if rows > MANY:
                    made_up.measure("sequential scan", question=label, table=table, rows=rows, sql=sql[:300])


def walked(plan: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The tables that a plan goes through as a whole, with the rows that it meets there."""
    if plan["Node Type"] == "Seq Scan":
        met = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
        yield plan["Relation Name"], round(met * plan["Actual Loops"])
    for part in plan.get("Plans", ()):
        yield from walked(part)


if __name__ == "__main__":
    sys.exit(main())
