"""The page: a document with its claims beside the words that carry them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from stemma.model import Coding, Document, PassageKind, Span
from stemma.show.ledger import LedgerRow, make_ledger


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that lie in the evidence of the same claims.

    `ends` names the claims whose trigger ends with these words, which is where their number goes.
    """

    text: str
    claims: tuple[str, ...] = ()
    trigger: bool = False
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One passage: its kind, whose words it holds, its words, and the claims that start in it."""

    kind: PassageKind
    outlet: str | None
    stretches: tuple[Stretch, ...]
    rows: tuple[LedgerRow, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A document for a reader. `loose` are the claims whose words were not found in the text."""

    report: str
    title: str | None
    outlet: str | None
    published: datetime.date | None
    byline: str | None
    language: str | None
    agencies: tuple[str, ...]
    url: str | None
    notes: tuple[str, ...]
    blocks: tuple[Block, ...]
    loose: tuple[LedgerRow, ...]

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        """All claims of the page, in the order of their words."""
        return (*(row for block in self.blocks for row in block.rows), *self.loose)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A row with the places of its evidence and trigger in the document."""

    row: LedgerRow
    span: Span
    trigger: Span | None


def make_page(document: Document, coding: Coding) -> Page:
    """The page of `document` with the claims of `coding`."""
    placed: list[_Placed] = []
    loose: list[LedgerRow] = []
    for row in make_ledger([coding]):
        found = _place(document.text, row)
        if found:
            placed.append(found)
        else:
            loose.append(row)
    placed.sort(key=lambda item: item.span.start)
    return Page(
        report=document.report,
        title=document.title,
        outlet=document.outlet,
        published=document.published,
        byline=document.byline,
        language=document.language,
        agencies=document.agencies,
        url=document.url,
        notes=tuple(note.text for note in (*document.notes, *coding.notes)),
        blocks=_blocks(document, placed),
        loose=tuple(loose),
    )


def _place(text: str, row: LedgerRow) -> _Placed | None:
    """Where the row's words stand, by its offsets or, for codings without, by its words."""
    claim, span = row.claim, row.claim.span
    if span is None or span.of(text) != claim.evidence:
        start = text.find(claim.evidence) if claim.evidence else -1
        if start < 0:
            return None
        span = Span(start=start, end=start + len(claim.evidence))
    at = row.trigger_at
    trigger = Span(start=span.start + at.start, end=span.start + at.end) if at else None
    return _Placed(row, span, trigger)


def _blocks(document: Document, placed: Sequence[_Placed]) -> tuple[Block, ...]:
    """The passages in text order; text between passages, if any, counts as body."""
    blocks: list[Block] = []
    at = 0

    def close(span: Span, kind: PassageKind, outlet: str | None) -> None:
        rows = tuple(item.row for item in placed if span.start <= item.span.start < span.end)
        if rows or span.of(document.text).strip():
            blocks.append(Block(kind, outlet, _stretches(document.text, span, placed), rows))

    for passage in document.passages:
        if passage.kind is PassageKind.QUOTATION:
            continue
        if passage.span.start > at:
            close(Span(start=at, end=passage.span.start), PassageKind.BODY, None)
        close(passage.span, passage.kind, passage.outlet)
        at = max(at, passage.span.end)
    if at < len(document.text):
        close(Span(start=at, end=len(document.text)), PassageKind.BODY, None)
    return tuple(blocks)


def _stretches(text: str, span: Span, placed: Sequence[_Placed]) -> tuple[Stretch, ...]:
    """The words of `span`, cut wherever evidence or a trigger begins or ends."""
    inside = [item for item in placed if item.span.overlaps(span)]
    cuts = {span.start, span.end}
    for item in inside:
        for edge in (item.span, item.trigger):
            if edge:
                cuts |= {cut for cut in (edge.start, edge.end) if span.start < cut < span.end}
    stretches = []
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        piece = Span(start=start, end=end)
        stretches.append(
            Stretch(
                text=piece.of(text),
                claims=tuple(item.row.claim.id for item in inside if item.span.overlaps(piece)),
                trigger=any(item.trigger and item.trigger.overlaps(piece) for item in inside),
                ends=tuple(item.row.claim.id for item in inside if item.trigger and item.trigger.end == end),
            )
        )
    return tuple(stretches)
