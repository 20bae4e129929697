"""Calendar words as intervals: months, years, seasons, weekdays, "yesterday", "last month"."""

# ruff: noqa: D103 - every rule has the contract of `Rule`: words and context in, interval out

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from typing import Final

from stemma.extract.value.calendars import feast_days
from stemma.extract.value.dates import DAYS, EARLIEST, LATEST, MONTHS, explicit_date
from stemma.extract.value.intervals import (
    EMPTY,
    Context,
    Date,
    Interval,
    NoAnchorError,
    OutOfRangeError,
    days,
    month,
    month_of,
    shift,
    week,
)
from stemma.extract.value.numbers import ORDINAL

_SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
PARTS: Final = {
    "early": (1, 10),
    "beginning": (1, 10),
    "start": (1, 10),
    "mid": (11, 20),
    "middle": (11, 20),
    "late": (21, 31),
    "end": (21, 31),
}
"""Thirds of a month."""
YEAR_PARTS: Final = {
    "early": (1, 4),
    "beginning": (1, 4),
    "start": (1, 4),
    "mid": (6, 8),
    "middle": (6, 8),
    "late": (10, 12),
    "end": (10, 12),
}
"""Months of a part of a year, as the coded reports have them."""
_DECADE_PARTS: Final = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
NEAR_DAYS: Final = 62
""""Friday the 15th" is looked for within two months of the report."""
Rule = Callable[[re.Match[str], str, Context], Interval | None]


def year_of(text: str) -> int:
    """The year that `text` writes; raises `ValueError` for one that no report tells of."""
    year = int(text)
    if not EARLIEST <= year <= LATEST:
        raise OutOfRangeError(f"the year {year} lies outside {EARLIEST} to {LATEST}")
    return year


def _bare_year(number: int, words: str, context: Context) -> int:
    """The year of a month without one: the last past, or the next to come where the words look ahead."""
    here = context.here()
    if re.search(r"\b(this|current) year\b", words):
        return here.year
    if re.search(r"\b(last|previous) year\b", words):
        return here.year - 1
    if re.search(r"\bnext\b", words) or (context.future and not re.search(r"\b(last|this past)\b", words)):
        return here.year + (number <= here.month if "next" in words else number < here.month)
    if re.search(r"\bthis\b", words):
        return here.year
    return here.year - (number > here.month or (number == here.month and bool(re.search(r"\blast\b", words))))


def read_explicit(match: re.Match[str], words: str, context: Context) -> Interval | None:
    try:
        return explicit_date(words, None)
    except NoAnchorError:
        return explicit_date(words, context.here(), context.future)


def read_week_with(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "the week of 4 February": Monday to Sunday around that day."""
    found = explicit_date(words[match.end() :], context.anchor, context.future)
    return week(Date.fromisoformat(found[0])) if found else None


def read_month(match: re.Match[str], words: str, context: Context) -> Interval | None:
    number = MONTHS[match["month"]]
    year = year_of(match["year"]) if match["year"] else _bare_year(number, words, context)
    if match["part"] in PARTS:
        low, high = PARTS[match["part"]]
        return days(
            Date(year, number, low), Date(year, number, min(high, calendar.monthrange(year, number)[1]))
        )
    return month(year, number)


def read_week_of_month(match: re.Match[str], words: str, context: Context) -> Interval | None:
    number = MONTHS[match["month"]]
    year = year_of(match["year"]) if match["year"] else _bare_year(number, words, context)
    length = calendar.monthrange(year, number)[1]
    if match["nth"] in ("last", "final"):
        return days(Date(year, number, length - 6), Date(year, number, length))
    begin = 7 * ORDINAL[match["nth"]] - 6
    return days(Date(year, number, begin), Date(year, number, min(begin + 6, length)))


def read_numeric_month(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """`2016-11`, `11/2016`; but `2011-12` names two years."""
    year, number = year_of(match["y"] or match["z"]), int(match["m"] or match["n"])
    if match["y"] and number == year % 100 + 1:
        return str(year), str(year + 1)
    return month(year, number)


def read_nth_weekday(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "the first Friday of July", "the last Sunday of last month"."""
    if match["month"]:
        number = MONTHS[match["month"]]
        year = year_of(match["year"]) if match["year"] else _bare_year(number, words, context)
    else:
        here = context.here()
        step = {"last": -1, "previous": -1, "next": 1}.get(match["which"], 0)
        year, number = shift(here.year, here.month, step)
    length = calendar.monthrange(year, number)[1]
    fits = [
        Date(year, number, d)
        for d in range(1, length + 1)
        if Date(year, number, d).weekday() == DAYS[match["day"]]
    ]
    place = -1 if match["nth"] in ("last", "final") else ORDINAL[match["nth"]] - 1
    return days(fits[place]) if place < len(fits) else None


def read_dated_weekday(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "Friday the 15th": the nearest such day before the report, else after it."""
    here = context.here()
    steps = [*range(NEAR_DAYS), *range(-1, -NEAR_DAYS, -1)]
    for step in steps:
        date = here - datetime.timedelta(step)
        if date.day == int(match["d"]) and date.weekday() == DAYS[match["day"]]:
            return days(date)
    return None


def read_year(match: re.Match[str], words: str, context: Context) -> Interval | None:
    year = year_of(match["year"])
    if match["part"] in YEAR_PARTS:
        low, high = YEAR_PARTS[match["part"]]
        return month(year, low)[0], month(year, high)[0]
    return str(year), str(year)


def read_years(match: re.Match[str], words: str, context: Context) -> Interval | None:
    first, text = year_of(match["a"]), match["b"]
    last = year_of(text if len(text) == 4 else str(first)[:2] + text)
    if last < first:
        return None
    if match["season"]:
        return _season_of(match["season"], first)
    return str(first), str(last)


def read_decade(match: re.Match[str], words: str, context: Context) -> Interval | None:
    year = int(match["decade"])
    year = year if year > 99 else 1900 + year
    year = year_of(str(year - year % 10))
    low, high = _DECADE_PARTS.get(match["part"], (0, 9))
    return str(year + low), str(year + high)


def read_century(match: re.Match[str], words: str, context: Context) -> Interval | None:
    text = match["nth"]
    number = ORDINAL[text] if text in ORDINAL else int(re.sub(r"\D", "", text))
    return str(year_of(str(100 * number - 99))), str(year_of(str(100 * number)))


def _season_of(name: str, year: int) -> Interval:
    low, high = _SEASONS[name]
    return month(year, low)[0], month(year + (low > high), high)[0]


def read_season(match: re.Match[str], words: str, context: Context) -> Interval | None:
    name = match["season"]
    low = _SEASONS[name][0]
    if match["year"]:
        return _season_of(name, year_of(match["year"]))
    here = context.here()
    if re.search(r"\b(this|next)\b", words) or context.future:
        return _season_of(name, here.year + ("next" in words and here.month >= low))
    high = _SEASONS[name][1]
    begun = low <= here.month
    within = begun and (here.month <= high or low > high)
    return _season_of(name, here.year - (not begun or ("last" in words.split() and within)))


def read_quarter(match: re.Match[str], words: str, context: Context) -> Interval | None:
    text = match["nth"] or match["q"]
    number = int(text) if text.isdigit() else ORDINAL.get(text, 0)
    length = 3 if match["kind"] is None or match["kind"] == "quarter" else 6
    if text in ("last", "latter"):
        number = 12 // length
    if not 1 <= number <= 12 // length:
        return None
    last = number * length
    year = year_of(match["year"]) if match["year"] else _bare_year(last - length + 1, words, context)
    return month(year, last - length + 1)[0], month(year, last)[0]


def read_half(match: re.Match[str], words: str, context: Context) -> Interval | None:
    year = year_of(match["year"] or match["year2"])
    first = 6 * int(match["nth"] or match["nth2"]) - 5
    return month(year, first)[0], month(year, first + 5)[0]


def read_weekday(match: re.Match[str], words: str, context: Context) -> Interval | None:
    here, day = context.here(), DAYS[match["day"]]
    if re.search(r"\bnext week\b", words):
        return days(here + datetime.timedelta(day - here.weekday() + 7))
    if re.search(r"\bthis\b", words) and "past" not in words:
        return days(here + datetime.timedelta(day - here.weekday()))
    if _is_to_come(day, here, words, context):
        ahead = (day - here.weekday()) % 7
        named = re.search(r"\b(next|coming|by|until|before)\b", words)
        return days(here + datetime.timedelta(ahead or (7 if named else 0)))
    if re.search(r"\blast week\b", words):
        return days(here + datetime.timedelta(day - here.weekday() - 7))
    back = (here.weekday() - day) % 7
    if re.search(r"\blast\b", words) and back == 0:
        back = 7
    return _of_night(here - datetime.timedelta(back), here, words)


def _is_to_come(day: int, here: Date, words: str, context: Context) -> bool:
    """True where a weekday is the next one: by its own words, by its sentence, or because it is tomorrow.

    Tomorrow's name in a sentence that tells of nothing past is tomorrow (nine of nine in the coded
    reports): six days back is "last Friday".
    """
    if re.search(r"\b(last|since|past|earlier|previous)\b", words):
        return False
    if re.search(r"\b(next|coming)\b", words):
        return True
    if re.search(r"^(?:by|until|till|before|as of)\b", words):
        return not context.past
    if re.match(r"from (?:the )?(?:early|dawn|first light|daybreak|late)\b", words):
        return context.future  # "bombs fell from early on Monday" tells of one day
    if re.match(r"(?:for|from|as from|effective|beginning|starting)\b(?!.*(?:\bto\b|-))", words):
        return True
    if re.match(r"(?:which |that |who |and )*(?:began|started|launched|erupted|broke out)\b", words):
        return False
    if context.future or context.past or not (context.lead or context.trail):
        return context.future
    return (day - here.weekday()) % 7 == 1 and not re.search(r"day'?s\b", words)


def _of_night(found: Date, here: Date, words: str) -> Interval:
    """The day, with its neighbour where the words name the night between two days."""
    if re.search(
        r"\b(overnight|night|early hours) (in)?to\b|\binto (the )?(early|small) hours\b|\binto\b", words
    ):
        return days(found - datetime.timedelta(1), found)
    if re.search(r"\bovernight\b", words):
        after = min(found + datetime.timedelta(1), here)
        return days(after - datetime.timedelta(1), after)
    return days(found)


def read_relative_day(match: re.Match[str], words: str, context: Context) -> Interval | None:
    here, word = context.here(), match["word"]
    if word == "overnight":
        return days(here - datetime.timedelta(1), here)
    if word == "the day before yesterday":
        return days(here - datetime.timedelta(2))
    if word == "the day after tomorrow":
        return days(here + datetime.timedelta(2))
    if word.startswith(("last night", "last evening", "yesterday")):
        return days(here - datetime.timedelta(1))
    return days(here + datetime.timedelta(word.startswith("tomorrow")))


def read_next_day(match: re.Match[str], words: str, context: Context) -> Interval | None:
    """ "the next day", "the same night": counted from the day told before; empty where none is known."""
    step = {"next": 1, "following": 1, "previous": -1, "same": 0, "that": 0}[match["which"]]
    before = context.before()
    if before is not None and "morning" in match[0] and context.day[0] != context.day[1]:
        step = 0  # after the night from one day to the next, the morning is that of the next
    if before is not None:
        return days(before + datetime.timedelta(step))
    if step > 0 or context.previous != EMPTY:
        return EMPTY
    return days(context.here() + datetime.timedelta(step))


def read_then(match: re.Match[str], words: str, context: Context) -> Interval | None:
    start, end = context.previous
    if start is None and end is None:
        return None
    return (start or end, None) if re.search(r"\bsince\b", words) else (start, end)


def read_day_part(match: re.Match[str], words: str, context: Context) -> Interval | None:
    before = context.before() if "later" in words else None
    if match["night"]:
        here = context.here()
        return days(here - datetime.timedelta(1), here)
    return days(before or context.here())


def read_relative_unit(match: re.Match[str], words: str, context: Context) -> Interval | None:
    here, which, unit = context.here(), match["which"], match["unit"]
    step = -1 if which in ("last", "previous") else 1 if which in ("next", "coming") else 0
    if unit == "weekend":
        return _weekend(here, which)
    if unit == "week":
        monday = here - datetime.timedelta(here.weekday() - 7 * step)
        end = monday + datetime.timedelta(6)
        if step == 0 and re.search(r"\blater\b", words):
            begin = here + datetime.timedelta(1)
            return days(begin, begin + datetime.timedelta(6 - begin.weekday()))
        if which == "this" and not context.future and here.weekday() == 0:
            # On a Monday nothing of the week is past: the words are those of an older telling.
            return days(monday - datetime.timedelta(7), monday - datetime.timedelta(1))
        if step == 0 and not context.future:
            end = here - datetime.timedelta("earlier" in words)
        elif step == 0:
            monday = here
        return days(monday, end)
    if unit == "month":
        if step == 0 and re.search(r"\b(earlier|early)\b", words):
            return days(here.replace(day=1), here)
        return month(*shift(here.year, here.month, step))
    if unit == "quarter":
        first = (here.month - 1) // 3 * 3 + 1
        year, low = shift(here.year, first, 3 * step)
        return month(year, low)[0], month(*shift(year, low, 2))[0]
    if unit in ("decade", "century"):
        length = 10 if unit == "decade" else 100
        start = here.year // length * length + step * length
        return str(start), str(start + length - 1)
    year = here.year + step
    part = re.search(r"\b(early|mid|late)\b", words)
    if part:
        low, high = YEAR_PARTS[part[0]]
        return month(year, low)[0], month(year, high)[0]
    if step == 0 and (not context.future or "earlier" in words):
        return f"{year}-01", month_of(here)
    return str(year), str(year)


def _weekend(here: Date, which: str) -> Interval:
    """ "This weekend" is the one to come from Wednesday on; every other is the last begun."""
    saturday = here - datetime.timedelta((here.weekday() - 5) % 7)
    if which in ("next", "coming") or (which == "this" and 2 <= here.weekday() <= 4):
        saturday += datetime.timedelta(7)
    elif which in ("last", "previous") and here.weekday() >= 5:
        saturday -= datetime.timedelta(7)
    return days(saturday, saturday + datetime.timedelta(1))


def read_feast(match: re.Match[str], words: str, context: Context) -> Interval | None:
    year = year_of(match["year"]) if match["year"] else None
    if year is None and re.search(r"\b(this|last|next) year", words):
        year = (
            context.here().year
            + {"this": 0, "last": -1, "next": 1}[words.split(" year", maxsplit=1)[0].rsplit(maxsplit=1)[-1]]
        )
    ahead = context.future or (bool(re.match(r"(?:by|before|until)\b", words)) and not context.past)
    first, last = feast_days(match["feast"], year, context.here() if year is None else None, ahead)
    nth = re.search(r"\b(first|second|third|fourth|last) day of\b", words)
    if nth:
        day = last if nth[1] == "last" else first + datetime.timedelta(ORDINAL[nth[1]] - 1)
        return days(day)
    return days(first, last)


def read_lately(match: re.Match[str], words: str, context: Context) -> Interval | None:
    here = context.here()
    return None, here.isoformat() if re.search(r"\bso far\b", words) else month_of(here)


def read_soon(match: re.Match[str], words: str, context: Context) -> Interval | None:
    return month_of(context.here()), None


def read_now(match: re.Match[str], words: str, context: Context) -> Interval | None:
    if re.search(r"\bongoing \w", words):
        return None, context.here().isoformat()  # "during the ongoing war": it began before
    return days(context.here())
