"""Which calendar words are read by which rule, in the order in which they are tried."""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import datetime
from typing import Final

from stemma.extract.value import time_rules as rules
from stemma.extract.value.calendars import FEAST
from stemma.extract.value.dates import DAYS, MONTHS
from stemma.extract.value.intervals import days
from stemma.extract.value.numbers import ORDINAL_WORD
from stemma.extract.value.time_rules import Rule

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))
_PART = (
    r"(?:\b(?:the )?(?P<part>early|mid|late|beginning|start|middle|end)(?: of)?(?: the)?(?: part of)?[\s-]*)?"
)
_OF_YEAR = r"(?: (?:of |in )?(?P<year>\d{4})\b)?"
_NTH = rf"(?P<nth>{ORDINAL_WORD}|\d+(?:st|nd|rd|th))"
_NO_DOWNFALL = r"(?! of (?!\d|(?:last|this|that|next|the (?:same|previous|following)) year))"
""""The fall of Mosul" is no season."""
_WHICH = r"(?P<which>last|previous|this|the same|current|next|coming|the)"
BEFORE_SPANS: Final[tuple[tuple[str, Rule], ...]] = (
    (r"\b[0-3]\d[0-2]\d[0-5]\d ?z\b", rules.read_explicit),
    (
        rf"\b(?P<nth>first|second|third|fourth|last|final) week (?:of|in) (?P<month>{_MONTH})\b\.?{_OF_YEAR}",
        rules.read_week_of_month,
    ),
    (
        rf"\b(?P<nth>first|second|third|fourth|fifth|last|final) (?P<day>{_DAY}) (?:of|in) (?:(?:the )?(?P<which>last|previous|this|next) month"
        rf"|(?P<month>{_MONTH})\b\.?{_OF_YEAR})",
        rules.read_nth_weekday,
    ),
    (rf"\b(?P<day>{_DAY})s? the (?P<d>[0-3]?\d)(?:st|nd|rd|th)\b", rules.read_dated_weekday),
    (
        r"(?<![\d./-])(?:(?P<y>(?:19|20)\d\d) ?[-/.] ?(?P<m>0?[1-9]|1[0-2])|(?P<n>0?[1-9]|1[0-2]) ?[-/.] ?(?P<z>(?:19|20)\d\d))(?![\d./-])",
        rules.read_numeric_month,
    ),
    (
        r"\bthe day (?:before yesterday|after tomorrow)\b",
        lambda m, w, c: days(c.here() + datetime.timedelta(-2 if "before" in m[0] else 2)),
    ),
    (r"(?:\bh(?P<nth>[12])(?: |\b)(?P<year>\d{4})|\b(?P<year2>\d{4}) ?h(?P<nth2>[12]))\b", rules.read_half),
    (
        rf"\b(?:(?P<nth>first|second|third|fourth|last|latter)[ -](?P<kind>quarter|half)|q(?P<q>[1-4]))\b{_OF_YEAR}",
        rules.read_quarter,
    ),
    (
        rf"\b(?:week|w/c) ?(?:of|starting|beginning|commencing|from)?(?: on)? (?=(?:the )?(?:\d|{_MONTH}))",
        rules.read_week_with,
    ),
    (
        rf"\d.*\b(?:{_MONTH})\b|\b(?:{_MONTH})\b(?:\.? *|[-/])(?:the )?\d{{1,2}}(?![\d:])|\d{{1,4}}[-./]\d{{1,2}}[-./]\d{{1,4}}",
        rules.read_explicit,
    ),
    (FEAST.pattern, rules.read_feast),
    (rf"{_PART}\b(?P<month>{_MONTH})\b\.?(?! (?:have|be|not|also|yet)\b){_OF_YEAR}", rules.read_month),
    (
        r"\b(?:(?P<season>spring|summer|autumn|winter|fall) (?:of )?)?(?P<a>[12]\d{3}) ?(?:-|–|to|and|until|/) ?"
        r"(?P<b>[12]\d{3}|\d{2})\b(?!-)",
        rules.read_years,
    ),
    (r"\b(?:the )?(?:(?P<part>early|mid|late)[\s-]*)?(?P<decade>[12]\d{3}|'?\d0)'?s\b", rules.read_decade),
    (rf"\b{_NTH}[ -]century\b", rules.read_century),
    (
        rf"(?<!\barab )(?<!\bprague )\b(?P<season>spring|summer|autumn|winter|fall)\b{_OF_YEAR}{_NO_DOWNFALL}",
        rules.read_season,
    ),
    (
        rf"{_PART}(?<![\d.,$£€])\b(?P<year>[12]\d{{3}})\b(?!,\d| (?:people|men|troops|soldiers|dead|members|fighters))",
        rules.read_year,
    ),
    (rf"\b(?P<day>{_DAY})'?s?\b", rules.read_weekday),
)
AFTER_SPANS: Final[tuple[tuple[str, Rule], ...]] = (
    (
        r"\b(?P<which>next|following|previous|same|that)(?: very)? (?:day|night|morning|afternoon|evening)\b",
        rules.read_next_day,
    ),
    (
        r"\b(?P<word>the day before yesterday|the day after tomorrow|yesterday|last night|last evening|overnight|"
        r"today|tonight|tomorrow|this (?:morning|afternoon|evening)|earlier in the day)\b",
        rules.read_relative_day,
    ),
    (
        rf"\b{_WHICH} (?P<unit>weekend|week|month|quarter|year|decade|century)\b(?<!\bthe week)(?<!\bthe month)"
        r"(?<!\bthe year)(?<!\bthe quarter)(?<!\bthe decade)(?<!\bthe century)",
        rules.read_relative_unit,
    ),
    (
        r"^(?P<night>(?:in|during|throughout|through) the night)$|"
        r"\b(?:the|a) (?:day|night)\b$|\b(?:in|during|throughout|across) the (?:morning|afternoon|evening|day)$|"
        r"\bearly in the (?:morning|afternoon|evening)$",
        rules.read_day_part,
    ),
    (r"\b(?:since then|then|at (?:that|the) time|back then|thereafter|ever since)\b", rules.read_then),
    (
        r"\b(?:recent|recently|lately|in the past|previously|earlier|years of|to date|so far)\b",
        rules.read_lately,
    ),
    (
        r"\b(?:soon|shortly|in the (?:near )?future|in the coming|upcoming|imminent)\b(?! (?:after|before))",
        rules.read_soon,
    ),
    (
        r"\b(?:now|currently|ongoing|at present|presently|at (?:this|the present|the) (?:moment|time|hour))\b",
        rules.read_now,
    ),
)
