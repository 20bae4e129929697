"""What becomes of a request: an answer, or a failure with its reason."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: `address` is the last one after redirects, `raw` the body as it came, `body` it
    unpacked, `head` the headers by lower-case name."""

    address: str
    status: int
    head: dict[str, str]
    raw: bytes
    body: bytes
    at: datetime.datetime
    reason: str = ""

    @property
    def media_type(self) -> str:
        """`text/html`; empty where the server says nothing."""
        return self.head.get("content-type", "").split(";")[0].strip().lower()


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer. `code` is short and stable; `wait` is how long to stay away, in seconds, where
    the server says so or we have to."""

    address: str
    code: str
    what: str
    wait: float | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier answer said of its version, sent back so that an unchanged page is not sent again."""

    etag: str | None = None
    modified: str | None = None

    def headers(self) -> dict[str, str]:
        """`If-None-Match` and `If-Modified-Since`."""
        sent = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in sent.items() if value and value.isascii()}
