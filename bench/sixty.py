"""How many keys sixty claims take: the example reports, judged in the desk by headless Chromium.

    .venv/bin/python bench/sixty.py [--claims 60] [--wrong-every 4] [--casebook FILE]

Adds the reports of `examples/` to a casebook (or takes a copy of one), opens the desk in the system's
Chromium and judges as `tests/support/desk_keys.py` does, by keys alone: every fourth claim gets another
actor, the rest are accepted, from the claim that most needs a person on, then through its report and the
next. Writes one line of JSON: the keys by what they did, and the words that were underlined, which a person
would have read.
Needs Chromium with its driver, and the group dev.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import desk

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "support"))


def start_chromium() -> Any:
    """The system's Chromium without a window; selenium downloads nothing."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    driver = shutil.which("chromedriver")
    if not (options.binary_location and driver):
        raise SystemExit("no Chromium with its driver here (Debian: apt install chromium chromium-driver)")
    for argument in ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"):
        options.add_argument(argument)
    options.add_argument("--window-size=1280,800")
    return webdriver.Chrome(options=options, service=Service(driver))


def main() -> None:
    import desk_keys

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--claims", type=int, default=60)
    parser.add_argument("--wrong-every", type=int, default=4)
    parser.add_argument("--casebook", type=Path, help="a casebook to judge a copy of")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sixty.casebook"
        if options.casebook:
            shutil.copy(options.casebook, path)
        else:
            add = [sys.executable, "-m", "stemma", "add", str(ROOT / "examples" / "reports")]
            subprocess.run([*add, "--casebook", str(path)], check=True, stdout=subprocess.DEVNULL)
        browser = start_chromium()
        try:
            with desk.running(path) as running:
                browser.get(f"http://{running.host}/?token={running.token}")
                told = desk_keys.Reviewer(browser).judge(options.claims, options.wrong_every)
        finally:
            browser.quit()
    by, most = dict(told.by), dict(told.most)
    counted = {"judged": told.judged, "corrected": told.corrected, "keys": told.keys}
    print(json.dumps({**counted, "by": by, "most": most, "words_underlined": told.words}))


if __name__ == "__main__":
    main()
