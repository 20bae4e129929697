"""Files opened, decoded and cut into rows; what is wrong with a cell, as one line."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from stemma.importing.options import ImportOptions
from stemma.importing.protocol import Item
from stemma.model import Refusal

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Starts of cells before which our own exports put an apostrophe; it is taken off again."""

_BREAKS: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_LONGEST_HEADER: Final = 100_000
ROW_CELLS: Final = 10
"""A row may be as long as so many of the longest cells."""


class CellError(Exception):
    """A cell that cannot be understood: the row is left out, with this line."""

    def __init__(self, column: str, what: str, mend: str) -> None:
        self.column = column
        self.what = what
        self.mend = mend
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: `where` is `FILE:LINE`, `cells` the values by column, each on one line, without its guard."""

    where: str
    cells: Mapping[str, str]


def refuse(where: str, what: str, mend: str, code: str = "unreadable-row") -> Refusal:
    """The refusal of one row, line or file."""
    return Refusal(where=flat(where), code=code, what=what, mend=mend)


def refuse_cell(where: str, error: CellError) -> Refusal:
    """The refusal of a row by one of its cells."""
    return refuse(f"{where}, column {error.column}", error.what, error.mend)


def told_plainly(items: Iterator[Item | Refusal], path: Path) -> Iterator[Item | Refusal]:
    """The same items; what the system does not let us read is one refusal."""
    try:
        yield from items
    except FileNotFoundError:
        yield refuse(str(path), "there is no such file", "look at the path", "not-found")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or flat(str(error))[:80] or type(error).__name__
        yield refuse(str(path), f"it cannot be read ({reason})", "look at the file", "unreadable")


def flat(text: str) -> str:
    """`text` on one line: line breaks and control characters become spaces, half characters a sign."""
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    return _BREAKS.sub(" ", text).strip()


def unguarded(cell: str) -> str:
    """The cell without the apostrophe that a safe export puts before what looks like a formula."""
    if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS):
        return cell[1:]
    return cell


def read_table(
    path: Path, options: ImportOptions, needed: Sequence[str], delimiters: str = ",;\t"
) -> Iterator[TableRow | Refusal]:
    """The rows of a table with a header, one at a time; a refusal for each that is broken.

    Column names are taken in small letters. A table without one of the `needed` columns is refused whole.
    """
    # The limit is the module's own and holds for the process: it only ever grows.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_cell))
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        first = file.readline(_LONGEST_HEADER)
        if not first.strip():
            yield refuse(str(path), "the file is empty", "give a file with a header and rows", "empty")
            return
        delimiter = max(delimiters, key=first.count)
        rows = csv.reader(
            itertools.chain([first], _lines(file, options.max_cell * ROW_CELLS)), delimiter=delimiter
        )
        try:
            names = [flat(unguarded(name)).lower() for name in next(rows)]
        except (csv.Error, StopIteration):
            yield refuse(str(path), "the header is broken", "give the file as it was downloaded")
            return
        missing = [name for name in needed if name not in names]
        if missing:
            there = ", ".join(flat(name)[:40] for name in names[:8])
            yield refuse(
                str(path),
                f"there is no column {missing[0]}, only {there} …",
                "give the file with its header, as it was downloaded",
                "no-column",
            )
            return
        yield from _rows(rows, names, str(path))


def _lines(file: TextIO, longest: int) -> Iterator[str]:
    """The lines of a table; raises `csv.Error` at one that is longer than any row may be."""
    while line := file.readline(longest):
        if len(line) == longest:
            raise csv.Error("a line is too long")
        yield line


def _rows(rows: Any, names: Sequence[str], path: str) -> Iterator[TableRow | Refusal]:
    while True:
        where = f"{path}:{rows.line_num + 1}"
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield refuse(
                where,
                f"the table is broken here and not read further ({error})",
                "mend the line",
                "broken-csv",
            )
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(names):
            yield refuse(
                where,
                f"it has {len(cells)} cells under {len(names)} columns",
                "put quotation marks around cells with a comma or a line break",
                "ragged-row",
            )
        elif any(_SURROGATES.search(cell) for cell in cells if not cell.isascii()):
            yield refuse(where, "it has bytes that are no UTF-8", "save the file as UTF-8", "undecodable")
        else:
            yield TableRow(where, {name: flat(unguarded(c)) for name, c in zip(names, cells, strict=True)})


def read_lines(path: Path, options: ImportOptions) -> Iterator[tuple[str, str]]:
    """The lines of a text with `FILE:LINE` before each, without line ends; what is no UTF-8 gets a sign."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
        number = 0
        while line := file.readline(options.max_cell):
            number += 1
            yield f"{path}:{number}", line.rstrip("\r\n")


def read_whole(path: Path, options: ImportOptions) -> bytes:
    """The bytes of a file that is read as a whole; raises `ValueError` where there are too many."""
    with path.open("rb") as file:
        content = file.read(options.max_bytes + 1)
    if len(content) > options.max_bytes:
        raise ValueError(f"more than {options.max_bytes:,} bytes; split it")
    return content


def read_objects(path: Path, options: ImportOptions) -> Iterator[tuple[str, Mapping[str, Any]] | Refusal]:
    """The JSON objects of a file with where each stands: one a line, or one array of them."""
    with path.open("rb") as file:
        start = file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"[":
        yield from _array(path, options)
        return
    for where, line in read_lines(path, options):
        if line.strip():
            yield _object(where, line)


def _array(path: Path, options: ImportOptions) -> Iterator[tuple[str, Mapping[str, Any]] | Refusal]:
    content = read_whole(path, options).decode("utf-8-sig", "replace")
    try:
        items = json.loads(content)
    except (ValueError, RecursionError):
        yield refuse(str(path), "this is no JSON", "give the file as it was exported", "broken-json")
        return
    for number, item in enumerate(items, start=1):
        where = f"{path}, object {number}"
        yield (where, item) if isinstance(item, dict) else _no_object(where)


def _object(where: str, line: str) -> tuple[str, Mapping[str, Any]] | Refusal:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return refuse(where, "this is no JSON", "give one object a line", "broken-json")
    return (where, item) if isinstance(item, dict) else _no_object(where)


def _no_object(where: str) -> Refusal:
    return refuse(where, "this is no JSON object", "give one object a line, or one array", "broken-json")
