"""Single files and streams: which format they have, and the reports in them."""

from __future__ import annotations

import io
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from stemma.model import Header, Note, Refusal, Report
from stemma.run.intake.folders import ARCHIVES, SINGLE
from stemma.run.intake.gathering import Gathering, Passed, too_large, unreadable
from stemma.run.intake.objects import read_json, read_json_lines
from stemma.run.intake.packed import read_archive
from stemma.run.intake.rows import SIDECAR_AT_MOST, header_of
from stemma.run.intake.tables import read_table

STDIN_ID: Final = "stdin"


def read_path(path: Path, id: str, gathering: Gathering) -> Iterator[Report | Refusal | Passed]:
    """The reports of one file, and what in it is none."""
    ending = path.suffix.lower()
    try:
        status = path.stat()
        if ending in (".jsonl", ".ndjson"):
            with path.open("rb") as file:
                yield from read_json_lines(file, str(path), id, gathering)
        elif ending in (".csv", ".tsv"):
            with path.open("rb") as file:
                yield from read_table(file, str(path), id, gathering)
        elif ending in ARCHIVES:
            with path.open("rb") as file:
                yield from read_archive(file, path, id, gathering)
        elif stat.S_ISREG(status.st_mode) and status.st_size > gathering.options.max_bytes:
            # Refused by its size, before a byte of it is loaded.
            yield too_large(str(path), status.st_size, gathering.options.max_bytes)
        else:
            with path.open("rb") as file:
                content = file.read(gathering.options.max_bytes + 1)
            if ending == ".json":
                yield from read_json(content, str(path), id, gathering)
            else:
                yield _single(path, id, content, gathering)
    except (OSError, ValueError) as error:
        yield unreadable(str(path), error)


def read_stream(stream: Any, gathering: Gathering) -> Iterator[Report | Refusal]:
    """The reports of standard input: JSON lines, JSON, a table where a mapping is given, or one text."""
    file = stream if hasattr(stream, "peek") else io.BufferedReader(cast(io.RawIOBase, stream))
    start = file.peek(512)[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        yield from read_json_lines(cast(BinaryIO, file), "-", STDIN_ID, gathering)
        return
    if gathering.mapping and not start.startswith((b"[", b"<")):
        yield from read_table(cast(BinaryIO, file), "-", STDIN_ID, gathering)
        return
    limit = gathering.options.max_bytes
    content = file.read(limit + 1)
    if len(content) > limit:
        yield too_large("-", len(content), limit)
    elif start.startswith(b"["):
        yield from read_json(content, "-", STDIN_ID, gathering)
    else:
        media_type = "text/html" if start.lower().startswith((b"<!doctype", b"<html")) else "text/plain"
        yield Report(
            id=STDIN_ID, address="-", media_type=media_type, content=content, header=gathering.overrides
        )


def _single(path: Path, id: str, content: bytes, gathering: Gathering) -> Report | Refusal:
    limit = gathering.options.max_bytes
    if len(content) > limit:
        return too_large(str(path), len(content), limit)
    header, own_id, notes = _sidecar(path)
    return Report(
        id=own_id or id,
        address=str(path),
        media_type=SINGLE.get(path.suffix.lower(), "text/plain"),
        content=content,
        header=gathering.overrides.over(header),
        notes=notes,
    )


def _sidecar(path: Path) -> tuple[Header, str | None, tuple[Note, ...]]:
    """The header in `NAME.json` beside the report, its id, and a note where it cannot be read."""
    beside = path.with_suffix(".json") if path.suffix else None
    if beside is None or not beside.is_file():
        return Header(), None, ()
    try:
        with beside.open("rb") as file:
            content = file.read(SIDECAR_AT_MOST + 1)
        values = json.loads(content.decode("utf-8-sig"))
        if len(content) > SIDECAR_AT_MOST or not isinstance(values, dict):
            raise ValueError("no JSON object")
    except (OSError, ValueError, RecursionError):
        note = Note(code="sidecar-unreadable", text=f"The header {beside.name} could not be read.")
        return Header(), None, (note,)
    header, notes = header_of(values)
    own_id = values.get("id")
    return header, str(own_id).strip() or None if isinstance(own_id, str | int) else None, notes
