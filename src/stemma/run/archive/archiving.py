"""A run over an archive: plan, work, manifest; run again, it goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from stemma.errors import UsageError
from stemma.model import Header, Refusal, hash_bytes
from stemma.run.archive.files import LEFTOVER, disk_faults, done_path, is_leftover, journal_path, write_whole
from stemma.run.archive.job import Job, Shard
from stemma.run.archive.local import LocalRunner
from stemma.run.archive.options import ArchiveOptions
from stemma.run.archive.scanning import Input, batches, inputs_wire, make_shards, scan_path
from stemma.run.archive.tables import arrow
from stemma.run.archive.working import OUTCOMES, summary_of
from stemma.run.intake.folders import walk
from stemma.run.unit import INDIFFERENT
from stemma.settings import Settings
from stemma.version import __version__

Tell = Callable[[str, int, int, Mapping[str, int]], None]
MANIFEST: Final = "manifest.jsonl"
SUMMARY: Final = "summary.json"
PLAN: Final = "plan.json"
TOLD: Final = {
    "stemma": "version of Stemma",
    "engine": "engine",
    "options": "options",
    "files": "files",
    "inputs": "files",
}
"""What the parts of a plan are called."""
WORTH_WARMING: Final = 64 * 1024
"""Bytes of input from which on all workers load while the first looks through it: more than one shard."""


class Runner(Protocol):
    """What carries tasks out, from the first to `close`."""

    def engine(self) -> tuple[str, str]:
        """The name and version of the engine; raises `StemmaError` where it cannot start."""
        ...

    def run(self, tasks: Sequence[dict[str, Any]], *, warm: bool = False) -> Iterator[Any]:
        """The answers to the tasks; raises `StemmaError` at the first that cannot go on."""
        ...

    def close(self) -> None:
        """Lets its processes end."""
        ...


@dataclass(frozen=True, slots=True)
class Archived:
    """What became of an archive: its records by outcome, its claims, and the refusals of whole files."""

    records: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    claims: int = 0
    shards: int = 0
    again: int = 0
    """Shards that an earlier run had done already."""
    refusals: tuple[Refusal, ...] = ()


def runner_of(job: Job, workers: int, cluster: str | None) -> Runner:
    """What carries tasks out: worker processes here, or Apache Spark at an address."""
    if cluster is None:
        return LocalRunner(job, workers)
    from stemma.run.archive.spark import SparkRunner

    return SparkRunner(job, cluster)


def archive_paths(
    paths: Sequence[str],
    out: str,
    settings: Settings | None = None,
    *,
    options: ArchiveOptions | None = None,
    mapping: Mapping[str, str] | None = None,
    header: Header | None = None,
    workers: int = 1,
    cluster: str | None = None,
    tell: Tell = lambda step, done, total, counts: None,
) -> Archived:
    """Reads and codes all reports under `paths` into the folder `out`; what is there is not done again.

    The tables do not depend on `workers` or `cluster`. `tell` hears of each step, how many of how many parts
    of it are done, and the records by outcome. Raises `UsageError` where `out` holds another run, and
    `StemmaError` where it cannot be written.
    """
    arrow()
    job = Job(
        str(Path(out).absolute()),
        settings or Settings(),
        options or ArchiveOptions(),
        mapping or {},
        header or Header(),
    )
    job.gathering()
    inputs, refusals = _inputs(paths)
    if not inputs:
        # Nothing is written: a path that was mistyped must not take the folder for itself.
        first = refusals[0] if refusals else None
        raise UsageError(
            first.what if first else "there is nothing to read here",
            where=first.where if first else ", ".join(paths),
            mend=first.mend if first else "name files, or folders that have some",
        )
    with closing(runner_of(job, workers, cluster)) as runner:
        engine = runner.engine()
        with disk_faults(job.out):
            _keep_plan(job, inputs, engine)
            job.keep_gathering()
        _look_through(job, inputs, runner, tell)
        return _work(job, make_shards(job, inputs), runner, refusals, tell)


def _look_through(job: Job, inputs: Sequence[Input], runner: Runner, tell: Tell) -> None:
    scans = [
        {"do": "scan", "first": first, "inputs": [[one.path, one.id, one.size, one.mtime] for one in part]}
        for first, part in batches(inputs)
        if not scan_path(job.out, first).exists()
    ]
    warm = sum(one.size for one in inputs) >= WORTH_WARMING
    for number, _ in enumerate(runner.run(scans, warm=warm) if scans else (), 1):
        tell("looked through", number, len(scans), {})


def _work(
    job: Job,
    shards: Sequence[Shard],
    runner: Runner,
    refusals: tuple[Refusal, ...],
    tell: Tell,
) -> Archived:
    counts: dict[str, int] = dict.fromkeys((*OUTCOMES, "claims", "records"), 0)
    todo, done = [], 0
    for shard in shards:
        path = done_path(job.out, shard.number)
        if path.exists():
            _count(counts, json.loads(path.read_bytes()))
            done += 1
        else:
            todo.append({"do": "work", "shard": shard.wire_json()})
    again = done
    tell("done", done, len(shards), counts)
    for summary in runner.run(todo) if todo else ():
        _count(counts, summary)
        done += 1
        tell("done", done, len(shards), counts)
    outcomes = {name: counts[name] for name in OUTCOMES}
    outcomes["refused"] += len(refusals)
    found = Archived(counts["records"], outcomes, counts["claims"], len(shards), again, refusals)
    with disk_faults(job.out):
        _write_manifest(job, shards, found)
    return found


def _count(counts: dict[str, int], summary: Mapping[str, Any]) -> None:
    for name in counts:
        counts[name] += summary[name]


def _inputs(paths: Sequence[str]) -> tuple[list[Input], tuple[Refusal, ...]]:
    inputs: list[Input] = []
    refusals: list[Refusal] = []
    for path in paths:
        if path == "-":
            raise UsageError("standard input can be read only once", where="-", mend="save it as a file")
        for found in walk(path):
            if isinstance(found, Refusal):
                refusals.append(found)
                continue
            status = found.path.stat()
            inputs.append(Input(str(found.path.absolute()), found.id, status.st_size, status.st_mtime_ns))
    return inputs, tuple(refusals)


def _keep_plan(job: Job, inputs: Sequence[Input], engine: tuple[str, str]) -> None:
    """Notes what the run is over and by which program; raises `UsageError` where another run is in `out`."""
    plan = {
        "stemma": __version__,
        "engine": list(engine),
        "options": plan_hash(job),
        "files": len(inputs),
        "inputs": hash_bytes(inputs_wire(inputs).encode("utf-8", "surrogateescape")),
    }
    path = Path(job.out, PLAN)
    if path.exists():
        before = json.loads(path.read_bytes())
        changed = sorted({TOLD[name] for name in plan if plan[name] != before.get(name)})
        if changed:
            raise UsageError(
                f"this folder holds another run (other {', '.join(changed)})",
                where=job.out,
                mend="give another --out, or the same paths and options as then",
            )
        return
    folder = Path(job.out)
    if folder.exists() and any(not is_leftover(one) for one in folder.iterdir()):
        raise UsageError("this folder holds something else", where=job.out, mend="give an empty or a new one")
    content = json.dumps(plan, indent=1).encode()
    write_whole(path, lambda file: _put(file, content))


def plan_hash(job: Job) -> str:
    """The hash of the options on which the tables depend."""
    extract = {name: value for name, value in asdict(job.settings.extract).items() if name not in INDIFFERENT}
    parts = [
        job.settings.read.telling(),
        extract,
        dict(job.mapping),
        job.header.wire(),
        job.options.reports,
        asdict(job.options.limits),
    ]
    return hash_bytes(json.dumps(parts, sort_keys=True, default=str).encode())


def _write_manifest(job: Job, shards: Sequence[Shard], found: Archived) -> None:
    """The lines of all shards in one file, in the order of the input, and the sums."""

    def write(file: BinaryIO) -> None:
        for refusal in found.refusals:
            line = {"record": refusal.where, "outcome": "refused", "code": refusal.code, "why": refusal.what}
            file.write(_line(line))
        for shard in shards:
            for line in json.loads(done_path(job.out, shard.number).read_bytes())["lines"]:
                file.write(_line(line))
            journal_path(job.out, shard.number).unlink(missing_ok=True)

    write_whole(Path(job.out, MANIFEST), write)
    for path in Path(job.out).rglob(f"*{LEFTOVER}*"):
        path.unlink(missing_ok=True)
    sums = {"records": found.records, **found.outcomes, "claims": found.claims, "shards": found.shards}
    content = json.dumps(sums, indent=1).encode()
    write_whole(Path(job.out, SUMMARY), lambda file: _put(file, content))


def _line(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _put(file: BinaryIO, content: bytes) -> None:
    file.write(content)


__all__ = ["Archived", "archive_paths", "summary_of"]
