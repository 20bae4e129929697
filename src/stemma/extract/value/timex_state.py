"""What a document has told so far, from which its relative time words count."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final

from stemma.extract.value.dates import FUTURE_DAYS
from stemma.extract.value.timex_values import Point, length_value, week_value, year_value

_FUTURE = re.compile(
    r"\b(?:will|would|won't|shall|due|scheduled|plans?|planned|expected?|expects|going to|is to|are to|to be)\b",  # noqa: E501
    re.I,
)
_PAST = re.compile(r"\b(?:said|says|told|announced|reported|had|has|have|was|were|did)\b", re.I)
_SEASON_STARTS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
CLAUSE: Final = 80
"""So many characters before time words tell whether they look ahead: about a clause."""
BUSINESS: Final = 400
"""So many characters after a quarter, "a year earlier" is that quarter of the year before."""
TURN: Final = 8
"""In a narrative, a month so much earlier in the year than that told before lies in the next year."""


@dataclass
class State:
    """The report's day (`anchor`), the date and the quarter told last, the place in the text."""

    anchor: datetime.date | None
    narrative: bool
    text: str
    start: int = 0
    ref: Point | None = None
    quarter: tuple[int, int, str] | None = None
    quarter_at: int = 0

    def here(self) -> Point:
        """The date from which words count: in a narrative that told last, else the report's."""
        if self.narrative and self.ref:
            return self.ref
        if self.anchor is None:
            raise ValueError("no date to count from")
        return Point.of(self.anchor)

    def told(self) -> Point:
        """The date told last, else the report's."""
        return self.ref or self.here()

    def tell(self, point: Point) -> str:
        """Keeps `point` as the date told last; its value."""
        self.ref = point
        return point.value()

    def ahead(self) -> bool:
        """True where the clause before the words speaks of what is to come."""
        clause = re.split(r"[.;:\"“”]\s", self.text[max(0, self.start - CLAUSE) : self.start])[-1]
        marks = list(_FUTURE.finditer(clause))
        return bool(marks) and not _PAST.search(clause, marks[-1].end())

    def year_of(self, month: int, day: int | None, which: str = "") -> int:
        """The year of a month or day without one."""
        here = self.here()
        if self.narrative:
            year = here.year + (
                which in ("next", "following") and bool(here.month) and month <= (here.month or 0)
            )
            return year + (not which and here.month is not None and month - here.month <= -TURN)
        assert self.anchor is not None
        if which in {"last", "past"}:
            return here.year - (month >= (here.month or 1))
        if which == "next" or (not which and self.ahead()):
            return here.year + (month < (here.month or 1))
        if which == "this":
            return here.year
        near = datetime.date(here.year, month, min(day or 1, 28))
        return here.year - (near > self.anchor + datetime.timedelta(FUTURE_DAYS))

    def season_year(self, season: str, words: str) -> int:
        """The year of a season without one."""
        here = self.here()
        begin = _SEASON_STARTS[season]
        if self.narrative:
            later = re.search(r"\b(next|following)\b", words) and here.month and begin <= here.month
            return here.year + bool(later) - bool(re.search(r"\bprevious\b", words))
        month = here.month or 1
        if re.search(r"\b(last|past)\b", words):
            return here.year - (month < begin + 3)
        if re.search(r"\bnext\b", words):
            return here.year + (month >= begin)
        return here.year

    def quarter_year(self, number: int, letter: str) -> int:
        """The year of a quarter or half without one: the last begun before the report."""
        here = self.here()
        if self.narrative:
            return here.year
        begin = (number - 1) * (3 if letter == "Q" else 6) + 1
        return here.year - (begin > (here.month or 1) and not self.ahead())

    def last_quarter(self) -> tuple[int, int]:
        """The quarter that ended last before the report."""
        here = self.here()
        number = ((here.month or 1) - 1) // 3
        return (here.year, number) if number else (here.year - 1, 4)

    def day_on(self, step: int, told: bool = False) -> str:
        """The value of the day `step` days on from the date told last (`told`) or the report's."""
        base = self.told() if told or self.narrative else self.here()
        date = base.date()
        if date is None:
            if step == 0 and base.day:
                return base.value()
            return f"{base.value()}-XX" if base.month else f"{base.value()}-XX-XX"
        return self.tell(Point.of(date + datetime.timedelta(step)))

    def weekday(self, day: int, words: str) -> str | None:
        """The value of a weekday: the last past, or the next where the clause looks ahead."""
        date = self.told().date() if self.narrative else self.anchor
        if date is None:
            return None
        back = (date.weekday() - day) % 7
        if re.search(r"\bnext\b", words) or (self.ahead() and not re.search(r"\blast\b", words)):
            ahead = (day - date.weekday()) % 7
            found = date + datetime.timedelta(ahead or (7 if "next" in words else 0))
        else:
            found = date - datetime.timedelta(back or (7 if re.search(r"\blast\b", words) else 0))
        return Point.of(found).value() if not self.narrative else self.tell(Point.of(found))

    def unit(self, which: str, unit: str, words: str) -> str | None:
        """The value of "last week", "the following year", "this month", "that day"."""
        if which in ("each", "every"):
            return length_value(1, unit)
        step = {
            "last": -1,
            "past": -1,
            "this past": -1,
            "previous": -1,
            "preceding": -1,
            "prior": -1,
            "next": 1,
            "very next": 1,
            "coming": 1,
            "this coming": 1,
            "following": 1,
        }.get(which, 0)
        base = (
            self.told()
            if self.narrative or which in ("that", "same", "that same", "following", "preceding")
            else self.here()
        )
        date = base.date()
        if unit in ("day", "night"):
            part = "TNI" if unit == "night" else ""
            if which == "this":
                return self.day_on(0) + part
            return (
                self.day_on(step, told=True) + part
                if which != "last"
                else (self.day_on(-1) + part if part else None)
            )
        if unit in ("week", "weekend", "fortnight"):
            if date is None:
                return f"{base.value()}-XX" if base.month else f"{base.value()}-WXX"
            return week_value(date + datetime.timedelta(7 * step)) + ("-WE" if unit == "weekend" else "")
        if unit == "month":
            return self.tell(base.months_on(step)) if base.month else f"{base.value()}-XX"
        if unit == "quarter":
            return self._near_quarter(step)
        if unit == "year":
            return self.tell(Point(base.year + step)) if self.narrative else Point(base.year + step).value()
        if unit == "decade":
            return f"{'BC' if base.year < 0 else ''}{abs(base.year) // 10 + step:03d}"
        if unit == "century" and base.year > 0:
            return f"{base.year // 100 + step:02d}"
        return None

    def _near_quarter(self, step: int) -> str | None:
        here = self.here()
        number = ((here.month or 1) - 1) // 3 + step
        year, number = here.year + number // 4, number % 4 + 1
        self.quarter = (year, number, "Q")
        return f"{year_value(year)}-Q{number}"

    def moved(self, number: float | None, unit: str, sign: int, told: bool) -> str | None:
        """The value of "three days later" (from the date told last), "two years ago" (the report's)."""
        base = self.told() if told or self.narrative else self.here()
        if number is None:
            return "PAST_REF" if sign < 0 else "FUTURE_REF"
        if (
            unit == "year"
            and number == 1
            and self.quarter
            and sign < 0
            and self.start - self.quarter_at < BUSINESS
        ):
            year, count, letter = self.quarter
            return f"{year_value(year - int(number))}-{letter}{count}"
        if unit in ("day", "night", "week", "fortnight", "weekend"):
            date = base.date()
            if date is None:
                return f"{base.value()}-XX" if base.month else f"{base.value()}-XX-XX"
            length = {"week": 7, "fortnight": 14, "weekend": 7}.get(unit, 1)
            date += datetime.timedelta(round(number * length * sign))
            return week_value(date) if length > 1 else self.tell(Point.of(date))
        if unit in ("month", "quarter"):
            if not base.month:
                return f"{base.value()}-XX"
            return self.tell(base.months_on(round(sign * number * (3 if unit == "quarter" else 1))))
        if unit in ("year", "decade", "century"):
            years = round(number * {"year": 1, "decade": 10, "century": 100}[unit])
            point = Point(base.year + sign * years)
            return self.tell(point) if self.narrative else point.value()
        date = base.date()
        return Point.of(date).value() if date else None
