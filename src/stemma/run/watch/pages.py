"""Pages as they were sent, kept as WARC (ISO 28500) with their time and hashes."""

from __future__ import annotations

import gzip
import hashlib
import io
import uuid
from pathlib import Path
from typing import Final

from stemma.run.watch.answers import Answer
from stemma.version import __version__

_LEFT_OUT: Final = frozenset(("transfer-encoding", "content-length", "connection", "set-cookie"))
"""Headers that say how an answer travelled (its length is written anew), or that are secrets."""


class Pages:
    """A folder of WARC files, one for each day: every record is a part of gzip by itself."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers: dict[str, int] = {}

    def keep(self, answer: Answer) -> str:
        """Writes one answer to the file of its day and gives its place there, `NAME:RECORD`."""
        name = f"{answer.at.date().isoformat()}.warc.gz"
        path = self._folder / name
        if name not in self._numbers:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._numbers = {name: _count(path)}
        packed = io.BytesIO()
        if not self._numbers[name]:
            packed.write(_packed(_about(answer, name)))
            self._numbers[name] = 1
        packed.write(_packed(_record(answer)))
        with path.open("ab") as file:
            # In one go: a stop leaves a whole record or the beginning of the last one.
            file.write(packed.getvalue())
        self._numbers[name] += 1
        return f"{name}:{self._numbers[name]}"


def _count(path: Path) -> int:
    """Records of a file of earlier rounds; one that was cut off by a stop counts as one."""
    if not path.exists():
        return 0
    number = 0
    try:
        with gzip.open(path) as file:
            for line in file:
                number += line.startswith(b"WARC/1.")
    except (EOFError, OSError):
        pass
    return number


def _packed(record: bytes) -> bytes:
    return gzip.compress(record, mtime=0)


def _about(answer: Answer, name: str) -> bytes:
    from fastwarc import WarcRecord, WarcRecordType

    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.warcinfo, record_urn=f"uuid:{uuid.uuid4()}".encode())
    record.headers["WARC-Date"] = _when(answer)
    record.headers["WARC-Filename"] = name
    record.headers["Content-Type"] = "application/warc-fields"
    record.set_bytes_content(f"software: stemma {__version__}\r\nformat: WARC File Format 1.1\r\n".encode())
    return _written(record)


def _record(answer: Answer) -> bytes:
    from fastwarc import WarcRecord, WarcRecordType

    lines = [f"HTTP/1.1 {answer.status} {answer.reason}".rstrip()]
    lines += [f"{name}: {value}" for name, value in answer.head.items() if name not in _LEFT_OUT]
    lines.append(f"content-length: {len(answer.raw)}")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response, record_urn=f"uuid:{uuid.uuid4()}".encode())
    record.headers["WARC-Date"] = _when(answer)
    record.headers["WARC-Target-URI"] = answer.address
    record.headers["Content-Type"] = "application/http; msgtype=response"
    # The block's digest comes from the library, SHA-1 as tools expect it; this one is for evidence.
    record.headers["WARC-Payload-Digest"] = f"sha256:{hashlib.sha256(answer.raw).hexdigest()}"
    record.set_bytes_content(head + answer.raw)
    return _written(record)


def _written(record: object) -> bytes:
    out = io.BytesIO()
    record.write(out, checksum_data=True)  # type: ignore[attr-defined]
    return out.getvalue()


def _when(answer: Answer) -> str:
    return answer.at.strftime("%Y-%m-%dT%H:%M:%SZ")
