"""Soak: 300 feeds followed for 24 hours of simulated time, in one process, without any network.

The servers are a function: most behave, some fail, redirect in circles, answer with bombs or ask to be left
alone. Fetching, feeds, robots.txt, WARC, reading, casebook, alerts are the real ones; extraction is a stub
that finds one claim, so that a day takes a minute or two. Memory is that of the process (RSS), at each
simulated hour, after a collection; growth is counted from the fourth hour on, when caches are full.

    nice python bench/watch.py
"""

from __future__ import annotations

import argparse
import gc
import gzip
import os
import resource
import tempfile
import time
from pathlib import Path
from typing import Final

import httpx2

import stemma.extract
from stemma.model import Coding, Document
from stemma.run.api import open_casebook
from stemma.run.watch.alerts import Alerts
from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.harvest import Round
from stemma.run.watch.options import WatchOptions
from stemma.run.watch.pacing import Clock
from stemma.run.watch.rounds import Watcher
from stemma.run.watch.state import State
from stemma.run.watch.subscriptions import Followed, Place, SavedQuery, Subscriptions
from stemma.settings import Settings

START: Final = 1_790_000_000.0
STEP: Final = 900.0
WARM: Final = 4
EVERY: Final = 4 * 3600.0
"""Simulated seconds between two articles of one feed."""
ITEMS: Final = 4
BOMB: Final = gzip.compress(b"\0" * 30_000_000)
PLACES: Final = ("Kolmaz", "Hesk", "Lindhaven", "Ostrel", "Grel Pass", "Arven", "Tolmin", "Sarve")


class SteppedClock(Clock):
    """Waits take no time; the driver moves it."""

    def __init__(self) -> None:
        super().__init__()
        self.at = START

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        """At once."""


class Stub:
    """One claim a report."""

    name = "stub"
    version = "1"

    def extract(self, document: Document) -> Coding:
        word = document.text.split()[0]
        wire = {
            "report": document.report,
            "outlet": document.outlet,
            "published": document.published.isoformat() if document.published else None,
            "entities": [{"id": "e1", "kind": "group", "names": [word]}],
            "claims": [
                {"id": "c1", "type": "DENY", "evidence": word, "trigger": word, "roles": {"actor": ["e1"]}}
            ],
        }
        return Coding.from_wire(wire)


class Servers(httpx2.BaseTransport):
    """All servers of the simulated web."""

    def __init__(self, clock: SteppedClock) -> None:
        self.clock = clock
        self.asked = 0

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.asked += 1
        number = int(request.url.host.removeprefix("feed").partition(".")[0])
        path = request.url.path
        if path == "/robots.txt":
            return httpx2.Response(200, text="User-agent: *\nCrawl-delay: 1\nDisallow: /private*\n")
        if path == "/feed":
            return self._feed(number, request)
        return self._page(number, int(path.rpartition("/")[2]), request)

    def _feed(self, number: int, request: httpx2.Request) -> httpx2.Response:
        if number % 30 == 7:
            return httpx2.Response(500)
        if number % 30 == 8:
            return httpx2.Response(302, headers={"Location": "/feed"})
        if number % 30 == 9:
            return httpx2.Response(200, content=BOMB, headers={"Content-Encoding": "gzip"})
        if number % 30 == 10:
            raise httpx2.ReadTimeout("silence")
        if number % 30 == 11 and int(self.clock.at) % 7 == 0:
            return httpx2.Response(429, headers={"Retry-After": "3600"})
        newest = int((self.clock.at + number * 47) // EVERY)
        tag = f'"{newest}"'
        if request.headers.get("If-None-Match") == tag:
            return httpx2.Response(304)
        entries = "".join(
            f"<item><title>Note {one}</title><link>/story/{one}</link><guid>1</guid>"
            f"<pubDate>Mon, 21 Sep 2026 10:00:00 GMT</pubDate></item>"
            for one in range(newest, newest - ITEMS, -1)
        )
        body = f'<rss version="2.0"><channel><title>Feed {number}</title>{entries}</channel></rss>'
        return httpx2.Response(200, text=body, headers={"ETag": tag})

    def _page(self, number: int, one: int, request: httpx2.Request) -> httpx2.Response:
        # One page in three is corrected an hour after it came out.
        late = self.clock.at - (one * EVERY - number * 47) > 3600
        dead = 12 if one % 3 == 0 and late else 10
        tag = f'"{dead}"'
        if request.headers.get("If-None-Match") == tag:
            return httpx2.Response(304)
        place = PLACES[(one * 7 + number) % len(PLACES)]
        party = f"Group{(one * 13 + number) % 97}"
        text = (
            f"{party} denied on Monday that it had shelled the market of {place}, where {dead} people "
            f"died. Witness number {one * 31 + number} said that the shells came from the hills up north, "
            "and that the ferry went on as it does every day. Nobody else could be reached that evening."
        )
        title = f"{party} denies shelling {place}"
        story = f"<article><h1>{title}</h1><p>{text}</p><p>Note {number}-{one}.</p></article>"
        page = f"<html><head><title>{party} denies</title></head><body>{story}</body></html>"
        return httpx2.Response(
            200, content=gzip.compress(page.encode(), 1),
            headers={"ETag": tag, "Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"},
        )  # fmt: skip


def resident() -> float:
    """MiB of this process."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def soak(feeds: int, hours: int, folder: Path) -> None:
    clock = SteppedClock()
    servers = Servers(clock)
    stub = Stub()
    stemma.extract.find_engine = lambda options: stub  # type: ignore[assignment,return-value]
    place = Place(folder / "watch")
    settings = Settings()
    follows = tuple(Followed(address=f"https://feed{number}.example/feed") for number in range(feeds))
    query = SavedQuery(name="one", filters={"actor": "Group13"})
    subscriptions = Subscriptions(follows=follows, queries=(query,))
    fetcher = Fetcher(WatchOptions(max_feed=1_000_000, max_page=1_000_000), clock, servers)
    sums = Round()
    memory: list[float] = []
    began, worked = time.monotonic(), time.process_time()
    with (
        open_casebook(folder / "book", create=True) as store,
        State(place.state, alone=True) as state,
    ):
        watcher = Watcher(place, state, store, settings, fetcher, lambda line: None)
        alerts = Alerts(place, state, store, settings, fetcher, lambda line: None)
        found = 0
        for step in range(int(hours * 3600 / STEP)):
            done = watcher.round(subscriptions)
            found += len(alerts.after_round(subscriptions.queries, done.fresh))
            for name in (
                "feeds",
                "unchanged",
                "failed",
                "pages",
                "same",
                "added",
                "versions",
                "refused",
                "missed",
            ):
                setattr(sums, name, getattr(sums, name) + getattr(done, name))
            clock.at += STEP
            if (step + 1) * STEP % 3600 == 0:
                memory.append(resident())
                print(f"hour {len(memory):2d}: {memory[-1]:.1f} MiB, {sums.added:,} reports", flush=True)
        reports = store.tally().reports
    growth = (memory[-1] / memory[WARM - 1] - 1) * 100 if len(memory) > WARM else float("nan")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{feeds} feeds, {hours} h: {servers.asked:,} requests")
    print(f"feeds: {sums.feeds:,} looks, {sums.unchanged:,} unchanged, {sums.failed:,} failed")
    print(
        f"pages: {sums.pages:,} looks, {sums.same:,} unchanged, {sums.missed + sums.refused:,} not to be had"
    )
    print(f"reports: {reports:,}, {sums.versions:,} of them later versions; alerts: {found:,}")
    print(f"memory: hour {WARM} {memory[WARM - 1]:.1f} MiB, end {memory[-1]:.1f} MiB, {growth:+.2f} %")
    print(f"peak: {peak:.0f} MiB")
    print(f"time: {time.monotonic() - began:.0f} s, of processor {time.process_time() - worked:.0f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--feeds", type=int, default=300)
    parser.add_argument("--hours", type=int, default=24)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        soak(asked.feeds, asked.hours, Path(made))
