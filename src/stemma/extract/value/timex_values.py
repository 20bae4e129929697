"""Values of found times in the notation of TIMEX3, and the intervals they mean.

`1998-10-26`, `1998-10`, `1998`, `199` (a decade), `19` (a century), `1998-W44`, `1998-W44-WE`, `1998-SU`,
`1998-Q3`, `1998-H1`, `1998-10-26TEV`, `P3D` (a length), `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`. Years
before our era have the letters `BC`, as in TIMEX2.
"""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass
from typing import Final

from stemma.extract.value.intervals import EMPTY, Interval, days, month, shift

SEASONS: Final = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
_SEASON_MONTHS: Final = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
PARTS: Final = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI", "noon": "MI"}
UNITS: Final = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "W",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
}


@dataclass(frozen=True, slots=True)
class Point:
    """A date known to the year, the month or the day; `year` is negative before our era (-480 is 480 BC)."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, date: datetime.date) -> Point:
        """The point of a day."""
        return cls(date.year, date.month, date.day)

    def date(self) -> datetime.date | None:
        """The day, None where it is not known or not in the calendar."""
        if self.day is None or self.month is None or self.year < 1:
            return None
        try:
            return datetime.date(self.year, self.month, self.day)
        except ValueError:
            return None

    def value(self) -> str:
        """The point in the notation of TIMEX3."""
        text = year_value(self.year)
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}"
        return text

    def months_on(self, by: int) -> Point:
        """The month that lies `by` months later."""
        year, number = shift(self.year, self.month or 1, by)
        return Point(year, number)


def year_value(year: int) -> str:
    """`1998`, or `BC0480` for a negative year."""
    return f"{year:04d}" if year >= 0 else f"BC{-year:04d}"


def week_value(date: datetime.date) -> str:
    """The ISO week that holds `date`."""
    year, number, _ = date.isocalendar()
    return f"{year:04d}-W{number:02d}"


def length_value(number: float | None, unit: str) -> str:
    """`P3D`, `PT2H`, `PXM`; a vague number is X."""
    code, timed = UNITS[unit], ""
    if code.startswith("T"):
        timed, code = "T", code[1:]
    if unit == "fortnight" and number:
        number *= 2
    if code in ("DE", "CE") and number:
        number, code = number * (10 if code == "DE" else 100), "Y"
    if number is not None and number % 1 == 0.5 and code in ("Y",):
        return f"P{int(number)}Y6M" if number > 1 else "P6M"
    shown = "X" if number is None else f"{number:g}"
    return f"P{timed}{shown}{code}"


def interval_of(value: str) -> Interval:
    """The inclusive interval of ISO dates that a value means; nulls for lengths, references and BC."""
    value = value.split("T", maxsplit=1)[0] if re.match(r"\d{4}-\d\d-\d\dT", value) else value
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", value):
        return value, value
    try:
        return _by_form(value)
    except ValueError:
        return EMPTY


def _by_form(value: str) -> Interval:
    if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = datetime.date.fromisocalendar(int(match[1]), int(match[2]), 1)
        first, last = (5, 6) if match[3] else (0, 6)
        return days(monday + datetime.timedelta(first), monday + datetime.timedelta(last))
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        low, high = _SEASON_MONTHS[match[2]]
        return month(int(match[1]), low)[0], month(int(match[1]) + (low > high), high)[0]
    if match := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        length = 3 if match[2] == "Q" else 6
        last = int(match[3]) * length
        if not 1 <= last <= 12:
            return EMPTY
        return month(int(match[1]), last - length + 1)[0], month(int(match[1]), last)[0]
    if re.fullmatch(r"\d{3}", value):
        return f"{value}0", f"{value}9"
    if re.fullmatch(r"\d{2}", value):
        return f"{value}01", f"{int(value) + 1}00"
    return EMPTY


def days_in(year: int, number: int) -> int:
    """The length of a month; of a leap year's February in every year before our era."""
    return calendar.monthrange(year, number)[1] if year > 0 else calendar.monthrange(2000, number)[1]
