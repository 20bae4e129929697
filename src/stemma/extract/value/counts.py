"""Counts: number words, figures, bounds and vague words as inclusive ranges.

The table of vague words and the widths of "about" are those of the coding guidelines. What is no
count of people or things gives nulls: percentages, scores, telephone numbers, figures of a name.
"""

from __future__ import annotations

import re
from typing import Final

Range = tuple[int | None, int | None]
OPEN: Final[Range] = (None, None)

VAGUE: Final[dict[str, Range]] = {
    "a couple": (2, 2),
    "couple": (2, 2),
    "a few": (3, 5),
    "few": (3, 5),
    "several": (3, 9),
    "a number": (3, None),
    "number of": (3, None),
    "a (?:large|great|huge|significant|considerable|big|small|growing|record) number": (3, None),
    "large numbers": (3, None),
    "numerous": (3, None),
    "countless": (3, None),
    "scores of": (40, 99),
    "a handful": (3, 5),
    "a dozen or so": (11, 13),
    "some of": OPEN,
    "dozens?": (24, 99),
    "several dozen": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "several hundred": (200, 999),
    "several thousand": (2000, 9999),
    "several million": (2000000, 9999999),
    "thousands": (2000, 9999),
    "tens of thousands": (20000, 99999),
    "hundreds of thousands": (200000, 999999),
    "millions": (2000000, None),
    "tens of millions": (20000000, None),
    "many": OPEN,
    "a family": OPEN,
}
"""What a vague word means, the longest first where one holds another."""

_UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * (k + 2)
    for k, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())
}
_SCALES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "dozen": 12,
    "m": 10**6,
    "bn": 10**9,
    "k": 1000,
}
_WORD = "|".join([*sorted([*_UNITS, *_TENS], key=len, reverse=True)])
_FIGURE = r"\d{1,3}(?:[,  ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<first>{_FIGURE}|(?:{_WORD}|half an?|half-a|an?|another|hundred|thousand|million|dozen)\b)"  # noqa: E501
    rf"(?P<rest>(?:[\s-]*(?:and\s+)?(?:{_WORD}|a\s+half(?=\s+(?:million|thousand|billion))|hundred|thousand|million|billion|dozen|m\b|bn\b|k\b))*)"
    r"(?P<half>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_RANGE = re.compile(r"^\s*(?:-|–|—|to|and|or)\s*$", re.IGNORECASE)
_AT_LEAST = re.compile(
    r"(at least|no fewer than|not less than|no less than|a minimum of|upwards of|minimum)\W*$", re.I
)
_MORE = re.compile(
    r"(more than|over|above|exceed(?:s|ed|ing)?|in excess of|topp(?:ed|ing)|greater than)\W*$", re.I
)
_UP_TO = re.compile(
    r"(up to|as many as|at most|no more than|a maximum of|not more than|as much as)\W*$", re.I
)
_LESS = re.compile(r"(fewer than|less than|under|below)\W*$", re.I)
_NEARLY = re.compile(r"(nearly|almost|close to|just under)\W*$", re.I)
_ABOUT = re.compile(r"(about|around|some|approximately|roughly|an estimated|estimated|circa|or so)\W*$", re.I)
_NONE = re.compile(
    r"^\s*(no|none|not a single|not one|without|nobody|zero)\b(?! (?:fewer|less|more)\b)", re.I
)
_SHARE = re.compile(r"\s*(?:%|per ?cent\b|percent\b|percentage\b)", re.I)
_NO_COUNT = re.compile(
    r"\b\d{1,3}-\d{1,3} (?:win|victory|defeat|loss|draw|lead)\b|\b(?:won|lost|beat|drew|defeated)\b.*\d-\d"
    r"|\+\d[\d ()-]{6,}|\b(?:call|phone|tel|telephone|hotline|fax)\b.*\d{3}|\b\d{3}[- ]\d{3}[- ]\d{4}\b"
    r"|\bthe 300 spartans\b|\b(?:resolution|article|section|flight|room|no\.|№|g|route|highway) ?\d",
    re.I,
)
"""Scores, telephone numbers and figures that are part of a name."""
_HOLD = r"(?:people|men|women|children|police|forces|family|troops|staff|crew|majority|half|rest)\b"
LONGEST: Final = 200
"""Characters of a count's words that are read; no count is longer, a hostile text may be."""
LARGEST: Final = 10**15
"""A count above this is a misreading, not a count."""


def read_count(text: str, before: str = "") -> Range:
    """The inclusive range that `text` means; None where a side is open or the words give no number.

    `before` are the words just before `text`: a bound such as "at least" may stand there. A
    percentage, a score or a telephone number gives (None, None).
    """
    text = text[:LONGEST]
    if _NO_COUNT.search(text):
        return OPEN
    numbers = [
        (m.start(), m.end(), value)
        for m in _NUMBER.finditer(text)
        if (value := _value(m)) is not None and not _SHARE.match(text[m.end() :])
    ]
    if not numbers and _SHARE.search(text):
        return OPEN
    numbers = _counting(text, numbers)
    if not numbers:
        return _without_number(text)
    start, end, value = numbers[0]
    lead = before[-25:] + text[:start]
    if len(numbers) > 1:
        second = text[end : numbers[1][0]]
        if _RANGE.match(second):
            joined = second.strip().lower()
            if joined != "and" or re.search(r"between\W*$", lead, re.I):
                least = min(value, numbers[1][2])
                return least, None if _AT_LEAST.search(lead) else max(value, numbers[1][2])
        if re.search(r"\bto (?:more than|over)\W*$", second, re.I):
            return value, None
        if re.search(r"\band\b", second) and not text[:start].strip():
            return _bounded(lead, sum(n[2] for n in numbers), text[numbers[-1][1] :])
    if len(numbers) == 1 and re.fullmatch(r"[\w\s'’-]+ and (?:an?|another) [\w'’-]+(?<!s)", text[end:]):
        value += 1
    return _bounded(lead, value, text[end:])


def _bounded(lead: str, value: int, after: str) -> Range:
    if _AT_LEAST.search(lead) or re.match(r"\W*(?:\w+\s+)?(or more|and more|at least|\+)", after, re.I):
        return value, None
    if _MORE.search(lead):
        return value + 1, None
    if _UP_TO.search(lead) or re.match(r"\W*(or fewer|or less|at most)", after, re.I):
        return None, value
    if _LESS.search(lead):
        return None, max(0, value - 1)
    if _NEARLY.search(lead):
        return _share(value, 9), max(value - 1, _share(value, 9))
    if _ABOUT.search(lead) or re.match(r"\W*(or so)\b", after, re.I):
        return _share(value, 9), _share(value, 11)
    return value, value


def _share(value: int, tenths: int) -> int:
    """`tenths` tenths of `value`, whole, without the rounding of floats."""
    return (value * tenths + 5) // 10


def _value(match: re.Match[str]) -> int | None:
    """The number that a match means; None where "a" begins no number ("a wounded girl")."""
    first, rest = match["first"].lower(), match["rest"].lower()
    scales = re.findall(r"[a-z]+", rest)
    if re.match(r"\d", first):
        total = float(re.sub(r"[,\s ]", "", first))
    elif first.startswith("half"):
        if not scales or scales[0] not in _SCALES:
            return None
        total = 0.5
    elif first in ("a", "an", "another"):
        if not scales or scales[0] not in _SCALES:
            return int(sum({**_UNITS, **_TENS}.get(word, 0) for word in scales)) or None
        total = 1.0
    elif first in _SCALES:
        total = float(_SCALES[first])
    else:
        total = float(_UNITS.get(first, _TENS.get(first, 0)))
    whole, part, scale = 0.0, total, 1
    for word in scales:
        if word == "half":
            part += 0.5
        elif word in _SCALES:
            scale = _SCALES[word]
            part = part * scale if part else float(scale)
            if scale >= 1000:
                whole, part = whole + part, 0.0
        else:
            part += _UNITS.get(word, _TENS.get(word, 0))
    value = whole + part + (scale / 2 if match["half"] and scale > 1 else 0)
    return round(value) if value <= LARGEST else None


_ASIDE = re.compile(
    r"[\s-]*(?:year|month|day|week|hour)s?[\s-]*old|(?:st|nd|rd|th)\b|-(?:year|month|day|hour|minute|mile|metre|meter)s?\b"
    r"|\s?(?:km|kilomet|miles?\b|metres\b|meters\b|mm\b|am\b|pm\b|a\.m|p\.m)",
    re.I,
)


def _counting(text: str, numbers: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Leaves out ages, ordinals and measures: "a wounded seven-year-old girl" is one girl, not seven."""
    kept = []
    for row in numbers:
        told = text[: row[0]].rstrip()
        age = told.endswith(",") and re.match(r"\s*(?:,|$)", text[row[1] :]) and re.match(r"[A-Z]", text)
        aged = re.search(r"\b(?:aged?|age of)$", told, re.I)
        word = (
            re.match(r"(?:dozen|hundred|thousand|million)s\b", text[row[0] :], re.I)
            or text[row[1] :][:1] == "s"
        )
        several = re.search(r"\bseveral$", told, re.I)
        if not (_ASIDE.match(text[row[1] :]) or age or aged or word or several):
            kept.append(row)
    return kept


def _without_number(text: str) -> Range:
    lowered = " ".join(text.lower().split())
    if _NONE.match(lowered):
        return 0, 0
    for words in sorted(VAGUE, key=len, reverse=True):
        if re.search(rf"\b{words}\b", lowered):
            return VAGUE[words]
    if re.match(r"(an?|one|another|his|her|its|their|the)\b", lowered):
        return _single(lowered)
    return _names(text)


def _single(lowered: str) -> Range:
    """One for "a woman", two for "a woman and a child"; nulls for words that hold many."""
    joined = re.fullmatch(r"(an?|one) .+? and (an?|one|another|his|her|their)?\b.+", lowered)
    if re.match(r"(an?|one|another)\b", lowered):
        if re.search(rf"\b(lot|great deal|majority|group|crowd|team|convoy|{_HOLD})", lowered):
            return OPEN
        return (2, 2) if joined and not lowered.endswith("s") else (1, 1)
    singular = re.search(r"(?<!s)$|(?:ss|us|is)$", lowered)
    if singular and not re.search(rf"{_HOLD}|\b(?:toll|number|figure|total)\b", lowered):
        return 1, 1
    return OPEN


def _names(text: str) -> Range:
    """One for a person's name, with or without a title; two for two names joined by "and"."""
    text = re.sub(r",? \d{1,3}$", "", text)
    words = text.split()
    if not 0 < len(words) <= 7 or re.search(r"\d|[!?;:]\s|\w{3}\.\s", text):
        return OPEN
    if len(words) > 1 and text.isupper():
        return OPEN
    named = r"(?:[A-Z][\w'’.-]*|al-\w+|bin|ibn|abu|de|la|von|el)"
    if re.fullmatch(rf"(?:[a-z]+ )?{named}(?: {named})*", text) and not text.endswith("s"):
        return 1, 1
    if re.fullmatch(rf"(?:[A-Za-z]+ )*?{named} {named} and {named} {named}", text):
        return 2, 2
    return OPEN
