"""The time words of running text: patterns, each with the way to its value; the first of equals counts."""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import re
from typing import Final

from stemma.extract.value import timex_rules as rules
from stemma.extract.value.calendars import FEAST
from stemma.extract.value.numbers import NUMBER, ORDINAL_WORD
from stemma.extract.value.timex_rules import Resolve

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_BARE = (
    r"(?:january|february|april|june|july|(?-i:August|AUGUST)|september|october|november|december|"
    r"(?:jan|feb|aug|sept?|oct|nov|dec)\.)"
)
_DOW = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_BC = r"(?P<bc>\s?(?:b\.\s?c\.|bce?\b)(?!\w))"
_YEAR = (
    rf"(?P<y>[12]\d{{3}}(?!\d)(?:\s?(?:b\.\s?c\.|bce?\b)(?!\w))?|'\d\d\b|[1-9]\d{{2}}(?=\s?b\.?c))(?:{_BC})?"
)
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


def _compile(*rows: tuple[str, Resolve]) -> tuple[tuple[re.Pattern[str], Resolve], ...]:
    return tuple((re.compile(_bounded(pattern), re.IGNORECASE), resolve) for pattern, resolve in rows)


def _bounded(pattern: str) -> str:
    """Runs of spaces are bounded: a page of spaces must not cost the square of its length."""
    for loose, tight in (
        (r"\s+", r"\s{1,4}"),
        (r"\s*", r"\s{0,4}"),
        (r"[\s-]+", r"[\s-]{1,4}"),
        (r"[\s-]*", r"[\s-]{0,4}"),
    ):
        pattern = pattern.replace(loose, tight)
    return pattern


_DAY = r"(?P<d>[0-3]?\d(?:st|nd|rd|th)?)"
_OPEN = r"(?<![\w$£€./])(?:(?<!-)|(?<=mid-)|(?<=late-)|(?<=early-)|(?<=pre-)|(?<=post-))"
FINDERS: Final = _compile(
    (
        r"(?<![\d/-])(?P<year>(?:1[5-9]|20)\d\d)-(?P<a>\d\d)-(?P<b>\d\d)(?P<clock>[T ]\d\d:\d\d(?::\d\d)?)?(?![\d-])",
        rules.iso,
    ),
    (
        r"(?<![\d/-])(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>\d{4}|\d\d)(?P<clock>\s\d\d:\d\d(?::\d\d)?)?(?![\d/-])",
        rules.slashed,
    ),
    (
        rf"\b(?:(?:the\s+)?(?:early\s+)?(?:morning|afternoon|evening|night)(?:\s+hours)?\s+of\s+)?(?:{_DOW},?\s+)?(?:the\s+)?(?<![\w$£€./]){_DAY}\s+(?:of\s+)?"
        rf"(?P<m>{_MONTH})(?:,?\s+(?:of\s+)?{_YEAR}|{_THAT_YEAR})?",
        rules.full,
    ),
    (
        rf"\b(?:(?:the\s+)?(?:early\s+)?(?:morning|afternoon|evening|night)(?:\s+hours)?\s+of\s+)?(?:{_DOW},?\s+)?(?P<m>{_MONTH})\s*(?:the\s+)?"
        rf"{_DAY}(?![\d:%]|,\d|\s?(?:percent|million|billion))(?:(?:,\s*|\s+|\s+of\s+|,?\s+in\s+){_YEAR}|{_THAT_YEAR})?",
        rules.full,
    ),
    (rf"{_MOD}(?:{_WHICH}\s+)?\b(?P<m>{_MONTH})(?:,?\s+(?:of\s+)?{_YEAR})", rules.month_year),
    (
        rf"{_MOD}(?:(?:last|next|this|this past|the following|the previous)\s+)?\b(?P<m>{_BARE})(?!\w|\s*\d){_THAT_YEAR}?(?P<y>)(?P<bc>)",
        rules.month_year,
    ),
    (
        r"(?:(?<=\bin )|(?<=\bof )|(?<=\blast )|(?<=\bnext )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\bthrough )|(?<=\bfrom )"
        r"|(?<=\bto )|(?<=\band ))(?:(?:early|mid|late)[\s-])?(?P<m>(?-i:May|MAY|March|MARCH))(?!\s*\d|[\w])(?P<y>)(?P<bc>)",
        rules.month_year,
    ),
    (rf"{_THE}{_MOD}{_SEASON}(?:,?\s+(?:of\s+)?{_YEAR})", rules.season),
    (
        rf"(?:the\s+(?:early\s+|late\s+|following\s+|next\s+|previous\s+|same\s+|end\s+of\s+|middle\s+of\s+)?|last\s+|next\s+|this\s+(?:past\s+)?|that\s+|early\s+|late\s+|mid-?\s?|early\s+in\s+)"
        rf"{_SEASON}(?!\w|\s+of\b)(?P<y>)(?P<bc>)",
        rules.season,
    ),
    (rf"(?<=\b[io][nf]\s){_SEASON}(?!\w)(?P<y>)(?P<bc>)", rules.season),
    (rf"{_MOD}(?:the\s+)?{_MOD}(?:\byear\s+|\bfiscal\s+)?{_OPEN}(?P<y>[1-9]\d{{1,3}}){_BC}", rules.year),
    (
        rf"{_MOD}(?:the\s+year\s+|fiscal\s+(?:year\s+)?|calendar\s+)?{_OPEN}(?P<y>(?:19|20)\d\d)(?!\d|,\d|\.\d|%|\w|-[a-z]|\s(?:people|men|troops|soldiers|"
        r"tons?|miles|dead|points|shares|jobs|workers|square|feet|dollars|Americans|civilians|percent|million))(?P<bc>)",
        rules.year,
    ),
    (
        rf"{_MOD}(?:the\s+year\s+)?(?:(?<=\b[io][nf]\s)|(?<=\bby\s)|(?<=\bsince\s)|(?<=\buntil\s)|(?<=\bfrom\s)|(?<=\bto\s)|(?<=\band\s)|(?<=\blate\s)"
        r"|(?<=\bmid\s)|(?<=\bmid-)|(?<=early\s)|(?<=[(–])|(?<=\d\d\d\d-)|(?<=\bduring\s)|(?<=\bthrough\s)|(?<=\bafter\s)|(?<=\bbefore\s)|(?<=\byear\s)|(?<=,\s))"
        r"(?P<y>1[0-8]\d\d)(?!\d|,\d|\.\d|\w|\s(?:people|men|troops|soldiers|tons|guns|miles|French|British|dead|killed|prisoners|ships|aircraft))(?P<bc>)",
        rules.year,
    ),
    (
        rf"{_OPEN}(?P<y>1[0-8]\d\d)(?!\d|,\d|\.\d|\w|%|\s(?:people|men|troops|soldiers|tons|guns|miles|French|British|dead|killed|prisoners|ships|aircraft|[a-z]+s\b))(?P<bc>)",
        rules.old_year,
    ),
    (r"(?<![\w.,])(?P<y>[1-9]\d{1,2})(?=\s?[-–]\s?\d{1,3}\s?b\.?c)(?P<bc>)", rules.before_era),
    (
        r"(?:the\s+)?(?:(?:early|mid|middle|late|end\s+of\s+the|beginning\s+of\s+the)(?:\s+to\s+(?:mid|late))?[\s-]*)?(?<![\w'’])(?P<decade>1\d\d0|20\d0|'?[2-9]0)['’]?s(?:\s?b\.?c\b\.?)?(?!\w)",
        rules.decade,
    ),
    (
        r"(?:the\s+)?(?:(?:early|mid|late)[\s-]*)?\b(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b",
        rules.decade,
    ),
    (
        rf"(?:the\s+)?(?:(?:early|mid|late|middle\s+of\s+the|beginning\s+of\s+the|end\s+of\s+the)[\s-]+)?\b(?P<nth>{ORDINAL_WORD}|\d+(?:st|nd|rd|th))[\s-]centur(?:y|ies)(?:\s?b\.?c\b\.?)?",
        rules.century,
    ),
    (
        rf"(?:the\s+|its\s+|{_MOD})?\b(?P<nth>first|second|third|fourth|final|last|latter)[\s-](?P<kind>quarter|half)\b(?!-|\s+of\s+(?!1|2|the\s+year|fiscal|this|last))(?:\s+(?:of\s+)?(?:fiscal\s+)?{_YEAR})?",
        rules.quarter,
    ),
    (
        r"(?:the\s+)?\byear-(?P<n>ago|earlier)(?:\s+(?:quarter|period|third\s+quarter))?",
        rules.year_ago_quarter,
    ),
    (r"\b(?:the|this|the latest|latest|the current|the recent)\s+quarter\b", rules.the_quarter),
    (
        rf"\b(?P<clock>{_CLOCK}){_ZONE}(?P<on>,?\s+(?:on\s+)?(?:{_DOW}|yesterday|today|tomorrow)\b)?",
        rules.clock,
    ),
    (
        rf"\b(?:(?:early|late|earlier|later)\s+(?:on\s+)?)?(?:(?:last|next|this|this past|this coming)\s+)?(?P<dow>{_DOW})(?:'s)?(?<!'s)(?:\s+(?:morning|afternoon|evening|night))?(?![\w-])(?!s\b)",
        rules.weekday,
    ),
    (
        r"\b(?:(?:early|late|earlier|later)\s+)?(?:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight|last\s+night|last\s+evening|overnight)(?:\s+(?:morning|afternoon|evening|night))?(?!\w)",
        rules.relative,
    ),
    (
        rf"\b(?:(?:early|late|earlier|later)\s+)?(?:this|that|the\s+next|the\s+following|the\s+same|the\s+previous)\s+{_PART_OF_DAY}\b",
        rules.part,
    ),
    (
        rf"\b(?:(?:early|late|earlier|later|sometime)\s+)?{_WHICH}(?:\s+(?:fiscal|calendar|school))?\s+{_UNIT}\b(?<!s)(?!-|\s+(?:ago|later|earlier))",
        rules.unit,
    ),
    (r"\b(?P<which>the)\s+(?P<unit>weekend)\b", rules.unit),
    (
        rf"{_AMOUNT}\b{_NUM}[\s-]+{_UNIT}\s+(?P<way>ago|later|earlier|from now|before|previously|hence)\b",
        rules.ago,
    ),
    (rf"\b(?P<n>)?{_UNIT}(?<=s)\s+(?P<way>ago|later|earlier)\b", rules.ago),
    (
        rf"{_AMOUNT}(?:the\s+)?{_AMOUNT}(?:(?:first|last|past|next|final|previous|coming|following|initial)\s+)?{_OPEN}\b{_NUM}(?:\s+(?:more|consecutive|full|straight|additional|long|fiscal|calendar|short|whole|bloody))?[\s-]+{_UNIT}(?:[\s-]long)?\b(?![\s-](?:old|mark|treasury|ago|earlier|later))",
        rules.length,
    ),
    (
        r"\b(?:recent|coming|the\s+past|past|in\s+the\s+last|the\s+next|for|several|many|the\s+coming|the\s+last|the\s+following)\s+(?P<unit>day|week|month|year|decade|hour|minute|centurie)s\b",
        rules.length,
    ),
    (r"\b(?P<unit>day|week|month|year|decade|hour)s?[\s-]long\b", rules.one),
    (r"\bthe\s+(?:past|last)\s+(?P<unit>decade|century)\b", rules.one),
    (
        r"\b(?:daily|weekly|monthly|annually|yearly|hourly)\b|\b(?:each|every|per)\s+(?:day|week|month|year|hour|quarter|night|morning)\b",
        rules.recurring,
    ),
    (
        r"\b(?:now|currently|at\s+present|presently|nowadays|these\s+days|at\s+the\s+moment|right\s+now|at\s+this\s+time)\b|(?<=\bthe )current\b|\bcurrent\b",
        rules.fixed("PRESENT_REF"),
    ),
    (
        r"\b(?:recently|lately|recent|long\s+ago|in\s+the\s+past(?=[.,;:?]|\s+(?:and|but|by|when|have|has|it|they|he|she|we|to)\b))\b|(?<=\bthe )past\b(?!\s+\w+\s?(?:day|week|month|year))(?=[.,;]|\s+and|\s+to)",
        rules.fixed("PAST_REF"),
    ),
    (
        r"\b(?:(?<=\b[io][nf] )?the\s+(?:near\s+|foreseeable\s+)?future|as\s+soon\s+as\s+possible)\b(?!\s+contract)",
        rules.fixed("FUTURE_REF"),
    ),
    (r"\bat\s+(?P<t>that\s+time)\b", rules.that_time),
    (r"\b9/11\b(?!/)", rules.fixed("2001-09-11")),
    (FEAST.pattern, rules.feast),
)
