"""Times: newsroom time words as inclusive intervals of ISO dates at the precision said.

Our own grammar, because no kept library reads intervals, "in December" of a report or half-open
words ("since June"); `anchor` is the report's date (its dateline's, else its publication's), never
today. What the words leave open stays null.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, replace
from typing import Final

from stemma.extract.value.clock import DAWN, without_clock
from stemma.extract.value.edtf import edtf_of
from stemma.extract.value.intervals import (
    EMPTY,
    Context,
    Date,
    Interval,
    NoAnchorError,
    OutOfRangeError,
    Told,
    first_day,
    last_day,
)
from stemma.extract.value.time_anchors import read_named
from stemma.extract.value.time_opened import opened
from stemma.extract.value.time_parts import FIRST, LAST
from stemma.extract.value.time_patterns import AFTER_SPANS, BEFORE_SPANS
from stemma.extract.value.time_spans import RULES as SPANS
from stemma.extract.value.time_tense import around_of, looks_ahead, looks_back
from stemma.extract.value.time_tidy import tidy

_RULES: Final = tuple(
    (re.compile(pattern), rule) for pattern, rule in (*FIRST, *BEFORE_SPANS, *SPANS, *AFTER_SPANS, *LAST)
)
LONGEST: Final = 400
"""Time words longer than this are no time words; the rest of them is not read."""
_JOINED = re.compile(r"\b(?:to|until|till|through|and|ended|or)\b|[-–—]")


@dataclass(frozen=True, slots=True)
class TimeReading:
    """What time words mean: an interval, the same in EDTF, and the day from which they count.

    `anchor` is null where the words carry a date of their own. `reason` says why an interval is empty
    that the words seem to give: a day that does not exist, a year out of range, no day to count from,
    an end before its start.
    """

    start: str | None = None
    end: str | None = None
    edtf: str | None = None
    anchor: Date | None = None
    reason: str | None = None


NO_DAY: Final = "no-such-day"
OUT_OF_RANGE: Final = "out-of-range"
NO_ANCHOR: Final = "no-anchor"
REVERSED: Final = "reversed"


def read_time(
    text: str, anchor: Date | None, *, around: str = "", previous: Interval | None = None
) -> Interval:
    """The interval that `text` means: start and end of `read_when`."""
    told = Told()
    told.tell(previous or EMPTY)
    found = read_when(text, anchor, around=around, told=told)
    return found.start, found.end


def read_when(text: str, anchor: Date | None, *, around: str = "", told: Told | None = None) -> TimeReading:
    """What `text` means, as ISO dates (`2016`, `2016-12`, `2016-12-04`); nulls where open.

    `around` is the sentence that holds `text`: where it speaks of what is to come, "on Monday" is the
    Monday after the report. `told` is what was told before, for "the next day". Never raises: a date
    that does not exist (31 February) or lies before 1582 or after 2100 gives nulls and a reason.
    """
    lead, trail = around_of(text, around)
    ahead = looks_ahead(lead)
    told = told or Told()
    over = not ahead and looks_back(lead, trail)
    context = Context(anchor, told.last, told.day, ahead, over, lead, trail)
    words = tidy(text[:LONGEST], context)
    if re.search(r"\d ?b\.?c\b|\bbce\b", words):
        return TimeReading(reason=OUT_OF_RANGE)
    try:
        found = _read_words(words, context)
        if not _in_order(found):
            return TimeReading(reason=REVERSED)
        notation = edtf_of(found, words)
    except NoAnchorError:
        return TimeReading(reason=NO_ANCHOR)
    except (OutOfRangeError, OverflowError):
        return TimeReading(reason=OUT_OF_RANGE)
    except ValueError:
        return TimeReading(reason=NO_DAY)
    counted = context.used[0] if context.used and found != EMPTY else None
    return TimeReading(*found, notation, counted)


def _read_words(words: str, context: Context) -> Interval:
    told = " ".join(DAWN.sub(" ", without_clock(words)).split())
    found = _read(told, context)
    if found == EMPTY and told != words and not re.search(r"\d", told):
        found = _day_of_clock(told, words, context)
    return _about(found, words)


def _about(found: Interval, words: str) -> Interval:
    """ "On or about 9 October" is that day and its neighbours."""
    start, end = found
    if start and start == end and len(start) == 10 and re.match(r"on or (?:about|around)\b", words):
        day, step = Date.fromisoformat(start), datetime.timedelta(1)
        return (day - step).isoformat(), (day + step).isoformat()
    return found


def _in_order(found: Interval) -> bool:
    start, end = found
    return not (start and end) or first_day(start) <= last_day(end)


def _day_of_clock(told: str, words: str, context: Context) -> Interval:
    """The day of words that give an hour alone: that told just before, else the report's."""
    if len(told.split()) > 5:
        return EMPTY
    told_just_before = context.before() if context.previous == context.day else None
    day = (told_just_before or context.here()).isoformat()
    return (None, day) if words.startswith("as of") else (day, day)


def _read(words: str, context: Context) -> Interval:
    named = read_named(words, context)
    if named is not None:
        return named
    for first, last in _ranges(words):
        right = _first_rule(last, context)
        if not right or not (right[1] and right[0]):
            continue
        inner = replace(context, anchor=last_day(right[1]), future=False, used=[])
        left = _first_rule(first, inner)
        if left and left[0] and left[1] and first_day(left[0]) <= last_day(right[1]):
            both = (left[0], right[1])
            return both if "between" in words else opened(words, both, context)
        dated = re.search(r"\d{4}", first) and re.search(r"\d{4}", last)
        if left and left[0] and left[1] and dated:
            return left[0], right[1]  # both sides say their dates, and they contradict each other
    found = _first_rule(words, context)
    return opened(words, found, context) if found else EMPTY


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
