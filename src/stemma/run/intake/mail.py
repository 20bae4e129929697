"""Mail: single messages (EML) and boxes of them (mbox)."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO, Final

from stemma.model import Header, Refusal, Report
from stemma.run.intake.gathering import Gathering, too_large

MAIL_FACTOR: Final = 2
"""A message may be this much longer than its longest part: attachments are packed as text."""

_FROM: Final = b"From "
_QUOTED_FROM: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mbox(file: BinaryIO, address: str, id: str, gathering: Gathering) -> Iterator[Report | Refusal]:
    """A report per message; messages begin at a line `From …` behind an empty line (RFC 4155)."""
    limit = gathering.options.max_bytes * MAIL_FACTOR
    number = size = 0
    lines: list[bytes] = []
    empty, started = True, False
    while line := file.readline(limit + 1):
        if empty and line.startswith(_FROM):
            if started:
                yield _message(lines, size, Numbered(address, id, number), gathering)
            started, lines, size = True, [], 0
            number += 1
        elif started:
            size += len(line)
            if size <= limit:
                lines.append(line)
        empty = not line.strip(b"\r\n")
    if started:
        yield _message(lines, size, Numbered(address, id, number), gathering)
    else:
        yield Refusal(
            where=address,
            code="empty",
            what="there is no message in this box",
            mend="give a box whose messages begin with a line From",
        )


@dataclass(frozen=True, slots=True)
class Numbered:
    """Where the message of this number stands: the box's address, and the start of its ids."""

    address: str
    id: str
    number: int


def _message(lines: list[bytes], size: int, at: Numbered, gathering: Gathering) -> Report | Refusal:
    where = f"{at.address}:#{at.number}"
    limit = gathering.options.max_bytes * MAIL_FACTOR
    if size > limit:
        return too_large(where, size, limit)
    content = _QUOTED_FROM.sub(rb"\1", b"".join(lines))
    return report_of_mail(content, where, f"{at.id}/{at.number}", gathering)


def report_of_mail(content: bytes, where: str, id: str, gathering: Gathering) -> Report | Refusal:
    """The report that one message is: its text, or else its HTML; attachments are left out."""
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        found = _body(message)
        header = _header(message)
    except Exception as error:
        # The parser keeps most faults to itself, yet not all: what it cannot take is refused.
        return Refusal(
            where=where,
            code="broken-mail",
            what=f"this is no mail that can be read ({type(error).__name__})",
            mend="save its text by itself",
        )
    if found is None or not found[0].strip():
        return Refusal(
            where=where,
            code="empty",
            what="the message has no text",
            mend="give its attachments by themselves",
        )
    body, media_type, charset = found
    limit = gathering.options.max_bytes
    if len(body) > limit:
        return too_large(where, len(body), limit)
    return Report(
        id=id,
        address=where,
        media_type=media_type,
        content=body,
        charset=charset,
        header=gathering.overrides.over(header),
    )


def _body(message: EmailMessage) -> tuple[bytes, str, str | None] | None:
    parts = {part.get_content_type(): part for part in reversed(list(message.walk())) if _is_text(part)}
    part = parts.get("text/plain")
    if part is None or not (part.get_payload(decode=True) or b"").strip():
        part = parts.get("text/html", part)
    if part is None:
        return None
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return None
    return content, part.get_content_type(), part.get_content_charset()


def _is_text(part: Message) -> bool:
    if part.get_content_type() not in ("text/plain", "text/html"):
        return False
    return part.get_content_disposition() != "attachment"


def _header(message: EmailMessage) -> Header:
    sender, address = parseaddr(_said(message, "From"))
    title = _said(message, "Subject")
    published = None
    with suppress(TypeError, ValueError, IndexError, OverflowError):
        published = parsedate_to_datetime(_said(message, "Date")).date()
    url = _said(message, "Archived-At").strip("<>")
    return Header(
        outlet=sender or address or None,
        title=title or None,
        published=published,
        url=url if re.fullmatch(r"https?://[^\s<>\"]+", url) else None,
    )


def _said(message: EmailMessage, name: str) -> str:
    try:
        value = str(message.get(name) or "")
    except Exception:
        # Broken headers raise from deep within the parser; a mail is not refused for one.
        return ""
    clean = value.encode("utf-8", "replace").decode("utf-8").replace("\0", "\ufffd")
    return " ".join(clean.split())[:1000]
