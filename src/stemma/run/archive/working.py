"""The work on one shard: one input shard in, one Parquet file and one manifest out."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from stemma.errors import StemmaError
from stemma.extract import Engine
from stemma.merge import Held
from stemma.merge.blocks import block_keys
from stemma.model import Note, Refusal, Report
from stemma.run.archive.files import disk_faults, done_path, journal_path, table_path, write_whole
from stemma.run.archive.job import Job, Shard, Slice
from stemma.run.archive.journal import Journal
from stemma.run.archive.tables import row_of, write_rows
from stemma.run.archive.watching import Watch
from stemma.run.intake.files import read_path
from stemma.run.intake.gathering import Passed
from stemma.run.unit import unit_of
from stemma.run.work import read_one, refusal_of, start_engine
from stemma.version import __version__

Item = Report | Refusal | Passed
POISON: Final = "poison"


class Worker:
    """Works through the shards of a job, one after the other, in this process."""

    def __init__(self, job: Job, watch: Watch | None = None) -> None:
        self.job = job
        self._watch = watch or Watch(0)
        self._gathering = job.gathering()
        self._engine: Engine | None = None
        self._open: tuple[str, int, Iterator[Item]] | None = None

    def work(self, shard: Shard) -> dict[str, Any]:
        """The manifest of the shard, without its lines; a shard that is done is not done again.

        Raises `StemmaError` where the folder cannot be written.
        """
        done = done_path(self.job.out, shard.number)
        with disk_faults(self.job.out):
            if done.exists():
                return summary_of(json.loads(done.read_bytes()))
            journal = Journal(journal_path(self.job.out, shard.number))
            try:
                if not done.exists():
                    self._started()
                    journal.opened()
                    self._records(shard, journal)
                    self._finish(shard, journal, done)
                journal.close(remove=True)
            finally:
                journal.close()
            return summary_of(json.loads(done.read_bytes()))

    def _records(self, shard: Shard, journal: Journal) -> None:
        before = 0
        for part in shard.slices:
            numbers = range(before, before + part.count)
            before += part.count
            if all(number in journal.state.results for number in numbers):
                continue
            self._slice(shard, part, numbers, journal)

    def _slice(self, shard: Shard, part: Slice, numbers: range, journal: Journal) -> None:
        state = journal.state
        if state.suspect in numbers and state.is_poison(self.job.options) and not state.got:
            # The file itself cannot be read past this record: nothing behind it can be had.
            self._give_up(part, numbers, journal)
            return
        items = self._at(part)
        for number in numbers:
            known = number in state.results
            poison = number == state.suspect and state.is_poison(self.job.options)
            if not known and not poison:
                journal.begin(number)
            with self._watch:
                item = next(items, None)
                if known:
                    continue
                if poison:
                    journal.done(number, self._quarantine(shard, part, number, item, journal), None)
                    continue
                journal.got()
                line, row = self._one(shard, number, item, part)
            if number == state.suspect and state.tried:
                line["attempts"] = state.tried + 1
            journal.done(number, line, row)
        self._open = (part.path, part.first + part.count, items)

    def _at(self, part: Slice) -> Iterator[Item]:
        """The records of a file from the first of the slice on; it goes on where the last slice ended."""
        at, items = 0, None
        if self._open and self._open[0] == part.path and self._open[1] <= part.first:
            _, at, items = self._open
        self._open = None
        items = items or read_path(Path(part.path), part.id, self._gathering)
        for _ in range(part.first - at):
            with self._watch:
                next(items, None)
        return items

    def _one(
        self, shard: Shard, number: int, item: Item | None, part: Slice
    ) -> tuple[dict[str, Any], dict[str, Any] | None]:
        """What became of one record: its line of the manifest, and its row where it was read."""
        if item is None:
            return refused(part.path, "changed", "the file is shorter than it was when the run began"), None
        if isinstance(item, Passed):
            outcome = "duplicate" if item.code == "revisit" else "not-a-page"
            return {"record": item.where, "outcome": outcome, "why": item.what}, None
        if isinstance(item, Refusal):
            return refused(item.where, item.code, item.what), None
        if number in shard.again:
            line = {
                "record": item.address,
                "outcome": "duplicate",
                "why": f"the same as {shard.again[number]}",
            }
            return line, None
        report = renamed(item, shard.renamed.get(number, 1))
        try:
            reading = read_one(report, self.job.settings)
            engine = self._started()
            unit = unit_of(report, self.job.settings, __version__, (engine.name, engine.version))
            keys = block_keys(Held(reading.document, reading.coding))
            row = row_of(report, reading.document, reading.coding, unit, keys)
            json.dumps(row).encode("ascii")
        except StemmaError as error:
            found = refusal_of(error, report)
            return {"report": report.id, **refused(found.where, found.code, found.what)}, None
        except MemoryError:
            what = f"it needs more than {self.job.options.memory_mib} MiB of memory"
            return {"report": report.id, **refused(report.address, "too-much-memory", what)}, None
        except Exception as error:
            what = f"a fault in the program ({type(error).__name__}: {error})"
            return {"report": report.id, **refused(report.address, "internal-error", what)}, None
        line = {"record": report.address, "report": report.id, "outcome": "read", "claims": row["claims"]}
        return line, row

    def _started(self) -> Engine:
        if self._engine is None:
            self._engine = start_engine(self.job.settings.extract)
        return self._engine

    def _quarantine(
        self, shard: Shard, part: Slice, number: int, item: Item | None, journal: Journal
    ) -> dict[str, Any]:
        """The line of a record that ended its process again and again; its bytes are kept for a person."""
        state = journal.state
        line = refused(part.path, POISON, state.reason)
        if isinstance(item, Report):
            name = f"{shard.number:08d}-{number}"
            content = item.wire_json().encode("utf-8")
            write_whole(self.job.folder("quarantine") / f"{name}.json", lambda file: _put(file, content))
            line = {
                "report": item.id,
                **refused(item.address, POISON, state.reason),
                "kept": f"quarantine/{name}.json",
            }
        return {**line, "attempts": state.tried}

    def _give_up(self, part: Slice, numbers: range, journal: Journal) -> None:
        first = True
        for number in numbers:
            if number in journal.state.results:
                continue
            where = f"{part.path}:#{part.first + number - numbers.start + 1}"
            reason = (
                journal.state.reason if first else "the archive cannot be read past a record before this one"
            )
            journal.done(number, refused(where, POISON, reason), None)
            first = False

    def _finish(self, shard: Shard, journal: Journal, done: Path) -> None:
        results = [journal.state.results[number] for number in range(shard.records)]
        buffer = io.BytesIO()
        write_rows(buffer, shard.number, [one["row"] for one in results if one["row"]])
        content = buffer.getvalue()
        table = table_path(self.job.out, shard.number)
        write_whole(table, lambda file: _put(file, content))
        lines = [{"shard": shard.number, **one["line"]} for one in results]
        manifest = {
            "shard": shard.number,
            "attempts": journal.state.opened,
            "records": len(lines),
            **{name: sum(line["outcome"] == name for line in lines) for name in OUTCOMES},
            "claims": sum(line.get("claims", 0) for line in lines),
            "table": table.relative_to(self.job.out).as_posix(),
            "sha256": hashlib.sha256(content).hexdigest(),
            "slices": [[one.path, one.id, one.first, one.count] for one in shard.slices],
            "lines": lines,
        }
        wire = json.dumps(manifest, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
        write_whole(done, lambda file: _put(file, wire))


OUTCOMES: Final = ("read", "refused", "duplicate", "not-a-page")


def summary_of(manifest: dict[str, Any]) -> dict[str, Any]:
    """A shard's manifest without the lines of its records, and without where they stand."""
    return {name: value for name, value in manifest.items() if name not in ("lines", "slices")}


def refused(where: str, code: str, why: str) -> dict[str, Any]:
    """The line of a record that is refused."""
    return {"record": where, "outcome": "refused", "code": code, "why": " ".join(why.split())}


def renamed(report: Report, number: int) -> Report:
    """The report under the id that `stemma.run.intake` gives to the so manieth of one id."""
    if number == 1:
        return report
    note = Note(code="id-repeated", text=f"An earlier report has the id {report.id} already.")
    return report.model_copy(update={"id": f"{report.id}~{number}", "notes": (*report.notes, note)})


def _put(file: Any, content: bytes) -> None:
    file.write(content)
