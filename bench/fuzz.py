"""Fuzzes every reader by coverage, where atheris is installed: any error but the ones we promise is a find.

    .venv/bin/python bench/fuzz.py [--seconds 10] [--only html json …] [--keep FOLDER]

Each target runs in a process of its own. Ends with status 1 where one of them raised, hung or died; the bytes
that did it are in the folder (`crash-…`, `timeout-…`): make each a test of its own.
"""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

Target = Callable[[bytes], object]
SLOWEST = 20
"""Seconds that one input may take: they have some thousand bytes."""

SEEDS = (
    b"BEIRUT (Reuters) - At least 12 soldiers were killed on Monday, 4 May 2019, the army said.",
    b"three days ago, between 1 and 2 p.m., late March 2017; 31.28, 34.25; 40 km north of Rafah",
    b"<html><head><title>T</title></head><body><p>The army left.</p><blockquote>x</blockquote></body>",
    b"# T\n\n> The army left.\n\n![a](b) *c* [d](e)\n",
    b'{"id": "a", "text": "The army left.", "published": "2019-05-04"}\n',
    b"id,text,published\n1,The army left.,2019-05-04\n",
    b"From a\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n<p>The army left.</p>\n",
    b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
    b'{"schema": "Organization", "id": "x", "properties": {"name": ["A"]}}',
    b"FREE_FRONT_ [SYRREB 120101]\n+FRONT_\n",
)
"""What fuzzing begins with: without a beginning it does not get past the first letters in minutes."""


def readers() -> dict[str, Target]:
    """What is fuzzed, by name; each takes bytes and lets only a fault of ours through."""
    from pydantic import ValidationError

    from stemma.errors import ReadError
    from stemma.extract.value.counts import read_count
    from stemma.extract.value.place_coordinates import find_coordinates
    from stemma.extract.value.times import read_time
    from stemma.extract.value.timex import find_times
    from stemma.importing import read_import
    from stemma.importing.formats import list_importers
    from stemma.model import Coding, Document, Judgement, Report
    from stemma.read import ReadOptions, read_document
    from stemma.run.intake import make_gathering
    from stemma.run.intake.files import read_path

    folder = Path(tempfile.mkdtemp())

    def document(media_type: str) -> Target:
        def read(content: bytes) -> None:
            with suppress(ReadError):
                report = Report(id="a", address="a", media_type=media_type, content=content)
                read_document(report, ReadOptions(detect_language=False))

        return read

    def file(ending: str) -> Target:
        def read(content: bytes) -> None:
            path = folder / f"a{ending}"
            path.write_bytes(content)
            list(read_path(path, "x", make_gathering()))

        return read

    def importing(format: str) -> Target:
        def read(content: bytes) -> None:
            path = folder / "a.json"
            path.write_bytes(content)
            list(read_import(format, path))

        return read

    def words(of: Callable[[str], object]) -> Target:
        return lambda content: of(content.decode("utf-8", "replace"))

    def wire(content: bytes) -> None:
        for noun in (Coding, Document, Judgement):
            with suppress(ValidationError, ValueError):
                noun.from_wire(content)

    kinds = {"text": "text/plain", "html": "text/html", "markdown": "text/markdown", "pdf": "application/pdf"}
    endings = (".jsonl", ".json", ".csv", ".zip", ".tar", ".warc", ".mbox", ".eml", ".jsonl.gz", ".jsonl.zst")
    day = datetime.date(2019, 5, 4)
    return {
        **{name: document(kind) for name, kind in kinds.items()},
        **{ending.strip("."): file(ending) for ending in endings},
        **{f"import-{one.name}": importing(one.name) for one in list_importers()},
        "count": words(read_count),
        "coordinates": words(find_coordinates),
        "time": words(lambda said: read_time(said, None)),
        "times": words(lambda said: find_times(said, day)),
        "wire": wire,
    }


def fuzz_one(name: str, seconds: int, keep: str) -> None:
    """Fuzzes one target in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["stemma"]):
        target = readers()[name]

    def once(content: bytes) -> None:
        target(content)

    seeds = Path(tempfile.mkdtemp())
    for number, seed in enumerate(SEEDS):
        (seeds / str(number)).write_bytes(seed)
    flags = [str(seeds), f"-max_total_time={seconds}", f"-timeout={SLOWEST}", "-max_len=4096"]
    flags += [f"-artifact_prefix={keep}/", "-rss_limit_mb=3000", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *flags], once)
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=int, default=10, help="for each target")
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--keep", default="build/fuzz")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("fuzz: skipped, atheris is not installed (pip install atheris)")
        return 0
    if options.one:
        fuzz_one(options.one, options.seconds, options.keep)
        return 0
    Path(options.keep).mkdir(parents=True, exist_ok=True)
    failed = []
    for name in options.only or readers():
        call = [sys.executable, __file__, "--one", name, "--seconds", str(options.seconds)]
        done = subprocess.run([*call, "--keep", options.keep], capture_output=True, text=True, check=False)
        print(f"{name}: {'nothing found' if done.returncode == 0 else 'FOUND'}", flush=True)
        if done.returncode:
            failed.append(name)
            print("\n".join((done.stdout + done.stderr).splitlines()[-25:]))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
