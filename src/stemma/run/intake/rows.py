"""A row of a table or a JSON object as a report."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from stemma.model import Header, Note, Refusal, Report
from stemma.read.dates import parse_date
from stemma.read.decode import decode_loosely
from stemma.run.intake.gathering import Gathering

GUESSES: Final[dict[str, tuple[str, ...]]] = {
    "id": ("id", "uid", "doc_id", "unit_id", "report_id"),
    "text": (
        "text",
        "content",
        "body",
        "article",
        "articlebody",
        "fulltext",
        "full_text",
        "maintext",
        "article_content",
        "article_text",
        "article_body",
        "story",
    ),
    "html": ("html", "raw_html", "content_html"),
    "title": ("title", "headline", "article_title"),
    "outlet": ("outlet", "publisher", "source", "site", "sitename", "source_name"),
    "published": (
        "published",
        "date",
        "publication_date",
        "published_at",
        "datepublished",
        "pub_date",
        "pubdate",
    ),
    "byline": ("byline", "author", "authors"),
    "language": ("language", "lang"),
    "url": ("url", "link", "source_url"),
}
"""The names under which each field is looked for where no mapping says."""

ID_AT_MOST: Final = 300
SIDECAR_AT_MOST: Final = 1024 * 1024
_MARKUP: Final = re.compile(
    r"\s*<(?:!doctype|html|body|article|div|p|section|h[1-6]|span|figure)\b", re.IGNORECASE
)


def choose_columns(names: Iterable[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """The column or key of each field: the mapped one, else the first of the usual names there is."""
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(name.strip().lower(), name)
    chosen = {
        field: next((by_name[g] for g in guesses if g in by_name), "") for field, guesses in GUESSES.items()
    }
    return {**{field: name for field, name in chosen.items() if name}, **mapping}


def report_of_row(
    row: Mapping[str, Any], columns: Mapping[str, str], address: str, fallback_id: str, gathering: Gathering
) -> Report | Refusal:
    """The report that `row` holds; its header's gaps stay open. `address` is for messages."""
    markup = _value(row, columns.get("html"))
    text = _value(row, columns.get("text"))
    body = markup or text
    if not body or not body.strip():
        return Refusal(
            where=address, code="empty", what="the report is empty", mend="give it a text, or leave it out"
        )
    content = _bytes(body)
    limit = gathering.options.max_bytes
    if len(content) > limit:
        from stemma.run.intake.gathering import too_large

        return too_large(address, len(content), limit)
    values = {field: _value(row, columns.get(field)) for field in columns if field not in ("text", "html")}
    header, notes = header_of(values)
    own_id = " ".join(_clean(values.get("id") or "").split())[:ID_AT_MOST]
    return Report(
        id=own_id or fallback_id,
        address=address,
        media_type="text/html" if markup or _MARKUP.match(body) else "text/plain",
        content=content,
        header=gathering.overrides.over(header),
        notes=notes,
    )


def header_of(values: Mapping[str, Any]) -> tuple[Header, tuple[Note, ...]]:
    """The header that a sidecar's or a row's values make, and notes on what had to be guessed."""
    fields: dict[str, Any] = {}
    notes: list[Note] = []
    for name in ("outlet", "title", "byline", "language", "url"):
        value = values.get(name)
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            fields[name] = " ".join(_clean(value).split())
    if "url" in fields and re.search(r"[\s<>\"]", fields["url"]):
        del fields["url"]
    published = values.get("published")
    if isinstance(published, str) and published.strip():
        found = parse_date(published)
        if found:
            fields["published"] = found.date
            if found.ambiguous:
                notes.append(
                    Note(
                        code="ambiguous-date",
                        text=f"The date {published.strip()[:40]} was read as {found.date}.",
                    )
                )
        else:
            said = _clean(published.strip()[:40])
            notes.append(Note(code="date-unreadable", text=f"The date {said!r} could not be read."))
    elif isinstance(published, datetime.date):
        fields["published"] = published
    return Header(**fields), tuple(notes)


def _value(row: Mapping[str, Any], name: str | None) -> str | None:
    if not name:
        return None
    value: Any = row.get(name)
    if value is None and "." in name:
        value = row
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, Mapping):
        value = value.get("name") or value.get("title")
    if isinstance(value, list):
        value = ", ".join(item for item in value if isinstance(item, str))
    if isinstance(value, bool) or value is None:
        return None
    return value if isinstance(value, str) else str(value)


def _bytes(value: str) -> bytes:
    """The bytes of a cell: those of the file where they were no UTF-8, so that reading detects them."""
    try:
        return value.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return value.encode("utf-8", "surrogatepass")


def _clean(value: str) -> str:
    """A header's value as proper text: no half characters, no NULs."""
    return decode_loosely(_bytes(value)).replace("\x00", "\ufffd")
