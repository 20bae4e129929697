"""Explicit dates in newsroom forms: "7 February 2017", "Feb. 7", "01.02.2015", "May 3-4", "042100Z FEB"."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Final

from stemma.extract.value.intervals import NoAnchorError, OutOfRangeError

_FULL = "january february march april may june july august september october november december".split()
MONTHS: Final[dict[str, int]] = {
    **{name: k + 1 for k, name in enumerate(_FULL)},
    **{name[:3]: k + 1 for k, name in enumerate(_FULL)},
    "sept": 9,
}
_WEEK = "monday tuesday wednesday thursday friday saturday sunday".split()
DAYS: Final[dict[str, int]] = {
    **{name: k for k, name in enumerate(_WEEK)},
    **{short: k for k, short in enumerate("mon tue wed thu fri sat sun".split())},
    "tues": 1,
    "weds": 2,
    "thur": 3,
    "thurs": 3,
}
EARLIEST, LATEST = 1582, 2100
"""Years outside are refused: before, the calendar of a day is in doubt; after, no report tells of it."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th)?"
_JOIN = r" ?(?:-|–|to|until|till|through|and|or|/) ?(?:the )?"
_YEAR = r"(?:(?:of |in )?(?P<y>\d{4}|'\d{2})\b)"
_DAY_MONTH = re.compile(
    rf"(?<![\d:.])\b(?P<d>\d{{1,2}}){_ORDINAL}(?:{_JOIN}(?P<e>\d{{1,2}}){_ORDINAL})?\.?(?: day)?(?: of)?[ -]"
    rf"(?P<m>{_MONTH})\b\.?(?:[ -]{_YEAR}|[ -](?P<yy>\d{{2}})\b)?"
)
_MONTH_DAY = re.compile(
    rf"(?<![-/])\b(?P<m>{_MONTH})\b(?:\.? ?|[-/])(?:the )?(?P<d>\d{{1,2}}){_ORDINAL}(?![\d:]|\.\d)(?:{_JOIN}(?P<e>\d{{1,2}}){_ORDINAL}(?![\d:]))?(?: {_YEAR})?"  # noqa: E501
)
_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})(?!\d)")
_ISO_WORD = re.compile(rf"(?<!\d)(?P<y>\d{{4}})[-./ ](?P<m>{_MONTH})[-./ ](?P<d>\d{{1,2}})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d.+-])(?P<d>\d{1,2})(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})(?![\d.-]*\d)"
)
_GROUP = re.compile(
    rf"\b(?P<d>[0-3]\d)[0-2]\d[0-5]\d ?(?:z|utc|zulu)\b(?: (?P<m>{_MONTH})\b)?(?: ?(?P<y>\d{{4}}|\d{{2}})\b)?"
)
FUTURE_DAYS: Final = 60
"""A date without a year lies at most this far after the report, else in the year before it."""
JUST_PAST: Final = 60
"""A date without a year that is to come is not one that lay less than so many days before the report."""


def explicit_date(words: str, anchor: datetime.date | None, future: bool = False) -> tuple[str, str] | None:
    """The dates that `words` (lower case) name, as ISO days; None where there is none.

    A date without a year takes the year that brings it nearest before `anchor`, or after it where
    `future`. Raises `ValueError` for a day that does not exist, a year before 1582 or after 2100, or
    where a year is needed and `anchor` is None.
    """
    group = _GROUP.search(words)
    if group:
        return _military(group, anchor)
    for pattern in (_ISO, _ISO_WORD, _DAY_MONTH, _MONTH_DAY, _NUMERIC):
        match = pattern.search(words)
        if match:
            return _from(match, anchor, future)
    return None


def _military(match: re.Match[str], anchor: datetime.date | None) -> tuple[str, str]:
    """The day of a date-time group; without a month, the nearest such day before `anchor`."""
    day = int(match["d"])
    if match["m"]:
        month = MONTHS[match["m"]]
        date = datetime.date(_year(match["y"], month, day, anchor), month, day)
        return date.isoformat(), date.isoformat()
    if anchor is None:
        raise NoAnchorError("a date-time group without a month needs an anchor")
    month, year = anchor.month, anchor.year
    if day > anchor.day:
        month, year = (month - 1, year) if month > 1 else (12, year - 1)
    date = datetime.date(year, month, day)
    return date.isoformat(), date.isoformat()


def _from(match: re.Match[str], anchor: datetime.date | None, future: bool) -> tuple[str, str]:
    parts = match.groupdict()
    month = MONTHS[parts["m"]] if parts["m"] in MONTHS else int(parts["m"])
    day = int(parts["d"])
    if month > 12 and day <= 12:
        month, day = day, month
    year = _year(parts.get("y") or parts.get("yy"), month, day, anchor, future)
    first = datetime.date(year, month, day)
    last = datetime.date(year, month, int(parts["e"])) if parts.get("e") else first
    if last < first:
        first = datetime.date(year - (month == 1), 12 if month == 1 else month - 1, day)
    return first.isoformat(), last.isoformat()


def _year(text: str | None, month: int, day: int, anchor: datetime.date | None, future: bool = False) -> int:
    if text:
        year = int(text.strip("'"))
        if len(text.strip("'")) == 2:
            year += 1900 if year > 50 else 2000
        if not EARLIEST <= year <= LATEST:
            raise OutOfRangeError(f"the year {year} lies outside {EARLIEST} to {LATEST}")
        return year
    if anchor is None:
        raise NoAnchorError("a date without a year needs an anchor")
    near = datetime.date(anchor.year, month, min(day, 28))
    # What lies just behind the report is hardly announced for the same day of the next year.
    ahead = future and near + datetime.timedelta(JUST_PAST) < anchor
    year = (
        anchor.year + 1
        if ahead
        else anchor.year - (near > anchor + datetime.timedelta(FUTURE_DAYS) and not future)
    )
    while month == 2 and day == 29 and not calendar.isleap(year):
        year += 1 if future else -1
    return year
