"""WARC files (ISO 28500): the pages that a crawler kept, record by record."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from stemma.model import Header, Refusal, Report
from stemma.run.intake.gathering import Gathering, Passed, too_large
from stemma.run.intake.streams import PIECE, Stream

if TYPE_CHECKING:
    from fastwarc import WarcRecord

START: Final = b"WARC/"
CUT: Final = "it is cut off within this record"
LINE: Final = 64 * 1024
"""Bytes of a line of a record's head, at most."""
_LENGTH: Final = re.compile(rb"^content-length:[ \t]*(\d{1,15})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
_KIND: Final = re.compile(rb"^warc-type:[ \t]*([\w-]+)[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
HEADERS: Final = 64 * 1024
"""Bytes that the headers of an HTTP answer may have beside a page."""
PAGES: Final = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain",
    "text/markdown": "text/markdown",
    "application/pdf": "application/pdf",
}
"""Media types of pages, and as what each is read."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record as it stands in the file: its head (lines with their names), and its block.

    `fault` says why there is no whole block; `size` is what the head says.
    """

    head: bytes = b""
    block: bytes = b""
    size: int = 0
    fault: str = ""


def read_warc(
    file: BinaryIO, below: Stream | None, address: str, id: str, gathering: Gathering
) -> Iterator[Report | Refusal | Passed]:
    """What each record of a WARC file is, numbered from 1 in the order of the file.

    `below` is the stream that unpacks `file`, if one does. Where the file is damaged the next record that can
    be had is looked for, and the loss is refused as one record.
    """
    number = 0
    most = gathering.options.max_bytes + HEADERS
    while True:
        for record in _records(file, most):
            if record.fault and below is not None and below.fault:
                break
            number += 1
            where = f"{address}:#{number}"
            if record.fault:
                yield _lost(where, record.fault)
            elif record.size > most:
                yield too_large(where, record.size, gathering.options.max_bytes)
            else:
                yield _item(record, where, f"{id}/{number}", gathering)
        if below is None or not below.fault:
            return
        number += 1
        fault, below.fault = below.fault, None
        more = below.go_on(START)
        tail = "records may be missing here" if more else "nothing behind it can be read"
        yield _lost(f"{address}:#{number}", f"{fault}; {tail}")
        if not more:
            return


def _lost(where: str, fault: str) -> Refusal:
    return Refusal(where=where, code="damaged", what=fault, mend="get the file anew, or do without")


def _records(file: BinaryIO, most: int) -> Iterator[Record]:
    """The records of a file, framed by hand: no library says where a record is cut, or goes on behind it."""
    line = file.readline(LINE)
    while line:
        if not line.strip():
            line = file.readline(LINE)
            continue
        if not line.startswith(START):
            while line and not line.startswith(START):
                line = file.readline(LINE)
            yield Record(fault="there is something here that is no record")
            continue
        head = line
        while (line := file.readline(LINE)).strip() and len(head) < HEADERS:
            head += line
        length = _LENGTH.search(head)
        if not line:
            yield Record(head, fault=CUT)
        elif length is None:
            yield Record(head, fault="its head is damaged")
        elif (size := int(length[1])) > most:
            yield Record(head, size=size, fault="" if _skip(file, size) else CUT)
        else:
            block = file.read(size)
            yield Record(head, block, size, "" if len(block) == size else CUT)
        line = file.readline(LINE)


def _skip(file: BinaryIO, size: int) -> bool:
    while size and (piece := file.read(min(size, PIECE))):
        size -= len(piece)
    return not size


def _item(record: Record, where: str, id: str, gathering: Gathering) -> Report | Refusal | Passed:
    found = _KIND.search(record.head)
    kind = found[1].decode("ascii", "replace").lower() if found else "unknown"
    if kind == "revisit":
        return Passed(where, "revisit", "the crawler saw the same page before")
    if kind not in ("response", "resource", "conversion"):
        return Passed(where, "not-a-page", f"a record of type {kind[:40]}")
    try:
        parsed = _parsed(record)
        content = parsed.reader.read(gathering.options.max_bytes + 1)
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        # fastwarc is written in Rust, whose panics are no `Exception`.
        return _lost(where, f"the answer in this record cannot be unpacked ({error})")
    return _page(parsed, content, where, id, gathering)


def _parsed(record: Record) -> WarcRecord:
    from fastwarc import ArchiveIterator

    # One record by itself: a fault in it cannot reach the next.
    file = io.BytesIO(b"".join((record.head, b"\r\n", record.block, b"\r\n\r\n")))
    return next(iter(ArchiveIterator(file, parse_http=True, auto_decode="all", stream_detect=False)))


def _page(
    record: WarcRecord, content: bytes, where: str, id: str, gathering: Gathering
) -> Report | Refusal | Passed:
    status = record.http_headers.status_code if record.http_headers else None
    if status is not None and status != 200:
        return Passed(where, "not-a-page", f"an answer with status {status}")
    said = record.http_content_type if record.http_headers else record.headers.get("Content-Type")
    said = str(said or "")
    media_type = PAGES.get(said.split(";")[0].strip().lower())
    if media_type is None:
        return Passed(where, "not-a-page", f"content of type {said[:60] or 'unknown'}")
    if len(content) > gathering.options.max_bytes:
        return too_large(where, len(content), gathering.options.max_bytes)
    if not content.strip():
        return Refusal(where=where, code="empty", what="the page is empty", mend="get the page anew")
    return Report(
        id=id,
        address=where,
        media_type=media_type,
        content=content,
        charset=_charset(record, said),
        header=gathering.overrides.over(_header(record)),
        retrieved=record.record_date,
    )


def _header(record: WarcRecord) -> Header:
    url: Any = record.headers.get("WARC-Target-URI")
    url = (url or "").strip().strip("<>")
    return Header(url=url) if url and not re.search(r"[\s<>\"]", url) else Header()


def _charset(record: WarcRecord, said: str) -> str | None:
    found = record.http_charset
    if not found and (match := re.search(r"charset=[\"']?([\w.:-]{2,40})", said, re.IGNORECASE)):
        found = match[1]
    return found or None
