"""Time words made plain before they are read: lower case, years and days in figures."""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import re
from typing import Final

from stemma.extract.value.dates import MONTHS
from stemma.extract.value.intervals import Context
from stemma.extract.value.numbers import ORDINAL, ORDINAL_WORD

_ORDINAL: Final = ORDINAL_WORD.replace("-", "[ -]")
_NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_NAMED_DAY: Final = re.compile(
    rf"\b(?P<before>{_ORDINAL}) of(?= (?:{_NAMES})\b)|\b(?P<month>{_NAMES})\.? (?:the )?(?P<after>{_ORDINAL})\b"
    r"(?! (?:week|quarter|half|days?\b))"
)
_WHICH_YEAR: Final = re.compile(
    rf"(?P<named>\b(?:{_NAMES}|spring|summer|autumn|fall|winter|ramadan|easter|christmas)\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:-\d+)?) "
    r"(?:of |in )?(?:the )?(?P<which>last|this|that same|that|the same|same|previous|next) year\b"
)
_WHICH_MONTH: Final = re.compile(r"(?<=\bto )(?P<which>last|this) month$")
_SHORT_YEAR: Final = re.compile(r"(?<=\b(?:in|of) )'(\d\d)\b(?!s)")
_GLUED: Final = re.compile(rf"\b({_NAMES})\.? ?(\d{{1,2}})((?:19|20)\d\d)\b")


def tidy(text: str, context: Context) -> str:
    """`text` in lower case without brackets and quotes, its years and days in figures."""
    plain = text.lower().replace("’", "'").replace("\u2011", "-")
    words = " ".join(re.sub(r"[,()\[\]“”\"]", " ", plain).split())
    words = re.sub(r"(?<=\d )hrs\b", "hours", words)
    words = _NAMED_DAY.sub(_in_figures, words)
    words = re.sub(r"(?<!lunar )\bnew year\b(?!'?s)", "new year's day", words)
    words = _GLUED.sub(r"\1 \2 \3", words)
    words = _SHORT_YEAR.sub(lambda m: f"{'19' if int(m[1]) > 50 else '20'}{m[1]}", words)
    return _WHICH_MONTH.sub(lambda m: _month(m, context), _WHICH_YEAR.sub(lambda m: _year(m, context), words))


def _in_figures(match: re.Match[str]) -> str:
    """ "May 21" for "May twenty-first", "2 of Aug" for "second of Aug"."""
    text = (match["before"] or match["after"]).replace(" ", "-")
    number = ORDINAL.get(text)
    if number is None:
        return match[0]
    return f"{number} of" if match["before"] else f"{match['month']} {number}"


def _year(match: re.Match[str], context: Context) -> str:
    """ "9 June 2008" for "9 June last year" of a report of 2009."""
    if "that" in match["which"] or "same" in match["which"]:
        told = context.previous[0] or context.previous[1]
        return f"{match['named']} {told[:4]}" if told else match[0]
    if context.anchor is None:
        return match[0]
    context.used.append(context.anchor)
    step = {"last": -1, "previous": -1, "next": 1}.get(match["which"], 0)
    return f"{match['named']} {context.anchor.year + step}"


def _month(match: re.Match[str], context: Context) -> str:
    """ "to March 2017" for "to last month"."""
    here = context.anchor
    if here is None:
        return match[0]
    context.used.append(here)
    total = here.year * 12 + here.month - 1 - (match["which"] == "last")
    return f"{list(MONTHS)[total % 12]} {total // 12}"
