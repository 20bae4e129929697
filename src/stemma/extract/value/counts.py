"""Counts: number words, figures, bounds and vague words as inclusive ranges.

The table of vague words and the widths of "about" are those of the coding guidelines. What is no
count of people or things gives nulls: percentages, scores, telephone numbers, figures of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stemma.extract.value import count_words as words_of
from stemma.extract.value.count_words import OPEN, VAGUE, Range
from stemma.model import Counted

Number = tuple[int, int, int]
"""Where a number stands in the words, and its value."""

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
    "lakh": 100_000,
    "lakhs": 100_000,
    "crore": 10**7,
    "crores": 10**7,
    "m": 10**6,
    "bn": 10**9,
    "k": 1000,
}
_WORD = "|".join([*sorted([*_UNITS, *_TENS], key=len, reverse=True)])
_FIGURE = r"\d{1,3}(?:[,  ]\d{3})+(?!\d)|\d{1,3}(?:, \d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?P<first>{_FIGURE}|(?:{_WORD}|half an?|half-a|(?:a )?half(?=-)|(?:a )?quarter of an?|an?|another|hundred|thousand|million|dozen|lakh|crore)\b)"  # noqa: E501
    rf"(?P<rest>(?:[\s-]*(?:and\s+)?(?:{_WORD}|a\s+half(?=\s+(?:million|thousand|billion))|hundred|thousand|million|billion|dozen|lakhs?|crores?|m\b|bn\b|k\b))*)"
    r"(?P<half>\s+and\s+a\s+half)?",
    re.IGNORECASE,
)
_SCALE_BEHIND = re.compile(
    r"(?:^|[\s\d-])(hundred|thousand|million|billion|dozen|lakhs?|crores?|m|bn|k)$", re.I
)
_ONE_AND = re.compile(
    r"((?:an?|one|another|his|her|the) (?!number|total|series)(?:[\w'’-]+ ){0,2}[\w'’-]+(?<!s)) and ", re.I
)
_RANGE = re.compile(r"^\s*(?:-|–|—|to|and|or)\s*$", re.IGNORECASE)
_SHARE = re.compile(r"\s*(?:%|per ?cent\b|percent\b|percentage\b)", re.I)
_VAGUE: Final = tuple((words, re.compile(rf"\b(?:{words})(?!\w)")) for words in VAGUE)
_ANY_VAGUE: Final = re.compile(rf"\b(?:{'|'.join(VAGUE)})(?!\w)")
LONGEST: Final = 200
"""Characters of a count's words that are read; no count is longer, a hostile text may be."""
LARGEST: Final = 10**15
"""A count above this is a misreading, not a count."""


def read_count(text: str, before: str = "", what: Counted | None = None) -> Range:
    """The inclusive range that `text` means; None where a side is open or the words give no number.

    `before` are the words just before `text`: a bound such as "at least" may stand there. A
    percentage, a score or a telephone number gives (None, None). `what` is what is counted: a sum of money
    counts no people, and of "12 dead and 30 wounded" each outcome takes its own number.
    """
    text = _of_outcome(re.sub(r"-and-a-half\b", " and a half", text[:LONGEST]), what)
    if words_of.NOBODY.match(text):
        return 0, 0
    if _is_no_count(text, before, what):
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
        return _without_number(text, before, what)
    start, end, value = numbers[0]
    lead = words_of.BETWEEN.sub("", before[-25:] + text[:start])
    if len(numbers) > 1:
        second = text[end : numbers[1][0]]
        if _RANGE.match(second):
            joined = second.strip().lower()
            if joined != "and" or re.search(r"between\W*$", lead, re.I):
                return _between(text, numbers, lead)
        if re.search(r"\bto (?:more than|over)\W*$", second, re.I):
            return value, None
        if (
            re.search(r"\band\b", second, re.I)
            and not re.sub(r"(?i)\b(?:some|about|at least)\b", "", text[:start]).strip()
        ):
            return _bounded(lead, sum(n[2] for n in numbers), text[numbers[-1][1] :])
    if len(numbers) == 1 and _one_more(text, start, end):
        value += 1
    return _bounded(lead, value, text[end:])


def _is_no_count(text: str, before: str, what: Counted | None) -> bool:
    """True where the words, with those just before them, are a score, a telephone number, money …"""
    if words_of.SHARE_OF.search(text):
        return True
    whole = before[-25:] + text
    if any(match.end() > len(whole) - len(text) for match in words_of.NO_COUNT.finditer(whole)):
        return True
    of_things = what is None or what is Counted.OTHER
    money = words_of.MONEY.search(text) or words_of.MONEY_BEFORE.search(before)
    return bool(money) and not of_things


def _of_outcome(text: str, what: Counted | None) -> str:
    """The part of "12 dead and 30 wounded" that tells of `what`; all of it where one outcome is told."""
    own = words_of.OUTCOMES.get(what) if what else None
    if own is None or not own.search(text):
        return text
    parts = re.split(r"(?:,? and |, )", text)
    others = [pattern for name, pattern in words_of.OUTCOMES.items() if name != what]
    mine = [part for part in parts if own.search(part)]
    apart = any(other.search(part) for part in parts if part not in mine for other in others)
    if len(mine) != 1 or not apart or not all(_NUMBER.search(part) for part in parts):
        return text
    return mine[0]


def _between(text: str, numbers: list[Number], lead: str) -> Range:
    """Of "15 to 20 thousand" the first takes the scale of the second; falling figures are a game's score."""
    (start, end, value), (_, stop, other) = numbers[:2]
    scale = _SCALE_BEHIND.search(text[:stop])
    said = text[start:end].lower()
    if scale and (not said[-1].isalpha() or said in _UNITS or said in _TENS):
        value *= _SCALES[scale[1].lower()]
    elif value < 100 <= other // 100 and re.match(r"-\d+,000", text[end:]):
        value *= 1000
    if value > other and re.fullmatch(r"\d+-\d+", text[start:stop]):
        return OPEN
    least, most = min(value, other), max(value, other)
    return least, None if words_of.AT_LEAST.search(lead) else most


def _one_more(text: str, start: int, end: int) -> bool:
    """True for "three soldiers and a civilian", and for "his wife and two children"."""
    behind = re.fullmatch(r"[\w\s'’-]+ and (?:an?|another|his|her) [\w'’-]+(?<!s)", text[end:], re.I)
    ahead = _ONE_AND.fullmatch(text[:start])
    return bool(behind or (ahead and not words_of.COLLECTIVE.search(ahead[1])))


def _bounded(lead: str, value: int, after: str) -> Range:
    if words_of.AT_LEAST.search(lead) or words_of.OR_MORE.match(after):
        return value, None
    if words_of.UP_TO.search(lead) or words_of.OR_LESS.match(after):
        return None, value
    if words_of.MORE.search(lead):
        return value + 1, None
    if words_of.LESS.search(lead):
        return None, max(0, value - 1)
    if words_of.NEARLY.search(lead):
        return _share(value, 9), max(value - 1, _share(value, 9))
    if words_of.ABOUT.search(lead) or re.match(r"\W*(or so)\b", after, re.I):
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
        total = float(re.sub(r"[,\s]", "", first))
    elif "half" in first or "quarter" in first:
        if not scales or scales[0] not in _SCALES:
            return None
        total = 0.5 if "half" in first else 0.25
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
    return int(value) if value <= LARGEST and value == int(value) else None


_ASIDE = re.compile(
    r"[\s-]*(?:year|month|day|week|hour)s?[\s-]*old|(?:st|nd|rd|th)\b"
    r"|-(?:year|month|day|hour|minute|mile|metre|meter)s?\b| (?:year|month|week|day|hour|minute)s?\b"
    r"|\s?(?:km|kilomet|miles?\b|metres\b|meters\b|mm\b|am\b|pm\b|a\.m|p\.m)",
    re.I,
)


def _counting(text: str, numbers: list[Number]) -> list[Number]:
    """Leaves out ages, ordinals and measures: "a wounded seven-year-old girl" is one girl, not seven."""
    kept = []
    for row in numbers:
        told = text[: row[0]].rstrip()
        age = told.endswith(",") and re.match(r"\s*(?:,|$)", text[row[1] :]) and re.match(r"[A-Z]", text)
        aged = re.search(r"\b(?:aged?|age of)$", told, re.I) or _of_age(told, text[row[1] :])
        word = (
            re.match(r"(?:dozen|hundred|thousand|million)s\b", text[row[0] :], re.I)
            or text[row[1] :][:1] == "s"
        )
        several = re.search(r"\b(?:several|few|couple(?: of)?)$", told, re.I)
        if not (_ASIDE.match(text[row[1] :]) or age or aged or word or several):
            kept.append(row)
    return kept


def _of_age(told: str, after: str) -> bool:
    """True for "a girl of 9" and "a mother of four", false for "a group of 10", "a minimum of 10"."""
    if re.search(r"\b(?:minimum|maximum|average|record|estimate|array|range|sort)\b", told, re.I):
        return False
    one = re.fullmatch(r"(?:.*\b)?((?:an?|the|one) (?:\w+ )?[\w'’-]+(?<!s)) of", told, re.I)
    return bool(one) and not after.strip(" ,.") and not words_of.COLLECTIVE.search(one[1] if one else "")


def _without_number(text: str, before: str, what: Counted | None) -> Range:
    lowered = " ".join(text.lower().split())
    if words_of.NONE.search(lowered):
        return 0, 0
    found = max(
        ((match.end() - match.start(), -match.start(), words, match) for words, match in _vague(lowered)),
        default=None,
        key=lambda row: row[:2],
    )
    if found:
        low, high = VAGUE[found[2]]
        lead = before[-25:] + text[: found[3].start()]
        if words_of.AT_LEAST.search(lead) or words_of.MORE.search(lead):
            return low, None
        if words_of.UP_TO.search(lead) or words_of.LESS.search(lead):
            return None, high
        if _ONE_AND.fullmatch(text[: found[3].start()]) and low is not None:
            return low + 1, None if high is None else high + 1
        return low, high
    if re.match(r"(an?|one|another|his|her|its|their|the|my|our)\b", lowered):
        return _single(lowered)
    return _one_human(text) if what and what in words_of.OUTCOMES else _names(text)


def _vague(lowered: str) -> Iterator[tuple[str, re.Match[str]]]:
    # One look for any of them: most words are not vague, and there are dozens of patterns.
    for words, pattern in _VAGUE if _ANY_VAGUE.search(lowered) else ():
        if match := pattern.search(lowered):
            yield words, match


def _single(lowered: str) -> Range:
    """One for "a woman", two for "a woman and a child"; nulls for words that hold many."""
    lowered = re.sub(r", \d{1,3}(?=,| and)", "", lowered)
    each = r"(?:an?|one|another|his|her) (?:[\w'’-]+ ){0,2}?[\w'’-]+(?<!s)"
    if re.fullmatch(rf"{each}(?:(?:,? and |, | ){each})+", lowered) and " of " not in lowered:
        number = len(re.findall(r"\b(?:an?|one|another|his|her)\b", lowered))
        return number, number
    if re.fullmatch(
        r"an? (man|woman|boy|girl|mother|father|teacher|soldier|policeman) and (child|woman|girl|boy|baby)",
        lowered,
    ):
        return 2, 2
    many = r"\b(?:lot|great deal|majority|group|crowd|team|convoy|half|rest|toll|number|figure|total)\b"
    if re.search(many, lowered) or words_of.COLLECTIVE.search(lowered):
        return OPEN
    if re.match(r"(an?|one|another)\b", lowered) or re.search(r"(?<!s)$|(?:ss|us|is)$", lowered):
        return 1, 1
    return OPEN


def _one_human(text: str) -> Range:
    """One for words that, as victims, can only be one human: "him", "LUIS GALAN", "former mayor"."""
    if words_of.PRONOUN.match(text):
        return 1, 1
    bare = re.sub(r",? (?:aged? )?\d{1,3}$|^\d{1,2}-year-old ", "", text)
    named = _names(bare)
    if named != OPEN:
        return named
    words = bare.split()
    if not 0 < len(words) <= 6 or re.search(r"[\d,;:()]", bare) or words_of.COLLECTIVE.search(bare):
        return OPEN
    if bare.isupper():
        common = re.search(r"\b(?:THE|THEY|THEM|THOSE|MORE|OTHERS?|SOME|AND|OF)\b", bare)
        return (1, 1) if len(words) > 1 and not common and not words[-1].endswith("S") else OPEN
    singular = re.fullmatch(r"(?:[\w’'-]+ ){0,3}" + _OFFICE, bare)
    return (1, 1) if singular else OPEN


_OFFICE = (
    r"(?:leader|commander|mayor|lawyer|journalist|courier|officer|official|spokesman|minister|student|suspect"
    r"|terrorist|militant|soldier|policeman|civilian|man|woman|girl|boy|child|driver|priest|teacher|doctor"
    r"|colleague|cousin|brother|sister|son|daughter|father|mother|wife|husband|fatality|predecessor)"
)


def _names(text: str) -> Range:
    """One for a person's name, with or without a title; two for two names joined by "and"."""
    text = re.sub(r",? \d{1,3}$", "", text)
    words = text.split()
    if not 0 < len(words) <= 7 or re.search(r"\d|[!?;:]\s|\w{3}\.\s", text):
        return OPEN
    if len(words) > 1 and text.isupper():
        return OPEN
    named = r"(?:[A-Z][\w'’.-]*|al-\w+|bin|ibn|abu|de|la|von|el)"
    if re.fullmatch(rf"(?:[a-z]+ ){{0,3}}{named}(?: {named})*", text) and not text.endswith("s"):
        return 1, 1
    if re.fullmatch(
        rf"(?:[A-Za-z]+ )*?{named} {named} and (?:{named} {named}|(?:his|her) [a-z]+(?<!s))", text
    ):
        return 2, 2
    if re.fullmatch(rf"{named} {named}, {named} {named},? and {named} {named}", text):
        return 3, 3
    return OPEN
