"""The pictures of the desk in `docs/desk/`, taken anew from the example reports.

    .venv/bin/python bench/desk_shots.py [--to docs/desk] [--only map,network]

Adds the reports of `examples/` to a casebook, opens the desk on it in the system's Chromium as it is seen on
a laptop of 13 inches (1280 by 800), judges a little by keyboard and two reports whole under two names, and
photographs every page. The map is of another casebook, of two reports written below: the towns are real, the
events are not. Look at each picture before you commit it. Needs Chromium with its driver, the group dev and
a model.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from desk import Desk, running
from sixty import ROOT, start_chromium

WIDE, HIGH = 1280, 800
JUDGED: Final = ("daybreak24", "corvania-today")
SETTLE: Final = 0.5
"""Seconds in which a page's scripts have done what a key asked for."""
LONGEST: Final = 120

MAPPED: Final = {
    "one": """Shells fall near Saraqib
By a reporter of the Levant Observer
14 December 2016

Government forces shelled Saraqib on Monday, residents said. Two people were killed.

Fighters of the Northern Front captured Jisr ash-Shughur on Sunday, the group said in a statement.

Warplanes bombed Idlib province on Saturday, a doctor said.

Rebels attacked an army post near Hama on 9 December, state television said.
""",
    "two": """Convoy reaches the east
By a reporter of the Levant Observer
16 December 2016

An aid convoy of the Red Crescent reached Deir ez-Zor on Thursday, the organisation said.

The army shelled the Douma district on Wednesday, residents said. Fighters withdrew from Palmyra on Tuesday.

Gunmen kidnapped three engineers in Raqqa province last week, officials said.

Rockets hit the village of Umm al-Qura Ghost Farm on Monday, residents said.
""",
}
_JUDGE: Final = """
const [report, every, done] = arguments;
const csrf = document.querySelector('meta[name=csrf]').content;
(async () => {
  const coding = await (await fetch('/api/v1/report?id=' + report)).json();
  let number = 0;
  for (const claim of coding.claims) {
    number += 1;
    await fetch('/judge', { method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Stemma-Csrf': csrf },
      body: JSON.stringify({ report, claim: claim.id, do: number % every ? 'accept' : 'reject' }) });
  }
  done(number);
})();
"""


class Photographer:
    """A browser before a desk."""

    def __init__(self, driver: Any, desk: Desk, to: Path, only: set[str]) -> None:
        self.driver, self.base, self.to, self.only = driver, f"http://{desk.host}", to, only
        size = {"width": WIDE, "height": HIGH, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.set_script_timeout(LONGEST)
        driver.get(self.base)
        name, _, value = desk.cookie.partition("=")
        driver.add_cookie({"name": name, "value": value})

    def open(self, path: str) -> None:
        """A page; one that waits for something is looked at again until it has it."""
        self.driver.get(self.base + path)
        end = time.monotonic() + LONGEST
        while self.driver.find_elements("id", "awaiting"):
            if time.monotonic() > end:
                raise SystemExit(f"{path} does not come")
            time.sleep(SETTLE)
        time.sleep(SETTLE)

    def press(self, keys: str) -> None:
        """Keys, one after the other."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)
            time.sleep(SETTLE)

    def take(self, name: str, path: str = "", show: str = "") -> None:
        """One picture, of the page from what `show` selects on."""
        if path:
            self.open(path)
        if self.only and name not in self.only:
            return
        if show:
            script = "document.querySelector(arguments[0]).scrollIntoView({block: 'start'})"
            self.driver.execute_script(script, show)
        time.sleep(2 * SETTLE)
        self.driver.save_screenshot(str(self.to / f"{name}.png"))
        print(name, flush=True)

    def call(self, person: str) -> None:
        """Judgements are this person's from now on."""
        self.open("/")
        self.driver.find_element("id", "reviewer").click()
        field = self.driver.find_element("id", "name-input")
        field.clear()
        field.send_keys(person + "\n")
        time.sleep(2 * SETTLE)

    def judge_whole(self, every: int) -> None:
        """Two reports; each so-manieth claim is rejected."""
        for report in JUDGED:
            self.driver.execute_async_script(_JUDGE, report, every)

    def first(self, path: str, links: str) -> str:
        """The address of the first such link of a page."""
        self.open(path)
        found: str = self.driver.find_elements("css selector", links)[0].get_dom_attribute("href")
        return found


def photograph_examples(at: Photographer) -> None:
    """The pages of the example casebook."""
    at.call("ann")
    at.take("stories", "/stories")
    story = at.first("/stories?q=market", "a.title")
    at.take("story", story)
    edges = at.driver.find_elements("css selector", "a.edge")
    copied = next(edge for edge in edges if "copies" in edge.get_attribute("textContent"))
    copied.send_keys("\n")
    time.sleep(2 * SETTLE)
    at.take("passages")
    at.take("timeline", "/timeline")
    at.take("network", "/network?as_of=2021-10-12", "#region")
    at.take("dossier", at.first("/entities?q=tolvar+free+front", "a.title"))
    at.judge_whole(6)
    at.open("/read?report=longitude-kolmaz")
    at.press("aarca")
    at.take("correct")
    at.press("1")
    at.press("naj")
    at.take("room", "/read?report=highland-centre")
    at.take("reports", "/")
    at.call("ben")
    at.judge_whole(5)
    at.take("agreement", "/agreement")
    at.take("queue", "/queue")
    at.driver.execute_script("localStorage.setItem('stemma-theme', 'dark')")
    at.open("/read?report=longitude-toll-thursday")
    at.press("jj")
    at.take("dark")


@contextmanager
def desk_on(name: str, reports: Path, folder: Path) -> Iterator[Desk]:
    """A desk on these reports, in a casebook of this name."""
    path = folder / name
    add = [sys.executable, "-m", "stemma", "add", str(reports), "--casebook", str(path)]
    subprocess.run(add, check=True, stdout=subprocess.DEVNULL)
    with running(path) as desk:
        yield desk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "desk")
    parser.add_argument("--only", default="", metavar="NAMES")
    options = parser.parse_args()
    only = set(filter(None, options.only.split(",")))
    driver = start_chromium()
    try:
        with tempfile.TemporaryDirectory() as held:
            folder = Path(held)
            if not only or only - {"map"}:
                with desk_on("demo.casebook", ROOT / "examples" / "reports", folder) as desk:
                    photograph_examples(Photographer(driver, desk, options.to, only))
            if not only or "map" in only:
                (folder / "mapped").mkdir()
                for name, text in MAPPED.items():
                    (folder / "mapped" / f"{name}.txt").write_text(text, encoding="utf-8")
                with desk_on("northern-syria.casebook", folder / "mapped", folder) as desk:
                    at = Photographer(driver, desk, options.to, only)
                    at.driver.execute_script("localStorage.setItem('stemma-theme', 'light')")
                    at.call("ann")
                    at.take("map", "/map", "#region")
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
