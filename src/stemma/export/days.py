"""Times as days, with the precision classes of the two great event datasets."""

from __future__ import annotations

import datetime
from calendar import monthrange
from dataclasses import dataclass

from stemma.model import Time


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends in it."""

    first: datetime.date
    last: datetime.date

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> datetime.date:
        """The day in the middle, the earlier of two."""
        return self.first + (self.last - self.first) // 2

    @property
    def acled(self) -> int | None:
        """ACLED's time_precision: 1 a day, 2 up to a week, 3 up to a month; null for more."""
        return 1 if self.length == 1 else 2 if self.length <= 7 else 3 if self.length <= 31 else None

    @property
    def ucdp(self) -> int:
        """UCDP's date_prec: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 more."""
        days = self.length
        return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5


def days_of(time: Time | None) -> Days | None:
    """The days of a time; null where an end is open or no day of the calendar."""
    if time is None or not time.start or not time.end:
        return None
    try:
        first, last = _day(time.start, last=False), _day(time.end, last=True)
    except ValueError:
        return None
    return Days(first, last) if first <= last else None


def _day(text: str, *, last: bool) -> datetime.date:
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12 if last else 1
    if not 1 <= month <= 12:
        raise ValueError(text)
    end = monthrange(max(1, parts[0]), month)[1]
    return datetime.date(parts[0], month, parts[2] if len(parts) > 2 else end if last else 1)
