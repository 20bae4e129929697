"""Footnotes: every claim with a note that leads to its exact words, in Markdown and in HTML that Word opens.

Notes follow the Chicago Manual of Style (notes and bibliography, websites and news): outlet, title, day,
address; then the access point: the claim's path and the characters of the document that carry it.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stemma.export.declared import below, losses_of
from stemma.export.options import ExportOptions
from stemma.export.phrases import (
    chain_words,
    claim_label,
    entities_of,
    hedge_words,
    joined,
    one_line,
    place_words,
    time_words,
    visible,
    web_address,
)
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.told import (
    CHAIN,
    HEDGED,
    HEDGES,
    LABELS,
    OFFSETS,
    PARTIES_IN_WORDS,
    PARTIES_LOST,
    PLACE_LOST,
    SOURCES_IN_WORDS,
    SOURCES_LOST,
    TIME_LOST,
)
from stemma.model import Claim, Coding, Entity

_LOSSES: Final = losses_of(
    {
        below(
            "codings", "agencies engine engine_version language notes"
        ): "a note cites, it does not describe",
        PARTIES_LOST: LABELS,
        below("codings.claims", "counts trigger readings score notes"): "the quoted words say it",
        OFFSETS: "a note gives the place of its words only",
        SOURCES_LOST: CHAIN,
        below("codings.claims.time", TIME_LOST): "when is told in words",
        below("codings.claims.place", PLACE_LOST): "where is told in words",
        "lineage": "a note is about one report",
        "incidents": "a note is about one claim",
        "judgements": "a note is the report's, not the reader's",
    },
    {
        f"{PARTIES_IN_WORDS} codings.claims.roles": LABELS,
        below("codings.claims", "type mode"): "what it is stands in words",
        below("codings.claims.time", "text start end"): "when is told in words",
        below("codings.claims.place", "text canonical"): "where is told in words",
        SOURCES_IN_WORDS: CHAIN,
        HEDGES: HEDGED,
    },
)
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:@$^=\"'/])")
_MONTHS: Final = (
    "January February March April May June July August September October November December".split()
)
_HEAD: Final = (
    '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    "<title>Claims with footnotes</title>"
    "<style>body{font-family:serif;max-width:45em;margin:2em auto}q{quotes:none}</style></head><body>\n"
)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote in its parts; `claimed` is the sentence that it belongs to. Empty where nothing is known."""

    claimed: str
    outlet: str
    title: str
    day: str
    address: str
    path: str
    place: str
    document: str
    words: str
    voices: str


class Footnotes:
    """`footnotes.md` and `footnotes.html`."""

    name = "footnotes"
    description = (
        "Footnotes in Chicago style, as Markdown and as HTML for Word: each claim with its exact words, "
        "their place in the document, and on whose word."
    )
    suffix = ""
    tables: tuple[str, ...] = ("markdown", "html")
    merged = False
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What a footnote does not say."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one of the two or both."""
        rows = 0
        if options.table in (None, "markdown"):
            with target.open("" if options.table else "footnotes.md") as out:
                for number, note in enumerate(_notes(stock), start=1):
                    out.write(_markdown(number, note).encode())
                    rows = number
        if options.table in (None, "html"):
            with target.open("" if options.table else "footnotes.html") as out:
                out.write(_HEAD.encode())
                for number, note in enumerate(_notes(stock), start=1):
                    out.write(_claimed(number, note).encode())
                    rows = number
                out.write(b'<hr><div style="mso-element:footnote-list">\n')
                for number, note in enumerate(_notes(stock), start=1):
                    out.write(_html(number, note).encode())
                out.write(b"</div>\n</body></html>\n")
        return Written(rows)


def _notes(stock: Stock) -> Iterator[Note]:
    for coding in stock.codings:
        entities = entities_of(coding)
        for claim in coding.claims:
            yield _note(coding, claim, entities)


def _note(coding: Coding, claim: Claim, entities: Mapping[str, Entity]) -> Note:
    voices = chain_words(claim.sources)
    happened = joined([time_words(claim.time), place_words(claim.place)], ", ")
    return Note(
        claimed=joined([claim_label(claim, entities), happened], " — "),
        outlet=one_line(coding.outlet or ""),
        title=one_line(coding.title or ""),
        day=chicago_day(coding.published),
        address=web_address(coding.url) or "",
        path=f"{coding.report}#{claim.id}",
        place=f"{claim.span.start}–{claim.span.end}" if claim.span else "",
        document=coding.document_hash or "",
        words=visible(claim.evidence),
        voices=joined([f"On the word of {voices}" if voices else "", hedge_words(claim)], "; "),
    )


def chicago_day(day: datetime.date | None) -> str:
    """`October 14, 2021`; empty where the day is not known."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}" if day else ""


def escape_markdown(text: str) -> str:
    """`text` as words of one line: no sign in it is Markdown or HTML."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _markdown(number: int, note: Note) -> str:
    title = f"“{escape_markdown(note.title)},”" if note.title else ""
    head = [escape_markdown(note.outlet), title, escape_markdown(note.day), escape_markdown(note.address)]
    cited = joined([joined(head[:2], ", "), joined(head[2:], ", ")], " " if title else ", ")
    access = joined([f"access point {escape_markdown(note.path)}", _where(note)], ", ")
    said = f" {escape_markdown(note.voices)}." if note.voices else ""
    return (
        f"{escape_markdown(note.claimed)}[^{number}]\n\n"
        f"[^{number}]: {joined([cited, access])}: “{escape_markdown(note.words)}”{said}\n\n"
    )


def _where(note: Note) -> str:
    document = f" of document sha256 {note.document}" if note.document else ""
    return f"characters {note.place}{document}" if note.place else document.strip()


def _claimed(number: int, note: Note) -> str:
    mark = f'<a style="mso-footnote-id:ftn{number}" href="#_ftn{number}" id="_ftnref{number}">[{number}]</a>'
    return f"<p><bdi>{_text(note.claimed)}</bdi>{mark}</p>\n"


def _html(number: int, note: Note) -> str:
    title = f"“{_part('title', note.title)},”" if note.title else ""
    cited = joined([_part("outlet", note.outlet), title], ", ")
    rest = joined([_part("published", note.day), _part("url", note.address)], ", ")
    access = f"access point {_part('path', note.path)}"
    if note.place:
        access += f", characters {_part('place', note.place)}"
    if note.document:
        access += f" of document sha256 {_part('document', note.document)}"
    words = f'“<q class="words" dir="auto" style="white-space:pre-wrap">{_text(note.words)}</q>”'
    said = f" {_part('voices', note.voices)}." if note.voices else ""
    back = f'<a style="mso-footnote-id:ftn{number}" href="#_ftnref{number}">[{number}]</a>'
    head = joined([joined([cited, rest], " " if title else ", "), access])
    return f'<div style="mso-element:footnote" id="_ftn{number}"><p>{back} {head}: {words}{said}</p></div>\n'


def _part(name: str, text: str) -> str:
    return f'<bdi class="{name}">{_text(text)}</bdi>' if text else ""


def _text(text: str) -> str:
    return html.escape(visible(text))
