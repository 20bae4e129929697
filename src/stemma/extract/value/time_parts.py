"""Parts and counts of calendar units, and times that hang on the one told before.

"The end of the month", "on the 15th", "the fourth day", "six days of fighting", "later that month".
"""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read
# ruff: noqa: D103 - every rule has the contract of `Rule`: words and context in, interval out

from __future__ import annotations

import calendar
import datetime
import re
from typing import Final

from stemma.extract.value.dates import MONTHS
from stemma.extract.value.intervals import (
    EMPTY,
    Context,
    Date,
    Interval,
    cut,
    days,
    month,
    month_of,
    shift,
    week,
)
from stemma.extract.value.numbers import NUMBER, ORDINAL, ORDINAL_WORD, number_of
from stemma.extract.value.time_rules import PARTS, YEAR_PARTS, Rule
from stemma.extract.value.time_spans import UNIT, back, lasting, point

_WEEK_PARTS: Final = {
    "start": (0, 1),
    "beginning": (0, 1),
    "early": (0, 1),
    "middle": (2, 3),
    "mid": (2, 3),
    "end": (4, 6),
    "late": (4, 6),
}
"""Days of the week, Monday 0, that are its start, its middle and its end."""
_STEPS: Final = {"last": -1, "previous": -1, "next": 1, "following": 1}
_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAYS_SAID: Final = 9
""""Within days" is within nine: more would be called weeks (as the coded reports have it)."""


def read_part(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "the beginning of the week", "the end of last year"."""
    here, part, unit = context.here(), match["part"], match["unit"]
    step = _STEPS.get(match["which"], 0)
    if unit == "week":
        low, high = _WEEK_PARTS[part]
        monday = here + datetime.timedelta(7 * step - here.weekday())
        return days(monday + datetime.timedelta(low), monday + datetime.timedelta(high))
    if unit == "month":
        year, number = shift(here.year, here.month, step)
        low, high = PARTS[part]
        length = calendar.monthrange(year, number)[1]
        return days(Date(year, number, low), Date(year, number, min(high, length)))
    low, high = YEAR_PARTS[part]
    return month(here.year + step, low)[0], month(here.year + step, high)[0]


def read_day_of_month(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "on the 15th": the last such day, or the next where the words look ahead."""
    here, number = context.here(), int(match["d"])
    ahead = context.future or match["word"] in ("by", "until", "before")
    step = 0 if ahead == (number >= here.day) or number == here.day else 1 if ahead else -1
    return days(Date(*shift(here.year, here.month, step), number))


def read_first_days(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "the first three days of June": the month is that of `read_month`, given as a figure."""
    found = number_of(match["n"])
    if found is None or found[1] is None:
        return None
    number, here = MONTHS[match["month"]], context.anchor
    year = (
        int(match["year"])
        if match["year"]
        else context.here().year - (here is not None and number > here.month)
    )
    length = int(found[1]) * (7 if match["unit"].startswith("week") else 1)
    return days(Date(year, number, 1), Date(year, number, min(length, calendar.monthrange(year, number)[1])))


def read_nth(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "the fourth day of raids", "its third week": from the first of these days to the report."""
    text = match["nth"]
    number = ORDINAL[text] if text in ORDINAL else int(re.sub(r"\D", "", text))
    here = context.here()
    if number == 1:
        return days(here) if match["unit"] in ("day", "night") else None
    start = back(here, number - 1, match["unit"])
    return start, here.isoformat() if len(start) == 10 else month_of(here)


def read_bare(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "six days of raids", "three-week": so long up to the report.

    With "after" behind it, the day so long before the one told; with "after" before it, the time up to
    the day told.
    """
    found = number_of(match["n"]) if match["n"] else (1.0, 1.0)
    if found is None or found[1] is None:
        return None
    unit, base = match["unit"], context.before()
    turn = re.match(r"\s*(after|before)\b", context.trail)
    if turn and found[0] == found[1]:
        return point(base or context.here(), found[0] * (1 if turn[1] == "after" else -1), unit)
    over = re.search(r"\b(?:after|following|had held \w+ for)$", context.lead.strip())
    if over and base and unit in ("day", "night", "week") and found[0] == found[1]:
        return back(base, found[0], unit), base.isoformat()
    return lasting(match, words, context)


def read_same_unit(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "later that month", "the following year": of the time told before; empty where none is known."""
    told = context.previous[0] or context.previous[1]
    if told is None:
        return EMPTY
    step, unit = _STEPS.get(match["which"], 0), match["unit"]
    if unit == "week":
        return week(Date.fromisoformat(told) + datetime.timedelta(7 * step)) if len(told) == 10 else EMPTY
    if unit == "month":
        return month(*shift(int(told[:4]), int(told[5:7]), step)) if len(told) > 4 else EMPTY
    year = str(int(told[:4]) + step)
    return year, year


def read_that_time(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "in that time", "in the same period": the interval told before."""
    return context.previous


def read_since(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "since", "since that day", "later": from the time told before to the report.

    "Since the war began" says no begin that is known here: up to the report's month.
    """
    start = context.previous[0] or context.previous[1]
    if match["event"]:
        return (None, month_of(context.here())) if not context.future else None
    if start is None or context.anchor is None:
        return EMPTY
    here = context.here()
    return start, cut(here, start) if len(start) > 4 else month_of(here)


def read_at_once(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "without delay", "until further notice": from the report on."""
    return context.here().isoformat(), None


def read_within_days(match: re.Match[str], words: str, context: Context) -> Interval | None:
    base = (context.before() if context.past else None) or context.here()
    return days(base, base + datetime.timedelta(_DAYS_SAID))


_NTH = rf"(?P<nth>{ORDINAL_WORD}|\d+(?:st|nd|rd|th))"
_PART = r"(?P<part>start|beginning|middle|mid|end|early|late)"
FIRST: Final[tuple[tuple[str, Rule], ...]] = (
    (
        rf"\bfirst (?P<n>{NUMBER}) (?P<unit>days?|weeks?) of (?P<month>{_MONTH})\b(?: (?P<year>\d{{4}})\b)?",
        read_first_days,
    ),
    (rf"\b{_PART}(?: of| in)? (?P<which>the|this|last|next|previous) (?P<unit>week|month|year)\b", read_part),
    (
        r"(?:^|\b(?P<word>on|by|until|since|from|before) )the (?P<d>[12]?\d|3[01])(?:st|nd|rd|th|d)$",
        read_day_of_month,
    ),
    (
        r"\b(?:(?:(?:that|the|this) same|(?:of |later |earlier |in |during )?that)|the (?P<which>following)) "
        r"(?P<unit>week|month|year)\b",
        read_same_unit,
    ),
)
"""Rules tried before those of the calendar."""
LAST: Final[tuple[tuple[str, Rule], ...]] = (
    (r"\bwithin (?:the next )?(?:a few )?days\b", read_within_days),
    (
        rf"\b{_NTH} (?:consecutive |straight |successive |running )?(?P<unit>day|night|week|month|year)s?\b",
        read_nth,
    ),
    (
        rf"^(?:the|its|their|after|following|in|during|nearly|almost|about|some|just|exactly|another|over|a further|\s)* ?"
        rf"(?:(?P<n>{NUMBER})[ -])?(?P<bare>){UNIT}(?:-long)?(?: of\b.*| running|-old)?(?P<bound>)(?P<lead>)$",
        read_bare,
    ),
    (
        r"\b(?:in|during|over|throughout|of) (?:that|the same) (?:time|period|span)\b|\b(?:at|by) that (?:time|point)\b",
        read_that_time,
    ),
    (
        r"^(?:and |ever |has |have )*(?:since|later|since (?:then|that (?:time|day|date|night|week|month)|that))$(?P<event>)",
        read_since,
    ),
    (r"^since (?P<event>\w.*)", read_since),
    (r"\b(?:without delay|immediately|as soon as possible|until further notice|forthwith)\b", read_at_once),
)
"""Rules tried after all others."""
