"""Fuzzes every reader by coverage, where atheris is installed: any error but the ones we promise is a find.

    nice -n 15 .venv/bin/python bench/fuzz.py [--seconds 10] [--only html json …] [--keep FOLDER] [--total]

Each target (`bench/fuzz_targets.py`) runs in a process of its own, for `--seconds`; with `--total` they share
them. What covered something new is kept in the folder (`corpus-…`) and is where the next run begins. Writes
one line a target: executions, places of the code that were reached, inputs kept. Ends with status 1 where one
raised, hung or died; the bytes that did it are in the folder (`crash-…`, `timeout-…`): make each a test.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from pathlib import Path

from fuzz_targets import LONGEST, TOKENS, seeds_of, targets

SLOWEST = 20
"""Seconds that one input may take: they have some thousand bytes."""
MEMORY = 3000
"""MiB that a target's process may have."""
PATIENCE = 600
"""Seconds beyond its time after which a target is ended: loading it takes ten, on a busy machine minutes."""


def fuzz_one(name: str, seconds: int, keep: Path) -> None:
    """Fuzzes one target in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["stemma"]):
        target = targets()[name]

    def once(content: bytes) -> None:
        target(content)

    corpus, seeds = keep / f"corpus-{name}", keep / f"seeds-{name}"
    for folder in (corpus, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds_of(name):
        (seeds / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)
    words = keep / "words.dict"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in TOKENS), "ascii")
    flags = [str(corpus), str(seeds), f"-max_total_time={seconds}", f"-timeout={SLOWEST}"]
    flags += [f"-artifact_prefix={keep}/{name}-", f"-rss_limit_mb={MEMORY}", "-print_final_stats=1"]
    flags += [f"-max_len={LONGEST}", f"-dict={words}"]
    atheris.Setup([sys.argv[0], *flags], once)
    atheris.Fuzz()


def _escaped(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode())


def run_one(name: str, seconds: int, keep: str) -> tuple[int, bool]:
    """Fuzzes one target in a process of its own; the executions, and whether it found something."""
    call = [sys.executable, __file__, "--one", name, "--seconds", str(seconds), "--keep", keep]
    try:
        done = subprocess.run(
            call, capture_output=True, text=True, errors="replace", check=False, timeout=seconds + PATIENCE
        )
        told, failed = done.stdout + done.stderr, done.returncode != 0
    except subprocess.TimeoutExpired as hung:
        told, failed = f"it did not end: {str(hung.stderr)[-2000:]}", True
    ran = re.search(r"number_of_executed_units:\s*(\d+)", told)
    covered = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", told)
    executions = int(ran[1]) if ran else 0
    places, _, kept = covered[-1] if covered else ("0", "0", "0")
    word = "FOUND" if failed else "nothing found"
    print(f"{name}: {word}; {executions:,} executions, {places} places, {kept} inputs kept", flush=True)
    if failed:
        print("\n".join(told.splitlines()[-25:]), flush=True)
    return executions, failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=int, default=10, help="for each target")
    parser.add_argument("--total", action="store_true", help="the seconds are for all targets together")
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--keep", default="build/fuzz")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("fuzz: skipped, atheris is not installed (pip install atheris)")
        return 0
    keep = Path(options.keep)
    if options.one:
        fuzz_one(options.one, options.seconds, keep)
        return 0
    keep.mkdir(parents=True, exist_ok=True)
    names = options.only or list(targets())
    seconds = max(options.seconds // len(names), 1) if options.total else options.seconds
    done = [run_one(name, seconds, options.keep) for name in names]
    found = [name for name, (_, failed) in zip(names, done, strict=True) if failed]
    whole = sum(executions for executions, _ in done)
    print(f"all: {len(names)} targets, {whole:,} executions, found by {', '.join(found) or 'none'}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
