"""Times told by the name of a war or of a well-known day: "since the fall of Mosul", "during the Gulf War".

The dates are those of `lexicon/anchors.csv`. A name counts only where nothing else in the words is a date,
and where what it names lies before the report: "the October 7 attack" of a report of 2019 is another one.
"""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import datetime
import re
from functools import cache
from typing import Final

from stemma.extract.value.dates import DAYS, MONTHS
from stemma.extract.value.intervals import (
    Context,
    Date,
    Interval,
    cut,
    days,
    first_day,
    last_day,
    month_of,
)
from stemma.extract.value.numbers import NUMBER, ORDINAL, ORDINAL_WORD, number_of
from stemma.extract.value.time_spans import point
from stemma.lexicon.anchors import NamedTime, named_times

_OTHER_DATE: Final = re.compile(
    rf"\b(?:{'|'.join(sorted({*MONTHS, *DAYS}, key=len, reverse=True))})\b(?<!\bmay)(?<!\bsun)|\d{{1,2}}:\d\d|\d0'?s\b"
    r"|\b(?:ago|yesterday|today|tomorrow|(?:last|this|next|past) (?:week|month|year)|centur(?:y|ies)|eve of)\b"
)
_YEAR: Final = re.compile(r"\b[12]\d{3}\b")
_COUNTED: Final = re.compile(
    rf"\b(?P<n>{NUMBER})[ -](?P<unit>day|night|week|month|year|decade)s? (?P<way>after|before|since|following|into)"
    r" (?:the )?(?:(?:start|beginning|outbreak|onset|end) of (?:the )?)?$"
)
_ANNIVERSARY: Final = re.compile(
    rf"(?:\b(?P<nth>{ORDINAL_WORD}|\d+(?:st|nd|rd|th))[ -])?\banniversary of (?:the )?$"
)
_END: Final = re.compile(r"\b(?:end|ending|aftermath|wake) of (?:the )?$")
_END_AFTER: Final = re.compile(r"(?:'s)? (?:end|ended|ending)\b")
_BEGIN: Final = re.compile(r"\b(?:start|beginning|outbreak|onset|eruption) of (?:the )?$")
_BEGIN_AFTER: Final = re.compile(
    r"(?:'s)? (?:began|begin|beginning|start|started|broke out|erupted|outbreak)\b"
)
_BEFORE: Final = re.compile(r"\b(?:before|prior to|until|till|up to|ahead of|run-up to)\b|\bpre-(?:the )?$")
_AFTER: Final = re.compile(r"\b(?:after|following|since|from|aftermath of|wake of)\b|\bpost-(?:the )?$")


@cache
def _names() -> re.Pattern[str]:
    names = sorted(named_times(), key=len, reverse=True)
    return re.compile(
        rf"(?:(?<![\w/.-])|(?<=\bpre-)|(?<=\bpost-))(?:{'|'.join(re.escape(name) for name in names)})(?![\w/-]|\.\d)"
    )


def read_named(words: str, context: Context) -> Interval | None:
    """What lower-case `words` mean by a name of the table; None without one, or beside another date."""
    words = re.sub(r"\bu\.s\.?(?=[ -])", "us", words.replace("–", "-"))
    match = _names().search(words)
    if match is None:
        return None
    row, here = named_times()[match[0]], context.anchor
    lead, trail = words[: match.start()], words[match.end() :]
    if _OTHER_DATE.search(lead + trail) or not _fits(row, lead + trail):
        return None
    if here and first_day(row.start) > here:
        return None
    return _anniversary(row, lead, here) or _counted(row, lead, here) or _opened(row, lead, trail, context)


def _fits(row: NamedTime, rest: str) -> bool:
    """True where the years in the other words are those of what is named: "the 9/11 attacks of 2001".

    "Since the war in Syria began in 2011" is told by its own year, no finer.
    """
    years = _YEAR.findall(rest)
    last = row.end[:4] if row.end else "9999"
    return not (row.is_war and years) and all(row.start[:4] <= year <= last for year in years)


def _anniversary(row: NamedTime, lead: str, here: Date | None) -> Interval | None:
    """ "The tenth anniversary of the attacks"; without a number that nearest to the report."""
    found = _ANNIVERSARY.search(lead)
    if not found or len(row.start) != 10:
        return None
    day = first_day(row.start)
    if found["nth"]:
        text = found["nth"]
        years = [day.year + (ORDINAL[text] if text in ORDINAL else int(re.sub(r"\D", "", text)))]
    elif here:
        years = [here.year - 1, here.year, here.year + 1]
    else:
        return None
    kept = [day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day) for year in years]
    return days(min(kept, key=lambda date: abs((date - (here or date)).days)))


def _counted(row: NamedTime, lead: str, here: Date | None) -> Interval | None:
    """ "Two years after the fall of Mosul", counted from its end, or back from its start."""
    found = _COUNTED.search(lead)
    number = number_of(found["n"]) if found else None
    if found is None or number is None or number[1] != number[0]:
        return None
    if found["way"] == "before":
        return point(first_day(row.start), number[0], found["unit"])
    end = row.end if found["way"] in ("after", "following") and _is_over(row, here) else None
    base = last_day(end) if end and "start" not in lead and "beginning" not in lead else first_day(row.start)
    return point(base, -number[0], found["unit"])


def _is_over(row: NamedTime, here: Date | None) -> bool:
    return row.end is not None and (here is None or last_day(row.end) < here)


def _opened(row: NamedTime, lead: str, trail: str, context: Context) -> Interval | None:
    """The interval that the words before the name open or close."""
    over = _is_over(row, context.anchor)
    end = row.end if over else None
    ended = bool(_END.search(lead) or _END_AFTER.match(trail))
    begun = bool(_BEGIN.search(lead) or _BEGIN_AFTER.match(trail))
    if ended and end is None:
        return None
    if _BEFORE.search(lead):
        return _up_to(end if ended and end else row.start, lead)
    base = end if end and (ended or (row.is_war and not begun)) else row.start
    if _AFTER.search(lead):
        return _from(base, lead, context)
    if ended or begun:
        return base, base
    if not over:
        return row.start, _so_far(row.start, context)
    return row.start, row.end


def _up_to(value: str, lead: str) -> Interval:
    """Up to `value`; "before" a day is up to the day before it."""
    if len(value) == 10 and not re.search(r"\b(?:until|till|up to)\b", lead):
        value = (Date.fromisoformat(value) - datetime.timedelta(1)).isoformat()
    return None, value


def _from(base: str, lead: str, context: Context) -> Interval:
    """From `base` on: "since" leads up to the report, "after" is open."""
    return base, _so_far(base, context) if re.search(r"\bsince\b", lead) else None


def _so_far(start: str, context: Context) -> str | None:
    here = context.anchor
    if here is None:
        return None
    context.used.append(here)
    return cut(here, start) if len(start) != 4 else month_of(here)
