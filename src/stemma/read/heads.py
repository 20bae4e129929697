"""What stands before the first sentence: date, dateline, repeated title, agency, byline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from stemma.model import PassageKind
from stemma.read.dates import MONTH_OF, WEEKDAY, FoundDate, date_at, find_date
from stemma.read.pieces import Piece, outlet_at, outlet_in_brackets, outlet_within

HEAD_WINDOW: Final = 700
"""How far into the first paragraph a head can reach, in characters."""

_MONTHS: Final = r"(?i:" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + r")\b\.?"
_DAY_MONTH: Final = (
    rf"(?:{_MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:de\s+)?{_MONTHS})"
)
_YEAR: Final = r"(?:,?\s+(?:del?\s+)?(?:\d{4}|\d{2})\b)?"
_SHORT_DATE: Final = rf"(?:(?i:{WEEKDAY}),?\s+)?{_DAY_MONTH}{_YEAR}"

_DASH: Final = r"(?:--+|[-–—―])"
_WORD: Final = r"[A-ZÀ-Þ][\w.'’-]*"
_CAPS: Final = r"[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+"
_CAPS_PLACE: Final = (
    rf"{_CAPS}(?:(?:\s+|\s?/\s?|,\s+)(?:{_CAPS}|AND\b|OF\b)){{0,5}}"
    rf"(?:,?\s+{_WORD}(?:\s+{_WORD}){{0,2}})?"
)
_MIXED_PLACE: Final = rf"{_WORD}(?:(?:[ /]|,\s?)(?:{_WORD}|de|del|la|al-\w+|el-\w+)){{0,5}}"
_COUNTRY: Final = r"(?:\s*\([^()\n]{2,40}\))?"

# Wire copy of monitoring services: PLACE (COUNTRY), DD MON YY (AGENCY) -- [TEXT]
_MONITOR: Final = re.compile(
    rf"(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ .'/-]{{1,50}}){_COUNTRY},\s*(?:{_SHORT_DATE}|NO\s+DATE)"
    rf"(?:\s*\((?P<agency>[^()\n]{{2,60}})\))?\s*{_DASH}+(?:\s*\[[A-Z][^\]\n]{{1,120}}\])*\s*"
)
_BRACKETED: Final = re.compile(
    rf"(?:{_CAPS_PLACE}|{_MIXED_PLACE}){_COUNTRY}(?:,\s*{_SHORT_DATE})?,?"
    rf"\s*\((?P<agency>[^()\n]{{2,60}})\)\s*(?:{_DASH}+|:)?\s*{_DASH}?"
)
_CAPS_DASH: Final = re.compile(rf"{_CAPS_PLACE}(?:,\s*{_SHORT_DATE})?\s*[–—―-]+(?:\s+-(?=\S))?(?=\s|$|\S)")
_PLACE_DATE: Final = re.compile(
    rf"{_MIXED_PLACE}(?:,\s*|\s+)(?:\(\s*{_SHORT_DATE}\s*\)\s*(?:{_DASH}|:)|{_SHORT_DATE}\s*(?:{_DASH}|:))\s*"
)
_PLACE_STOP: Final = re.compile(rf"{_WORD}(?:\s{_WORD}){{0,2}}\.\s?[-–—]\s*(?=[A-ZÀ-Þ«“\"])")
_GLUED_TITLE: Final = re.compile(rf"(?P<title>[^.\n]{{15,160}}?)\s?-\s?(?={_CAPS_PLACE}\s*[–—]\s)")

LABEL: Final = re.compile(
    r"(?:date\s+of\s+publication|(?:first\s+)?published|posted|last\s+updated?|updated|modified|created|publicado)"
    r"(?:\s+(?:on|at))?\s*:?\s+",
    re.IGNORECASE,
)
_WEEKDAY: Final = re.compile(rf"{WEEKDAY}\.?,?\s+", re.IGNORECASE)
_TIME: Final = re.compile(
    r"\s{0,9},?\s{0,9}(?:at\s+)?(?:\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\.?)?|\d{1,2}\s*[ap]m\b|\d{6}\b|\d{4}(?=\s))"
    r"(?:\s*(?:GMT|UTC|[A-Z]{2,4}T|KSA)(?:[+-]\d{1,2})?)?(?:\s*\(\d{4}\s*GMT\))?",
    re.IGNORECASE,
)
_AFTER_DATE: Final = re.compile(r"[\s)]*(?:[-–—|:]\s*)?(?=[A-Z0-9À-Þ\"“‘'(«@]|$|by\s|updated)")
_CLUTTER: Final = re.compile(
    r"(?:\)\s*)?(?:\(updated\s+[\d :.]+\)\s*)?"
    r"(?:Get\s+short\s+URL(?:\s+\d+)*|Print\s+Tweet(?:\s+Views\s+\d+)?(?:\s+Related)?"
    r"|Share\s+on\s+Facebook\s+Tweet)\s*"
    r"|\(updated\s+[\d :.]+\)\s*",
    re.IGNORECASE,
)
_SECTION_CREDIT: Final = re.compile(
    rf"(?P<agency>[A-Z][\w.]+)(?:\s+{_WORD}){{1,3}}\s+(?:Middle\s+East|World|Europe|Asia|Africa|US|Russia|Politics)"
    r"\s+(?=\d{4}\s+\d)"
)
_AGENCY_DATE: Final = re.compile(
    rf"(?<![\w(])(?P<agency>AFP|Reuters|REUTERS|AP|dpa|DPA|Xinhua|EFE)\s+(?=(?:(?i:{WEEKDAY}),?\s+)?\d{{1,2}}\s+{_MONTHS})"
)
_INNER_DATELINE: Final = re.compile(
    rf"(?<![\w(])[A-ZÀ-Þ][A-ZÀ-Þ'’-]+(?:\s+{_WORD}){{0,2}}\s+\((?P<agency>[^()\n]{{2,50}})\)\s*(?:{_DASH}\s*)?(?=[A-ZÀ-Þ])"
)
_TOKEN: Final = re.compile(r"\w+")


@dataclass(slots=True)
class Head:
    """The pieces before the body, the body's start, and the first date among the pieces."""

    pieces: list[Piece] = field(default_factory=list)
    start: int = 0
    date: FoundDate | None = None


def peel_head(text: str, start: int, end: int, titles: Sequence[str]) -> Head:
    """The head of the paragraph between the offsets; `titles` are the wordings of the headline.

    The body begins at the head's `start`, which is `end` where the paragraph is all head.
    """
    head = Head(start=start)
    glued = _GLUED_TITLE.match(text, start, min(end, start + HEAD_WINDOW))
    if glued:
        _take(head, text, PassageKind.TITLE, start, glued.end("title"))
        head.start = glued.end()
    while head.start < end:
        before = head.start
        _peel_one(head, text, end, titles)
        while head.start < end and text[head.start].isspace():
            head.start += 1
        if head.start == before:
            break
    return head


def peel_inner(text: str, start: int, end: int) -> Piece | None:
    """A dateline or an agency's name with a date that scraping left within the first sentences."""
    limit = min(end, start + HEAD_WINDOW)
    match = _AGENCY_DATE.search(text, start, limit)
    if match:
        named = outlet_within(text, match.start(), match.end("agency"))
        weekday = _WEEKDAY.match(text, match.end(), limit)
        found = date_at(text, weekday.end() if weekday else match.end())
        last = found.end if found else match.end("agency")
        return Piece(PassageKind.DATELINE, match.start(), last).name_outlet(named, credits=True)
    match = _INNER_DATELINE.search(text, start, limit)
    if match:
        named = outlet_within(text, match.start("agency"), match.end("agency"))
        if named:
            return Piece(PassageKind.DATELINE, match.start(), match.end()).name_outlet(named, credits=True)
    return None


def match_dateline(text: str, start: int, end: int) -> Piece | None:
    """The dateline that begins at `start`; `None` where the paragraph has none."""
    limit = min(end, start + 240)
    match = _MONITOR.match(text, start, limit)
    if match:
        piece = Piece(PassageKind.DATELINE, start, match.end())
        if match["agency"]:
            first, last = match.span("agency")
            named = outlet_in_brackets(text, first, last)
            if named:
                return piece.name_outlet(named, credits=True)
            piece.outlet, piece.outlet_start, piece.outlet_end = match["agency"], first, last
            piece.credits = True
        return piece
    match = _BRACKETED.match(text, start, limit)
    if match:
        first, last = match.span("agency")
        named = outlet_in_brackets(text, first, last)
        dashed = text[last + 1 : match.end()].strip() != ""
        if named and (dashed or match.end() == end):
            return Piece(PassageKind.DATELINE, start, match.end()).name_outlet(named, credits=True)
    own = outlet_at(text, start)
    if own:
        rest = re.compile(rf",?\s+{_SHORT_DATE}\s*{_DASH}\s*").match(text, own.end, limit)
        if rest:
            return Piece(PassageKind.DATELINE, start, rest.end()).name_outlet(own)
    for form in (_PLACE_DATE, _PLACE_STOP):
        match = form.match(text, start, limit)
        if match:
            return Piece(PassageKind.DATELINE, start, match.end())
    match = _CAPS_DASH.match(text, start, limit)
    if match and _is_caps_dateline(text, start, match.end(), end):
        return Piece(PassageKind.DATELINE, start, match.end())
    return None


def _is_caps_dateline(text: str, start: int, stop: int, end: int) -> bool:
    """Capitals and a dash are a dateline only where the rest of the paragraph is not in capitals too."""
    head, rest = text[start:stop], text[stop : min(end, stop + 80)]
    spaced = re.search(r"\s[-–—―]|[–—―]\s", head + rest[:1]) is not None
    return spaced and head.strip(" -–—―") != "" and (rest.strip() == "" or any(c.islower() for c in rest))


def _peel_one(head: Head, text: str, end: int, titles: Sequence[str]) -> None:
    start = head.start
    for title in titles:
        repeat = repeated_title(text, start, end, title)
        if repeat:
            _take(head, text, PassageKind.TITLE, start, repeat)
            return
    section = _SECTION_CREDIT.match(text, start, min(end, start + 120))
    if section and outlet_at(text, start):
        piece = Piece(PassageKind.CREDIT, start, section.end()).name_outlet(outlet_at(text, start))
        head.pieces.append(piece)
        head.start = section.end()
        return
    if _peel_date(head, text, end):
        return
    clutter = _CLUTTER.match(text, start, min(end, start + 120))
    if clutter and head.pieces and clutter.end() > start:
        _take(head, text, PassageKind.FURNITURE, start, clutter.end())
        return
    if head.pieces and _peel_agency(head, text, end):
        return
    if head.pieces and text.startswith("by ", start):
        stop = next(filter(None, (_find_title(text, start, min(end, start + 160), t) for t in titles)), None)
        if stop:
            _take(head, text, PassageKind.BYLINE, start, stop)
            return
    dateline = match_dateline(text, start, end)
    if dateline:
        head.date = head.date or find_date(text, dateline.start, dateline.end)
        head.pieces.append(dateline)
        head.start = dateline.end


def _peel_date(head: Head, text: str, end: int) -> bool:
    start = position = head.start
    label = LABEL.match(text, position, end)
    position = label.end() if label else position
    lead = re.compile(r"\d{4}\s+(?=\d{1,2}\.\d)").match(text, position, end)
    position = lead.end() if lead else position
    weekday = _WEEKDAY.match(text, position, end)
    position = weekday.end() if weekday else position
    found = date_at(text, position)
    if not found or found.end > end:
        return False
    position = found.end
    time = _TIME.match(text, position, end)
    position = time.end() if time else position
    after = _AFTER_DATE.match(text, position, end)
    glued = _CLUTTER.match(text, position, end)
    if not after and not glued:
        return False
    if after and not glued:
        position = after.end()
    _take(head, text, PassageKind.DATELINE, start, position)
    head.date = head.date or found
    return True


def _peel_agency(head: Head, text: str, end: int) -> bool:
    """An agency's bare name after the date or the title: `… Monitor AFP Children were among …`."""
    named = outlet_at(text, head.start, agency=True)
    if not named or named.end >= end or not re.compile(r"\s+(?:[A-Z0-9\"“]|$)").match(text, named.end):
        return False
    head.pieces.append(Piece(PassageKind.BYLINE, named.start, named.end).name_outlet(named, credits=True))
    head.start = named.end
    return True


def _take(head: Head, text: str, kind: PassageKind, start: int, stop: int) -> None:
    head.pieces.append(Piece(kind, start, stop))
    head.start = stop


def repeated_title(text: str, start: int, end: int, title: str) -> int | None:
    """Where the title ends that the text repeats at `start`, punctuation aside; `None` without one."""
    wanted = [word.casefold() for word in _TOKEN.findall(title)]
    if len(wanted) < 3:
        return None
    position = start
    skip = re.compile(r"[^\w\n]*").match(text, start, end)
    if skip and skip.end() - start > 2:
        return None
    for word in wanted:
        match = re.compile(r"[^\w\n]{0,4}(\w+)").match(text, position, end)
        if not match or match[1].casefold() != word:
            return None
        position = match.end()
    tail = re.compile(r"[^\w\s\"“(]{0,2}\s?\.?").match(text, position, end)
    return tail.end() if tail else position


def _find_title(text: str, start: int, end: int, title: str) -> int | None:
    first = _TOKEN.search(title)
    if not first:
        return None
    for match in re.compile(re.escape(first[0])).finditer(text, start, end):
        if repeated_title(text, match.start(), len(text), title):
            quoted = text[match.start() - 1] in '"“‘'
            return match.start() - 1 if quoted else match.start()
    return None
