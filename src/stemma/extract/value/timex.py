"""Finds the time words of a whole document and what they mean: `find_times`."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final

from stemma.extract.value.intervals import Interval
from stemma.extract.value.timex_finders import FINDERS
from stemma.extract.value.timex_rules import Resolve
from stemma.extract.value.timex_state import State
from stemma.extract.value.timex_values import interval_of

_YEARS: Final = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
NARRATIVE_YEARS: Final = 4
"""A document with so many years, the middle one not the report's or the year before, tells history."""


NEWS_WEIGHT: Final = 3
"""A weekday or "yesterday" speaks so many times as loud for news as a year does for a history."""
_BEFORE_ERA: Final = re.compile(r"\b\d{2,4} ?B\.?C\b")
_NEWS: Final = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|last week|this week)\b", re.I
)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Time words at [start, end) of a text; `value` in the notation of TIMEX3, None where it is not known.

    `interval` is what the value means as inclusive ISO dates, nulls for lengths and vague words. `length`
    is true for a length of time and for what recurs ("three days", "daily").
    """

    start: int
    end: int
    text: str
    value: str | None
    interval: Interval
    length: bool = False


def find_times(
    text: str, anchor: datetime.date | None = None, *, narrative: bool | None = None
) -> tuple[TimeSpan, ...]:
    """The time words of `text` in text order; spans do not overlap.

    Words count from `anchor`, the report's day; in a narrative (a history: `narrative`, else told by
    the years it names) from the date told before. Never raises: a date that does not exist has no value.
    """
    if narrative is None:
        narrative = anchor is None or _tells_history(text, anchor)
    state = State(anchor=anchor, narrative=narrative, text=text)
    found = []
    for start, end, match, resolve in _longest(text):
        state.start = start
        try:
            value = resolve(match, match[0].lower(), state)
        except (ValueError, OverflowError, IndexError):
            value = None
        if value == "":
            continue
        length = bool(value) and bool(re.match(r"P[TX\d]|XXXX-", value or ""))
        found.append(
            TimeSpan(
                start, end, text[start:end], value, interval_of(value) if value else (None, None), length
            )
        )
    return tuple(found)


def _tells_history(text: str, anchor: datetime.date) -> bool:
    if len(_BEFORE_ERA.findall(text)) >= NARRATIVE_YEARS:
        return True
    years = sorted(int(year) for year in _YEARS.findall(text))
    if len(years) < NARRATIVE_YEARS or years[len(years) // 2] >= anchor.year - 1:
        return False
    return len(_NEWS.findall(text)) * NEWS_WEIGHT < len(years)


def _longest(text: str) -> list[tuple[int, int, re.Match[str], Resolve]]:
    """The matches of all finders without overlap: the leftmost, of those that begin together the longest."""
    hits = [
        (match.start(), -match.end(), order, match, resolve)
        for order, (pattern, resolve) in enumerate(FINDERS)
        for match in pattern.finditer(text)
        if match.end() > match.start()
    ]
    hits.sort(key=lambda hit: hit[:3])
    kept, last = [], 0
    for start, end, _, match, resolve in hits:
        if start >= last:
            kept.append((start, -end, match, resolve))
            last = -end
    return kept
