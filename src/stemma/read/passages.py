"""From blocks to passages: every character of the story in one passage of one kind."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stemma.model import Passage, PassageKind, Span
from stemma.read.blocks import Block, Hint, trim
from stemma.read.cues import RELATED_HEAD
from stemma.read.dates import find_date
from stemma.read.excerpts import mark_excerpts
from stemma.read.heads import match_dateline, peel_head, peel_inner, repeated_title
from stemma.read.lines import byline_name, classify_line, is_agency, is_outlet_name, is_title
from stemma.read.pieces import Piece
from stemma.read.quotes import find_quotations
from stemma.read.tails import bare_signature, closing_credit, peel_tail

TITLE_BLOCKS: Final = 6
"""A headline that is known is looked for in this many blocks; one that is guessed only in the first."""

HEAD_BLOCKS: Final = 15
"""No head has more lines than this: what follows is a list, a poem or a table."""

RELATED_AT_MOST: Final = 140
_SENTENCE_END: Final = re.compile(r"[.!?…:][\"”’»)\]]*$")
_QUOTED_KINDS: Final = frozenset({PassageKind.BODY, PassageKind.EXCERPT, PassageKind.CAPTION})


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into passages, and what heads and tails said on the way.

    `credited` are the outlets that the whole report is credited to; `date` the first date in the
    head; `byline` and `outlet` what a byline names.
    """

    passages: tuple[Passage, ...]
    credited: tuple[str, ...]
    date: datetime.date | None
    ambiguous_date: bool
    title: str | None
    byline: str | None
    outlet: str | None


def cut_passages(text: str, blocks: Sequence[Block], title: str | None) -> Cut:
    """The passages of `text`, in text order; `title` is the report's headline where it is known."""
    pieces = _Cutter(text, blocks, title).pieces()
    quoted = frozenset(block.start for block in blocks if block.hint is Hint.QUOTE)
    mark_excerpts(text, pieces, quoted)
    pieces = _close_gaps(text, pieces)
    return Cut(
        passages=_passages(text, pieces),
        credited=_credited(text, pieces),
        date=(found := _first_date(text, pieces)) and found[0],
        ambiguous_date=bool(found and found[1]),
        title=next((text[p.start : p.end] for p in pieces if p.kind is PassageKind.TITLE), None),
        byline=(byline := _byline(text, pieces)),
        outlet=byline if byline and is_outlet_name(byline) and not is_agency(byline) else None,
    )


class _Cutter:
    """One pass over the blocks of a text."""

    def __init__(self, text: str, blocks: Sequence[Block], title: str | None) -> None:
        self.text = text
        self.blocks = blocks
        self.titles = _wordings(title)
        first = blocks[:TITLE_BLOCKS]
        self.title_comes = any(
            _is_known_title(text, block, text[block.start : block.end], self.titles) for block in first
        )
        self.in_head = True
        self.related = False
        self.found: list[Piece] = []

    def pieces(self) -> list[Piece]:
        for number, block in enumerate(self.blocks):
            if number == HEAD_BLOCKS:
                self.in_head = False
            if not self._title(number, block) and not self._line(number, block):
                self._story(block)
        self._tail()
        return self.found

    def _title(self, number: int, block: Block) -> bool:
        known = bool(self.titles) or block.hint is Hint.TITLE
        if self._has_title() or not known or number >= TITLE_BLOCKS or len(self.blocks) == 1:
            return False
        line = self.text[block.start : block.end]
        if block.hint is Hint.TITLE or _is_known_title(self.text, block, line, self.titles):
            self.found.append(Piece(PassageKind.TITLE, block.start, block.end))
            return True
        return False

    def _has_title(self) -> bool:
        return any(piece.kind is PassageKind.TITLE for piece in self.found[: TITLE_BLOCKS * 3])

    def _line(self, number: int, block: Block) -> bool:
        line = self.text[block.start : block.end]
        if RELATED_HEAD.fullmatch(line):
            self.related = True
        elif self.related and (len(line) > RELATED_AT_MOST or _SENTENCE_END.search(line)):
            self.related = False
        if self.related:
            self.found.append(Piece(PassageKind.FURNITURE, block.start, block.end))
            return True
        pieces = classify_line(self.text, block, in_head=self.in_head)
        if pieces is not None:
            self.found.extend(pieces)
            return True
        guess = number == 0 and len(self.blocks) > 1 and not self._has_title() and not self.title_comes
        if guess and is_title(self.text, block):
            self.titles = _wordings(line)
            self.found.append(Piece(PassageKind.TITLE, block.start, block.end))
            return True
        return False

    def _story(self, block: Block) -> None:
        start = block.start
        if self.in_head and block.hint is not Hint.HEADING:
            head = peel_head(self.text, block.start, block.end, self.titles)
            self.found.extend(head.pieces)
            start = head.start
            if start >= block.end:
                return
            inner = peel_inner(self.text, start, block.end)
            if inner and inner.start > start:
                self.found.append(Piece(PassageKind.BODY, start, inner.start))
                self.found.append(inner)
                start = inner.end
            signature = bare_signature(self.text, start, block.end)
            if signature:
                self.found.append(Piece(PassageKind.BODY, start, signature.start))
                self.found.append(signature)
                self.in_head = False
                return
        else:
            dateline = match_dateline(self.text, block.start, block.end)
            # Further down only an agency in brackets makes a dateline: the start of copy pasted in.
            if dateline and dateline.outlet and dateline.end < block.end:
                dateline.credits = False
                self.found.append(dateline)
                start = dateline.end
        self.found.append(Piece(PassageKind.BODY, start, block.end))
        line = self.text[start : block.end]
        if len(line) > 80 or _SENTENCE_END.search(line):
            self.in_head = False

    def _tail(self) -> None:
        for index in range(len(self.found) - 1, -1, -1):
            piece = self.found[index]
            if piece.kind is PassageKind.BODY:
                tail, stop = peel_tail(self.text, piece.start, piece.end)
                piece.end = stop
                self.found[index + 1 : index + 1] = tail
                credit = closing_credit(self.text, piece.start, piece.end)
                if credit and credit.start > piece.start:
                    piece.end = credit.start + 1
                    credit.start += 1
                    self.found.insert(index + 1, credit)
                return
            if piece.kind in (PassageKind.TITLE, PassageKind.DATELINE):
                return


def _is_known_title(text: str, block: Block, line: str, titles: Sequence[str]) -> bool:
    for title in titles:
        if " ".join(line.split()).casefold() == " ".join(title.split()).casefold():
            return True
        stop = repeated_title(text, block.start, block.end, title)
        if stop is not None and block.end - stop < 60:
            return True
    return False


def _wordings(title: str | None) -> tuple[str, ...]:
    """The title, and its parts: pages add the name of the site to it, the text repeats it without."""
    if not title:
        return ()
    parts = re.split(r"\s+[|–—-]\s+", title)
    return (title, *(part for part in parts if part != title and len(part.split()) >= 4))


def _close_gaps(text: str, pieces: list[Piece]) -> list[Piece]:
    """The pieces trimmed and in order, with what lies between two of them given to the first."""
    kept: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.start, piece.end)):
        start, end = trim(text, piece.start, piece.end)
        if kept:
            previous = kept[-1]
            start = max(start, previous.end)
            gap_start, gap_end = trim(text, previous.end, start)
            if gap_end > gap_start:
                previous.end = gap_end
        if start >= end:
            continue
        piece.start, piece.end = start, end
        kept.append(piece)
    return kept


def _passages(text: str, pieces: list[Piece]) -> tuple[Passage, ...]:
    passages: list[Passage] = []
    for piece in pieces:
        passages.append(_passage(piece))
        if piece.kind in _QUOTED_KINDS:
            for start, end in find_quotations(text, piece.start, piece.end):
                passages.append(Passage(kind=PassageKind.QUOTATION, span=Span(start=start, end=end)))
    return tuple(passages)


def _passage(piece: Piece) -> Passage:
    named = piece.outlet is not None
    return Passage(
        kind=piece.kind,
        span=Span(start=piece.start, end=piece.end),
        outlet=piece.outlet,
        outlet_span=Span(start=piece.outlet_start, end=piece.outlet_end) if named else None,
    )


def _credited(text: str, pieces: list[Piece]) -> tuple[str, ...]:
    names = [piece.outlet for piece in pieces if piece.credits and piece.outlet]
    return tuple(dict.fromkeys(names))


def _first_date(text: str, pieces: list[Piece]) -> tuple[datetime.date, bool] | None:
    for piece in pieces:
        if piece.kind in (PassageKind.DATELINE, PassageKind.BYLINE):
            found = find_date(text, piece.start, piece.end)
            if found:
                return found.date, found.ambiguous
    return None


def _byline(text: str, pieces: list[Piece]) -> str | None:
    for piece in pieces:
        if piece.kind is PassageKind.BYLINE:
            name = byline_name(text[piece.start : piece.end])
            if name:
                return name
        if piece.kind is PassageKind.BODY:
            return None
    return None
