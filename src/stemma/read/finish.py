"""The last step of every reader: passages, and what is known of the report, put together."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from stemma.lexicon.outlets import domain_of, find_outlet, find_outlet_by_address
from stemma.model import Document, Header, Note, PassageKind, Report
from stemma.read.blocks import Block
from stemma.read.dates import parse_date
from stemma.read.language import find_language
from stemma.read.options import ReadOptions
from stemma.read.passages import Cut, cut_passages

TOLERANCE = datetime.timedelta(days=1)
"""Time zones may set two dates of one report a day apart."""


def finish_document(
    report: Report,
    text: str,
    blocks: Sequence[Block],
    page: Header,
    *,
    notes: tuple[Note, ...],
    options: ReadOptions,
) -> Document:
    """The document of `text`; `page` is what the format itself says of the report."""
    known = report.header.over(page)
    cut = cut_passages(text, blocks, known.title)
    url = known.url
    published, date_notes = _published(report, page, cut, url)
    outlet = known.outlet or cut.outlet or (_outlet_of(url) if url else None)
    language = known.language
    if language is None and options.detect_language:
        language = find_language(_story(text, cut))
    return Document(
        report=report.id,
        report_hash=report.bytes_hash(),
        text=text,
        passages=cut.passages,
        title=known.title or (" ".join(cut.title.split()) if cut.title else None),
        outlet=outlet,
        url=url,
        published=published,
        byline=known.byline or cut.byline,
        language=language,
        agencies=_agencies(cut, outlet),
        notes=(*report.notes, *notes, *date_notes),
    )


def same_outlet(one: str, other: str) -> bool:
    """True where both names mean one outlet, as far as the lexicon knows."""
    first, second = find_outlet(one), find_outlet(other)
    if first and second:
        return first == second
    return one.casefold() == other.casefold()


def _agencies(cut: Cut, outlet: str | None) -> tuple[str, ...]:
    return tuple(name for name in cut.credited if not (outlet and same_outlet(name, outlet)))


def _outlet_of(url: str) -> str | None:
    known = find_outlet_by_address(url)
    return known.name if known else (domain_of(url) or None)


def _published(
    report: Report, page: Header, cut: Cut, url: str | None
) -> tuple[datetime.date | None, list[Note]]:
    given = report.header.published
    published = given or page.published
    notes: list[Note] = []
    if published is None and cut.date:
        published = cut.date
        if cut.ambiguous_date:
            notes.append(
                Note(code="ambiguous-date", text=f"The date in the text was read as {published.isoformat()}.")
            )
    if published is None and url:
        published = _date_in_address(url)
        if published:
            notes.append(
                Note(code="date-from-address", text="The date was taken from the address of the page.")
            )
    if published is None:
        return None, [Note(code="no-date", text="The report has no date of publication.")]
    for other in (page.published, cut.date):
        if other and abs(other - published) > TOLERANCE:
            said = "the page" if other == page.published else "the text's head"
            notes.append(
                Note(
                    code="date-contradiction",
                    text=f"The date of publication is {published}, but {said} says {other}.",
                )
            )
            break
    today = (report.retrieved or datetime.datetime.now(tz=datetime.UTC)).date()
    if published > today + TOLERANCE:
        notes.append(
            Note(code="future-date", text=f"The date of publication, {published}, is still to come.")
        )
    return published, notes


def _date_in_address(url: str) -> datetime.date | None:
    match = re.search(r"/(\d{4})[/-](\d{1,2}|[a-z]{3})[/-](\d{1,2})(?=[/_-]|$)", url)
    if not match:
        return None
    year, month, day = match.groups()
    found = parse_date(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")
    return found.date if found else None


def _story(text: str, cut: Cut) -> str:
    kinds = (PassageKind.BODY, PassageKind.EXCERPT, PassageKind.TITLE)
    return " ".join(passage.span.of(text) for passage in cut.passages if passage.kind in kinds)
