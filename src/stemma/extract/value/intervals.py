"""Building blocks of intervals: inclusive pairs of ISO dates at the precision said."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass, field

Date = datetime.date
Interval = tuple[str | None, str | None]
EMPTY: Interval = (None, None)
LONGEST_TOLD = 3
"""Days: "the next day" after a longer time counts from nothing that is known."""


@dataclass(slots=True)
class Told:
    """What a report has told before: the interval told last, and the last one of days."""

    last: Interval = EMPTY
    day: Interval = EMPTY

    def tell(self, found: Interval) -> None:
        """Keeps `found`, unless it is empty."""
        start, end = found
        if found != EMPTY:
            self.last = found
        if start and end and len(start) == len(end) == 10:
            self.day = found


class NoAnchorError(ValueError):
    """Words that count from a day which is not known."""


class OutOfRangeError(ValueError):
    """A year of which no report tells."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may use besides its words.

    `anchor` is the report's day; `previous` the interval told before, `day` the last one told that is
    of days, for "the next day"; `future` where the words around speak of what is to come, `past` where
    they surely tell of what is over. `lead` and `trail` are the words before and after, lower case.
    `used` gathers the days from which a rule counted.
    """

    anchor: Date | None
    previous: Interval = EMPTY
    day: Interval = EMPTY
    future: bool = False
    past: bool = False
    lead: str = ""
    trail: str = ""
    used: list[Date] = field(default_factory=list, compare=False)

    def here(self) -> Date:
        """The anchor; raises `NoAnchorError` where there is none."""
        if self.anchor is None:
            raise NoAnchorError("these words need an anchor")
        self.used.append(self.anchor)
        return self.anchor

    def before(self) -> Date | None:
        """The day told before, None where there is none.

        Of some days together it is the last, and of many none.
        """
        start, end = self.day
        if not start or not end or len(start) != 10 or len(end) != 10:
            return None
        first, last = Date.fromisoformat(start), Date.fromisoformat(end)
        if last != self.anchor and (last - first).days > LONGEST_TOLD:
            return None
        self.used.append(last)
        return last


def days(first: Date, last: Date | None = None) -> Interval:
    """The interval from `first` to `last`, else `first` alone, in days."""
    return first.isoformat(), (last or first).isoformat()


def cut(date: Date, like: str) -> str:
    """`date` at the precision of `like`: `2016`, `2016-12` or `2016-12-04`."""
    return date.isoformat()[: len(like)]


def month(year: int, number: int) -> Interval:
    """The month as an interval."""
    value = f"{year:04d}-{number:02d}"
    return value, value


def month_of(date: Date) -> str:
    """The month that holds `date`."""
    return date.isoformat()[:7]


def shift(year: int, number: int, by: int) -> tuple[int, int]:
    """The month that lies `by` months after the given one."""
    total = year * 12 + number - 1 + by
    return total // 12, total % 12 + 1


def week(date: Date) -> Interval:
    """Monday to Sunday of the week that holds `date`."""
    monday = date - datetime.timedelta(date.weekday())
    return days(monday, monday + datetime.timedelta(6))


def first_day(value: str) -> Date:
    """The first day of an ISO year, month or day."""
    parts = [int(part) for part in value.split("-")]
    return Date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(value: str) -> Date:
    """The last day of an ISO year, month or day."""
    parts = [int(part) for part in value.split("-")]
    number = parts[1] if len(parts) > 1 else 12
    return Date(parts[0], number, parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], number)[1])
