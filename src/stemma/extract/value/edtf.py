"""Intervals in the notation of EDTF (Extended Date/Time Format, ISO 8601-2:2019), levels 0 to 2.

`2016-12`, `2016-12~` (about), `2016-22` (summer), `201X` (a decade), `2011-03/2017-02` (a length of time),
`[2016-02..2016-03]` (once within), `[..2017-02-10]` (once, no later), `/2017-02` (up to, begin unknown),
`2016-06/..` (from then on), `2017-02-07T04:30:00Z` (an hour of a day).
"""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import datetime
import re
from typing import Final

from stemma.extract.value.calendars import ISLAMIC
from stemma.extract.value.clock import clock_of, without_clock
from stemma.extract.value.intervals import Date, Interval

_ABOUT: Final = re.compile(r"\b(?:about|around|approximately|roughly|circa|some)\b")
_ONCE: Final = re.compile(
    r"\b(?:ago|by|before|prior to|no later than|within|recently|lately|earlier|previously|as of|soon|shortly|after)\b"
)
_LASTING: Final = re.compile(r"^(?:until|till|up to|for|since|from|over|throughout|during)\b")
_SEASON: Final = re.compile(r"\b(?:spring|summer|autumn|fall|winter)\b")
_SEASONS: Final = {("03", "05"): 21, ("06", "08"): 22, ("09", "11"): 23, ("12", "02"): 24}
_QUARTER: Final = re.compile(r"\b(?:quarter|q[1-4])\b")
_QUARTERS: Final = {("01", "03"): 33, ("04", "06"): 34, ("07", "09"): 35, ("10", "12"): 36}


def edtf_of(interval: Interval, words: str) -> str | None:
    """`interval`, which lower-case `words` mean, in EDTF; None where both of its ends are open."""
    start, end = interval
    told = without_clock(words)
    if start is None and end is None:
        return None
    if start is None:
        return f"[..{end}]" if _ONCE.search(told) and not _LASTING.match(told) else f"/{end}"
    if end is None:
        return f"[{start}..]" if _ONCE.search(told) and not _LASTING.match(told) else f"{start}/.."
    if re.match(r"on or (?:about|around)\b", told) and len(start) == 10:
        return f"{(Date.fromisoformat(start) + datetime.timedelta(1)).isoformat()}~"
    if start == end:
        return _one(start, words, told)
    if len(start) == len(end) == 10 and ISLAMIC.search(told):
        return f"{start}~/{end}~"
    named = _named(start, end, told)
    if named:
        return named
    once = _ONCE.search(told) and not _LASTING.match(told)
    return f"[{start}..{end}]" if once else f"{start}/{end}"


def _one(value: str, words: str, told: str) -> str:
    hour = clock_of(words) if len(value) == 10 else None
    if hour:
        return value + hour
    return f"{value}~" if _ABOUT.search(told) or (len(value) == 10 and ISLAMIC.search(told)) else value


def _named(start: str, end: str, told: str) -> str | None:
    """A decade, a season or a quarter of one year, where the words name one and the interval is just it."""
    if len(start) == len(end) == 4:
        return f"{start[:3]}X" if start[3] == "0" and int(end) == int(start) + 9 else None
    if len(start) != 7 or len(end) != 7:
        return None
    shape = (start[5:], end[5:])
    next_year = int(end[:4]) == int(start[:4]) + (shape == ("12", "02"))
    number = (
        _SEASONS.get(shape)
        if _SEASON.search(told)
        else _QUARTERS.get(shape)
        if _QUARTER.search(told)
        else None
    )
    return f"{start[:4]}-{number}" if number and next_year else None
