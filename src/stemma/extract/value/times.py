"""Times: newsroom time words as inclusive intervals of ISO dates at the precision said.

Our own grammar, because no kept library reads intervals, "in December" of a report or half-open
words ("since June"); `anchor` is the report's date (its dateline's, else its publication's), never
today. What the words leave open stays null.
"""

from __future__ import annotations

import re
from typing import Final

from stemma.extract.value.dates import MONTHS
from stemma.extract.value.intervals import EMPTY, Context, Date, Interval, cut, first_day, last_day, month_of
from stemma.extract.value.numbers import ORDINAL, ORDINAL_WORD
from stemma.extract.value.time_patterns import AFTER_SPANS, BEFORE_SPANS
from stemma.extract.value.time_spans import RULES as SPANS

_RULES: Final = tuple((re.compile(pattern), rule) for pattern, rule in (*BEFORE_SPANS, *SPANS, *AFTER_SPANS))
AHEAD: Final = 200
"""So many characters before a time are looked at for "will" and the like: about a clause."""
LONGEST: Final = 400
"""Time words longer than this are no time words; the rest of them is not read."""
_CLOCK = re.compile(
    r"\b(?:at |around |about |by |before |after |until |approximately )*"
    r"(?:\d{1,2}(?::\d{2}){1,2}(?: ?[ap]\.?m\b\.?)?|\d{1,2}(?:\.\d{2})? ?[ap]\.?m\b\.?|\d{3,4} ?(?:hours|hrs|gmt|utc|local)\b"  # noqa: E501
    r"|0\d{3}\b(?!-)|\d{1,2}(?::\d{2})? ?(?:gmt|utc|o'clock)\b|(?<=at )\d{4}(?= local))"
    r"(?: ?(?:gmt|utc|hours|hrs|local time|local|est|edt|pst|cet|time))*"
)
_ORDINAL = ORDINAL_WORD.replace("-", "[ -]")
_NAMED_DAY = re.compile(
    rf"\b(?P<before>{_ORDINAL}) of(?= (?:{'|'.join(MONTHS)})\b)|\b(?P<month>{'|'.join(MONTHS)})\.? (?:the )?(?P<after>{_ORDINAL})\b"  # noqa: E501
    r"(?! (?:week|quarter|half))"
)
_FUTURE = re.compile(
    r"\b(?:will|would|won't|shall|(?:is|are|was|were|be) (?:to|due|set|expected|scheduled|planned|going)|due to|set to|"  # noqa: E501
    r"plan(?:s|ned|ning)? (?:to|for|a)|expect(?:s|ed)? to|scheduled|to be held|starting|upcoming)\b"
)
_PAST = re.compile(
    r"\b(?:said|says|told|announced|warned|reported|added|stated|have|has|had|would have|after|since)\b"
)
_JOINED = re.compile(r"\b(?:to|until|till|through|and|ended|or)\b|[-–—]")


def read_time(
    text: str, anchor: Date | None, *, around: str = "", previous: Interval | None = None
) -> Interval:
    """The interval that `text` means, as ISO dates (`2016`, `2016-12`, `2016-12-04`); nulls where open.

    `around` is the sentence that holds `text`: where it speaks of what is to come, "on Monday" is the
    Monday after the report. `previous` is the interval told before, for "the next day". Never raises:
    a date that does not exist (31 February) or lies before 1582 or after 2100 gives nulls.
    """
    words = " ".join(re.sub(r"[,()\[\]“”\"]", " ", text[:LONGEST].lower().replace("’", "'")).split())
    context = Context(anchor, previous or EMPTY, _ahead(text, around))
    if re.search(r"\d ?b\.?c\b|\bbce\b", words):
        return EMPTY
    told = _CLOCK.sub(" ", _NAMED_DAY.sub(_in_figures, words))
    try:
        found = _read(" ".join(told.split()), context)
        if found == EMPTY and told != words and not re.search(r"\d", told):
            found = _day_of_clock(told, context)
    except (ValueError, OverflowError):
        return EMPTY
    return found if _in_order(found) else EMPTY


def _in_figures(match: re.Match[str]) -> str:
    """ "May 21" for "May twenty-first", "2 of Aug" for "second of Aug"."""
    text = (match["before"] or match["after"]).replace(" ", "-")
    number = ORDINAL.get(text)
    if number is None:
        return match[0]
    return f"{number} of" if match["before"] else f"{match['month']} {number}"


def _in_order(found: Interval) -> bool:
    start, end = found
    return not (start and end) or first_day(start) <= last_day(end)


def _day_of_clock(told: str, context: Context) -> Interval:
    """The day of words that give an hour alone: that told before, else the report's."""
    if len(told.split()) > 5:
        return EMPTY
    day = context.before() or context.here()
    return day.isoformat(), day.isoformat()


def _read(words: str, context: Context) -> Interval:
    for first, last in _ranges(words):
        right = _first_rule(last, context)
        if not right or not (right[1] and right[0]):
            continue
        inner = Context(last_day(right[1]), context.previous)
        left = _first_rule(first, inner)
        if left and left[0] and left[1] and first_day(left[0]) <= last_day(right[1]):
            return (
                _directed(words, (left[0], right[1]), context)
                if "between" not in words
                else (left[0], right[1])
            )
    found = _first_rule(words, context)
    return _directed(words, found, context) if found else EMPTY


_SIDE_WORD = re.compile(
    r"from|between|on|in|at|overnight|since|the|late|early|mid|of|and|into|to|began|started|until|through|ending|ended"
    r"|both|continued|again|one|another|two"
)
"""Words that may stand beside the date of one side of a range."""
_SIDE_DATE = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|mon|tue|wed|thu|fri|sat|sun|now|today|yesterday|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d{1,2}(?:st|nd|rd|th)?|'?\d{4}'?s?|"
    r"night|morning|evening|afternoon"
)


def _is_side(words: str) -> bool:
    """True for words that are a date and little else: what may be one side of a range."""
    words = re.split(r"\bwhen\b", words)[0]
    tokens = [token for token in re.split(r"[\s./–—-]+", words) if token]
    dates = [token for token in tokens if _SIDE_DATE.fullmatch(token)]
    return bool(dates) and all(token in dates or _SIDE_WORD.fullmatch(token) for token in tokens)


def _ranges(words: str) -> list[tuple[str, str]]:
    """The two sides of words that may name a range, each side looking like a date of its own."""
    found = []
    for match in _JOINED.finditer(words):
        left, right = words[: match.start()].strip(), words[match.end() :].strip()
        if re.search(r"[a-z]", left + right) and _is_side(left) and _is_side(right):
            found.append((left, right))
    return found


def _first_rule(words: str, context: Context) -> Interval | None:
    for pattern, rule in _RULES:
        match = pattern.search(words)
        if match:
            found = rule(match, words, context)
            if found is not None:
                return found
    return None


def _directed(words: str, found: Interval, context: Context) -> Interval:
    """Opens an interval towards the report's date after "since", and backwards after "until"."""
    start, end = found
    anchor = context.anchor
    if (
        re.search(r"\b(since|starting|ever since)\b", words)
        and start
        and not re.search(r"\bbetween\b", words)
    ):
        if anchor is None or first_day(start) > anchor:
            return start, None
        return start, cut(anchor, start) if len(start) != 4 else month_of(anchor)
    if re.match(r"(until|till|up to|before|prior to|by)\b", words):
        return None, month_of(anchor) if anchor and re.search(r"\bnow\b", words) else end
    if re.match(r"as of\b", words):
        return None, end
    if (
        re.match(r"(after|from|starting)\b", words)
        and start
        and not re.search(r"\b(?:to|until|onwards?)\b", words)
    ):
        return (start, None) if context.future or words.startswith("after") or len(start) == 4 else found
    return found


def _ahead(text: str, around: str) -> bool:
    """True where the words before `text` in its clause speak of what is to come."""
    at = around.find(text)
    if at <= 0:
        return False
    clause = re.split(r"[;:“”\"]|, (?:said|who|which)", around[max(0, at - AHEAD) : at])[-1].lower()
    marks = list(_FUTURE.finditer(clause))
    return bool(marks) and not _PAST.search(clause, marks[-1].end())
