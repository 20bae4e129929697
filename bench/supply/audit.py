"""Known faults of what is pinned: asks the lists on the network, and says where none can be reached.

    .venv/bin/python bench/supply/audit.py [--seconds 120]

Runs `pip-audit` (it has an environment of its own, `.venv-audit`) over all locks: first with the package
index's list, then with OSV. Ends with status 1 only where a fault was found that `PASSED_OVER` does not name.
`pip-audit` itself ends well, with "No known vulnerabilities found", where the index answers but has no list
(a mirror): so each package is counted, and one that was not looked up is never said to be free of faults.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from licences import ROOT

LOCKS: Final = ("requirements.lock.txt", "requirements-dev.lock.txt", "requirements-spark.lock.txt")
SERVICES: Final = ("pypi", "osv")
PASSED_OVER: Final[Mapping[str, str]] = {}
"""Faults that do not touch us, by their identifier, with the reason: looked at again with each release."""
PIP_AUDIT: Final = ROOT / ".venv-audit" / "bin" / "pip-audit"


@dataclass(slots=True)
class Found:
    """What one list said: how many packages it was asked for, those that it does not know, the faults."""

    asked: int = 0
    unknown: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    passed_over: int = 0

    @property
    def reached(self) -> bool:
        """False where the list knew not one of the packages: then it is no list."""
        return len(self.unknown) < self.asked


def read_found(answer: str) -> Found | None:
    """What `pip-audit -f json` printed; null where that is no such answer."""
    try:
        told: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        return None
    found = Found(asked=len(told))
    for one in told:
        if "skip_reason" in one:
            found.unknown.append(one["name"])
        for fault in one.get("vulns", ()):
            names = [fault["id"], *fault.get("aliases", ())]
            if any(name in PASSED_OVER for name in names):
                found.passed_over += 1
                continue
            mend = ", ".join(fault.get("fix_versions", ())) or "no version yet"
            found.faults.append(f"{one['name']} {one['version']}: {' '.join(names)}; mended in {mend}")
    return found


def ask(service: str, seconds: float) -> Found | None:
    """The answer of one list; null where it cannot be reached in time."""
    call = [str(PIP_AUDIT), "--disable-pip", "--require-hashes", "--format=json", "--progress-spinner=off"]
    call += ["--desc=off", "--aliases=on", "--timeout=10", f"--vulnerability-service={service}"]
    for lock in LOCKS:
        call += ["-r", str(ROOT / lock)]
    try:
        done = subprocess.run(call, capture_output=True, text=True, timeout=seconds, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return read_found(done.stdout)


def told(found: Found | None) -> tuple[list[str], int]:
    """The lines to print and the status to end with."""
    if found is None or not found.reached:
        return ["audit: NOT DONE, no list of known faults can be reached from here"], 0
    looked_up = f"{found.asked - len(found.unknown)} of {found.asked} packages looked up"
    line = f"audit: {looked_up}, {len(found.faults)} known faults"
    if found.passed_over:
        line += f", {found.passed_over} passed over (see PASSED_OVER in bench/supply/audit.py)"
    if found.unknown:
        line += f"; not looked up: {', '.join(found.unknown[:10])}{' …' if len(found.unknown) > 10 else ''}"
    return [*found.faults, line], 1 if found.faults else 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=120, help="that one list may take")
    options = parser.parse_args()
    if not PIP_AUDIT.exists():
        print("audit: NOT DONE, pip-audit could not be installed from here")
        return 0
    best: Found | None = None
    for service in SERVICES:
        found = ask(service, options.seconds)
        if found is not None and (best is None or len(found.unknown) < len(best.unknown)):
            best = found
        if best is not None and not best.unknown:
            break
    lines, status = told(best)
    print("\n".join(lines), file=sys.stderr if status else sys.stdout)
    return status


if __name__ == "__main__":
    sys.exit(main())
