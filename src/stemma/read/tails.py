"""What stands after the last sentence: agency, desk line, furniture that scraping glued on."""

from __future__ import annotations

import re
from typing import Final

from stemma.model import PassageKind
from stemma.read.cues import DESK_LINE
from stemma.read.pieces import Piece, outlet_within, outlets_within

TAIL_WINDOW: Final = 900
"""How far before the end of a paragraph its tail can begin, in characters."""

_SENTENCE_END: Final = r"(?<=[.!?”\"’)…])"

_CLOSING_DASH: Final = re.compile(r"\s*(?:--+|[-–—])\s*(?P<agency>[A-ZÀ-Þ][\w/.& -]{1,40}?)\.?$")
_CLOSING_BRACKETS: Final = re.compile(r"\s*[(\[](?P<agency>[A-ZÀ-Þ][^()\[\]\n]{1,60})[)\]]\.?$")
_WITH: Final = re.compile(
    r"\s*\(?(?:With|with)\s+(?:additional\s+)?"
    r"(?:[\w /&,-]{0,40}?(?:agenc(?:y|ies)|wires?|inputs?|files?|reporting)"
    r"|[A-Z][\w/ ,&]{1,40}(?:\s+(?:inputs?|agencies))?)\b[^()\n]{0,40}\)\.?$"
    r"|\s*\bAgencies\s+contributed\s+to\s+this\s+(?:story|report)\.?$"
)
_SOURCE: Final = re.compile(r"\s*\(?\bSource\s*:?\s+(?P<agency>[A-Z][\w/’' +&-]{1,60})\)?\.?$")
_REPORTED: Final = re.compile(r"[;.]\s*(?P<agency>[A-ZÀ-Þ][\w' -]{1,30}?)\s+(?:has\s+)?reported\.?\s*$")
_LAST_UPDATE: Final = re.compile(
    r"\s*\bLast\s+Updated?\s*:?\s+[^\n]{6,80}$",
    re.IGNORECASE,
)
_INITIALS: Final = re.compile(_SENTENCE_END + r"\s+(?:[A-Z]{2,6}(?:[/\s]\d{1,3})?|\d{3}-\d{2,3})$")
_NAMES: Final = re.compile(
    _SENTENCE_END + r"\s+[A-Z][\w.'’-]*(?:(?:\s*/\s*|\s)[A-Z][\w.'’-]*){1,4}(?<![.!?])$"
)
_BARE: Final = re.compile(r"(?<=[.!?”»])\s+(?P<agency>[A-Z][\w-]{1,12})\.?$")
_FURNITURE: Final = re.compile(
    r"""\s*(?:
    \bOur\s+Standards\s*:\s*The\s+Thomson\s+Reuters\s+Trust\s+Principles\.?
    | (?:(?<=[.”"!?]\s)Related\s[^\n]{0,700}?|\bTags\s[^\n]{0,200}?)?
      \bCommunity\s+standards\s*Discussion[^\n]{0,120}
    | \b(?:Discussion\s+)?Comment\s+via\s+\w+(?:\s*Comment\s+via[\w\s]+)?
    | \b(?:Read|See)\s+(?:[Aa]lso|[Mm]ore)\.?
    | (?<=\.)\s(?:Also|Twitter|Facebook|Tweet|Share|Print|Email)
    | (?<=\))\s(?:Twitter|Facebook)
    | \b(?:About\s+Us\s+|Careers\s+|Press\s+Releases\s+|Contact\s+Us\s+|Legal\s+|World\s+)*Terms\s+of\s+Use
      \s+Privacy\s+Policy(?:\s+Cookie\s+Policy)?
    | \bAll\s+[Rr]ights\s+[Rr]eserved\.?
    | \b(?:Copyright|©)\s+[^\n]{2,80}
    | \bThis\s+article\s+is\s+an\s+edited\s+translation\s+from\s+our\s+Arabic\s+edition\.(?:\s+Also)?
    )$""",
    re.VERBOSE,
)


def peel_tail(text: str, start: int, end: int) -> tuple[list[Piece], int]:
    """The pieces at the end of the paragraph between the offsets, and where the body ends.

    The pieces are in text order; they touch the body and each other.
    """
    pieces: list[Piece] = []
    stop = end
    while stop > start:
        piece = _peel_one(text, max(start, stop - TAIL_WINDOW), stop)
        if piece is None or piece.start <= start:
            break
        pieces.insert(0, piece)
        stop = piece.start
        while stop > start and text[stop - 1].isspace():
            stop -= 1
    return pieces, stop


def bare_signature(text: str, start: int, end: int) -> Piece | None:
    """An agency's bare name after the last sentence of a paragraph: `… en tregua». EFE`."""
    window = max(start, end - 30)
    match = _BARE.search(text[window:end])
    if not match or window + match.start() <= start:
        return None
    first, last = window + match.start("agency"), window + match.end("agency")
    named = outlet_within(text, first, last, agency=True)
    if not named or (named.start, named.end) != (first, last):
        return None
    return Piece(PassageKind.BYLINE, first, end).name_outlet(named, credits=True)


def closing_credit(text: str, start: int, end: int) -> Piece | None:
    """The last words `…; Sputnik reported.`: they credit the whole report, yet are its body."""
    window = max(start, end - 60)
    match = _REPORTED.search(text[window:end])
    if not match:
        return None
    named = outlet_within(text, window + match.start("agency"), window + match.end("agency"))
    if not named or named.start != window + match.start("agency"):
        return None
    return Piece(PassageKind.BODY, window + match.start(), end).name_outlet(named, credits=True)


def _peel_one(text: str, start: int, end: int) -> Piece | None:
    window = text[start:end]
    match = _FURNITURE.search(window)
    if match:
        return Piece(PassageKind.FURNITURE, start + match.start(), end)
    match = DESK_LINE.search(window)
    if match and _is_after_sentence(window, match.start()):
        return Piece(PassageKind.BYLINE, start + match.start(), end)
    match = _WITH.search(window)
    if match:
        return Piece(PassageKind.BYLINE, start + match.start(), end)
    match = _LAST_UPDATE.search(window)
    if match and re.search(r"\d{4}", match[0]):
        return Piece(PassageKind.DATELINE, start + match.start(), end)
    match = _SOURCE.search(window)
    if match and _is_after_sentence(window, match.start()):
        return _credited(text, start, match, end)
    for form in (_CLOSING_DASH, _CLOSING_BRACKETS):
        match = form.search(window[-80:])
        if match:
            offset = start + max(0, len(window) - 80)
            if _is_after_sentence(text[start:end], offset + match.start() - start) and _all_known(
                text, offset + match.start("agency"), offset + match.end("agency")
            ):
                return _credited(text, offset, match, end)
    match = _INITIALS.search(window[-40:]) or _NAMES.search(window[-80:])
    if match:
        return Piece(PassageKind.BYLINE, end - len(match[0]), end)
    return None


def _credited(text: str, offset: int, match: re.Match[str], end: int) -> Piece:
    first, last = offset + match.start("agency"), offset + match.end("agency")
    piece = Piece(PassageKind.BYLINE, offset + match.start(), end)
    named = outlet_within(text, first, last)
    # `Source: TRTWorld and agencies` owes its text to nobody by name.
    alone = named is not None and not re.search(r"\b(?:and|with|\+)\b", text[first:last])
    return piece.name_outlet(named if alone else None, credits=alone)


def _all_known(text: str, start: int, end: int) -> bool:
    """True where brackets or dash hold names of outlets and nothing else."""
    named = outlets_within(text, start, end)
    if not named:
        return False
    rest = text[start:end]
    for one in named:
        rest = rest.replace(text[one.start : one.end], "")
    return not re.search(r"\w{3,}", re.sub(r"\b(?:and|the|via)\b", "", rest, flags=re.IGNORECASE))


def _is_after_sentence(window: str, start: int) -> bool:
    before = window[:start].rstrip()
    return not before or before[-1] in '.!?”"’)…:;' or (start > 0 and window[start - 1] in "-–—")
