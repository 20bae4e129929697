"""What `kill -9` at random points costs a casebook: processes that add, merge, judge and migrate are killed.

    nice .venv/bin/python bench/kills.py [--kills 200] [--casebook postgresql://…/empty_database]

After each kill the casebook is opened, brought up to date and verified: nothing changed, nothing reported as
done that is not there, nothing twice. Writes one line of JSON; ends with status 1 where something was lost.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import json
import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from stemma.merge import MergeOptions
from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Document,
    Entity,
    EntityKind,
    Judgement,
    Report,
    Role,
)
from stemma.run import teams
from stemma.run.keeping import bring_up_to_date
from stemma.store import Store, StoreOptions, open_casebook
from stemma.store.options import is_address

CLAIMS = 8
LONGEST = 0.4
"""Seconds after its first word that a process may live: enough for some tens of transactions."""
STARTED = 60.0
"""Seconds that a process may take to its first word."""

Say = Callable[[str], None]


def bundle(number: int) -> tuple[Report, Document, Coding]:
    """One made-up report with its document and coding."""
    name = f"kill/{number:08d}"
    text = f"Group {number % 7} shelled the village of Kolmaz {number} on Monday."
    report = Report(id=name, address=f"{name}.txt", media_type="text/plain", content=text.encode())
    document = Document(report=name, report_hash=report.bytes_hash(), text=text)
    entity = Entity(id="e1", kind=EntityKind.GROUP, names=(f"Group {number % 7}",))
    claims = tuple(
        Claim(
            id=f"c{n}", type=ClaimType.ASSAULT, evidence=text, trigger="shelled", roles={Role.ACTOR: ("e1",)}
        )
        for n in range(CLAIMS)
    )
    coding = Coding(report=name, entities=(entity,), claims=claims, document_hash=document.content_hash())
    return report, document, coding


def do_add(casebook: str, say: Say, start: int) -> None:
    """Adds one report after the other."""
    with open_casebook(StoreOptions(casebook), create=True) as store:
        for number in range(start, start + 10_000):
            store.add(*bundle(number), "u1")
            say(f"report kill/{number:08d}")


def do_judge(casebook: str, say: Say, start: int) -> None:
    """Judges one claim after the other."""
    with open_casebook(StoreOptions(casebook), create=False) as store:
        reports = list(store.report_ids())
        for number in range(start, start + 10_000):
            at = datetime.datetime(2026, 1, 1) + datetime.timedelta(seconds=number)
            subject = f"{reports[number % len(reports)]}#c{number % CLAIMS}"
            judgement = Judgement(subject=subject, verdict="accept", person="ann", at=at)
            store.judge(judgement)
            say(f"judgement {judgement.content_hash()}")


def do_merge(casebook: str, say: Say, start: int) -> None:
    """Merges all anew, again and again."""
    with open_casebook(StoreOptions(casebook), create=False) as store:
        while True:
            say("merging")
            store.unfile(list(store.report_ids())[-40:])
            bring_up_to_date(store, MergeOptions())


def do_migrate(casebook: str, say: Say, start: int) -> None:
    """Goes down and up again."""
    while True:
        say("migrating")
        teams.migrate(casebook, "0002")
        teams.migrate(casebook, None)


ACTS = {"add": do_add, "judge": do_judge, "merge": do_merge, "migrate": do_migrate}


@dataclass
class Lost:
    """What was reported as done, and what was found wrong."""

    reports: set[str] = field(default_factory=set)
    judgements: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    kills: collections.Counter[str] = field(default_factory=collections.Counter)
    start: int = 0


def kill_one(casebook: str, act: str, lost: Lost, chance: random.Random) -> None:
    """Starts a process, kills it at a random point and looks at what it left."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            ACTS[act](casebook, lambda line: os.write(writer, f"{line}\n".encode()) and None, lost.start)
        except BaseException as error:
            os.write(writer, f"fault {error!r}\n".encode())
        os._exit(0)
    os.close(writer)
    select.select([reader], [], [], STARTED)  # some are killed while they open: see the delay below
    time.sleep(chance.uniform(0, LONGEST))
    os.kill(child, signal.SIGKILL)
    with os.fdopen(reader, "rb") as pipe:
        said = pipe.read().decode().split("\n")[:-1]
    os.waitpid(child, 0)
    for kind, _, rest in (line.partition(" ") for line in said):
        if kind == "report":
            lost.reports.add(rest)
        elif kind == "judgement":
            lost.judgements.add(rest)
        elif kind == "fault":
            lost.wrong.append(f"{act}: {rest}")
    lost.start += 10_000
    lost.kills[act] += 1
    look(casebook, act, lost)


def look(casebook: str, act: str, lost: Lost) -> None:
    """Opens the casebook and compares it with what was reported as done."""
    if is_address(casebook) and act == "migrate":
        teams.migrate(casebook, None)
    with open_casebook(StoreOptions(casebook), create=True) as store:
        found = store.verify()
        ids = list(store.report_ids())
        judged = collections.Counter(one.content_hash() for one in store.judgements())
        lost.wrong += [f"after {act}: {line}" for line in found.wrong]
        lost.wrong += [f"after {act}: {one} is lost" for one in sorted(lost.reports - set(ids))]
        lost.wrong += [f"after {act}: a judgement is lost" for one in lost.judgements if one not in judged]
        lost.wrong += [f"after {act}: a judgement is there twice" for one in judged.values() if one > 1]
        _count(store, ids, act, lost)
    if not is_address(casebook):
        with closing(sqlite3.connect(casebook)) as connection:
            if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                lost.wrong.append(f"after {act}: the file is damaged")


def _count(store: Store, ids: list[str], act: str, lost: Lost) -> None:
    tally = store.tally()
    if len(set(ids)) != len(ids) or tally.reports != len(ids):
        lost.wrong.append(f"after {act}: a report is there twice")
    if tally.claims != CLAIMS * len(ids):
        lost.wrong.append(f"after {act}: {tally.claims} claims of {len(ids)} reports")


def kill_many(casebook: str, kills: int, seed: int = 7) -> Lost:
    """Kills so many processes, each kind in turn; what was done and what was lost."""
    chance, lost = random.Random(seed), Lost()
    with open_casebook(StoreOptions(casebook), create=True) as store:
        store.add(*bundle(99_999_999), "u1")
    for turn in range(kills):
        kill_one(casebook, list(ACTS)[turn % len(ACTS)], lost, chance)
    return lost


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--casebook", help="an empty database; else a file that is removed in the end")
    options = parser.parse_args()
    begin = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        casebook = options.casebook or str(Path(folder) / "killed.casebook")
        lost = kill_many(casebook, options.kills)
    figures = {
        "measure": "kill -9",
        "store": "postgresql" if options.casebook else "sqlite",
        "kills": dict(lost.kills),
        "reports": len(lost.reports),
        "judgements": len(lost.judgements),
        "wrong": lost.wrong[:20],
        "seconds": round(time.perf_counter() - begin, 1),
    }
    print(json.dumps(figures))
    return 1 if lost.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
