"""Tables of an archive into a casebook: what was coded is not coded again.

The tables have documents and codings; the bytes as they arrived are read again from the archive, record by
record, and compared with the hash that the table keeps of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from stemma.errors import UsageError
from stemma.model import Coding, Document, Refusal, Report
from stemma.run.archive.archiving import SUMMARY
from stemma.run.archive.choosing import is_asked
from stemma.run.archive.job import Slice, kept_gathering
from stemma.run.archive.tables import arrow, read_rows
from stemma.run.archive.working import Item, renamed
from stemma.run.intake.files import read_path
from stemma.run.intake.gathering import Gathering
from stemma.run.pipeline import Added
from stemma.store.protocol import Outcome, Query, Store


def load_archive(out: str, store: Store, query: Query | None = None) -> Iterator[Added | Refusal]:
    """Puts the reports of a finished run into `store`, those with a claim that `query` asks for or all.

    What is in the casebook already is left as it is. A report whose bytes cannot be had again is refused.
    Raises `UsageError` where `out` holds no finished run that can be loaded, and as `Store.add` does.
    """
    arrow()
    if not Path(out, SUMMARY).is_file():
        raise UsageError(
            "there is no finished run in this folder", where=out, mend="run stemma archive PATH… --out first"
        )
    again = Again(kept_gathering(out))
    for path in sorted(Path(out, "done", "reports").glob("*/*.json")):
        yield from _shard(out, json.loads(path.read_bytes()), store, query, again)


def _shard(
    out: str, manifest: Mapping[str, Any], store: Store, query: Query | None, again: Again
) -> Iterator[Added | Refusal]:
    """The reports of one shard that are wanted; only for those that are new is anything read again."""
    numbers = [number for number, line in enumerate(manifest["lines"]) if line["outcome"] == "read"]
    wanted: dict[int, dict[str, Any]] = {}
    for number, row in zip(numbers, read_rows(Path(out, manifest["table"])), strict=True):
        if query is not None and not is_asked(Coding.from_wire(row["coding"]), query):
            continue
        if store.knows(row["bytes_hash"], row["report"], row["unit"]):
            yield Added(row["report"], Outcome.KNOWN)
        else:
            wanted[number] = row
    first = 0
    for one in manifest["slices"]:
        part = Slice(*one)
        rows = {number - first: row for number, row in wanted.items() if 0 <= number - first < part.count}
        first += part.count
        for row, item in again.items(part, rows):
            if isinstance(item, Refusal):
                yield item
                continue
            coding = Coding.from_wire(row["coding"])
            outcome = store.add(item, Document.from_wire(row["document"]), coding, row["unit"])
            yield Added(row["report"], outcome, len(coding.claims))


class Again:
    """Reads files again, each of them once as long as its slices come in order."""

    def __init__(self, gathering: Gathering) -> None:
        self._gathering = gathering
        self._open: tuple[str, int, Iterator[Item]] | None = None
        self._gone: set[str] = set()

    def items(
        self, part: Slice, rows: Mapping[int, dict[str, Any]]
    ) -> Iterator[tuple[dict[str, Any], Report | Refusal]]:
        """The reports at these places of a slice, each with its row."""
        if not rows:
            return
        if not Path(part.path).is_file():
            if part.path not in self._gone:
                self._gone.add(part.path)
                yield next(iter(rows.values())), _gone(part.path)
            return
        at, found = 0, None
        if self._open and self._open[0] == part.path and self._open[1] <= part.first:
            _, at, found = self._open
        found = found or read_path(Path(part.path), part.id, self._gathering)
        for number in sorted(rows):
            place = part.first + number
            item = next(islice(found, place - at, None), None)
            at = place + 1
            self._open = (part.path, at, found)
            yield rows[number], _as_it_was(item, rows[number], f"{part.path}:#{at}")


def _as_it_was(item: Item | None, row: Mapping[str, Any], where: str) -> Report | Refusal:
    """The report of a row, under its id, if it is the one that was read; else why not."""
    if isinstance(item, Report) and item.bytes_hash() == row["bytes_hash"]:
        if item.id == row["report"]:
            return item
        stem, _, number = row["report"].rpartition("~")
        if stem == item.id and number.isdecimal():
            return renamed(item, int(number))
    return Refusal(
        where=where,
        code="changed",
        what=f"this is not what it was when {row['report']} was read",
        mend="get the file as it was then, or use stemma add on it as it is",
    )


def _gone(path: str) -> Refusal:
    return Refusal(
        where=path,
        code="not-found",
        what="the file is not there any more; the tables have no bytes of reports, so none of it is loaded",
        mend="put it back under this path",
    )
