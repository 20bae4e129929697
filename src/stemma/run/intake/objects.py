"""JSON and JSON lines: objects with a text, each a report."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from stemma.model import Refusal, Report
from stemma.read.decode import decode_loosely
from stemma.run.intake.gathering import Gathering, too_large
from stemma.run.intake.rows import choose_columns, report_of_row

_LISTS: Final = ("reports", "articles", "documents", "items", "data", "results")
"""Keys under which a JSON object may hold the list of reports."""

LINE_FACTOR: Final = 3
"""A line of JSON may be this much longer than its text: escapes take up to six bytes for one, headers
a little more."""


def read_json_lines(
    file: BinaryIO, address: str, id: str, gathering: Gathering
) -> Iterator[Report | Refusal]:
    """A report per line; a broken line is refused with its number, and the rest is read."""
    limit = gathering.options.max_bytes * LINE_FACTOR
    number = 0
    while line := file.readline(limit + 1):
        number += 1
        where = f"{address}:{number}"
        if len(line) > limit:
            size = len(line)
            while not line.endswith(b"\n") and (line := file.readline(limit)):
                size += len(line)
            yield too_large(where, size, gathering.options.max_bytes)
            continue
        line = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if line.strip():
            yield _report(_decode(line), where, f"{id}/{number}", gathering)


def read_json(content: bytes, address: str, id: str, gathering: Gathering) -> Iterator[Report | Refusal]:
    """The reports of a JSON file: one object, a list of objects, or (as some save it) JSON lines."""
    limit = gathering.options.max_bytes
    if len(content) > limit:
        yield too_large(address, len(content), limit)
        return
    if not content.strip():
        yield Refusal(where=address, code="empty", what="the file is empty", mend="give a file with text")
        return
    text = _decode(content.removeprefix(b"\xef\xbb\xbf"))
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and len(text.splitlines()) > 1:
            for number, line in enumerate(text.split("\n"), 1):
                if line.strip():
                    yield _report(line, f"{address}:{number}", f"{id}/{number}", gathering)
            return
        yield _broken(f"{address}:{error.lineno}", error)
        return
    except RecursionError:
        yield _broken(address, None)
        return
    rows = data if isinstance(data, list) else _inner_list(data, gathering.mapping)
    if rows is None:
        yield _report_of(data, address, id, gathering)
        return
    for number, row in enumerate(rows, 1):
        yield _report_of(row, f"{address}:#{number}", f"{id}/{number}", gathering)
    if not rows:
        yield Refusal(where=address, code="empty", what="the list is empty", mend="give reports in it")


def _inner_list(data: Any, mapping: Mapping[str, str]) -> list[Any] | None:
    if not isinstance(data, dict):
        return None
    columns = choose_columns(data, mapping)
    if "text" in columns or "html" in columns:
        return None
    return next((data[key] for key in _LISTS if isinstance(data.get(key), list)), None)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return decode_loosely(content)


def _report(line: str, where: str, id: str, gathering: Gathering) -> Report | Refusal:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        return _broken(where, error)
    except RecursionError:
        return _broken(where, None)
    return _report_of(row, where, id, gathering)


def _report_of(row: Any, where: str, id: str, gathering: Gathering) -> Report | Refusal:
    if not isinstance(row, dict):
        return Refusal(
            where=where, code="broken-json", what="this is no JSON object", mend="give one object per report"
        )
    columns = choose_columns(row, gathering.mapping)
    text, markup = columns.get("text"), columns.get("html")
    if not any(name and (name in row or "." in name) for name in (text, markup)):
        wanted = f"no key {text}" if text else "no key with a text"
        return Refusal(
            where=where,
            code="no-column",
            what=f"there is {wanted}, only {_names(row)}",
            mend="name it, as in --map text=KEY",
        )
    return report_of_row(row, columns, where, id, gathering)


def _names(row: Mapping[str, Any]) -> str:
    names = ", ".join(str(name)[:40] for name in list(row)[:20])
    return names or "an empty object"


def _broken(where: str, error: json.JSONDecodeError | None) -> Refusal:
    reason = f"{error.msg}, column {error.colno}" if error else "it is nested too deeply"
    return Refusal(where=where, code="broken-json", what=f"this is not JSON ({reason})", mend="mend the line")
