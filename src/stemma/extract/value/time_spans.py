"""Lengths of time as intervals: "three days ago", "for two years", "in the past week", "within days"."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Final

from stemma.extract.value.intervals import (
    EMPTY,
    Context,
    Date,
    Interval,
    days,
    first_day,
    month,
    month_of,
    shift,
    week,
)
from stemma.extract.value.numbers import NUMBER, ORDINAL, ORDINAL_WORD, number_of

UNIT: Final = r"(?P<unit>minute|hour|day|night|week|fortnight|month|year|decade)s?"
MORE: Final = r"(?:more than|over|at least|well over|longer than)"
NEARLY: Final = r"(?:nearly|almost|near|close to|just under|less than|under)"
_BOUND = (
    rf"(?P<bound>{MORE}|{NEARLY}|about|around|some|roughly|approximately|just|only|barely|exactly|another)"
)
_N = rf"(?P<n>{NUMBER})"
_HALF_A_DAY: Final = 12
"""Hours within which "for several hours" is the day of the report alone."""
_LATELY: Final = {"minute": 0, "hour": 1, "day": 7, "night": 7}
"""Days that "days", "the past hours" reach back where no number is said."""

_IS_OVER: Final = re.compile(
    r"(?<!has )(?<!have )(?<!had )(?<!'ve )\b(?:(?:was|were) (?:then |also |later )?\w+(?:ed|eld|ept|en)"
    r"|kept|held|spent|served|ruled|governed|imprisoned)\b(?![^.;]*\b(?:has|have|is|are|still)\b)[^.;]{0,60}$"
)
""""He was held for 90 days", "she kept that post for 16 years": over before the report, nobody says when."""


def _numbers(match: re.Match[str]) -> tuple[float, float | None]:
    text = match.groupdict().get("n")
    if not text:
        plural = match.string[match.end("unit") :][:1] == "s"
        return (2, None) if plural else (1, 1)
    found = number_of(text)
    if found is None:
        raise ValueError(f"no number: {text}")
    return found


def back(date: Date, number: float, unit: str) -> str:
    """The ISO date `number` units before `date`, at the precision of the unit; negative lies after."""
    if unit in ("minute", "hour"):
        return (date - datetime.timedelta(days=-(-number // 24) if unit == "hour" else 0)).isoformat()
    if unit in ("day", "night"):
        return (date - datetime.timedelta(days=round(number))).isoformat()
    if unit in ("week", "fortnight"):
        return (date - datetime.timedelta(days=round(number * (7 if unit == "week" else 14)))).isoformat()
    months = round(number * {"month": 1, "year": 12, "decade": 120}[unit])
    year, number_of_month = shift(date.year, date.month, -months)
    if year < 1:
        raise ValueError("before the first year")
    return f"{year:04d}-{number_of_month:02d}"


def point(date: Date, number: float, unit: str) -> Interval:
    """The day, week, month or year that lies `number` units before `date`."""
    value = back(date, number, unit)
    if unit in ("week", "fortnight"):
        return week(first_day(value))
    if unit == "decade" or (unit == "year" and number > 1):
        return value[:4], value[:4]
    return value, value


def ago(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "nearly a year ago", "more than two months ago", "several years ago"."""
    here, unit = context.here(), match["unit"]
    if re.search(r"\b(earlier|before|previously)$", match[0].strip()) and context.before():
        here = context.before() or here
    low, high = _numbers(match)
    other = number_of(match.groupdict().get("m") or "")
    if other and high is not None:
        high = max(high, other[0])
    exact = here.isoformat() if unit in ("minute", "hour", "day", "night", "week") else month_of(here)
    if high is None:
        return None, exact
    if high > low:
        return back(here, high, unit)[: 4 if unit == "year" else None], back(here, low, unit)[
            : 4 if unit == "year" else None
        ]
    if unit in ("minute", "hour"):
        return (back(here, low, unit) if unit == "hour" and low > 6 else here.isoformat()), here.isoformat()
    if re.search(rf"\b{MORE} (?:{NUMBER})", words):
        return None, back(here, low, unit)
    if re.search(rf"\b{NEARLY} (?:{NUMBER})", words) and unit == "year":
        value = back(here, low, unit)
        return value, month(*shift(int(value[:4]), int(value[5:7]), 1))[0]
    return point(here, low, unit)


def lasting(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "for two years", "in the past three days": from that long ago to the report."""
    unit, lead = match["unit"], match.groupdict().get("lead")
    low, high = _numbers(match)
    if lead == "in" and context.future and high == low and "past" not in words:
        return point(context.here(), -low, unit)
    if lead == "after" and unit in ("minute", "hour"):
        day = context.before() or context.here()
        return days(day - datetime.timedelta(low > _HALF_A_DAY and unit == "hour"), day)
    over = lead == "for" and re.search(r"\bhad(?:n't)?\b", context.lead)
    here = (context.before() if over else None) or context.here()
    end = month_of(here) if unit in ("month", "year", "decade") else here.isoformat()
    if re.fullmatch(MORE, match.groupdict().get("bound") or ""):
        short = unit in ("year", "decade") and low > 1
        return None, month_of(here) if short else here.isoformat()
    if lead == "for" and _IS_OVER.search(context.lead):
        return None, end
    if high is None:
        if unit in _LATELY and lead != "for":
            return back(here, max(1, _LATELY[unit]), "day") if _LATELY[
                unit
            ] else here.isoformat(), here.isoformat()
        return None, end
    start = _begin(here, low, unit, lead, words)
    return start[:4] if unit in ("year", "decade") and low > 1 else start, end


def _begin(here: Date, number: float, unit: str, lead: str | None, words: str) -> str:
    """The day, month or year in which a time of `number` units up to `here` begins."""
    if unit == "hour" and number < 24:
        return back(here, number > _HALF_A_DAY, "day")
    inside = lead == "in" and unit == "day" and not re.search(r"\b(?:past|last|previous)\b", words)
    # "Villages taken in four days": the report's day is one of them.
    return back(here, number - (inside and number > 1), unit)


def old(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "the six-year-old war", "the three-month-long siege": what still lasts at the report."""
    here = context.here()
    low, high = _numbers(match)
    if high != low:
        return None
    unit = match["unit"]
    start = back(here, low, unit)
    return start[:4] if unit == "year" else start, here.isoformat() if unit != "year" else month_of(here)


def coming(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "in the next three days", "within a week", "in the coming months"."""
    unit = match["unit"]
    over = context.before() if context.past and match[0].startswith("within") else None
    here = over or context.here()
    _low, high = _numbers(match)
    tomorrow = here + datetime.timedelta(1)
    begin = tomorrow.isoformat() if unit in ("day", "night", "week") else here.isoformat()
    if unit in ("month", "year", "decade"):
        begin = month_of(here)
    if high is None:
        return begin, None
    if unit in ("minute", "hour"):
        whole = 0 if unit == "minute" or (over and high < 24) else -1 if high < 24 else -high // 24
        return here.isoformat(), back(here, whole, "day")
    if re.search(r"\bwithin\b|\bby\b", words) and unit in ("day", "night", "week", "fortnight"):
        begin = here.isoformat()
    return begin, back(here, -high, unit)


def ordinal_day(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "for a third straight day": from the first of these days to the report."""
    here = context.here()
    text = match["nth"]
    number = ORDINAL[text] if text in ORDINAL else int(re.sub(r"\D", "", text))
    start = back(here, number - 1, match["unit"])
    return start, here.isoformat() if len(start) == 10 else month_of(here)


def after_event(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "two days after the attack", "a day later": counted from the day told before.

    "The raid came two days after" tells of what was two days before. Without a day told, "a day after"
    tells of the day before the report, whose news it is.
    """
    unit, before = match["unit"], context.before()
    low, high = _numbers(match)
    later = match["way"] in ("after", "later", "following", "since")
    news = match["way"] == "after" and match.end() == len(words)
    if unit in ("hour", "minute"):
        return days(before or context.here())
    if before is not None and high == low and (match["n"] or match.string[match.end("unit")] != "s"):
        return point(before, -low if later and not news else low, unit)
    told = context.previous[1] or ""
    if before is None and len(told) == 7 and unit in ("month", "year") and high == low:
        return month(
            *shift(
                int(told[:4]),
                int(told[5:]),
                round(low * (12 if unit == "year" else 1) * (1 if later else -1)),
            )
        )
    if match["way"] == "after" and unit == "day":
        here = context.here()
        if high is None:
            return days(here - datetime.timedelta(_LATELY["day"]), here - datetime.timedelta(1))
        return days(here - datetime.timedelta(1)) if low == high == 1 else None
    if match["way"] == "earlier" and high == low:
        return point(context.here(), low, unit)
    return EMPTY


RULES: Final[tuple[tuple[str, Callable[[re.Match[str], str, Context], Interval | None]], ...]] = (
    (
        rf"\b(?:for|on|into) (?:a|the|its|their) (?P<nth>{ORDINAL_WORD}|\d+(?:st|nd|rd|th)) "
        r"(?:consecutive |straight |successive |running )?(?P<unit>day|night|week|month|year)\b",
        ordinal_day,
    ),
    (rf"\b(?:{_BOUND} )?{_N}[ -]{UNIT}[ -]?(?:old|long)\b", old),
    (rf"\b{_N}-(?P<unit>year)\b(?! term| sentence| plan| prison)", old),
    (rf"\b(?:{_BOUND} )?{_N}(?: or (?P<m>{NUMBER}))?[ -]{UNIT} ago\b", ago),
    (rf"\b{UNIT} ago\b", ago),
    (rf"\b(?:{_N} )?{UNIT} (?P<way>after|later|earlier|before|following|previously)\b", after_event),
    (rf"\b(?:next|coming|following) {_N} {UNIT}\b", coming),
    (r"\b(?:next|coming|following) (?P<unit>hour|day|week|month|year|decade)s\b", coming),
    (rf"\bwithin (?:the )?(?:next )?(?:{_N} )?{UNIT}\b", coming),
    (rf"\b(?:past|last|previous|preceding) {_N} {UNIT}\b", lasting),
    (r"\bpast (?P<unit>hour|day|week|month|year|decade)s?\b", lasting),
    (r"\b(?:in|over|during|for) (?:the )?last (?P<unit>week|month|year|decade)\b", lasting),
    (r"\blast (?P<unit>hour|day|week|month|year|decade)s\b", lasting),
    (
        rf"\b(?P<lead>for|over|in|after|during)(?: the)?(?: last| past| previous)? (?:{_BOUND} )?{_N} {UNIT}\b",  # noqa: E501
        lasting,
    ),
    (r"\b(?P<lead>for) (?P<unit>day|week|month|year|decade)s\b", lasting),
)
"""Patterns of lengths of time, the first that fits counts."""
