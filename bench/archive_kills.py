#!/usr/bin/env python3
"""What `kill -9` at random points costs a run over an archive: python bench/archive_kills.py [--kills 200]

Worker processes of `stemma archive` are killed, one at a time, each so long after the last that it is hit at
any point: while it starts, reads, writes its journal or its table. Every twentieth kill takes the driver
instead, which is started again. Runs follow each other until so many kills were made; after each, all tables
and the manifest are compared with those of a run without a kill. An engine that finds one claim a report
(tests/support/plug) stands in for the model. Writes JSON; ends with status 1 where a record was lost or is
there twice.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

SUPPORT = Path(__file__).parents[1] / "tests" / "support"
sys.path.insert(0, str(SUPPORT))

import archives  # noqa: E402 - found by the line above

RECORDS = 600
SHARD = 60
SECONDS = 0.02
"""What the engine takes for a report."""
LONGEST = 3.0
"""Seconds between two kills, at most: a worker takes about one to start."""
DRIVER = 20
WORKER = b"stemma.run.archive.child"


def workers_of(driver: int) -> list[int]:
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            if parent == driver and WORKER in status.with_name("cmdline").read_bytes():
                found.append(int(status.parent.name))
        except OSError:
            continue
    return found


def start(path: Path, out: Path) -> subprocess.Popen[bytes]:
    known = os.environ.get("PYTHONPATH")
    plug = str(SUPPORT / "plug")
    python_path = f"{plug}{os.pathsep}{known}" if known else plug
    env = {**os.environ, "PYTHONPATH": python_path, "STEMMA_TEST_SECONDS": str(SECONDS)}
    command = [sys.executable, "-m", "stemma", "archive", str(path), "--out", str(out)]
    return subprocess.Popen(
        [*command, "--workers", "2", "--reports", str(SHARD)], env=env, stderr=subprocess.PIPE
    )


def lines(out: Path) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in (out / "manifest.jsonl").read_bytes().splitlines()]
    return [{name: line[name] for name in line if name != "attempts"} for line in found]


def tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.glob("reports/*/*.parquet")}


class Kills:
    """Runs with kills, and what they cost."""

    def __init__(self, path: Path, plain: Path, kills: int, chance: random.Random) -> None:
        self.path, self.plain, self.kills, self.chance = path, plain, kills, chance
        self.done = self.drivers = self.runs = self.gave_up = self.refused = self.lost = self.twice = 0
        self.other = 0

    def run(self, out: Path) -> None:
        """One run to its end, however often it must be started."""
        self.runs += 1
        driver = start(self.path, out)
        while True:
            time.sleep(self.chance.uniform(0, LONGEST))
            if driver.poll() is None:
                if self.done < self.kills:
                    driver = self._kill(driver, out)
                continue
            said = driver.communicate()[1].decode()
            if driver.returncode == 0 or (out / "manifest.jsonl").exists():
                break
            if "the same command" not in said and "end before they have done anything" not in said:
                raise SystemExit(said)
            self.gave_up += 1
            driver = start(self.path, out)
        self._compare(out)

    def _kill(self, driver: subprocess.Popen[bytes], out: Path) -> subprocess.Popen[bytes]:
        if self.done % DRIVER == DRIVER - 1:
            driver.kill()
            driver.communicate()
            self.done, self.drivers = self.done + 1, self.drivers + 1
            return start(self.path, out)
        hands = workers_of(driver.pid)
        if hands:
            try:
                os.kill(self.chance.choice(hands), signal.SIGKILL)
                self.done += 1
            except ProcessLookupError:
                pass
        return driver

    def _compare(self, out: Path) -> None:
        told, expected = lines(out), lines(self.plain)
        names = [line["report"] for line in told if line["outcome"] == "read"]
        self.refused += sum(line["outcome"] == "refused" for line in told)
        self.lost += len({line["record"] for line in expected} - {line["record"] for line in told})
        self.twice += len(names) - len(set(names))
        self.other += tables(out) != tables(self.plain) or told != expected


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "news.warc"
        path.write_bytes(b"".join(archives.plain_page(number) for number in range(RECORDS)))
        plain = start(path, folder / "plain")
        if plain.wait():
            raise SystemExit(plain.communicate()[1].decode())
        kills = Kills(path, folder / "plain", given.kills, random.Random(given.seed))
        while kills.done < given.kills:
            kills.run(folder / f"run-{kills.runs}")
    found = {
        "kills": kills.done,
        "of the driver": kills.drivers,
        "runs": kills.runs,
        "records a run": RECORDS,
        "runs that gave up and were started again": kills.gave_up,
        "records lost": kills.lost,
        "records twice": kills.twice,
        "records refused": kills.refused,
        "runs with another table or manifest": kills.other,
        "seconds": round(time.monotonic() - began),
    }
    print(json.dumps(found, indent=1))
    if kills.lost or kills.twice or kills.other:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
