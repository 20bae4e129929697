"""CSV and TSV: a report per row."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, cast

from stemma.model import Refusal, Report
from stemma.run.intake.gathering import FIELDS, Gathering
from stemma.run.intake.rows import choose_columns, report_of_row

_DELIMITERS: Final = (",", ";", "\t", "|")


def read_table(file: BinaryIO, address: str, id: str, gathering: Gathering) -> Iterator[Report | Refusal]:
    """A report per row, the first row being the names of the columns; streamed row by row."""
    longest = gathering.options.max_bytes * 2
    # The limit is the module's own and holds for the process: it only ever grows.
    csv.field_size_limit(max(csv.field_size_limit(), longest))
    text = _open_text(file)
    first = text.readline(1_000_000)
    if not first.strip():
        yield Refusal(where=address, code="empty", what="the file is empty", mend="give a file with text")
        return
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(itertools.chain([first], _lines(text, longest)), delimiter=delimiter)
    try:
        names = [name.strip() for name in next(rows)]
    except (csv.Error, StopIteration):
        yield _broken(address, 1)
        return
    columns = choose_columns(names, gathering.mapping)
    refusal = _missing(address, names, columns)
    if refusal:
        yield refusal
        return
    number = 0
    while True:
        line = rows.line_num + 1
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error:
            yield _broken(address, line)
            return
        if not any(cell.strip() for cell in cells):
            continue
        number += 1
        row = dict(zip(names, cells, strict=False))
        yield report_of_row(row, columns, f"{address}:{line}", f"{id}/{number}", gathering)
    if not number:
        yield Refusal(where=address, code="empty", what="the table has no rows", mend="give a file with rows")


def _lines(text: io.TextIOWrapper, longest: int) -> Iterator[str]:
    """The lines of a table; raises `csv.Error` at one that is longer than any row may be."""
    while line := text.readline(longest):
        if len(line) == longest:
            raise csv.Error("a line is too long")
        yield line


def _open_text(file: BinaryIO) -> io.TextIOWrapper:
    # peek: the stream may be standard input, which cannot go back.
    buffered = cast(io.BufferedReader, file if hasattr(file, "peek") else io.BufferedReader(cast(Any, file)))
    start = buffered.peek(4)[:4]
    encoding = "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    # Bytes that are no UTF-8 stay themselves, so that each report's own encoding can be detected.
    return io.TextIOWrapper(buffered, encoding=encoding, errors="surrogateescape", newline="")


def _missing(address: str, names: list[str], columns: dict[str, str]) -> Refusal | None:
    for field in FIELDS:
        column = columns.get(field)
        if column is not None and column not in names:
            return _no_column(address, f"no column {column}", names, f"--map {field}=COLUMN")
    if "text" not in columns and "html" not in columns:
        return _no_column(address, "no column with a text", names, "--map text=COLUMN")
    return None


def _no_column(address: str, what: str, names: list[str], mend: str) -> Refusal:
    there = ", ".join(name[:40] for name in names[:30])
    return Refusal(
        where=address, code="no-column", what=f"there is {what}, only {there}", mend=f"name it, as in {mend}"
    )


def _broken(address: str, line: int) -> Refusal:
    return Refusal(
        where=f"{address}:{line}",
        code="broken-csv",
        what="the table is broken here (an open quotation mark?) and not read further",
        mend="mend the line",
    )
