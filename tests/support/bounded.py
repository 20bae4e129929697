"""Reads a file in a process that may use so much memory and time: `bounded.py FILE MIB SECONDS`.

Prints a line for each report (its length) and each refusal (its code and line), then the peak of memory.
"""

from __future__ import annotations

import contextlib
import resource
import sys
from pathlib import Path

from stemma.errors import ReadError
from stemma.model import Refusal, Report
from stemma.read import ReadOptions, read_document
from stemma.run.intake import make_gathering
from stemma.run.intake.files import read_path


def main() -> None:
    path, mebibytes, seconds = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    import trafilatura  # noqa: F401 - what reading loads is no part of what a bomb costs

    with Path("/proc/self/statm").open() as file:
        own = int(file.read().split()[0]) * resource.getpagesize()
    most = own + mebibytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    for item in read_path(path, "x", make_gathering()):
        if isinstance(item, Refusal):
            print(item.code, item.line())
        elif isinstance(item, Report):
            try:
                print("read", len(read_document(item, ReadOptions(detect_language=False)).text))
            except ReadError as error:
                print(error.code, error.line())


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
