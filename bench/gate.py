#!/usr/bin/env python3
"""The gate: python bench/gate.py [NAME ...]. Measures again and fails where a floor is broken.

bench/floors.json holds, per measure and figure, the value under which (for errors and for seconds: over
which) the build fails. A floor is raised when a figure is beaten for good, never lowered to pass.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
COMMANDS = {
    "gold": [str(HERE / "gold.py"), "--json"],
    "public": [str(HERE / "public.py"), "polnear", "muc4", "wikievents", "uw", "--json"],
    "times": [str(HERE / "times.py"), "--json"],
    "web": [str(HERE / "web.py")],
    "merging": [str(HERE / "merging.py"), "--growth", "1000", "4000", "--json"],
    "incidents": [str(HERE / "incidents.py"), "--json"],
    "stories": [str(HERE / "stories.py"), "--json"],
    "ecbplus": [str(HERE / "ecbplus.py"), "--json"],
}
LOWER_IS_BETTER = ("mae", "exponent", "ratio")


def flat(figures: Any, path: str = "") -> dict[str, float]:
    """Nested figures as `outer.inner`: value."""
    if isinstance(figures, dict):
        return {k: v for name, inner in figures.items() for k, v in flat(inner, f"{path}{name}.").items()}
    return {path[:-1]: float(figures)} if isinstance(figures, int | float) else {}


def measure(name: str) -> dict[str, float]:
    """The figures of one measure, by running its command."""
    run = subprocess.run(
        [sys.executable, *COMMANDS[name]],
        check=True,
        capture_output=True,
        text=True,
        cwd=HERE.parent,
        env=os.environ,
    )
    return flat(json.loads(run.stdout.splitlines()[-1]))


def broken(name: str, figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """One line for each floor that `figures` break, or that was not measured."""
    lines = []
    for figure, floor in floors.items():
        value = figures.get(figure)
        if value is None:
            lines.append(f"{name}: {figure} was not measured")
        elif (value > floor) if figure.endswith(LOWER_IS_BETTER) else (value < floor):
            lines.append(f"{name}: {figure} is {value}, its floor {floor}")
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(COMMANDS))
    options = parser.parse_args()
    floors = json.loads((HERE / "floors.json").read_text("utf-8"))
    faults = []
    for name in options.names or COMMANDS:
        figures = measure(name)
        for figure, floor in floors.get(name, {}).items():
            print(f"{name:8} {figure:34} {figures.get(figure)!s:8} floor {floor}")
        faults += broken(name, figures, floors.get(name, {}))
    for line in faults:
        print(line, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
