"""What counts as time words in running text: patterns, each with the way to its value.

A rule gives a value in the notation of TIMEX3, None where the words are a time but their value is not
known, and "" where the words are no time after all.
"""

# ruff: noqa: D103 - every rule has the contract of `Resolve`: a match, its words and the state in, a value out

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Final

from stemma.extract.value.calendars import feast_days
from stemma.extract.value.dates import DAYS, MONTHS
from stemma.extract.value.numbers import ORDINAL, number_of
from stemma.extract.value.timex_state import State
from stemma.extract.value.timex_values import PARTS, SEASONS, Point, length_value, year_value

Resolve = Callable[[re.Match[str], str, State], str | None]
_DOW = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"


def _month_number(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


def _year_number(match: re.Match[str]) -> int | None:
    text = match["y"]
    if not text:
        return None
    digits = int(re.sub(r"\D", "", text))
    if text.startswith("'"):
        digits += 1900 if digits > 30 else 2000
    return -digits if match["bc"] or re.search("[bB]", text) else digits


def full(match: re.Match[str], words: str, state: State) -> str | None:
    """A day of a month, with its year or without."""
    number, day = _month_number(match["m"]), int(re.sub(r"\D", "", match["d"]))
    year = _year_number(match)
    if day > 31 or day == 0:
        return ""
    if year is None:
        year = state.told().year if "year" in words else state.year_of(number, day)
        year += "following year" in words
    point = Point(year, number, day)
    if year > 0:
        datetime.date(year, number, day)
    return state.tell(point) + _day_part(words)


def _day_part(words: str) -> str:
    found = re.search(r"\b(morning|afternoon|evening|night)\b", words)
    return f"T{PARTS[found[1]]}" if found else ""


def slashed(match: re.Match[str], words: str, state: State) -> str | None:
    """`10/26/89`: of the readings day first and month first, the nearer to the report."""
    one, two, year = int(match["a"]), int(match["b"]), int(match["year"])
    if year < 100:
        year += 1900 if year > 30 else 2000
    readings = []
    for month, day in ((one, two), (two, one)):
        try:
            readings.append(datetime.date(year, month, day))
        except ValueError:
            continue
    if not readings:
        return ""
    near = state.anchor or readings[0]
    date = min(readings, key=lambda reading: abs((reading - near).days))
    return state.tell(Point.of(date)) + _clock_of(match["clock"])


def iso(match: re.Match[str], words: str, state: State) -> str | None:
    date = datetime.date(int(match["year"]), int(match["a"]), int(match["b"]))
    return state.tell(Point.of(date)) + _clock_of(match["clock"])


def _clock_of(text: str | None) -> str:
    """`T14:30` for "2:30 p.m."; nothing for no clock."""
    found = re.match(r"\D*(\d{1,2})(?::(\d{2}))?(?::(\d{2}))?\s?([ap])?", (text or "").lower())
    if not found:
        word = (text or "").lower().strip()
        return {"noon": "T12:00", "midday": "T12:00", "midnight": "T00:00"}.get(word, "")
    hour = int(found[1])
    if found[4]:
        hour = hour % 12 + (12 if found[4] == "p" else 0)
    return f"T{hour:02d}:{found[2] or '00'}" + (f":{found[3]}" if found[3] else "")


def clock(match: re.Match[str], words: str, state: State) -> str | None:
    """An hour, on the day said beside it, else on the day told before, else on the report's."""
    clock = _clock_of(match["clock"])
    day = match["on"]
    if day:
        inner = re.search(rf"(?P<dow>{_DOW})|(?P<word>yesterday|today|tomorrow)", day, re.I)
        if inner and inner["dow"]:
            return (_near_weekday(inner["dow"], day.lower(), state) or "") + clock
        if inner:
            step = {"yesterday": -1, "today": 0, "tomorrow": 1}[inner["word"].lower()]
            return state.day_on(step) + clock
    if int(clock[1:3] or 0) > 24:
        return ""
    return state.here().value() + clock if state.here().day else None


def month_year(match: re.Match[str], words: str, state: State) -> str | None:
    number, year = _month_number(match["m"]), _year_number(match)
    if year is None:
        which = re.match(r"(?:the\s+)?(last|next|this|past|following|previous|same)", words)
        year = state.year_of(number, None, which[1] if which else "")
        if "year" in words:
            year = state.told().year + ("following" in words)
    return state.tell(Point(year, number))


_ASIDE: Final = re.compile(r"\b(?:by|until|till|before|since|from)\s+(?:the\s+)?$", re.I)
"""A year told so in a history is no date from which the next words count."""


def year(match: re.Match[str], words: str, state: State) -> str | None:
    year = _year_number(match)
    if year is None or not -3000 < year < 2200:
        return ""
    point = Point(year)
    if state.narrative and state.ref and _ASIDE.search(state.text[max(0, state.start - 12) : state.start]):
        return point.value()
    return state.tell(point)


def old_year(match: re.Match[str], words: str, state: State) -> str | None:
    """A year before 1900 without a preposition: only a history is likely to mean a year."""
    return year(match, words, state) if state.narrative else ""


def before_era(match: re.Match[str], words: str, state: State) -> str | None:
    return state.tell(Point(-int(match["y"])))


def decade(match: re.Match[str], words: str, state: State) -> str | None:
    text = match["decade"].lower()
    if text.isdigit() or text.startswith("'"):
        digits = int(text.strip("'"))
    else:
        digits = 10 * (
            "twen thir for fif six seven eigh nine".split().index(
                re.split("t", text)[0] + "en" if text == "twenties" else text[: -len("ties")]
            )
            + 2
        )
    digits += 1900 if digits < 100 else 0
    bc = "BC" if re.search(r"b\.?c", words) else ""
    return f"{bc}{digits // 10:03d}"


def century(match: re.Match[str], words: str, state: State) -> str | None:
    text = match["nth"].lower()
    number = ORDINAL[text] if text in ORDINAL else int(re.sub(r"\D", "", text))
    return f"{'BC' if re.search(r'b.?c', words[-5:]) else ''}{number - 1:02d}"


def season(match: re.Match[str], words: str, state: State) -> str | None:
    year = _year_number(match)
    if year is None:
        year = state.season_year(match["season"].lower(), words)
    state.tell(Point(year))
    return f"{year_value(year)}-{SEASONS[match['season'].lower()]}"


def quarter(match: re.Match[str], words: str, state: State) -> str | None:
    kind = match["kind"].lower()
    letter = "Q" if kind.startswith("quarter") else "H"
    text = (match["nth"] or "").lower()
    year = _year_number(match)
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "latter": 2}.get(
        text, 4 if letter == "Q" else 2
    )
    if year is None:
        year = state.quarter_year(number, letter)
    state.quarter, state.quarter_at = (year, number, letter), state.start
    return f"{year_value(year)}-{letter}{number}"


def the_quarter(match: re.Match[str], words: str, state: State) -> str | None:
    year, number, letter = state.quarter or (*state.last_quarter(), "Q")
    return f"{year:04d}-{letter}{number}" if letter == "Q" else None


def year_ago_quarter(match: re.Match[str], words: str, state: State) -> str | None:
    year, number, letter = state.quarter or (*state.last_quarter(), "Q")
    return f"{year - 1:04d}-{letter}{number}"


def _near_weekday(name: str, words: str, state: State) -> str | None:
    return state.weekday(DAYS[name.lower()], words)


def weekday(match: re.Match[str], words: str, state: State) -> str | None:
    value = _near_weekday(match["dow"], words, state)
    return value + _day_part(words) if value else None


def relative(match: re.Match[str], words: str, state: State) -> str | None:
    word = " ".join(words.split())
    part = _day_part(word)
    if word in ("today", "yesterday", "tomorrow") and state.narrative:
        return "PRESENT_REF" if word == "today" else None
    if "before yesterday" in word:
        return state.day_on(-2)
    if "after tomorrow" in word:
        return state.day_on(2)
    if word == "tonight":
        return state.day_on(0) + "TNI"
    if word.startswith(("last night", "overnight")):
        return state.day_on(-1 if word[0] == "l" else 0) + "TNI"
    if word.startswith("last evening"):
        return state.day_on(-1) + "TEV"
    return state.day_on(-1 if "yesterday" in word else 1 if "tomorrow" in word else 0) + part


def part(match: re.Match[str], words: str, state: State) -> str | None:
    step = 1 if re.search(r"\b(next|following)\b", words) else -1 if re.search(r"\bprevious\b", words) else 0
    told = bool(re.search(r"\b(that|next|following|same|previous|the)\b", words))
    return state.day_on(step, told) + _day_part(words)


def unit(match: re.Match[str], words: str, state: State) -> str | None:
    return state.unit(
        match["which"].lower().removeprefix("the ").strip() or "same",
        match["unit"].lower().rstrip("s"),
        words,
    )


def ago(match: re.Match[str], words: str, state: State) -> str | None:
    way = match["way"].lower()
    sign = -1 if way in ("ago", "earlier", "before", "previously", "prior") else 1
    unit = _unit_name(match["unit"])
    told = way not in ("ago", "from now", "hence")
    if match["n"] is None:
        low: float | None = None
    else:
        found = number_of(match["n"].lower())
        low = found[0] if found and found[0] == found[1] else None
    return state.moved(low, unit, sign, told)


def _unit_name(text: str) -> str:
    text = text.lower()
    return "century" if text.startswith("centur") else text.rstrip("s")


_PORTIONS: Final = ("quarter", "night", "weekend")
"""Units that mostly mean a share or a price: "three quarters of", "$35 a night"."""


def length(match: re.Match[str], words: str, state: State) -> str | None:
    groups = match.groupdict()
    if match["unit"].lower() in _PORTIONS and not re.search(r"\b(?:past|last|next|first)\b", words):
        return ""
    found = number_of(groups["n"].lower()) if groups.get("n") else None
    exact = found[0] if found and found[0] == found[1] else None
    return length_value(exact, _unit_name(match["unit"]))


def one(match: re.Match[str], words: str, state: State) -> str | None:
    return length_value(1, _unit_name(match["unit"]))


def recurring(match: re.Match[str], words: str, state: State) -> str | None:
    word = words.rsplit(maxsplit=1)[-1]
    unit = {
        "daily": "day",
        "weekly": "week",
        "monthly": "month",
        "yearly": "year",
        "annual": "year",
        "annually": "year",
        "hourly": "hour",
        "quarterly": "quarter",
    }.get(word) or _unit_name(word)
    return length_value(1, unit) if unit != "quarter" else "P1Q"


def feast(match: re.Match[str], words: str, state: State) -> str | None:
    year = int(match["year"]) if match["year"] else state.here().year if state.narrative else None
    first, last = feast_days(match["feast"].lower(), year, state.anchor)
    return state.tell(Point.of(first)) if first == last else None


def fixed(value: str) -> Resolve:
    return lambda match, words, state: value


def that_time(match: re.Match[str], words: str, state: State) -> str | None:
    return state.ref.value() if state.ref else "PAST_REF"
