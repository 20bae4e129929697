"""Words back to the report: where what a model wrote stands in the text, or that it does not stand there.

Exact words first, then words that differ in spaces, quotation marks, dashes or case, then, for long words
only, nearly equal ones. What is kept is always what the report says, never what the model wrote.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz, process

from stemma.model import Span

FUZZY_FLOOR: Final = 88.0
"""Likeness (0 to 100) from which long words are taken for the report's. Of 2,000 sentences of news with two
slips each (a letter, a word, a comma) 94 % come back to their place and 4 % are given up; of 1,998
sentences of other reports one is taken, of 858 with a digit changed none (`bench/llm.py --align`)."""
FUZZY_LEAST: Final = 24
"""Characters under which nothing is matched nearly: short words are like too many others."""
FUZZY_MOST: Final = 2_000
"""Characters of the longest words that are matched nearly: bounds the work that an answer can cause."""
WORD_FLOOR: Final = 80.0
"""How alike a word of the model is to one of the report's at the least, where words are counted."""
SHARE: Final = 0.8
"""The share of a model's words that must stand in the words found."""

_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_NUMBER: Final = re.compile(
    r"\d+|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?"
    r"|thousands?|millions?|dozens?|half|first|second|third|no|not|none|never|without|nobody|neither|nor|denied"
    r"|denies|deny|n't)\b"
)
"""Words in which a slip would change what is said: numbers and denials must be the same on both sides."""
_WORD: Final = re.compile(r"\w+(?:'\w+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand: `how` is `exact`, `plain` or `near`."""

    span: Span
    how: str


class Aligner:
    """Finds words in one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._plain, self._at = _plain_with_places(text)

    def find(self, words: str, within: Span, near: int, *, fuzzy: bool = False) -> Found | None:
        """The place of `words` within a part of the text that is nearest to offset `near`; null where none.

        Only whole words count. `fuzzy` also takes long words that are nearly the same.
        """
        words = words.strip()
        if not words:
            return None
        span = _nearest(_occurrences(self._text, words, within.start, within.end), len(words), near)
        if span:
            return Found(span, "exact")
        plain = plain_text(words)
        if not plain:
            return None
        low, high = self._plain_range(within)
        spans = [self._back(at, at + len(plain)) for at in _occurrences(self._plain, plain, low, high)]
        if spans:
            return Found(min(spans, key=lambda span: _distance(span, near)), "plain")
        if fuzzy and FUZZY_LEAST <= len(plain) <= FUZZY_MOST:
            span = self._nearly(plain, low, high)
            return Found(span, "near") if span else None
        return None

    def _nearly(self, plain: str, low: int, high: int) -> Span | None:
        part = self._plain[low:high]
        found = fuzz.partial_ratio_alignment(plain, part, score_cutoff=FUZZY_FLOOR)
        if found is None or found.dest_end <= found.dest_start:
            return None
        start, end = low + found.dest_start, low + found.dest_end
        while start > low and self._plain[start - 1].isalnum() and self._plain[start].isalnum():
            start -= 1
        while end < high and self._plain[end - 1].isalnum() and self._plain[end].isalnum():
            end += 1
        while start < end and not self._plain[start].isalnum():
            start += 1
        there = self._plain[start:end]
        return self._back(start, end) if start < end and says_the_same(plain, there) else None

    def _plain_range(self, within: Span) -> tuple[int, int]:
        return bisect_left(self._at, within.start), bisect_left(self._at, within.end)

    def _back(self, start: int, end: int) -> Span:
        """The characters of the text that plain characters [start, end) came from."""
        return Span(start=self._at[start], end=self._at[end - 1] + 1)


def plain_text(text: str) -> str:
    """`text` in small letters with plain quotation marks and dashes and single spaces."""
    return _plain_with_places(text)[0].strip()


def says_the_same(one: str, other: str) -> bool:
    """True where nearly equal plain words cannot differ in sense by a number, a denial or a name."""
    if sorted(_NUMBER.findall(one)) != sorted(_NUMBER.findall(other)):
        return False
    mine, theirs = _WORD.findall(one), _WORD.findall(other)
    if not mine or not theirs:
        return False
    there = list(dict.fromkeys(theirs))
    held = sum(
        process.extractOne(word, there, scorer=fuzz.ratio, score_cutoff=WORD_FLOOR) is not None
        for word in mine
    )
    return held / len(mine) >= SHARE


def _plain_with_places(text: str) -> tuple[str, list[int]]:
    """Plain text, and for each of its characters the place in `text` that it came from."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        for plain in unicodedata.normalize("NFKC", letter.translate(_PLAIN)).casefold():
            if not plain.isspace():
                letters.append(plain)
            elif letters and letters[-1] != " ":
                letters.append(" ")
            else:
                continue
            places.append(at)
    return "".join(letters), places


def _occurrences(text: str, words: str, low: int, high: int) -> list[int]:
    """Where `words` stand as whole words in text[low:high]."""
    found = []
    at = text.find(words, low, high)
    while at >= 0:
        if not (_joined(text, at) or _joined(text, at + len(words))):
            found.append(at)
        at = text.find(words, at + 1, high)
    return found


def _joined(text: str, at: int) -> bool:
    """True where the place between two characters lies within a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def _nearest(starts: list[int], length: int, near: int) -> Span | None:
    spans = [Span(start=start, end=start + length) for start in starts]
    return min(spans, key=lambda span: _distance(span, near)) if spans else None


def _distance(span: Span, near: int) -> int:
    return max(span.start - near, near - span.end, 0)
