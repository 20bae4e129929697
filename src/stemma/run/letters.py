"""A digest on its way to readers: a mail file, an Atom feed, and the message of a webhook."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from typing import TYPE_CHECKING, Any, Final

from stemma.merge import MergeOptions
from stemma.model import Record, hash_bytes
from stemma.run.recording import Asking, Recorded, merge_reports, record_of
from stemma.show.digest import Change, Digest, make_digest
from stemma.show.ledger import plural
from stemma.show.wire import wire_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from stemma.store.protocol import Store

_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SHOWN: Final = 40
"""Lines of one part of a mail's text; its HTML and the JSON of a webhook have more."""
SENDER: Final = "stemma@localhost"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a feed's reader sees. Equal content has an equal `id`."""

    id: str
    title: str
    html: str


def digest_of_new(
    store: Store, asking: Asking, fresh: Collection[str], day: datetime.date, options: MergeOptions
) -> Digest:
    """What the reports `fresh` have changed among the incidents asked for, whenever they were published.

    Of the new reports only those are listed that tell of such an incident.
    """
    # Both merged as one set: a circle of the kept record would differ from what was before by more than news.
    after = record_of(store, asking, options, anew=True)
    before = _record_without(store, after, fresh, options)
    view = make_digest(before, after.record, day, after.incidents)
    telling = {report for incident in after.incidents for report in incident.reports}
    return replace(
        view,
        reports=tuple(one for one in view.reports if one.report in telling),
        undated=tuple(one for one in view.undated if one in telling),
    )


def record_before_arrival(store: Store, after: Recorded, day: datetime.date, options: MergeOptions) -> Record:
    """The record of the same reports without those that came into the casebook on `day` or later (UTC)."""
    came: dict[str, str] = {}
    for act in store.audit():
        if act.act == "add":
            came.setdefault(act.subject, act.at)
    fresh = {report for report, at in came.items() if at >= day.isoformat()}
    return _record_without(store, after, fresh, options)


def _record_without(store: Store, after: Recorded, fresh: Collection[str], options: MergeOptions) -> Record:
    earlier = [coding.report for coding in after.record.codings if coding.report not in fresh]
    return merge_reports(store, earlier, options)[0]


def is_empty(view: Digest) -> bool:
    """True where nothing of the record has changed, whatever reports came."""
    return not (view.incidents or view.disputed or view.figures or view.origins)


def summary_of(view: Digest) -> str:
    """`2 new incidents, 1 figure changed`; `nothing new` where that is so."""
    counted = (
        (view.incidents, "new incident", ""),
        (view.disputed, "new dispute", ""),
        (view.figures, "changed figure", ""),
        (view.origins, "change", " of origins"),
    )
    return ", ".join(plural(len(some), what) + tail for some, what, tail in counted if some) or "nothing new"


def entries_of(view: Digest) -> tuple[Entry, ...]:
    """An entry for each new incident and each change."""
    found = []
    for row in view.incidents:
        told = "; ".join(f"{one.label} {one.published or ''}".strip() for one in row.told)
        lines = [row.sentence, f"told by {told}"]
        if row.disputes:
            lines.append(f"in dispute: {', '.join(row.disputes)}")
        found.append(_entry("new", row.title, row.incident, lines))
    for heading, changes in _changes(view):
        for one in changes:
            found.append(
                _entry(heading, one.title, one.incident, [f"{one.what}: {one.before} → {one.after}"])
            )
    return tuple(found)


def _changes(view: Digest) -> Iterator[tuple[str, tuple[Change, ...]]]:
    yield "newly disputed", view.disputed
    yield "changed figure", view.figures
    yield "origins won or lost", view.origins


def _entry(heading: str, title: str, incident: str, lines: Iterable[str]) -> Entry:
    words = [heading, title, incident, *lines]
    html = "".join(f"<p>{escape(_clean(line))}</p>" for line in [*lines, f"incident {incident}"])
    key = hash_bytes("\0".join(words).encode("utf-8", "replace"))[:32]
    return Entry(key, _clean(f"{heading}: {' '.join(title.split())}"), html)


def digest_lines(view: Digest) -> Iterator[str]:
    """The digest as plain lines."""
    yield f"Since {view.since}: {plural(len(view.reports), 'new report')}, {summary_of(view)}."
    parts: list[tuple[str, list[str]]] = [
        ("New incidents", [f"{' '.join(row.title.split())}. {row.sentence}" for row in view.incidents])
    ]
    for heading, changes in _changes(view):
        lines = [f"{one.title}. {one.what}: {one.before} → {one.after}" for one in changes]
        parts.append((heading.capitalize(), lines))
    told = [f"{one.published or 'no date'} {one.label}: {one.title or one.report}" for one in view.reports]
    parts.append(("Reports", told + [f"{report}: without a date, so perhaps new" for report in view.undated]))
    for heading, lines in parts:
        if lines:
            yield f"\n{heading}"
            yield from (f"- {line}" for line in lines[:SHOWN])
            if len(lines) > SHOWN:
                yield f"  and {len(lines) - SHOWN:,} more"


def mail_of(view: Digest, title: str, at: datetime.datetime) -> bytes:
    """The digest as one message (RFC 5322), plain and in HTML, to be opened, sent on or filed.

    Nothing is loaded from elsewhere when it is opened.
    """
    from stemma.show.html_views import digest_html

    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(_clean(f"{title}: {summary_of(view)}").split())[:200]
    message["From"] = f"Stemma <{SENDER}>"
    message["To"] = "undisclosed-recipients:;"
    message["Date"] = at
    text = _clean("\n".join(digest_lines(view))) + "\n"
    message["Message-ID"] = (
        f"<{hash_bytes(f'{title} {at} {text}'.encode('utf-8', 'replace'))[:32]}@localhost>"
    )
    message.set_content(text)
    page = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(_clean(title))}</title>'
    message.add_alternative(f"{page}<body>{_clean(digest_html(view))}</body></html>", subtype="html")
    return message.as_bytes()


def atom_of(title: str, entries: Iterable[tuple[Entry, datetime.datetime]], at: datetime.datetime) -> str:
    """An Atom feed (RFC 4287) with these entries and their times, the newest first."""
    name = escape(_clean(title), quote=True)
    key = hash_bytes(title.encode("utf-8", "replace"))[:32]
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{name}</title>\n<id>urn:stemma:digest:{key}</id>\n<updated>{_moment(at)}</updated>\n"
        "<author><name>Stemma</name></author>\n"
    ]
    for entry, when in entries:
        parts.append(
            f"<entry><title>{escape(entry.title)}</title><id>urn:stemma:change:{entry.id}</id>"
            f'<updated>{_moment(when)}</updated><content type="html">{escape(entry.html)}</content></entry>\n'
        )
    return "".join(parts) + "</feed>\n"


def message_of(view: Digest, name: str, at: datetime.datetime) -> str:
    """What a webhook is sent: `name`, `at`, `summary`, and the digest as its JSON."""
    wire: dict[str, Any] = {
        "name": name,
        "at": _moment(at),
        "summary": summary_of(view),
        "digest": wire_of(view),
    }
    return json.dumps(wire, ensure_ascii=False)


def _moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
