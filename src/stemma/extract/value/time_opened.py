"""Intervals opened by the word before them: "since", "until", "by", "after", "from"."""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import datetime
import re
from typing import Final

from stemma.extract.value.dates import DAYS, MONTHS
from stemma.extract.value.intervals import Context, Date, Interval, cut, first_day, last_day, month_of

LONG_AGO: Final = 100
"""Days after which "since mid-March" is told by months: coded reports give the month from then on."""
_DATED = re.compile(rf"(?:before|prior to) (?:\d|{'|'.join(MONTHS)}|{'|'.join(DAYS)})")
_BEGAN = re.compile(
    r"(?:which |that |who |and )*(?:began|begun|beginning|launched|started|erupted|flared|broke out)\b(?!.*\b(?:end|continu))"
)


def opened(words: str, found: Interval, context: Context) -> Interval:
    """`found` as the word before it opens it.

    "Since" leads up to the report, "until" and "by" up to the end of `found`, "from" goes on from its start.
    """
    start, end = found
    if re.search(r"\b(?:since|starting)\b", words) and start and not re.search(r"\bbetween\b", words):
        return _since(words, start, context)
    if re.match(r"(?:until|till|up to|before|prior to|by|nlt|no later than)\b", words):
        return _until(words, found, context)
    if re.match(r"as of\b", words):
        ahead = start and context.anchor and first_day(start) > context.anchor
        return (start, None) if ahead else (None, end)
    if (
        re.match(r"(?:from|as from|effective|beginning|starting)\b", words)
        and start
        and _to_come(start, context)
    ):
        return found if re.search(r"\b(?:to|until)\b", words) else (start, None)
    if _BEGAN.match(words) and start and context.anchor and not context.future:
        return _since(words, start, context)
    if (
        re.match(r"(?:after|from|starting)\b(?! (?:an?|\w+) (?:minute|hour|day|week|month|year))", words)
        and start
    ):
        if re.search(r"\b(?:to|until|onwards?)\b", words):
            return found
        return (start, None) if context.future or words.startswith("after") or len(start) == 4 else found
    return found


def _to_come(start: str, context: Context) -> bool:
    here = context.anchor
    if here is None:
        return False
    return first_day(start) > here or (start == here.isoformat() and context.used != [])


def _since(words: str, start: str, context: Context) -> Interval:
    """From `start` to the report: its day where the words name a day, else its month."""
    here = context.anchor
    if here is None or first_day(start) > here:
        return start, None
    context.used.append(here)
    part = re.search(r"\b(?:early|mid|late|end|start|beginning)\b", words)
    if len(start) == 10 and part:
        far = (here - Date.fromisoformat(start)).days > LONG_AGO
        start = start[:7] if far or part[0] == "end" else start
    return start, cut(here, start) if len(start) != 4 else month_of(here)


def _until(words: str, found: Interval, context: Context) -> Interval:
    """Up to the end of `found`; from the report on where that lies ahead. "Before 15 May" is up to the 14th."""
    here, end = context.anchor, found[1]
    if re.search(r"\bnow\b", words):
        return None, month_of(here) if here else end
    if end is None:
        return found
    if len(end) == 10 and _DATED.match(words):
        end = (Date.fromisoformat(end) - datetime.timedelta(1)).isoformat()
    if here is None or context.past or last_day(end) <= here:
        return None, end
    context.used.append(here)
    return cut(here, end), end
