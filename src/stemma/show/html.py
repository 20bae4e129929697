"""Views as HTML for a notebook: whole pieces that fetch nothing and run nothing, with every word escaped."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from stemma.model import PassageKind, Role
from stemma.show.chain import Link
from stemma.show.ledger import LedgerRow, LedgerTally
from stemma.show.page import Block, Page

SHOWN: Final = 50
"""Rows of a table that are drawn; a notebook with thousands of them no longer scrolls."""

_ODD: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, overrides and isolates of direction, tags that hide text, half characters."""

_DAY: Final = re.compile(r"\d{4}-\d\d(?:-\d\d)?")

STYLE: Final = (
    ".stemma{font:14px/1.45 system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;max-width:75rem}"
    ".stemma table{border-collapse:collapse;width:100%}"
    ".stemma th,.stemma td{text-align:left!important;vertical-align:top;padding:.35em .8em .35em 0;"
    "border-bottom:1px solid rgba(128,128,128,.3);white-space:normal}"
    ".stemma th{font-weight:600;font-size:.85em;opacity:.75}"
    ".stemma h4{margin:.9em 0 .2em}.stemma p{margin:.2em 0}"
    ".stemma .faint{opacity:.7;font-size:.9em}.stemma .type{font-size:.8em;font-weight:600}"
    ".stemma .evidence{border-bottom:1.5px solid rgba(52,110,170,.75)}.stemma .evidence b{font-weight:700}"
    ".stemma sup{font-size:.7em;opacity:.8}"
    ".stemma .anonymous{font-style:italic}.stemma .anonymous::before{content:'◌ '}"
    ".stemma .warn{color:#a4442b}"
    ".stemma .block{display:grid;grid-template-columns:minmax(0,11fr) minmax(0,9fr);gap:0 2em;padding:.4em 0}"
    ".stemma .block>div:first-child{white-space:pre-line}"
    ".stemma .title{font-size:1.2em;font-weight:700}.stemma .furniture{opacity:.55}"
    ".stemma .claim{border-left:3px solid rgba(52,110,170,.5);padding-left:.7em;margin-bottom:.6em}"
    ".stemma .day{white-space:nowrap}.stemma .picture{overflow-x:auto}.stemma img{max-width:none}"
)
"""Colours that are read on a light and on a dark page; all rules hold inside `.stemma` only."""


def safe(text: object) -> str:
    """`text` for HTML: escaped, and what would reorder or hide text as a visible sign."""
    return escape(_ODD.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", str(text)))


def name(text: object) -> str:
    """A name or phrase on one line, kept apart from the direction of what stands around it."""
    return f"<bdi>{safe(' '.join(str(text).split()))}</bdi>"


def names(several: Iterable[object]) -> str:
    """Names with commas between."""
    return ", ".join(name(one) for one in several)


def days(words: str) -> str:
    """Words with days in them, none of which breaks over two lines."""
    return _DAY.sub(r'<span class="day">\g<0></span>', safe(words))


def whole(parts: Iterable[str]) -> str:
    """One piece of HTML with its style."""
    return f'<div class="stemma"><style>{STYLE}</style>{"".join(parts)}</div>'


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], more: int = 0) -> str:
    """A table of cells that are HTML already; `more` rows are only counted."""
    head = "".join(f"<th>{safe(one)}</th>" for one in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    tail = faint(f"and {more:,} more") if more > 0 else ""
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{tail}"


def faint(text: object) -> str:
    """A line of small print."""
    return f'<p class="faint">{safe(text)}</p>'


def picture(svg: str, words: str) -> str:
    """A drawing as an image: its style cannot reach the page around it, and nothing in it runs."""
    packed = b64encode(svg.encode("utf-8")).decode("ascii")
    return f'<div class="picture"><img alt="{safe(words)}" src="data:image/svg+xml;base64,{packed}"></div>'


def chain(links: Sequence[Link], outlet: str | None) -> str:
    """The chain of sources as words and arrows, the ultimate source first, down to the report's outlet."""
    own = name(outlet or "this report")
    if not links:
        return f"{own}, in its own voice"
    said = " → ".join(
        " + ".join(f'<span class="{voice.kind.value}">{name(voice.words)}</span>' for voice in link)
        for link in links
    )
    return f"{said} → {own}"


def claims_html(rows: Sequence[LedgerRow]) -> str:
    """Claims as a table, each in its words, with its chain; below it what they amount to."""
    tally = LedgerTally()
    for row in rows:
        tally.add(row)
    cells = [
        (
            f"{name(row.outlet or row.report)}<br>{faint(row.published or 'no date')}",
            _what(row),
            _parties(row),
            "<br>".join(name(part) for part in (row.time, row.place) if part),
            chain(row.links, row.outlet),
        )
        for row in rows[:SHOWN]
    ]
    heads = ("report", "claim", "who", "when and where", "on whose word")
    body = [table(heads, cells, len(rows) - SHOWN)] if rows else []
    return whole([*body, faint(tally.words() if rows else "no claims")])


def _what(row: LedgerRow) -> str:
    mode = f" {name(row.claim.mode)}" if row.claim.mode else ""
    head = f'<span class="type">{safe(row.type)}</span>{mode} {_doubt(row)}'
    return f'{head}<br><span class="evidence">{_evidence(row)}</span> {faint(f"{row.report}#{row.claim.id}")}'


def _evidence(row: LedgerRow) -> str:
    words, at = row.claim.evidence, row.trigger_at
    if at is None:
        return safe(words)
    return f"{safe(words[: at.start])}<b>{safe(words[at.start : at.end])}</b>{safe(words[at.end :])}"


def _doubt(row: LedgerRow) -> str:
    doubt = "; ".join(part for part in (row.hedge, row.ended) if part)
    return f'<span class="warn">{safe(doubt)}</span>' if doubt else ""


def _parties(row: LedgerRow) -> str:
    lines = [
        f"{'' if role is Role.ACTOR else f'<i>{role.value}</i> '}{names(row.names(role))}"
        for role in Role
        if row.names(role)
    ]
    return "<br>".join([*lines, *(safe(count) for count in row.counts)])


def page_html(page: Page) -> str:
    """A report with its claims beside the words that carry them, as `stemma show` has it."""
    told = [page.outlet or "outlet unknown", page.published or "no date", page.byline, page.report]
    parts = [faint(" · ".join(str(one) for one in told if one))]
    if page.title and not any(block.kind is PassageKind.TITLE for block in page.blocks):
        parts.append(f'<p class="title">{name(page.title)}</p>')
    parts += [faint(f"note: {note}") for note in page.notes]
    parts += [_block(page, block) for block in page.blocks]
    if page.loose:
        parts.append("<h4>claims whose words were not found</h4>")
        parts += [_card(page, row, quoted=True) for row in page.loose]
    tally = LedgerTally()
    for row in page.rows:
        tally.add(row)
    return whole([*parts, faint(tally.words() if page.rows else "no claims found")])


def _block(page: Page, block: Block) -> str:
    kind = block.kind.value
    plain = block.kind in (PassageKind.BODY, PassageKind.TITLE) and not block.outlet
    whose = f" · the words of {block.outlet}" if block.outlet else ""
    label = "" if plain else faint(f"{kind}{whose}")
    text = f'<div class="{kind}">{label}{"".join(_stretches(block)).strip()}</div>'
    return f'<div class="block">{text}<div>{"".join(_card(page, row) for row in block.rows)}</div></div>'


def _stretches(block: Block) -> Iterator[str]:
    for stretch in block.stretches:
        words = safe(stretch.text)
        if stretch.trigger:
            words = f"<b>{words}</b>"
        yield f'<span class="evidence">{words}</span>' if stretch.claims else words
        yield "".join(f"<sup>{safe(number)}</sup>" for number in stretch.ends)


def _card(page: Page, row: LedgerRow, *, quoted: bool = False) -> str:
    mode = f" {name(row.claim.mode)}" if row.claim.mode else ""
    head = f'<sup>{safe(row.claim.id)}</sup> <span class="type">{safe(row.type)}</span>{mode} {_doubt(row)}'
    lines = [
        head,
        _parties(row),
        " · ".join(name(part) for part in (row.time, row.place) if part),
        f"on whose word: {chain(row.links, page.outlet)}",
        *(f"or: {chain(links, page.outlet)}" for links in row.readings),
    ]
    if quoted:
        lines.append(f"“{_evidence(row)}”")
    return f'<div class="claim">{"<br>".join(line for line in lines if line)}</div>'
