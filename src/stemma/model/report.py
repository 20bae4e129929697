"""A report: the bytes that arrived, with address and time."""

from __future__ import annotations

import datetime

from stemma.model.base import Noun, hash_bytes
from stemma.model.header import Header
from stemma.model.note import Note


class Report(Noun):
    """One report as it arrived.

    `id` is its header's `id`, else its path below the folder given, without the ending
    (`seed/elite-fighters`). `address` is where it came from, for messages: a path, `FILE:LINE`,
    or `-`. `media_type` is one of `text/plain`, `text/html`, `text/markdown`, `application/pdf`. `notes`
    say what gathering it had to guess (`ambiguous-date`); the document carries them on.
    """

    id: str
    address: str
    media_type: str
    content: bytes
    charset: str | None = None
    header: Header = Header()
    retrieved: datetime.datetime | None = None
    notes: tuple[Note, ...] = ()

    def bytes_hash(self) -> str:
        """SHA-256 of the bytes alone: the same text under two addresses has one."""
        return hash_bytes(self.content)
