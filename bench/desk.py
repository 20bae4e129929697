"""How fast the desk answers on a large casebook, and how much memory it takes.

    .venv/bin/python bench/desk.py [--reports 100000] [--keep FILE] [--rounds 20] [--routes READ]
        [--paint] [--cold]

Makes a casebook of made-up reports (15 claims each, 380 words, names with a long tail), of a few thousand
judgements and of a made-up kept record (`desk_kept.py`), starts `stemma desk` on it, and asks every page and
every call of the API over HTTP, each in `--rounds` ways. Writes one line of JSON per route: the median and
the 95th percentile in milliseconds, and the means of the processor's and of the reads of files; then how long
the first answer took, and the peak memory. It needs no model.
The machine forgets the file before the desk starts, so that what is looked at first is read from the
disk. `--routes` asks only those whose name has these letters, `--paint` when Chromium first paints a page.
`--cold` makes it forget the file before each request as well: every look is then a first look.
"""

from __future__ import annotations

import argparse
import datetime
import http.client
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import store as made_up
from bulk import at_once
from desk_kept import STORY, keep_record
from stemma.model import ClaimType, Coding, Document, Judgement, Report
from stemma.store import StoreOptions, open_casebook

CLAIMS: Final = 15
SEED: Final = 7
JUDGED: Final = 300
"""Reports that two people judged whole: 9,000 judgements."""

AT_ONCE: Final = 1000
COUNTRIES: Final = ("SY", "IQ", "YE", "SO")


class World(made_up.World):
    """The made-up archive with titles and languages; `kept` is how many reports are merged."""

    kept = 0

    def bundle(self, number: int) -> tuple[Report, Document, Coding]:
        report, document, coding = super().bundle(number)
        title = f"{self.pick(self.places)}: {' '.join(self.pick(self.words) for _ in range(6))}"
        given = {"title": title, "language": "en", "outlet": coding.outlet, "published": coding.published}
        document = document.model_copy(update=given)
        changed = {"title": title, "language": "en", "document_hash": document.content_hash()}
        return report, document, coding.model_copy(update={**changed, "claims": coding.claims[:CLAIMS]})


def make_casebook(path: Path, reports: int) -> None:
    """Writes the casebook, a thousand reports in one transaction: adding is not what is measured here."""
    world = World(SEED, reports)
    with open_casebook(StoreOptions(str(path)), create=True) as store:
        for start in range(0, reports, AT_ONCE):
            bundles = [world.bundle(number) for number in range(start, min(start + AT_ONCE, reports))]
            with at_once(store, "u1") as (_, put):
                for bundle in bundles:
                    put(*bundle)
            if start % 10_000 == 0:
                print(f"{start:,} reports", file=sys.stderr, flush=True)
        judge(store, reports)


def judge(store: Any, reports: int) -> None:
    """Two people judge the same reports whole."""
    chance = random.Random(SEED)
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    rows = []
    for number in range(0, reports, max(1, reports // JUDGED)):
        for person in ("ann", "ben"):
            for claim in range(CLAIMS):
                verdict = "reject" if chance.random() < 0.1 else "accept"
                moment += datetime.timedelta(seconds=7)
                subject = f"bench/{number:07d}#c{claim}"
                made = Judgement(subject=subject, verdict=verdict, person=person, at=moment)
                rows.append(
                    {
                        "subject": subject,
                        "verdict": verdict,
                        "person": person,
                        "at": moment.isoformat(),
                        "wire": made.wire_json(),
                    }
                )
    from stemma.store import schema

    with store._writer.begin() as connection:
        connection.execute(schema.judgements.insert(), rows)


Asking = Callable[[random.Random], str]


def routes(world: World, reports: int) -> Iterator[tuple[str, Asking]]:
    """Every page and call that reads, by name, with a way to make up one more address of it."""

    def one(chance: random.Random) -> str:
        return f"bench/{chance.randrange(reports):07d}"

    def path(base: str, make: Callable[[random.Random], dict[str, Any]]) -> Asking:
        return lambda chance: f"{base}?{urlencode(make(chance))}"

    def word(chance: random.Random) -> str:
        return chance.choice(world.words[:300])

    def day(chance: random.Random) -> datetime.date:
        return datetime.date(2012, 1, 1) + datetime.timedelta(chance.randrange(4000))

    def month(chance: random.Random) -> dict[str, Any]:
        first = day(chance)
        return {"since": first, "until": first + datetime.timedelta(30)}

    kinds = [str(kind) for kind in ClaimType]
    for base, text in (("/", "q"), ("/api/v1/reports", "text")):
        pages = {"page": lambda c: c.randrange(1, reports // 50)} if base == "/" else {}
        yield f"{base}", lambda chance, base=base: base
        if pages:
            yield f"{base} page n", path(base, lambda c: {"page": c.randrange(1, reports // 50)})
            for order in ("title", "claims", "score"):
                yield f"{base} by {order}", path(base, lambda c, o=order: {"order": o})
            for state in ("open", "begun", "done"):
                yield f"{base} {state}", path(base, lambda c, s=state: {"state": s})
        else:
            yield f"{base} offset", path(base, lambda c: {"offset": c.randrange(reports)})
        yield f"{base} text", path(base, lambda c, t=text: {t: word(c)})
        yield f"{base} common word", path(base, lambda c, t=text: {t: world.words[0]})
        yield f"{base} two words", path(base, lambda c, t=text: {t: f"{word(c)} {word(c)}"})
        yield f"{base} outlet", path(base, lambda c: {"outlet": c.choice(world.outlets)})
        yield f"{base} part of an outlet", path(base, lambda c: {"outlet": "qar"})
        yield f"{base} month", path(base, month)
        yield f"{base} type", path(base, lambda c: {"type": c.choice(kinds)})
        yield f"{base} country", path(base, lambda c: {"country": c.choice(COUNTRIES)})
        yield (
            f"{base} type, country, month",
            path(base, lambda c: {"type": c.choice(kinds), "country": c.choice(COUNTRIES), **month(c)}),
        )
    yield "/read", path("/read", lambda c: {"report": one(c)})
    yield "/choices", path("/choices", lambda c: {"report": one(c), "claim": "c1", "value": "roles.actor"})
    yield "/neighbour", path("/neighbour", lambda c: {"report": one(c), "to": "next"})
    yield "/neighbour back", path("/neighbour", lambda c: {"report": one(c), "to": "previous"})
    yield "/queue", lambda _: "/queue"
    yield "/queue/next", lambda _: "/queue/next"
    yield "/agreement", lambda _: "/agreement"
    yield "/api/v1/openapi.json", lambda _: "/api/v1/openapi.json"
    yield "/api/v1/summary", lambda _: "/api/v1/summary"
    for name in ("report", "document", "judgements"):
        yield f"/api/v1/{name}", path(f"/api/v1/{name}", lambda c: {"id": one(c)})
    yield "/api/v1/report judged", path("/api/v1/report", lambda c: {"id": one(c), "judged": "yes"})
    yield "/api/v1/queue", lambda _: "/api/v1/queue"
    yield "/api/v1/agreement", lambda _: "/api/v1/agreement"
    yield from record_routes(world, one, path, month)
    claims = "/api/v1/claims"
    yield f"{claims}", lambda _: claims
    yield f"{claims} actor", path(claims, lambda c: {"actor": c.choice(world.names)})
    yield f"{claims} common actor", path(claims, lambda c: {"actor": world.names[0]})
    yield f"{claims} part of a name", path(claims, lambda c: {"actor": c.choice(("qar", "zir", "mun"))})
    yield f"{claims} part of a common name", path(claims, lambda c: {"actor": "a"})
    yield f"{claims} no such actor", path(claims, lambda c: {"actor": "qxqxq"})
    yield f"{claims} place", path(claims, lambda c: {"place": c.choice(world.places)})
    yield f"{claims} source", path(claims, lambda c: {"source": c.choice(world.names)})
    yield f"{claims} common source", path(claims, lambda c: {"source": "officer"})
    yield (
        f"{claims} outlet, type",
        path(claims, lambda c: {"outlet": c.choice(world.outlets), "type": "ASSAULT"}),
    )
    yield f"{claims} month", path(claims, month)
    yield (
        f"{claims} type, country, month",
        path(claims, lambda c: {"type": c.choice(kinds), "country": c.choice(COUNTRIES), **month(c)}),
    )
    yield f"{claims} text", path(claims, lambda c: {"text": word(c)})
    yield f"{claims} two words", path(claims, lambda c: {"text": f"{word(c)} {word(c)}"})
    yield f"{claims} hedged", path(claims, lambda c: {"hedged": c.choice(("yes", "no"))})


def record_routes(
    world: World,
    one: Callable[[random.Random], str],
    path: Callable[[str, Callable[[random.Random], dict[str, Any]]], Asking],
    month: Callable[[random.Random], dict[str, Any]],
) -> Iterator[tuple[str, Asking]]:
    """The pages and calls that read the kept record."""

    def incident(chance: random.Random) -> str:
        first = chance.randrange(world.kept // STORY) * STORY
        return f"i-{first:07d}-c0"

    def party(chance: random.Random) -> str:
        return chance.choice(world.names).lower()

    filters: tuple[tuple[str, Callable[[random.Random], dict[str, Any]]], ...] = (
        ("", lambda c: {}),
        (" actor", lambda c: {"actor": c.choice(world.names)}),
        (" common actor", lambda c: {"actor": world.names[0]}),
        (" part of a name", lambda c: {"actor": c.choice(("qar", "zir", "mun"))}),
        (" type, country, month", lambda c: {"type": "ASSAULT", "country": c.choice(COUNTRIES), **month(c)}),
        (" outlet, source", lambda c: {"outlet": c.choice(world.outlets), "source": "officer"}),
    )
    pages = ("/stories", "/timeline", "/map", "/network")
    calls = tuple(f"/api/v1/{name}" for name in ("incidents", "timeline", "network", "disputes"))
    for base in (*pages, *calls):
        for name, make in filters:
            yield f"kept {base}{name}", path(base, make)
    for order in ("newest", "fewest"):
        yield f"kept /stories {order}", path("/stories", lambda c, o=order: {"order": o})
    yield "kept /stories page n", path("/stories", lambda c: {"page": c.randrange(1, world.kept // 10)})
    yield "kept /stories words", path("/stories", lambda c: {"q": c.choice(world.words[:300])})
    yield "kept /stories disputed", path("/stories", lambda c: {"disputed": "yes", "single": "yes"})
    yield "kept /story", lambda c: f"/story/{incident(c)}"
    yield "kept /passages", path("/passages", lambda c: {"report": one(c)})
    for name in ("incident", "lineage"):
        yield f"kept /api/v1/{name}", path(f"/api/v1/{name}", lambda c: {"id": incident(c)})
    for base in ("/entities", "/api/v1/entities"):
        yield f"kept {base}", path(base, lambda c: {})
        yield f"kept {base} name", path(base, lambda c: {"q": c.choice(world.names)[:6]})
        yield f"kept {base} kind", path(base, lambda c: {"kind": "group"})
    yield "kept /dossier", lambda c: f"/dossier/{quote(party(c))}"
    yield "kept /dossier common", lambda c: f"/dossier/{quote(world.names[0].lower())}"
    yield "kept /api/v1/dossier", path("/api/v1/dossier", lambda c: {"party": party(c)})


class Desk:
    """A desk that runs; asks it as a browser does, over one connection that stays open."""

    may_miss = True
    """A made-up name need not be a party: then the page says so."""

    def __init__(self, casebook: Path) -> None:
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "stemma",
                "desk",
                "--casebook",
                str(casebook),
                "--port",
                "0",
                "--no-browser",
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(r"http://([^/]+)/\?token=(\S+)", line):
                break
        else:
            raise SystemExit("the desk did not start")
        self.host, self.token = found[1], found[2]
        self.cookie = ""
        self.last = b""
        answer = self._ask(f"/?token={self.token}")
        self.cookie = answer.getheader("Set-Cookie", "").partition(";")[0]
        self.get("/")
        self.first_answer = time.perf_counter() - begin
        self._local = threading.local()

    def _ask(self, path: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection(self.host, timeout=120)
        connection.request("GET", path, headers={"Cookie": self.cookie} if self.cookie else {})
        answer = connection.getresponse()
        self.last = answer.read()
        connection.close()
        return answer

    def read(self, path: str) -> str:
        """The text of a page."""
        self._ask(path)
        return self.last.decode("utf-8")

    def get(self, path: str) -> float:
        """Milliseconds until the whole answer is there."""
        begin = time.perf_counter()
        answer = self._ask(path)
        took = 1000 * (time.perf_counter() - begin)
        if answer.status >= 400 and not (answer.status == 404 and self.may_miss):
            raise SystemExit(f"{path}: {answer.status}")
        return took

    def processor(self) -> float:
        """Milliseconds of processor used so far: what other work on the machine changes least."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def reads(self) -> int:
        """How many reads of files it has made so far."""
        lines = Path(f"/proc/{self.process.pid}/io").read_text("utf-8").splitlines()
        return int(dict(line.split(": ") for line in lines)["syscr"])

    def peak(self) -> int:
        """The largest memory so far, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("utf-8")
        found = re.search(r"VmHWM:\s+(\d+)", status)
        return int(found[1]) // 1000 if found else 0


@contextmanager
def running(casebook: Path) -> Iterator[Desk]:
    """A desk on this casebook."""
    desk = Desk(casebook)
    try:
        yield desk
    finally:
        desk.process.terminate()
        desk.process.wait(10)


def measure(label: str, **figures: Any) -> None:
    print(json.dumps({"measure": label, **figures}), flush=True)


def forget(casebook: Path) -> None:
    """Takes the file out of the machine's memory, as after a start of the machine."""
    with casebook.open("rb") as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def measure_routes(desk: Desk, world: World, rounds: int, wanted: str, cold: Path | None = None) -> None:
    """One line a route; the first answer counts with the others."""
    worst: list[float] = []
    for name, make in routes(world, world.kept):
        if wanted not in name:
            continue
        chance = random.Random(f"{SEED} {name}")
        used, read = desk.processor(), desk.reads()
        durations = []
        for _ in range(rounds):
            if cold is not None:
                forget(cold)
            durations.append(desk.get(make(chance)))
        used, read = (desk.processor() - used) / rounds, (desk.reads() - read) / rounds
        p95 = statistics.quantiles(durations, n=20, method="inclusive")[-1]
        worst.append(p95)
        measure(
            name,
            median_ms=round(statistics.median(durations), 1),
            p95_ms=round(p95, 1),
            worst_ms=round(max(durations), 1),
            processor_ms=round(used, 1),
            reads=round(read),
        )
    measure(
        "all routes",
        routes=len(worst),
        worst_p95_ms=round(max(worst), 1),
        over_300=sum(w > 300 for w in worst),
        over_100=sum(w > 100 for w in worst),
    )


def measure_crowd(desk: Desk, world: World, reports: int, people: int = 8) -> None:
    """So many at once, each asking all routes once in an order of their own: what memory grows to."""

    def ask(number: int) -> None:
        chance = random.Random(number)
        known = list(routes(world, reports))
        chance.shuffle(known)
        for _, make in known:
            desk.get(make(chance))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(people)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    measure(
        f"{people} people at once", seconds=round(time.perf_counter() - begin, 1), peak_megabytes=desk.peak()
    )


def main() -> None:
    import desk_looks  # it asks this file for more

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="the casebook, made if it is not there")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--routes", default="", metavar="LETTERS")
    parser.add_argument("--paint", action="store_true")
    parser.add_argument("--cold", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.keep or Path(folder) / "bench.casebook"
        if not path.exists():
            begin = time.perf_counter()
            make_casebook(path, options.reports)
            measure(
                "made", seconds=round(time.perf_counter() - begin), megabytes=path.stat().st_size // 10**6
            )
        begin = time.perf_counter()
        with open_casebook(StoreOptions(str(path)), create=False) as store:
            measure("opened, brought up to date", seconds=round(time.perf_counter() - begin, 1))
            if store.unmerged().reports:
                measure("made-up record kept", seconds=round(keep_record(store)))
        forget(path)
        with running(path) as desk:
            measure("load", average_of_other_work=[round(load, 1) for load in os.getloadavg()])
            measure("first answer", seconds=round(desk.first_answer, 2))
            if options.paint:
                desk_looks.measure_paint(desk)
            world = World(SEED, options.reports)
            world.kept = options.reports
            if options.routes in "/agreement":
                desk_looks.measure_agreement(desk, path, options.reports, options.rounds)
            cold = path if options.cold else None
            measure_routes(desk, world, options.rounds, options.routes, cold)
            measure("memory", peak_megabytes=desk.peak())
            if not options.routes:
                measure_crowd(desk, world, options.reports)


if __name__ == "__main__":
    sys.exit(main())
