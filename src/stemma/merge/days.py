"""When: claims' times as intervals of days, and how two of them fit."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from stemma.model import Time

LONG: Final = 10
"""Days from which an interval is a period (a campaign, a month), no day of a happening."""


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days, both inclusive; null where that side is open."""

    first: datetime.date | None
    last: datetime.date | None

    @property
    def length(self) -> int:
        """Days in it; a very large number where a side is open."""
        if self.first is None or self.last is None:
            return 10_000
        return (self.last - self.first).days + 1

    @property
    def is_period(self) -> bool:
        """True where it says no day, only a month or more."""
        return self.length >= LONG

    def gap(self, other: Days) -> int:
        """Days between the two; 0 where they touch."""
        if self.last and other.first and self.last < other.first:
            return (other.first - self.last).days
        if other.last and self.first and other.last < self.first:
            return (self.first - other.last).days
        return 0

    def within(self, other: Days) -> bool:
        """True where the other covers this one."""
        low = other.first is None or (self.first is not None and other.first <= self.first)
        high = other.last is None or (self.last is not None and self.last <= other.last)
        return low and high

    def meet(self, other: Days) -> Days:
        """What both have in common; this one where they have nothing."""
        first = max((d for d in (self.first, other.first) if d), default=None)
        last = min((d for d in (self.last, other.last) if d), default=None)
        if first and last and last < first:
            return self
        return Days(first, last)


def days_of(time: Time | None) -> Days | None:
    """The days that a claim's time means; None where its words mean none."""
    if time is None or not (time.start or time.end):
        return None
    first = _day(time.start, last=False) if time.start else None
    last = _day(time.end, last=True) if time.end else None
    return Days(first, last) if first or last else None


def _day(text: str, *, last: bool) -> datetime.date | None:
    """The first or last day of a partial date; None for one that no calendar has."""
    parts = [int(part) for part in text.split("-")]
    try:
        if len(parts) == 3:
            return datetime.date(*parts)
        year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
        if not last:
            return datetime.date(year, month, 1)
        after = datetime.date(year + month // 12, month % 12 + 1, 1)
        return after - datetime.timedelta(days=1)
    except (ValueError, OverflowError):
        return None
