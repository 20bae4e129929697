"""Blocks that are wholly something else than the story: date line, byline, caption, furniture."""

from __future__ import annotations

import re
from typing import Final

from stemma.lexicon.outlets import find_outlet
from stemma.model import PassageKind
from stemma.read.blocks import Block, Hint
from stemma.read.cues import (
    BYLINE_START,
    CAPTION_AT_MOST,
    CAPTION_START,
    CORRECTION,
    DESK_LINE,
    FURNITURE_AT_MOST,
    FURNITURE_START,
    FURNITURE_WITHIN,
    PHOTO_CREDIT,
    SOURCE_LINK,
)
from stemma.read.dates import MONTH_OF, WEEKDAY, find_date
from stemma.read.heads import LABEL, match_dateline
from stemma.read.pieces import NamedOutlet, Piece, looks_like_outlet, outlet_within, outlets_within

TITLE_AT_MOST: Final = 200
HEAD_LINE_AT_MOST: Final = 130
CREDIT_WINDOW: Final = 320
CREDIT_ALONE: Final = 45
"""`Photo: …` of more characters than this tells what is to be seen; shorter, it names who took it."""

_SEPARATOR: Final = re.compile(r"\s*(?:[|•·*–—]|\s-\s|/)\s*")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"”’»)\]]*$")
_DATE_WORDS: Final = re.compile(
    rf"\b(?:{WEEKDAY}|{'|'.join(sorted(MONTH_OF, key=len, reverse=True))}|published"
    r"|posted|updated|last|date|on|at|of|de|del"
    r"|am|pm|a\.m|p\.m|gmt|utc|est|edt|cet|cest|bst|ist|local\s+time|\d{1,2}(?:st|nd|rd|th)|\d+|"
    r"\d{1,2}[:.]\d{2}(?:am|pm)?)\b",
    re.IGNORECASE,
)
_NAME_WORD: Final = re.compile(r"[A-ZÀ-Þ@][\w.'’-]*")
_PAPERS: Final = frozenset({"Statement", "Communiqué", "Communique", "Press", "Release", "Bulletin", "Issue"})
_LINKING: Final = frozenset(
    [
        "and",
        "y",
        "et",
        "und",
        "e",
        "of",
        "the",
        "in",
        "for",
        "by",
        "de",
        "la",
        "del",
        "van",
        "von",
        "bin",
        "al",
        "special",
        "to",
    ]
)


def classify_line(text: str, block: Block, *, in_head: bool) -> list[Piece] | None:
    """The pieces of a block that holds no story; `None` where it may.

    `in_head` is true until the first paragraph of the story has been seen: only there a line of
    names is a byline.
    """
    line = text[block.start : block.end]
    if block.hint is Hint.CAPTION:
        return caption_pieces(text, block)
    if CAPTION_START.match(line) and len(line) <= CAPTION_AT_MOST:
        return caption_pieces(text, block)
    if len(line) <= CAPTION_AT_MOST and PHOTO_CREDIT.search(line[-CREDIT_WINDOW:]):
        return caption_pieces(text, block)
    if CORRECTION.match(line):
        return _correction_or_update(text, block)
    if len(line) <= FURNITURE_AT_MOST and _is_furniture(line):
        return [_furniture(text, block)]
    if DESK_LINE.match(line):
        return [Piece(PassageKind.BYLINE, block.start, block.end)]
    if len(line) <= HEAD_LINE_AT_MOST:
        return _head_line(text, block, in_head=in_head)
    return None


def caption_pieces(text: str, block: Block) -> list[Piece]:
    """A caption and, after it, its photographer's credit; the caption is the agency's word."""
    window = max(block.start, block.end - CREDIT_WINDOW)
    match = PHOTO_CREDIT.search(text[window : block.end])
    caption = Piece(PassageKind.CAPTION, block.start, block.end)
    if not match:
        return [caption]
    split = window + match.start()
    if (
        split == block.start
        and CAPTION_START.match(text, split, block.end)
        and block.end - split > CREDIT_ALONE
    ):
        return [caption]
    named = outlet_within(text, split, block.end)
    credit = Piece(PassageKind.CREDIT, split, block.end).name_outlet(named)
    caption.end = split
    caption.name_outlet(named)
    return [credit] if not text[block.start : split].strip() else [caption, credit]


def is_title(text: str, block: Block) -> bool:
    """True where the first block reads as a headline."""
    line = text[block.start : block.end]
    if len(line) > TITLE_AT_MOST or "\n" in line or len(line.split()) < 2:
        return False
    if _SENTENCE_END.search(line) and not line.endswith(("?", "!", "”", "’", '"', "'")):
        return False
    if re.search(r"[a-zß-ÿ][.!?]\s+[A-ZÀ-Þ]", line):
        return False
    return not line.endswith((":", ",", ";")) and match_dateline(text, block.start, block.end) is None


def _is_furniture(line: str) -> bool:
    return bool(FURNITURE_START.match(line) or FURNITURE_WITHIN.search(line))


def _furniture(text: str, block: Block) -> Piece:
    piece = Piece(PassageKind.FURNITURE, block.start, block.end)
    link = SOURCE_LINK.match(text, block.start, block.end)
    if link:
        named = outlet_within(text, link.end(), block.end)
        piece.name_outlet(named, credits=named is not None)
    return piece


def _correction_or_update(text: str, block: Block) -> list[Piece]:
    line = text[block.start : block.end]
    found = find_date(line)
    # `Updated: 3 June 2017, 10:22` tells when, not what: that is a date line.
    if found and len(_DATE_WORDS.sub("", line).strip(" ,.:;|-–—()")) < 8:
        return [Piece(PassageKind.DATELINE, block.start, block.end)]
    return [Piece(PassageKind.CORRECTION, block.start, block.end)]


def _head_line(text: str, block: Block, *, in_head: bool) -> list[Piece] | None:
    line = text[block.start : block.end]
    if LABEL.match(line) and find_date(line) and not _DATE_WORDS.sub("", line).strip(" ,.:;|-–—()"):
        return [Piece(PassageKind.DATELINE, block.start, block.end)]
    if not in_head:
        return _closing_line(text, block)
    if BYLINE_START.match(line) and not _SENTENCE_END.search(line.rstrip(".")):
        named = outlet_within(text, block.start, block.end)
        agency = outlet_within(text, block.start, block.end, agency=True)
        piece = Piece(PassageKind.BYLINE, block.start, block.end)
        return [piece.name_outlet(agency or named, credits=agency is not None)]
    dateline = match_dateline(text, block.start, block.end)
    if dateline and dateline.end >= block.end:
        return [dateline]
    rest = _DATE_WORDS.sub(" ", line)
    known = outlets_within(text, block.start, block.end)
    for one in known:
        rest = rest.replace(text[one.start : one.end], " ")
    words = re.findall(r"[\w@][\w.'’-]*", rest)
    names = all(_NAME_WORD.fullmatch(word) or word.lower() in _LINKING for word in words)
    dated = bool(re.search(r"\d", line)) and bool(_DATE_WORDS.search(line))
    if (
        not names
        or len(words) > 8
        or not (dated or (known and _SEPARATOR.search(line)) or _comma_outlet(line, known))
    ):
        return None
    if _SENTENCE_END.search(line) and not dated:
        return None
    agency = next((one for one in known if one.is_agency), None)
    named = agency or (known[0] if known else None)
    plain = "|" not in line and (not words or named is not None)
    # `Ostrel, 13 October 2021`: one word before a date is a place, or what kind of paper this is.
    plain = plain or (named is None and (len(words) == 1 or bool(set(words[:1]) & set(_PAPERS))))
    kind = PassageKind.DATELINE if plain else PassageKind.BYLINE
    return [Piece(kind, block.start, block.end).name_outlet(named, credits=agency is not None)]


def _comma_outlet(line: str, known: list[NamedOutlet]) -> bool:
    """`Bogotá, El País`: a place and an outlet."""
    return bool(known) and "," in line and len(line.split()) <= 6


def _closing_line(text: str, block: Block) -> list[Piece] | None:
    """A line of its own after the story: `AFP`, `— Reuters`, `(AP)`."""
    line = text[block.start : block.end]
    core = line.strip(" -–—()[]./*")
    named = outlet_within(text, block.start, block.end)
    if named and core == text[named.start : named.end]:
        return [Piece(PassageKind.BYLINE, block.start, block.end).name_outlet(named, credits=True)]
    return None


def byline_name(line: str) -> str | None:
    """The name in a byline, without `By`, date and separators; `None` where none is left."""
    found = find_date(line)
    if found:
        line = line[: found.start] + " | " + line[found.end :]
    if re.match(r"(?:By|From)\s+our\b", line):
        return None
    line = re.sub(r"^by\s", "By ", line.strip())
    line = BYLINE_START.sub("", line, count=1)
    parts = [part.strip(" ,.:;()-–—") for part in re.split(r"[|•·]|\s[–—-]\s", line)]
    for part in parts:
        words = re.sub(_DATE_WORDS, " ", part).split()
        if words and all(_NAME_WORD.fullmatch(word.strip(",")) or word.lower() in _LINKING for word in words):
            return part
    return None


def is_agency(name: str) -> bool:
    """True for the name of an agency of the lexicon."""
    outlet = find_outlet(name)
    return outlet is not None and outlet.is_agency


def is_outlet_name(name: str) -> bool:
    """True for a byline that names no person but who publishes: `The Fellowship`, `IPT News`."""
    return name.startswith("The ") or looks_like_outlet(name) or outlet_within(name, 0, len(name)) is not None
