"""Publication dates as pages, sidecars, tables and heads of reports write them."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final

_MONTHS: Final = {
    "en": "january february march april may june july august september october november december",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
}
_SHORT: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

MONTH_OF: Final[dict[str, int]] = {
    **{name: number for names in _MONTHS.values() for number, name in enumerate(names.split(), 1)},
    **{name: number for number, name in enumerate(_SHORT, 1)},
    "sept": 9,
}

_MONTH: Final = r"(?:" + "|".join(sorted(MONTH_OF, key=len, reverse=True)) + r")"
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_ORDINAL: Final = r"(?:st|nd|rd|th)?"
WEEKDAY: Final = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\b"
)

# Alternatives in the order in which they are tried; each has the groups y, m, d with its number.
_FORMS: Final = (
    r"(?P<y1>\d{4})[-/.](?P<m1>0?[1-9]|1[0-2])[-/.](?P<d1>" + _DAY + r")(?!\d)",
    r"(?P<d2>" + _DAY + r")" + _ORDINAL + r"(?:\.|\s+de|\s+of)?[\s-]+(?P<m2>" + _MONTH + r")\b\.?"
    r"(?:\s+del?)?[\s,-]*(?P<y2>\d{4}|\d{2}(?![\d:]))",
    r"(?P<m3>" + _MONTH + r")\b\.?\s*(?P<d3>" + _DAY + r")" + _ORDINAL + r"(?:,\s*|\s+|(?=(?:19|20)\d\d))"
    r"(?P<y3>(?:19|20)\d{2})",
    r"(?P<a4>\d{1,2})(?P<s4>[-/.])(?P<b4>\d{1,2})(?P=s4)(?P<y4>\d{4}|\d{2})(?!\d)",
)
DATE: Final = (
    r"(?:"
    + "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in _FORMS[:3])
    + (r"|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})(?!\d))")
)
"""A date in running text. Holds one numbered group: use it once in a pattern, or by `date_at`."""

_FIRST_DATE: Final = re.compile(r"(?<!\d)(?:" + "|".join(_FORMS) + r")", re.IGNORECASE)

OLDEST_YEAR: Final = 1800
"""No report that anyone reads here is older: an earlier year is a misreading."""

CENTURY_TURN: Final = 70
"""Two digits from here on are 19xx (wire copy of 1989 writes `13 NOV 89`), below it 20xx."""


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date found in a text, from `start` to `end`.

    `ambiguous` is true where day and month could change places: `4/5/2017` is read month first, a
    date with dots or dashes day first.
    """

    date: datetime.date
    ambiguous: bool
    start: int
    end: int


def find_date(text: str, start: int = 0, end: int | None = None) -> FoundDate | None:
    """The first date with day, month and year in `text` between the offsets; `None` without one."""
    limit = len(text) if end is None else end
    for match in _FIRST_DATE.finditer(text, start, limit):
        found = _date_of(match)
        if found:
            return found
    return None


def date_at(text: str, start: int) -> FoundDate | None:
    """The date that begins exactly at `start`; `None` where none does."""
    match = _FIRST_DATE.match(text, start)
    return _date_of(match) if match else None


def parse_date(value: str) -> FoundDate | None:
    """The date that a metadata value or a table's cell holds; `None` where it holds none.

    The day is the one written, in the writer's own time zone.
    """
    compact = re.match(r"\s*(\d{4})(\d{2})(\d{2})(?!\d)", value)
    if compact:
        date = _make(int(compact[1]), int(compact[2]), int(compact[3]))
        if date:
            return FoundDate(date, False, compact.start(1), compact.end(3))
    return find_date(value[:200])


def _date_of(match: re.Match[str]) -> FoundDate | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    ambiguous = False
    if "y1" in groups:
        date = _make(int(groups["y1"]), int(groups["m1"]), int(groups["d1"]))
    elif "y2" in groups:
        date = _make(_year(groups["y2"]), MONTH_OF[groups["m2"].lower()], int(groups["d2"]))
    elif "y3" in groups:
        date = _make(_year(groups["y3"]), MONTH_OF[groups["m3"].lower()], int(groups["d3"]))
    else:
        first, second, year = int(groups["a4"]), int(groups["b4"]), _year(groups["y4"])
        # A slash is the American way of writing, a dot or a dash the European one.
        month, day = (first, second) if groups["s4"] == "/" else (second, first)
        swapped = _make(year, day, month)
        date = _make(year, month, day)
        ambiguous = date is not None and swapped is not None and date != swapped
        date = date or swapped
    return FoundDate(date, ambiguous, match.start(), match.end()) if date else None


def _year(digits: str) -> int:
    if len(digits) == 4:
        return int(digits)
    return int(digits) + (1900 if int(digits) >= CENTURY_TURN else 2000)


def _make(year: int, month: int, day: int) -> datetime.date | None:
    if year < OLDEST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
