"""Whether every pinned package has a licence that we may build on; needs no network.

    .venv/bin/python bench/supply/licences.py

Reads the metadata of what is installed. Ends with status 1 and one line for each package whose licence is
unknown or not on the list. A package that a lock names for another platform only is counted and passed over.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock.txt", "requirements-dev.lock.txt", "requirements-spark.lock.txt")

FREE = frozenset({
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT",
    "MIT-0", "PSF-2.0", "Unlicense", "Zlib",
})  # fmt: skip
"""Licences that ask for no more than their text and names."""
FOR_ITS_OWN_FILES = frozenset({"MPL-1.1", "MPL-2.0", "LGPL-2.1-or-later", "LGPL-3.0-only"})
"""Licences that ask changes of their own files to be published; we change none and ship none."""

SAID_OTHERWISE = {
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "BSD License": "BSD",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
    "ISC License": "ISC",
    "ISC license": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
    "Python Software Foundation License": "PSF-2.0",
}
"""What older metadata say, as the identifiers of SPDX."""

ELSEWHERE = {"colorama": "BSD-3-Clause", "httpx2-jsfetch": "BSD-3-Clause"}
"""Licences of packages for other platforms only, read from their own metadata by hand."""

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)")


def pinned(lock: Path) -> dict[str, str]:
    """The packages of a lock with a version of each."""
    found = (_PIN.match(line) for line in lock.read_text("utf-8").splitlines())
    return {match[1]: match[2] for match in found if match}


def licence_of(package: str) -> str | None:
    """The licence of an installed package as an expression of SPDX; null where it says none.

    Raises `importlib.metadata.PackageNotFoundError`.
    """
    said = metadata.metadata(package)
    short = (said.get("License") or "").strip()
    classified = [
        line.rpartition("::")[2].strip()
        for line in said.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    for one in (said.get("License-Expression"), short if "\n" not in short else None, *classified):
        if one and one != "UNKNOWN":
            return SAID_OTHERWISE.get(one, one)
    return None


def is_allowed(expression: str) -> bool:
    """True where the list has one side of each OR, and all sides of each AND; brackets are not understood."""
    return any(
        all(one.strip() in FREE | FOR_ITS_OWN_FILES for one in choice.split(" AND "))
        for choice in expression.split(" OR ")
    )


def main() -> int:
    names = sorted({name for lock in LOCKS for name in pinned(ROOT / lock)})
    faults, elsewhere = [], []
    for name in names:
        try:
            licence = licence_of(name)
        except metadata.PackageNotFoundError:
            elsewhere.append(name)
            licence = ELSEWHERE.get(name)
            if licence is None:
                continue
        if licence is None or not is_allowed(licence):
            faults.append(f"{name}: {licence or 'no licence is said'}; see bench/supply/licences.py")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"licences: {len(names)} packages, {len(faults)} not allowed, {len(elsewhere)} not installed here")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
