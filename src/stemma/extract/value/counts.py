"""Counts: number words, figures, bounds and vague words as inclusive ranges.

The table of vague words and the widths of "about" are those of the coding guidelines.
"""

from __future__ import annotations

import re
from typing import Final

Range = tuple[int | None, int | None]

VAGUE: Final[dict[str, Range]] = {
    "a couple": (2, 2),
    "couple": (2, 2),
    "a few": (3, 5),
    "few": (3, 5),
    "several": (3, 9),
    "a number of": (3, None),
    "number of": (3, None),
    "a handful": (3, 5),
    "some of": (None, None),
    "dozens": (24, 99),
    "several dozen": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "several hundred": (200, 999),
    "thousands": (2000, 9999),
    "several thousand": (2000, 9999),
    "tens of thousands": (20000, 99999),
    "hundreds of thousands": (200000, 999999),
    "millions": (2000000, 9999999),
    "many": (None, None),
    "a family": (None, None),
}
"""What a vague word means, the longest first where one holds another."""

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {word: 10 * (k + 2) for k, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "dozen": 12, "m": 10**6, "bn": 10**9}
_WORD = "|".join([*sorted([*_UNITS, *_TENS], key=len, reverse=True)])
_FIGURE = r"\d{1,3}(?:[,  ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<first>{_FIGURE}|(?:{_WORD}|a|an|half a|half-a)\b)"
    rf"(?P<rest>(?:[\s-]*(?:and\s+)?(?:{_WORD}|hundred|thousand|million|billion|dozen|m\b|bn\b))*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\s*(?:-|–|—|to|and|or)\s*$", re.IGNORECASE)
_AT_LEAST = re.compile(r"(at least|no fewer than|not less than|no less than|a minimum of|upwards of|minimum)\W*$", re.I)
_MORE = re.compile(r"(more than|over|above|exceed(?:s|ed|ing)?|in excess of|topp(?:ed|ing)|greater than)\W*$", re.I)
_UP_TO = re.compile(r"(up to|as many as|at most|no more than|a maximum of|not more than|as much as)\W*$", re.I)
_LESS = re.compile(r"(fewer than|less than|under|below)\W*$", re.I)
_NEARLY = re.compile(r"(nearly|almost|close to|just under)\W*$", re.I)
_ABOUT = re.compile(r"(about|around|some|approximately|roughly|an estimated|estimated|circa|or so)\W*$", re.I)
_NONE = re.compile(r"^\s*(no|none|not a single|without)\b", re.I)
LARGEST: Final = 10**15
"""A count above this is a misreading, not a count."""


def read_count(text: str, before: str = "") -> Range:
    """The inclusive range that `text` means; None where a side is open or the words give no number.

    `before` are the words just before `text`: a bound such as "at least" may stand there.
    """
    numbers = [(m.start(), m.end(), value) for m in _NUMBER.finditer(text) if (value := _value(m)) is not None]
    numbers = _without_ordinals(text, numbers)
    if not numbers:
        return _without_number(text)
    start, end, value = numbers[0]
    lead = before[-25:] + text[:start]
    if len(numbers) > 1 and _RANGE.match(text[end : numbers[1][0]]):
        joined = text[end : numbers[1][0]].strip().lower()
        if joined != "and" or re.search(r"between\W*$", lead, re.I):
            return min(value, numbers[1][2]), max(value, numbers[1][2])
    if len(numbers) > 1 and re.search(r"\band\b", text[end : numbers[1][0]]) and not text[:start].strip():
        value = value + numbers[1][2]
    return _bounded(lead, value, text[end:])


def _bounded(lead: str, value: int, after: str) -> Range:
    if _AT_LEAST.search(lead) or re.match(r"\W*(or more|and more|at least|\+)", after, re.I):
        return value, None
    if _MORE.search(lead):
        return value + 1, None
    if _UP_TO.search(lead):
        return None, value
    if _LESS.search(lead):
        return None, max(0, value - 1)
    if _NEARLY.search(lead):
        return round(value * 0.9), value - 1
    if _ABOUT.search(lead) or re.match(r"\W*(or so)\b", after, re.I):
        return round(value * 0.9), round(value * 1.1)
    return value, value


def _value(match: re.Match[str]) -> int | None:
    """The number that a match means; None where "a" begins no number ("a wounded girl")."""
    first, rest = match["first"].lower(), match["rest"].lower()
    scales = re.findall(r"[a-z]+", rest)
    if re.match(r"\d", first):
        total = float(re.sub(r"[,\s ]", "", first))
    elif first in ("half a", "half-a"):
        total = 0.5
    elif first in ("a", "an"):
        if not scales or scales[0] not in _SCALES:
            return None
        total = 1.0
    else:
        total = float(_UNITS.get(first, _TENS.get(first, 0)))
    whole, part = 0.0, total
    for word in scales:
        if word == "and":
            continue
        if word in _SCALES:
            scale = _SCALES[word]
            part = max(part, 1.0) * scale if part else float(scale)
            if scale >= 1000:
                whole, part = whole + part, 0.0
        else:
            part += _UNITS.get(word, _TENS.get(word, 0))
    value = whole + part
    return int(round(value)) if value <= LARGEST else None


def _without_ordinals(text: str, numbers: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Leaves out ages, years and ordinals: "a wounded seven-year-old girl" is one girl, not seven."""
    aside = re.compile(r"[\s-]*(?:year|month|day|week|hour)s?[\s-]*old|(?:st|nd|rd|th)\b|-(?:year|month|day|hour)\b", re.I)
    return [row for row in numbers if not aside.match(text[row[1] :])]


def _without_number(text: str) -> Range:
    lowered = " ".join(text.lower().split())
    if _NONE.match(lowered):
        return 0, 0
    for words in sorted(VAGUE, key=len, reverse=True):
        if re.search(rf"\b{words}\b", lowered):
            return VAGUE[words]
    if re.match(r"(an?|one|another|his|her|its|their|the)\b", lowered):
        singular = re.search(r"(?<!s)$|(?:ss|us|is)$", lowered)
        if re.match(r"(an?|one|another)\b", lowered) or (singular and not re.search(r"people|men|women|police|family", lowered)):
            return 1, 1
        return None, None
    if text[:1].isupper() and len(text.split()) <= 4 and not lowered.endswith("s"):
        return 1, 1
    return None, None
