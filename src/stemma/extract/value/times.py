"""Times: newsroom time words as inclusive intervals of ISO dates at the precision said.

Our own grammar, because no kept library reads intervals, "in December" of a report or half-open
words ("since June"); `anchor` is the report's date (its dateline's, else its publication's), never
today. What the words leave open stays null.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from typing import Final

from stemma.extract.value.dates import DAYS, MONTHS, explicit_date

Date = datetime.date
Interval = tuple[str | None, str | None]
EMPTY: Final[Interval] = (None, None)

_NUMBER = {
    **{w: k for k, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())},
    **{"a": 1, "an": 1, "several": None, "a few": None, "few": None, "some": None, "couple of": 2, "a couple of": 2},
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))
_COUNTED = r"(?P<n>\d+|" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + r")"
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_PARTS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31), "beginning of": (1, 10), "middle of": (11, 20),
          "end of": (21, 31)}
_YEAR_PARTS = {"early": (1, 4), "mid": (5, 8), "late": (9, 12), "beginning of": (1, 4), "middle of": (5, 8),
               "end of": (9, 12)}
EARLIEST, LATEST = 1000, 2199


def read_time(text: str, anchor: Date | None) -> Interval:
    """The interval that `text` means, as ISO dates (`2016`, `2016-12`, `2016-12-04`); nulls where open.

    Never raises: a date that does not exist (31 February) gives nulls.
    """
    words = " ".join(re.sub(r"[,()“”\"]", " ", text.lower().replace("’", "'")).split())
    for pattern, rule in _RULES:
        match = pattern.search(words)
        if not match:
            continue
        try:
            found = rule(match, words, anchor)
        except (ValueError, OverflowError):
            return EMPTY
        if found is not None:
            return _directed(words, found, anchor)
    return EMPTY


def _directed(words: str, found: Interval, anchor: Date | None) -> Interval:
    """Opens an interval towards the report's date after "since", and backwards after "until"."""
    start, end = found
    if re.search(r"\b(since|starting|ever since)\b", words) and start and not re.search(r"\bbetween\b", words):
        return start, _iso(anchor, start) if anchor else None
    if re.match(r"(until|till|up to|before|prior to|by)\b", words):
        return None, end
    if re.match(r"after\b", words) and start:
        return start, None
    return found


def _iso(date: Date | None, like: str = "") -> str | None:
    if date is None:
        return None
    return date.isoformat()[: len(like)] if like else date.isoformat()


def _day(date: Date) -> Interval:
    return date.isoformat(), date.isoformat()


def _month(year: int, month: int) -> Interval:
    value = f"{year:04d}-{month:02d}"
    return value, value


def _shift(year: int, month: int, by: int) -> tuple[int, int]:
    total = year * 12 + month - 1 + by
    return total // 12, total % 12 + 1


def _need(anchor: Date | None) -> Date:
    if anchor is None:
        raise ValueError("no anchor")
    return anchor


def _past_year(month: int, anchor: Date, words: str) -> int:
    """The year of a bare month: the one last past, or to come after "next" and "by"."""
    if re.search(r"\bnext\b", words):
        return anchor.year + (month <= anchor.month)
    if re.search(r"\b(this|current) year\b", words):
        return anchor.year
    if re.search(r"\b(last|previous) year\b", words):
        return anchor.year - 1
    return anchor.year - (month > anchor.month)


def _explicit(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    return explicit_date(words, anchor)


def _month_rule(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    month = MONTHS[match["month"]]
    year = int(match["year"]) if match["year"] else _past_year(month, _need(anchor), words)
    part = (match["part"] or "").replace("-", "").strip()
    part = re.sub(r"^the\s+", "", part)
    if part in _PARTS:
        low, high = _PARTS[part]
        high = min(high, calendar.monthrange(year, month)[1])
        return _day(Date(year, month, low))[0], _day(Date(year, month, high))[0]
    return _month(year, month)


def _month_range(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    first, last = MONTHS[match["a"]], MONTHS[match["b"]]
    year = int(match["year"]) if match["year"] else _past_year(last, _need(anchor), words)
    begin = int(match["first"]) if match["first"] else year - (first > last)
    return f"{begin:04d}-{first:02d}", f"{year:04d}-{last:02d}"


def _year_rule(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    year = int(match["year"])
    if not EARLIEST <= year <= LATEST:
        return None
    part = re.sub(r"^the\s+", "", (match["part"] or "").replace("-", " ").strip())
    if part in _YEAR_PARTS:
        low, high = _YEAR_PARTS[part]
        return f"{year}-{low:02d}", f"{year}-{high:02d}"
    return f"{year}", f"{year}"


def _years_rule(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    first, last = int(match["a"]), match["b"]
    end = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return (str(first), str(end)) if EARLIEST <= first <= end <= LATEST else None


def _decade(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    year = int(match["decade"])
    year = year if year > 99 else 1900 + year
    year -= year % 10
    part = (match["part"] or "").strip()
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return str(year + low), str(year + high)


def _season(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    low, high = _SEASONS[match["season"]]
    if match["year"]:
        year = int(match["year"])
    else:
        here = _need(anchor)
        year = here.year if re.search(r"\bthis\b", words) else here.year - (low > here.month or "last" in words)
    if low > high:
        return f"{year}-{low:02d}", f"{year + 1}-{high:02d}"
    return f"{year}-{low:02d}", f"{year}-{high:02d}"


def _weekday(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    here, day = _need(anchor), DAYS[match["day"]]
    back = (here.weekday() - day) % 7
    if re.search(r"\b(next|coming|this coming|by)\b", words) and not re.search(r"\bsince\b", words):
        return _day(here + datetime.timedelta((day - here.weekday()) % 7 or 7))
    if re.search(r"\blast\b", words) and back == 0:
        back = 7
    found = here - datetime.timedelta(back)
    if re.search(r"overnight (into|to)|early hours|night (to|into)", words) and "between" not in words:
        return _day(found - datetime.timedelta(1))[0], _day(found)[0]
    return _day(found)


def _weekdays(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    here = _need(anchor)
    last = here - datetime.timedelta((here.weekday() - DAYS[match["b"]]) % 7)
    first = last - datetime.timedelta((last.weekday() - DAYS[match["a"]]) % 7 or 7)
    return _day(first)[0], _day(last)[0]


def _ago(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    here = _need(anchor)
    number = int(match["n"]) if match["n"].isdigit() else _NUMBER.get(match["n"])
    if number is None:
        return None, _iso(here)[:7] if match["unit"] != "day" else _iso(here)  # type: ignore[index]
    unit = match["unit"]
    if unit == "day":
        return _day(here - datetime.timedelta(number))
    if unit == "hour" or unit == "minute":
        hours = number if unit == "hour" else 0
        return _day(here - datetime.timedelta(1))[0] if hours > 6 else _iso(here), _iso(here)
    if unit == "week":
        middle = here - datetime.timedelta(7 * number)
        monday = middle - datetime.timedelta(middle.weekday())
        return _day(monday)[0], _day(monday + datetime.timedelta(6))[0]
    months = number * (12 if unit == "year" else 1)
    year, month = _shift(here.year, here.month, -months)
    if unit == "year":
        if re.search(r"\b(nearly|almost)\b", words):
            return _month(year, month)[0], _month(*_shift(year, month, 1))[0]
        if re.search(r"\b(more than|over)\b", words):
            return None, _month(year, month)[0]
        return (f"{year}", f"{year}") if number > 1 else _month(year, month)
    return _month(year, month)


def _past_span(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    """"in the past three days", "for two months": from that long ago to the report."""
    here = _need(anchor)
    text = (match["n"] or "one").strip()
    number = int(text) if text.isdigit() else _NUMBER.get(text)
    unit = match["unit"]
    if number is None:
        return None, _iso(here) if unit in ("day", "hour") else _iso(here, "2016-12")
    if unit in ("day", "hour"):
        days = number if unit == "day" else max(1, -(-number // 24))
        return _iso(here - datetime.timedelta(days)), _iso(here)
    if unit == "week":
        return _iso(here - datetime.timedelta(7 * number)), _iso(here)
    months = number * {"month": 1, "year": 12, "decade": 120}[unit]
    year, month = _shift(here.year, here.month, -months)
    if unit == "month":
        return f"{year:04d}-{month:02d}", _iso(here, "2016-12")
    return f"{year:04d}-{month:02d}", _iso(here, "2016-12")


def _relative_day(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    here = _need(anchor)
    word = match["word"]
    if word.startswith("overnight"):
        return _iso(here - datetime.timedelta(1)), _iso(here)
    if word in ("last night", "yesterday") or word.startswith(("yesterday", "the previous day", "a day earlier")):
        return _day(here - datetime.timedelta(1))
    if word.startswith("the day before yesterday"):
        return _day(here - datetime.timedelta(2))
    if word.startswith("tomorrow"):
        return _day(here + datetime.timedelta(1))
    return _day(here)


def _relative_unit(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    here, which, unit = _need(anchor), match["which"], match["unit"]
    step = {"last": -1, "previous": -1, "past": -1, "this": 0, "the same": 0, "current": 0, "next": 1, "coming": 1}[which]
    if unit == "weekend":
        saturday = here - datetime.timedelta((here.weekday() - 5) % 7)
        if step > 0:
            saturday += datetime.timedelta(7)
        return _iso(saturday), _iso(saturday + datetime.timedelta(1))
    if unit == "week":
        monday = here - datetime.timedelta(here.weekday() - 7 * step)
        return _iso(monday), _iso(here if step == 0 else monday + datetime.timedelta(6))
    if unit == "month":
        if step == 0 and re.search(r"\b(earlier|early)\b", words):
            return _iso(here.replace(day=1)), _iso(here)
        return _month(*_shift(here.year, here.month, step))
    if unit == "year":
        year = here.year + step
        if step == 0 and "earlier" in words:
            return f"{year}-01", _iso(here, "2016-12")
        return str(year), str(year)
    return None


def _vague_past(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    return None, _iso(_need(anchor), "2016-12")


def _vague_future(match: re.Match[str], words: str, anchor: Date | None) -> Interval | None:
    return _iso(_need(anchor), "2016-12"), None


Rule = Callable[[re.Match[str], str, Date | None], Interval | None]
_PART = r"(?P<part>(?:the )?(?:early|mid|late|beginning of|middle of|end of)[\s-]*)?"
_UNIT = r"(?P<unit>minute|hour|day|week|month|year|decade)s?"
_RULES: Final[tuple[tuple[re.Pattern[str], Rule], ...]] = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (rf"\b(?P<a>{_MONTH})\.?(?: (?P<first>\d{{4}}))? (?:to|and|until|through|-|–) (?P<b>{_MONTH})\b\.?(?: (?P<year>\d{{4}}))?", _month_range),
        (rf"\d.*\b(?:{_MONTH})\b|\b(?:{_MONTH})\b\.? *\d{{1,2}}(?!\d)|\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}", _explicit),
        (rf"\b{_PART}(?P<month>{_MONTH})\b\.?(?: (?:of )?(?P<year>\d{{4}}))?", _month_rule),
        (r"\b(?P<a>\d{4}) ?(?:-|–|to|and|until) ?(?P<b>\d{4}|\d{2})\b", _years_rule),
        (r"\b(?P<part>early|mid|late)?[\s-]*(?P<decade>\d{4}|\d{2})'?s\b", _decade),
        (r"\b(?P<season>spring|summer|autumn|winter|fall)\b(?: of)?(?: (?P<year>\d{4}))?", _season),
        (rf"\b{_PART}(?P<year>[12]\d{{3}})\b", _year_rule),
        (rf"\b(?P<a>{_DAY})s? (?:and|to|-|–|until|night and).*?\b(?P<b>{_DAY})", _weekdays),
        (rf"\b(?P<day>{_DAY})s?\b", _weekday),
        (rf"\b{_COUNTED} {_UNIT} (?:ago|earlier|before)", _ago),
        (rf"\b(?:past|last|for|over|within|previous)(?: the)?(?: past| last)? (?:{_COUNTED} )?{_UNIT}(?<=s)\b", _past_span),
        (rf"\bin the (?:past|last|previous) (?:{_COUNTED} )?{_UNIT}", _past_span),
        (r"\b(?P<word>the day before yesterday|yesterday|last night|overnight|today|tonight|this morning|"
         r"this afternoon|this evening|tomorrow|earlier in the day|a day earlier|the previous day|same day)\b", _relative_day),
        (r"\b(?P<which>last|previous|past|this|the same|current|next|coming) (?P<unit>weekend|week|month|year)\b", _relative_unit),
        (r"\b(?P<which>(?=the weekend)|last )?(?:over |at |during )?the (?P<unit>weekend)\b",
         lambda m, w, a: _weekend(a)),
        (r"\b(recent|recently|lately|in the past|previously|earlier|years of|to date|so far)\b", _vague_past),
        (r"\b(soon|shortly|in the future|in the coming|upcoming|imminent)\b", _vague_future),
        (r"\b(now|currently|ongoing|at present)\b", lambda m, w, a: _day(_need(a))),
    )
)


def _weekend(anchor: Date | None) -> Interval:
    here = _need(anchor)
    saturday = here - datetime.timedelta((here.weekday() - 5) % 7)
    return _iso(saturday), _iso(saturday + datetime.timedelta(1))
