"""Building blocks of intervals: inclusive pairs of ISO dates at the precision said."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

Date = datetime.date
Interval = tuple[str | None, str | None]
EMPTY: Interval = (None, None)


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may use besides its words.

    `anchor` is the report's day; `previous` the interval told before, for "the next day"; `future`
    where the words around speak of what is to come.
    """

    anchor: Date | None
    previous: Interval = EMPTY
    future: bool = False

    def here(self) -> Date:
        """The anchor; raises `ValueError` where there is none."""
        if self.anchor is None:
            raise ValueError("these words need an anchor")
        return self.anchor

    def before(self) -> Date | None:
        """The first day of the interval told before, None where there is none or it is no day."""
        start = self.previous[0] or self.previous[1]
        return Date.fromisoformat(start) if start and len(start) == 10 else None


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
