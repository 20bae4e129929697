"""Paths -> Reports: `gather_reports`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike, fspath

from stemma.errors import UsageError
from stemma.model import Header, Note, Refusal, Report
from stemma.read.options import ReadOptions
from stemma.run.intake.files import read_path, read_stream
from stemma.run.intake.folders import walk
from stemma.run.intake.gathering import FIELDS, Gathering, Passed
from stemma.run.intake.options import IntakeOptions

__all__ = ["IntakeOptions", "gather_reports", "make_gathering"]

STDIN = "-"


def gather_reports(
    paths: Sequence[str | PathLike[str]],
    mapping: Mapping[str, str] | None = None,
    overrides: Header | None = None,
    options: ReadOptions | None = None,
    limits: IntakeOptions | None = None,
) -> Iterator[Report | Refusal]:
    """The reports under `paths`, one at a time, in a fixed order; a refusal where one cannot be had.

    A path is a file (text, HTML, Markdown, PDF, mail, JSON, JSON lines, CSV), an archive (WARC, WACZ, zip,
    tar, mbox, and any of these packed by gzip, zstd, bzip2 or xz), a folder of these, or `-` for standard
    input; `limits` bounds the unpacking. Records of archives that are no pages are passed over. `mapping`
    names columns or keys of rows (`{"text": "article_content"}`); `overrides` goes before every report's own
    header. Raises `UsageError` for a mapping of an unknown field, at once and not at the first report.
    """
    gathering = make_gathering(mapping, overrides, options, limits)
    items = _gather([fspath(path) for path in paths], gathering)
    return _uniquely_named(item for item in items if not isinstance(item, Passed))


def make_gathering(
    mapping: Mapping[str, str] | None = None,
    overrides: Header | None = None,
    options: ReadOptions | None = None,
    limits: IntakeOptions | None = None,
) -> Gathering:
    """What gathering goes by; raises `UsageError` for a mapping of an unknown field."""
    mapping = dict(mapping or {})
    for field in mapping:
        if field not in FIELDS:
            raise UsageError(
                f"there is no field {field!r} to map a column to",
                where="--map",
                mend=f"use {', '.join(FIELDS)}",
            )
    return Gathering(mapping, overrides or Header(), options or ReadOptions(), limits or IntakeOptions())


def _gather(paths: Sequence[str], gathering: Gathering) -> Iterator[Report | Refusal | Passed]:
    for path in paths:
        if path == STDIN:
            yield from read_stream(getattr(sys.stdin, "buffer", sys.stdin), gathering)
            continue
        for found in walk(path):
            if isinstance(found, Refusal):
                yield found
            else:
                yield from read_path(found.path, found.id, gathering)


def _uniquely_named(items: Iterator[Report | Refusal]) -> Iterator[Report | Refusal]:
    """The same, with a number behind an id that an earlier report of this run has already."""
    seen: dict[str, int] = {}
    for item in items:
        if isinstance(item, Refusal):
            yield item
            continue
        count = seen[item.id] = seen.get(item.id, 0) + 1
        if count == 1:
            yield item
            continue
        name = f"{item.id}~{count}"
        seen[name] = 1
        note = Note(code="id-repeated", text=f"An earlier report has the id {item.id} already.")
        yield item.model_copy(update={"id": name, "notes": (*item.notes, note)})
