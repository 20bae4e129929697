"""Lineage and merging over the tables of an archive: circles of reports, each merged by itself.

A report's keys are kept with it (`stemma.merge.blocks`); reports that share a key that few others have are
one circle (`stemma.merge.circles`). What comes out is what a casebook of the same reports is merged to.
"""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np

from stemma.errors import UsageError
from stemma.merge import Held, MergeOptions, merge_record
from stemma.merge.circles import partition
from stemma.model import Coding, Document, Record, hash_bytes
from stemma.run.archive.files import disk_faults, done_path, table_path, write_whole
from stemma.run.archive.job import Job
from stemma.run.archive.tables import ROWS, arrow, place_of
from stemma.run.archive.watching import Watch
from stemma.run.keeping import maker_of

KIND: Final = "merged"
PLAN: Final = "merge.json"
PORTION: Final = 500
"""Reports that are merged as one task."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of merging: circles of reports, the incidents in them, and edges of lineage."""

    reports: int = 0
    circles: int = 0
    incidents: int = 0
    dependences: int = 0


def merge_archive(
    out: str,
    options: MergeOptions | None = None,
    *,
    workers: int = 1,
    cluster: str | None = None,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Merged:
    """Merges the reports of a finished run in `out`; what is merged already is not merged again.

    The result does not depend on `workers` or `cluster`. Raises `UsageError` where `out` holds
    no finished run.
    """
    from stemma.run.archive.archiving import SUMMARY, runner_of
    from stemma.settings import Settings

    arrow()
    folder = Path(out).absolute()
    if not (folder / SUMMARY).is_file():
        raise UsageError(
            "there is no finished run in this folder", where=out, mend="run stemma archive PATH… --out first"
        )
    job = Job(str(folder), Settings(merge=options or MergeOptions()))
    with disk_faults(out):
        _keep_plan(job)
    circles = list(_circles(job, cluster))
    portions = list(_portions(circles))
    todo = [
        {"do": "merge", "portion": [number, portion]}
        for number, portion in enumerate(portions)
        if not done_path(job.out, number, KIND).exists()
    ]
    done = len(portions) - len(todo)
    if todo:
        with closing(runner_of(job, workers, cluster)) as runner:
            for _ in runner.run(todo):
                done += 1
                tell(done, len(portions))
    sums = [json.loads(done_path(job.out, number, KIND).read_bytes()) for number in range(len(portions))]
    return Merged(
        reports=sum(len(circle) for circle in circles),
        circles=len(circles),
        incidents=sum(one["incidents"] for one in sums),
        dependences=sum(one["dependences"] for one in sums),
    )


def merged_records(out: str) -> Iterator[tuple[tuple[str, ...], Record]]:
    """What was made of each circle: the ids of its reports, and a record without codings."""
    for path in sorted(Path(out, KIND).glob("*/*.parquet")):
        for row in arrow().parquet.read_table(path).to_pylist():
            yield tuple(row["reports"]), Record.from_wire(row["record"])


def _keep_plan(job: Job) -> None:
    """Drops what was merged from other tables or in another way."""
    tables = sorted(Path(job.out, "done", "reports").glob("*/*.json"))
    digests = [json.loads(path.read_bytes())["sha256"] for path in tables]
    plan = {"maker": maker_of(job.settings.merge), "tables": hash_bytes("\n".join(digests).encode())}
    path = Path(job.out, PLAN)
    if path.exists() and json.loads(path.read_bytes()) == plan:
        return
    for stale in (Path(job.out, KIND), Path(job.out, "done", KIND)):
        if stale.exists():
            shutil.rmtree(stale)
    write_whole(path, lambda file: _put(file, json.dumps(plan).encode()))


def _circles(job: Job, cluster: str | None) -> Iterator[list[int]]:
    """The circles in the order of their first reports, each in rising order of its reports' numbers."""
    if cluster is not None:
        from stemma.run.archive.spark_circles import circles_on_spark

        found = circles_on_spark(str(Path(job.out, "reports")), cluster)
    else:
        found = _circles_here(job)
    yield from sorted(found)


def _circles_here(job: Job) -> Iterator[list[int]]:
    owners, keys = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for path in sorted(Path(job.out, "reports").glob("*/*.parquet")):
        table = arrow().parquet.read_table(path, columns=["number", "keys"])
        numbers = table["number"].to_numpy()
        lists = table["keys"].combine_chunks()
        sizes = np.diff(lists.offsets.to_numpy()) if len(numbers) else np.zeros(0, np.int64)
        # A report without words has no key and is a circle by itself.
        yield from ([int(number)] for number in numbers[sizes == 0])
        owners.append(np.repeat(numbers, sizes))
        keys.append(lists.flatten().to_numpy())
    for circle in partition(np.concatenate(owners), np.concatenate(keys)):
        yield circle.tolist()


def _portions(circles: Sequence[list[int]]) -> Iterator[list[list[int]]]:
    part: list[list[int]] = []
    size = 0
    for circle in circles:
        part.append(circle)
        size += len(circle)
        if size >= PORTION:
            yield part
            part, size = [], 0
    if part:
        yield part


def merge_portion(job: Job, portion: Sequence[Any], watch: Watch) -> dict[str, Any]:
    """Merges some circles into one Parquet file, done already or not; gives the sums."""
    number, circles = portion
    done = done_path(job.out, number, KIND)
    if not done.exists():
        held = _load(job, sorted(report for circle in circles for report in circle))
        rows = []
        sums = {"portion": number, "circles": len(circles), "incidents": 0, "dependences": 0}
        for circle in circles:
            with watch:
                record = merge_record([held[one] for one in circle], (), job.settings.merge)
            record = Record(lineage=record.lineage, incidents=record.incidents)
            sums["incidents"] += len(record.incidents)
            sums["dependences"] += len(record.lineage.dependences)
            rows.append({"reports": [held[one].report for one in circle], "record": record.wire_json()})
        with disk_faults(job.out):
            _write(job, number, rows, sums)
    found: dict[str, Any] = json.loads(done.read_bytes())
    return found


def _write(job: Job, number: int, rows: list[dict[str, Any]], sums: dict[str, Any]) -> None:
    pyarrow = arrow()
    schema = pyarrow.schema([("reports", pyarrow.list_(pyarrow.string())), ("record", pyarrow.string())])
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), buffer, compression="zstd")
    write_whole(table_path(job.out, number, KIND), lambda file: _put(file, buffer.getvalue()))
    wire = json.dumps(sums).encode()
    write_whole(done_path(job.out, number, KIND), lambda file: _put(file, wire))


def _load(job: Job, numbers: Sequence[int]) -> dict[int, Held]:
    """The reports of these numbers; of each table only the groups of rows that are needed are read."""
    wanted: dict[int, dict[int, set[int]]] = {}
    for number in numbers:
        shard, row = place_of(number)
        wanted.setdefault(shard, {}).setdefault(row // ROWS, set()).add(number)
    held: dict[int, Held] = {}
    for shard, groups in wanted.items():
        file = arrow().parquet.ParquetFile(table_path(job.out, shard))
        for group, some in groups.items():
            table = file.read_row_group(group, columns=["number", "document", "coding"])
            for row in table.to_pylist():
                if row["number"] in some:
                    document = Document.from_wire(row["document"])
                    held[row["number"]] = Held(document, Coding.from_wire(row["coding"]))
    return held


def _put(file: BinaryIO, content: bytes) -> None:
    file.write(content)
