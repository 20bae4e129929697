"""Looks at a desk that need more than one request: agreement as it grows, and what a browser paints.

Asked by `bench/desk.py`, beside its routes.
"""

from __future__ import annotations

import datetime
import random
import statistics
import time
from pathlib import Path
from typing import Final

from desk import CLAIMS, JUDGED, SEED, Desk, measure
from stemma.model import Judgement
from stemma.store import StoreOptions, open_casebook

_PAINTED: Final = """
const done = arguments[0];
const look = () => {
  const entry = performance.getEntriesByName('first-contentful-paint')[0];
  if (entry) done(entry.startTime); else setTimeout(look, 10);
};
look();
"""


def measure_agreement(desk: Desk, casebook: Path, reports: int, rounds: int) -> None:
    """The first look, what it says and when the figures are there; then looks after one judgement each."""
    first = desk.get("/agreement")
    begin = time.perf_counter()
    while 'id="awaiting"' in desk.read("/agreement"):
        time.sleep(0.05)
    measure("/agreement first", first_ms=round(first, 1), figures_s=round(time.perf_counter() - begin, 1))
    chance = random.Random(SEED)
    judged = range(0, reports, max(1, reports // JUDGED))
    durations = []
    with open_casebook(StoreOptions(str(casebook)), create=False) as store:
        for _ in range(rounds):
            subject = f"bench/{chance.choice(judged):07d}#c{chance.randrange(CLAIMS)}"
            now = datetime.datetime.now(datetime.UTC)
            store.judge(Judgement(subject=subject, verdict="accept", person="ann", at=now))
            durations.append(desk.get("/agreement"))
    p95 = statistics.quantiles(durations, n=20, method="inclusive")[-1]
    measure(
        "/agreement after a judgement",
        median_ms=round(statistics.median(durations), 1),
        p95_ms=round(p95, 1),
        worst_ms=round(max(durations), 1),
    )


def measure_paint(desk: Desk, rounds: int = 5) -> None:
    """When the system's Chromium first paints something of a page, after it was asked for."""
    from sixty import start_chromium

    driver = start_chromium()
    try:
        driver.get(f"http://{desk.host}")
        name, _, value = desk.cookie.partition("=")
        driver.add_cookie({"name": name, "value": value})
        for path in (
            "/",
            "/read?report=bench/0000001",
            "/queue",
            "/stories",
            "/timeline",
            "/network",
            "/map",
        ):
            found = []
            for _ in range(rounds):
                driver.get(f"http://{desk.host}{path}")
                found.append(driver.execute_async_script(_PAINTED))
            measure(
                f"first paint {path}", median_ms=round(statistics.median(found)), worst_ms=round(max(found))
            )
    finally:
        driver.quit()
