"""Explicit dates in newsroom forms: "7 February 2017", "Feb. 7", "01.02.2015", "May 3-4"."""

from __future__ import annotations

import datetime
import re
from typing import Final

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
    "thurs": 3,
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY_MONTH = re.compile(
    rf"\b(?P<d>\d{{1,2}}){_ORDINAL}(?: ?(?:-|–|to|and) ?(?P<e>\d{{1,2}}){_ORDINAL})?(?: of)? (?P<m>{_MONTH})\b\.?(?: (?P<y>\d{{4}}|'?\d{{2}}\b))?"
)
_MONTH_DAY = re.compile(
    rf"\b(?P<m>{_MONTH})\b\.? ?(?P<d>\d{{1,2}}){_ORDINAL}(?!\d)(?: ?(?:-|–|to|and) ?(?P<e>\d{{1,2}}){_ORDINAL}(?!\d))?(?: (?P<y>\d{{4}}))?"
)
_ISO = re.compile(r"\b(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})\b")
_NUMERIC = re.compile(r"\b(?P<d>\d{1,2})[-./](?P<m>\d{1,2})[-./](?P<y>\d{4}|\d{2})\b")
FUTURE_DAYS: Final = 60
"""A date without a year lies at most this far after the report, else in the year before it."""


def explicit_date(words: str, anchor: datetime.date | None) -> tuple[str, str] | None:
    """The dates that `words` (lower case) name, as ISO days; None where there is none.

    A date without a year takes the year that brings it nearest before `anchor`. Raises `ValueError`
    for a day that does not exist, or where a year is needed and `anchor` is None.
    """
    for pattern in (_ISO, _DAY_MONTH, _MONTH_DAY, _NUMERIC):
        match = pattern.search(words)
        if match:
            return _from(match, anchor)
    return None


def _from(match: re.Match[str], anchor: datetime.date | None) -> tuple[str, str]:
    parts = match.groupdict()
    month = MONTHS[parts["m"]] if parts["m"] in MONTHS else int(parts["m"])
    day = int(parts["d"])
    if month > 12 and day <= 12:
        month, day = day, month
    year = _year(parts.get("y"), month, day, anchor)
    first = datetime.date(year, month, day)
    last = datetime.date(year, month, int(parts["e"])) if parts.get("e") else first
    if last < first:
        first = datetime.date(year - (month == 1), 12 if month == 1 else month - 1, day)
    return first.isoformat(), last.isoformat()


def _year(text: str | None, month: int, day: int, anchor: datetime.date | None) -> int:
    if text:
        year = int(text.strip("'"))
        if year < 100:
            year += 1900 if year > 50 else 2000
        return year
    if anchor is None:
        raise ValueError("a date without a year needs an anchor")
    year = anchor.year
    if datetime.date(year, month, min(day, 28)) > anchor + datetime.timedelta(FUTURE_DAYS):
        year -= 1
    return year
