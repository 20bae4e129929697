"""What counts as time words in running text: patterns, each with the way to its value.

A rule gives a value in the notation of TIMEX3, None where the words are a time but their value is not
known, and "" where the words are no time after all.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Final

from stemma.extract.value.calendars import FEAST, feast_days
from stemma.extract.value.dates import DAYS, MONTHS
from stemma.extract.value.numbers import NUMBER, ORDINAL, ORDINAL_WORD, number_of
from stemma.extract.value.timex_state import State
from stemma.extract.value.timex_values import PARTS, SEASONS, Point, length_value, week_value, year_value

Resolve = Callable[[re.Match[str], str, State], str | None]
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_BARE = (
    r"(?:january|february|april|june|july|(?-i:August|AUGUST)|september|october|november|december|"
    r"(?:jan|feb|aug|sept?|oct|nov|dec)\.)"
)
_DOW = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_BC = r"(?P<bc>\s?b\.?c\.?(?:e\b\.?)?(?![\w]))"
_YEAR = rf"(?P<y>[12]\d{{3}}(?!\d)(?:\s?b\.?c\.?(?![\w]))?|'\d\d\b|[1-9]\d{{2}}(?=\s?b\.?c))(?:{_BC})?"
_THAT_YEAR = r"(?:\s+of\s+(?:that|the\s+same|the\s+following)\s+year)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_THE = r"(?:the\s+|that\s+)?"
_MOD = (
    r"(?:(?:very\s+)?(?:early|late|mid)(?:\s+in|\s+into)?[\s-]+(?:the\s+)?|(?:the\s+)?(?:beginning|start|middle|end|close|"
    r"first\s+part|latter\s+part|early\s+part|later\s+part|rest|remainder|course)\s+of\s+)?"
)
_UNIT = r"(?P<unit>minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade|centur(?:y|ie))s?"
_AMOUNT = r"(?:(?:at least|more than|less than|about|around|some|nearly|almost|over|under|just|only|roughly|up to|as much as|approximately|another|close to|well over|just over|just under|fewer than)\s+)?"
_NUM = rf"(?P<n>{NUMBER})"
_WHICH = r"(?P<which>last|past|previous|preceding|this|that|the same|next|coming|following|current|the following|the next|the previous|the preceding|the last|the past|this past|the current|this coming|the coming|the latest|latest|same|each|every|the prior|prior|the final|the very next|that same)"
_PART_OF_DAY = r"(?P<part>morning|afternoon|evening|night)"
_CLOCK = r"(?:\d{1,2}(?::\d{2})?(?::\d{2})?\s?[ap]\.?m\b\.?|\d{1,2}:\d{2}(?::\d{2})?(?:\s?hrs)?(?!\d)|noon|midnight|midday)"
_ZONE = r"(?:\s+\(?(?:[ECMP][SD]T|GMT|UTC|local time)\b\)?)?"


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


def _full(match: re.Match[str], words: str, state: State) -> str | None:
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


def _slashed(match: re.Match[str], words: str, state: State) -> str | None:
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


def _iso(match: re.Match[str], words: str, state: State) -> str | None:
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


def _clock(match: re.Match[str], words: str, state: State) -> str | None:
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


def _month_year(match: re.Match[str], words: str, state: State) -> str | None:
    number, year = _month_number(match["m"]), _year_number(match)
    if year is None:
        which = re.match(r"(?:the\s+)?(last|next|this|past|following|previous|same)", words)
        year = state.year_of(number, None, which[1] if which else "")
        if "year" in words:
            year = state.told().year + ("following" in words)
    return state.tell(Point(year, number))


_ASIDE: Final = re.compile(r"\b(?:by|until|till|before|since|from)\s+(?:the\s+)?$", re.I)
"""A year told so in a history is no date from which the next words count."""


def _year(match: re.Match[str], words: str, state: State) -> str | None:
    year = _year_number(match)
    if year is None or not -3000 < year < 2200:
        return ""
    point = Point(year)
    if state.narrative and state.ref and _ASIDE.search(state.text[max(0, state.start - 12) : state.start]):
        return point.value()
    return state.tell(point)


def _old_year(match: re.Match[str], words: str, state: State) -> str | None:
    """A year before 1900 without a preposition: only a history is likely to mean a year."""
    return _year(match, words, state) if state.narrative else ""


def _before_era(match: re.Match[str], words: str, state: State) -> str | None:
    return state.tell(Point(-int(match["y"])))


def _decade(match: re.Match[str], words: str, state: State) -> str | None:
    text = match["decade"].lower()
    if text.isdigit() or text.startswith("'"):
        digits = int(text.strip("'"))
    else:
        digits = 10 * ("twen thir for fif six seven eigh nine".split().index(re.split("t", text)[0] + "en" if text == "twenties" else text[: -len("ties")]) + 2)
    digits += 1900 if digits < 100 else 0
    bc = "BC" if re.search(r"b\.?c", words) else ""
    return f"{bc}{digits // 10:03d}"


def _century(match: re.Match[str], words: str, state: State) -> str | None:
    text = match["nth"].lower()
    number = ORDINAL[text] if text in ORDINAL else int(re.sub(r"\D", "", text))
    return f"{'BC' if re.search(r'b.?c', words[-5:]) else ''}{number - 1:02d}"


def _season(match: re.Match[str], words: str, state: State) -> str | None:
    year = _year_number(match)
    if year is None:
        year = state.season_year(match["season"].lower(), words)
    state.tell(Point(year))
    return f"{year_value(year)}-{SEASONS[match['season'].lower()]}"


def _quarter(match: re.Match[str], words: str, state: State) -> str | None:
    kind = match["kind"].lower()
    letter = "Q" if kind.startswith("quarter") else "H"
    text = (match["nth"] or "").lower()
    year = _year_number(match)
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "latter": 2}.get(text, 4 if letter == "Q" else 2)
    if year is None:
        year = state.quarter_year(number, letter)
    state.quarter, state.quarter_at = (year, number, letter), state.start
    return f"{year_value(year)}-{letter}{number}"


def _the_quarter(match: re.Match[str], words: str, state: State) -> str | None:
    year, number, letter = state.quarter or (*state.last_quarter(), "Q")
    return f"{year:04d}-{letter}{number}" if letter == "Q" else None


def _year_ago_quarter(match: re.Match[str], words: str, state: State) -> str | None:
    year, number, letter = state.quarter or (*state.last_quarter(), "Q")
    return f"{year - 1:04d}-{letter}{number}"


def _near_weekday(name: str, words: str, state: State) -> str | None:
    return state.weekday(DAYS[name.lower()], words)


def _weekday(match: re.Match[str], words: str, state: State) -> str | None:
    value = _near_weekday(match["dow"], words, state)
    return value + _day_part(words) if value else None


def _relative(match: re.Match[str], words: str, state: State) -> str | None:
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


def _part(match: re.Match[str], words: str, state: State) -> str | None:
    step = 1 if re.search(r"\b(next|following)\b", words) else -1 if re.search(r"\bprevious\b", words) else 0
    told = bool(re.search(r"\b(that|next|following|same|previous|the)\b", words))
    return state.day_on(step, told) + _day_part(words)


def _unit(match: re.Match[str], words: str, state: State) -> str | None:
    return state.unit(match["which"].lower().removeprefix("the ").strip() or "same", match["unit"].lower().rstrip("s"), words)


def _ago(match: re.Match[str], words: str, state: State) -> str | None:
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


def _length(match: re.Match[str], words: str, state: State) -> str | None:
    groups = match.groupdict()
    if match["unit"].lower() in _PORTIONS and not re.search(r"\b(?:past|last|next|first)\b", words):
        return ""
    found = number_of(groups["n"].lower()) if groups.get("n") else None
    exact = found[0] if found and found[0] == found[1] else None
    return length_value(exact, _unit_name(match["unit"]))


def _one(match: re.Match[str], words: str, state: State) -> str | None:
    return length_value(1, _unit_name(match["unit"]))


def _recurring(match: re.Match[str], words: str, state: State) -> str | None:
    word = words.split()[-1]
    unit = {"daily": "day", "weekly": "week", "monthly": "month", "yearly": "year", "annual": "year", "annually": "year",
            "hourly": "hour", "quarterly": "quarter"}.get(word) or _unit_name(word)
    return length_value(1, unit) if unit != "quarter" else "P1Q"


def _feast(match: re.Match[str], words: str, state: State) -> str | None:
    year = int(match["year"]) if match["year"] else state.here().year if state.narrative else None
    first, last = feast_days(match["feast"].lower(), year, state.anchor)
    return state.tell(Point.of(first)) if first == last else None


def _fixed(value: str) -> Resolve:
    return lambda match, words, state: value


def _that_time(match: re.Match[str], words: str, state: State) -> str | None:
    return state.ref.value() if state.ref else "PAST_REF"


def _compile(*rows: tuple[str, Resolve]) -> tuple[tuple[re.Pattern[str], Resolve], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), resolve) for pattern, resolve in rows)


_DAY = r"(?P<d>[0-3]?\d(?:st|nd|rd|th)?)"
_OPEN = r"(?<![\w$£€./])(?:(?<!-)|(?<=mid-)|(?<=late-)|(?<=early-)|(?<=pre-)|(?<=post-))"
FINDERS: Final = _compile(
    (r"(?<![\d/-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<a>\d\d)-(?P<b>\d\d)(?P<clock>[T ]\d\d:\d\d(?::\d\d)?)?(?![\d-])", _iso),
    (r"(?<![\d/-])(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>\d{4}|\d\d)(?P<clock>\s\d\d:\d\d(?::\d\d)?)?(?![\d/-])", _slashed),
    (rf"\b(?:(?:the\s+)?(?:early\s+)?(?:morning|afternoon|evening|night)(?:\s+hours)?\s+of\s+)?(?:{_DOW},?\s+)?(?:the\s+)?(?<![\w$£€./]){_DAY}\s+(?:of\s+)?"
     rf"(?P<m>{_MONTH})(?:,?\s+(?:of\s+)?{_YEAR}|{_THAT_YEAR})?", _full),
    (rf"\b(?:(?:the\s+)?(?:early\s+)?(?:morning|afternoon|evening|night)(?:\s+hours)?\s+of\s+)?(?:{_DOW},?\s+)?(?P<m>{_MONTH})\s*(?:the\s+)?"
     rf"{_DAY}(?![\d:%]|,\d|\s?(?:percent|million|billion))(?:(?:,\s*|\s+|\s+of\s+|,?\s+in\s+){_YEAR}|{_THAT_YEAR})?", _full),
    (rf"{_MOD}(?:{_WHICH}\s+)?\b(?P<m>{_MONTH})(?:,?\s+(?:of\s+)?{_YEAR})", _month_year),
    (rf"{_MOD}(?:(?:last|next|this|this past|the following|the previous)\s+)?\b(?P<m>{_BARE})(?!\w|\s*\d){_THAT_YEAR}?(?P<y>)(?P<bc>)", _month_year),
    (r"(?:(?<=\bin )|(?<=\bof )|(?<=\blast )|(?<=\bnext )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\bthrough )|(?<=\bfrom )"
     r"|(?<=\bto )|(?<=\band ))(?:(?:early|mid|late)[\s-])?(?P<m>(?-i:May|MAY|March|MARCH))(?!\s*\d|[\w])(?P<y>)(?P<bc>)", _month_year),
    (rf"{_THE}{_MOD}{_SEASON}(?:,?\s+(?:of\s+)?{_YEAR})", _season),
    (rf"(?:the\s+(?:early\s+|late\s+|following\s+|next\s+|previous\s+|same\s+|end\s+of\s+|middle\s+of\s+)?|last\s+|next\s+|this\s+(?:past\s+)?|that\s+|early\s+|late\s+|mid-?\s?|early\s+in\s+)"
     rf"{_SEASON}(?!\w|\s+of\b)(?P<y>)(?P<bc>)", _season),
    (rf"(?<=\b[io][nf]\s){_SEASON}(?!\w)(?P<y>)(?P<bc>)", _season),
    (rf"{_MOD}(?:the\s+)?{_MOD}(?:\byear\s+|\bfiscal\s+)?{_OPEN}(?P<y>[1-9]\d{{1,3}}){_BC}", _year),
    (rf"{_MOD}(?:the\s+year\s+|fiscal\s+(?:year\s+)?|calendar\s+)?{_OPEN}(?P<y>(?:19|20)\d\d)(?!\d|,\d|\.\d|%|\w|-[a-z]|\s(?:people|men|troops|soldiers|"
     r"tons?|miles|dead|points|shares|jobs|workers|square|feet|dollars|Americans|civilians|percent|million))(?P<bc>)", _year),
    (rf"{_MOD}(?:the\s+year\s+)?(?:(?<=\b[io][nf]\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bto\s)|(?<=\band\s)|(?<=\blate\s)"
     r"|(?<=\bmid\s)|(?<=\bmid-)|(?<=early\s)|(?<=[(–])|(?<=\d\d\d\d-)|(?<=\bduring\s)|(?<=\bthrough\s)|(?<=\bafter\s)|(?<=\bbefore\s)|(?<=\byear\s)|(?<=,\s))"
     r"(?P<y>1[0-8]\d\d)(?!\d|,\d|\.\d|\w|\s(?:people|men|troops|soldiers|tons|guns|miles|French|British|dead|killed|prisoners|ships|aircraft))(?P<bc>)", _year),
    (rf"{_OPEN}(?P<y>1[0-8]\d\d)(?!\d|,\d|\.\d|\w|%|\s(?:people|men|troops|soldiers|tons|guns|miles|French|British|dead|killed|prisoners|ships|aircraft|[a-z]+s\b))(?P<bc>)", _old_year),
    (r"(?<![\w.,])(?P<y>[1-9]\d{1,2})(?=\s?[-–]\s?\d{1,3}\s?b\.?c)(?P<bc>)", _before_era),
    (r"(?:the\s+)?(?:(?:early|mid|middle|late|end\s+of\s+the|beginning\s+of\s+the)(?:\s+to\s+(?:mid|late))?[\s-]*)?(?<![\w'’])(?P<decade>1\d\d0|20\d0|'?[2-9]0)['’]?s(?:\s?b\.?c\b\.?)?(?!\w)", _decade),
    (r"(?:the\s+)?(?:(?:early|mid|late)[\s-]*)?\b(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", _decade),
    (rf"(?:the\s+)?(?:(?:early|mid|late|middle\s+of\s+the|beginning\s+of\s+the|end\s+of\s+the)[\s-]+)?\b(?P<nth>{ORDINAL_WORD}|\d+(?:st|nd|rd|th))[\s-]centur(?:y|ies)(?:\s?b\.?c\b\.?)?", _century),
    (rf"(?:the\s+|its\s+|{_MOD})?\b(?P<nth>first|second|third|fourth|final|last|latter)[\s-](?P<kind>quarter|half)\b(?!-|\s+of\s+(?!1|2|the\s+year|fiscal|this|last))(?:\s+(?:of\s+)?(?:fiscal\s+)?{_YEAR})?", _quarter),
    (r"(?:the\s+)?\byear-(?P<n>ago|earlier)(?:\s+(?:quarter|period|third\s+quarter))?", _year_ago_quarter),
    (r"\b(?:the|this|the latest|latest|the current|the recent)\s+quarter\b", _the_quarter),
    (rf"\b(?P<clock>{_CLOCK}){_ZONE}(?P<on>,?\s+(?:on\s+)?(?:{_DOW}|yesterday|today|tomorrow)\b)?", _clock),
    (rf"\b(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?(?:(?:last|next|this|this past|this coming)\s+)?(?P<dow>{_DOW})(?:'s)?(?<!'s)(?:\s+(?:morning|afternoon|evening|night))?(?![\w-])(?!s\b)", _weekday),
    (r"\b(?:(?:early|late|earlier|later)\s+)?(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight|last\s+night|last\s+evening|overnight)(?:\s+(?:morning|afternoon|evening|night))?(?!\w)", _relative),
    (rf"\b(?:(?:early|late|earlier|later)\s+)?(?:this|that|the\s+next|the\s+following|the\s+same|the\s+previous)\s+{_PART_OF_DAY}\b", _part),
    (rf"\b(?:(?:early|late|earlier|later|sometime)\s+)?{_WHICH}(?:\s+(?:fiscal|calendar|school))?\s+{_UNIT}\b(?<!s)(?!-|\s+(?:ago|later|earlier))", _unit),
    (r"\b(?P<which>the)\s+(?P<unit>weekend)\b", _unit),
    (rf"{_AMOUNT}\b{_NUM}[\s-]+{_UNIT}\s+(?P<way>ago|later|earlier|from now|before|previously|hence)\b", _ago),
    (rf"\b(?P<n>)?{_UNIT}(?<=s)\s+(?P<way>ago|later|earlier)\b", _ago),
    (rf"{_AMOUNT}(?:the\s+)?{_AMOUNT}(?:(?:first|last|past|next|final|previous|coming|following|initial)\s+)?{_OPEN}\b{_NUM}(?:\s+(?:more|consecutive|full|straight|additional|long|fiscal|calendar|short|whole|bloody))?[\s-]+{_UNIT}(?:[\s-]long)?\b(?![\s-](?:old|mark|treasury|ago|earlier|later))", _length),
    (rf"\b(?:recent|coming|the\s+past|past|in\s+the\s+last|the\s+next|for|several|many|the\s+coming|the\s+last|the\s+following)\s+(?P<unit>day|week|month|year|decade|hour|minute|centurie)s\b", _length),
    (r"\b(?P<unit>day|week|month|year|decade|hour)s?[\s-]long\b", _one),
    (r"\bthe\s+(?:past|last)\s+(?P<unit>decade|century)\b", _one),
    (r"\b(?:daily|weekly|monthly|annually|yearly|hourly)\b|\b(?:each|every|per)\s+(?:day|week|month|year|hour|quarter|night|morning)\b", _recurring),
    (r"\b(?:now|currently|at\s+present|presently|nowadays|these\s+days|at\s+the\s+moment|right\s+now|at\s+this\s+time)\b|(?<=\bthe )current\b|\bcurrent\b", _fixed("PRESENT_REF")),
    (r"\b(?:recently|lately|recent|long\s+ago|in\s+the\s+past(?=[.,;:?]|\s+(?:and|but|by|when|have|has|it|they|he|she|we|to)\b))\b|(?<=\bthe )past\b(?!\s+\w+\s?(?:day|week|month|year))(?=[.,;]|\s+and|\s+to)", _fixed("PAST_REF")),
    (r"\b(?:(?<=\b[io][nf] )?the\s+(?:near\s+|foreseeable\s+)?future|as\s+soon\s+as\s+possible)\b(?!\s+contract)", _fixed("FUTURE_REF")),
    (r"\bat\s+(?P<t>that\s+time)\b", _that_time),
    (FEAST.pattern, _feast),
)
