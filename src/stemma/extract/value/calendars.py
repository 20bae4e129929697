"""Feasts and fasts: the days of Ramadan, Eid, Easter and other dates that reports count from.

The Islamic months come from the tabular calendar (civil epoch), so a day may differ by one from what a
country's moon sighting gave: of 36 feasts as kept in Saudi Arabia from 2013 to 2024 it gives 16 to the
day and 20 with one day between. "Eid" alone is the nearer of the two. Easter is Western unless the words say
"Orthodox". Jewish feasts are named by their first full day; they begin on the evening before.
"""

from __future__ import annotations

import datetime
import re
from typing import Final

from stemma.extract.value.intervals import NoAnchorError

_ISLAMIC_EPOCH: Final = datetime.date(622, 7, 19).toordinal()  # 1 Muharram 1 in Gregorian reckoning
_FIXED: Final[dict[str, tuple[int, int, int]]] = {
    # words: month, day, length in days
    r"new year'?s eve": (12, 31, 1),
    r"new year'?s(?: day)?": (1, 1, 1),
    r"orthodox christmas": (1, 7, 1),
    r"christmas eve": (12, 24, 1),
    r"christmas(?: day)?": (12, 25, 1),
    r"boxing day": (12, 26, 1),
    r"valentine'?s day": (2, 14, 1),
    r"(?:international )?women'?s day": (3, 8, 1),
    r"st\.? patrick'?s day": (3, 17, 1),
    r"nowruz|nowrouz|norouz|newroz": (3, 21, 1),
    r"may day": (5, 1, 1),
    r"halloween": (10, 31, 1),
    r"all saints'? day": (11, 1, 1),
    r"armistice day|veterans'? day": (11, 11, 1),
    r"nakba day": (5, 15, 1),
}
_ISLAMIC: Final[dict[str, tuple[int, int, int]]] = {
    # words: Islamic month, day, length in days
    r"ramadh?an(?![ -]war)|ramzan|month of fasting": (9, 1, 30),
    r"(?:muslim|islamic) (?:fasting|holy) month(?! of ramadh?an)": (9, 1, 30),
    r"eid[ -](?:al|ul)[ -]?fi?tr|eid[ -](?:al|ul)[ -]fitr": (10, 1, 3),
    r"eid[ -](?:al|ul)[ -]?ad[hz]?a|feast of (?:the )?sacrifice": (12, 10, 4),
    r"ashura|ashoura": (1, 10, 1),
    r"arba(?:ee|i|')n": (2, 20, 1),
    r"mawlid|prophet'?s birthday": (3, 12, 1),
}
_EITHER_EID: Final = r"eid(?![ -](?:al|ul|el)\b)(?! (?:in |of )?\d{4})"
_EIDS: Final = ("eid al-fitr", "eid al-adha")
_JEWISH: Final[dict[str, tuple[bool, int, int]]] = {
    # words: whether counted from Passover (else from New Year), days after it, length in days
    r"rosh hashana[h]?|jewish new year": (False, 0, 2),
    r"yom kippur(?![ -]war)": (False, 9, 1),
    r"sukkot|sukkoth": (False, 14, 7),
    r"simchat torah": (False, 21, 1),
    r"purim": (True, -30, 1),
    r"passover|pesach": (True, 0, 7),
    r"shavuot|shavuoth": (True, 50, 1),
}
_ORTHODOX: Final[dict[str, tuple[int, int]]] = {
    r"orthodox good friday": (-2, 1),
    r"orthodox easter(?: sunday)?": (0, 1),
}
_EASTER: Final[dict[str, tuple[int, int]]] = {
    r"ash wednesday": (-46, 1),
    r"palm sunday": (-7, 1),
    r"holy week": (-7, 7),
    r"good friday": (-2, 1),
    r"easter monday": (1, 1),
    r"easter(?: sunday)?": (0, 1),
    r"pentecost": (49, 1),
}
_THANKSGIVING: Final = r"thanksgiving(?: day)?"
_ALL = "|".join([_THANKSGIVING, *_FIXED, *_ISLAMIC, _EITHER_EID, *_JEWISH, *_ORTHODOX, *_EASTER])
ISLAMIC: Final = re.compile(rf"\b(?:{'|'.join(_ISLAMIC)}|{_EITHER_EID})(?![\w'])")
"""Where lower-case words name a feast whose day is known to about one day."""
FEAST: Final = re.compile(rf"\b(?P<feast>{_ALL})(?![\w'])(?: (?:in |of )?(?P<year>\d{{4}})\b)?")
"""Where lower-case words name a feast, and its year where one is said."""


def feast_days(
    name: str, year: int | None, anchor: datetime.date | None, ahead: bool = False
) -> tuple[datetime.date, datetime.date]:
    """First and last day of the feast `name` in `year`, else of that which began last before `anchor`.

    Where `ahead`, of the first that ends after it.
    Raises `ValueError` where neither year nor anchor is known.
    """
    if year is None and anchor is None:
        raise NoAnchorError("a feast without a year needs an anchor")
    if year is not None:
        return min(_in_year(name, year))
    assert anchor is not None
    if ahead:
        return min(
            days for y in (anchor.year, anchor.year + 1) for days in _in_year(name, y) if days[1] > anchor
        )
    past = [days for y in (anchor.year - 1, anchor.year) for days in _in_year(name, y) if days[0] <= anchor]
    return max(past)


def _in_year(name: str, year: int) -> list[tuple[datetime.date, datetime.date]]:
    for words, (month, day, length) in _FIXED.items():
        if re.fullmatch(words, name):
            return [_of(datetime.date(year, month, day), length)]
    for words, (month, day, length) in _ISLAMIC.items():
        if re.fullmatch(words, name):
            about = int((year - 622) * 33 / 32)
            begins = (islamic(number, month, day) for number in range(about - 1, about + 4))
            return [_of(begin, length) for begin in begins if begin.year == year] or [
                _of(islamic(about, month, day), length)
            ]
    if name == "eid":
        return [days for eid in _EIDS for days in _in_year(eid, year)]
    for words, (is_passover, after, length) in _JEWISH.items():
        if re.fullmatch(words, name):
            begin = jewish_new_year(year) - datetime.timedelta(PASSOVER_BEFORE if is_passover else 0)
            return [_of(begin + datetime.timedelta(after), length)]
    for table, sunday in ((_ORTHODOX, orthodox_easter), (_EASTER, easter)):
        for words, (shift, length) in table.items():
            if re.fullmatch(words, name):
                return [_of(sunday(year) + datetime.timedelta(shift), length)]
    if re.fullmatch(_THANKSGIVING, name):
        first = datetime.date(year, 11, 1)
        return [_of(first + datetime.timedelta((3 - first.weekday()) % 7 + 21), 1)]  # the fourth Thursday
    raise ValueError(f"no feast is called {name!r}")


def _of(begin: datetime.date, length: int) -> tuple[datetime.date, datetime.date]:
    return begin, begin + datetime.timedelta(length - 1)


def islamic(year: int, month: int, day: int) -> datetime.date:
    """The day of the tabular Islamic calendar: months of 30 and 29 days, 11 leap years in 30."""
    days = day + 29 * (month - 1) + month // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return datetime.date.fromordinal(_ISLAMIC_EPOCH + days - 1)


_JEWISH_EPOCH: Final = -1373427
"""1 Tishri of the year 1, in days of the Gregorian calendar counted on backwards."""
PASSOVER_BEFORE: Final = 163
"""Days from the first of Passover to the New Year after it, always the same."""


def jewish_new_year(year: int) -> datetime.date:
    """1 Tishri in the Gregorian `year`: mean new moons and their postponements."""
    own = year + 3761
    before, here, after = (_mean_new_year(own + step) for step in (-1, 0, 1))
    moved = 2 if after - here == 356 else 1 if here - before == 382 else 0
    return datetime.date.fromordinal(_JEWISH_EPOCH + here + moved)


def _mean_new_year(year: int) -> int:
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + (3 * (day + 1) % 7 < 3)


def orthodox_easter(year: int) -> datetime.date:
    """Easter Sunday by the Julian computus, as a Gregorian date; right from 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    rest = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + rest + 114, 31)
    return datetime.date(year, month, day + 1) + datetime.timedelta(13)


def easter(year: int) -> datetime.date:
    """Western Easter Sunday, by the anonymous Gregorian computus."""
    golden, century = year % 19, year // 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (century % 4) + 2 * (year % 100 // 4) - moon - year % 100 % 4) % 7
    late = (golden + 11 * moon + 22 * rest) // 451
    month, day = divmod(moon + rest - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)
