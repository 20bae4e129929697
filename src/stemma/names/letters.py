"""How likely Latin letters are as the writing of a name in Arabic letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from stemma.lexicon import read_rows

UNSEEN: Final = 11.0
"""Bits of a pair of letters that the table does not hold: dearer than the rarest one that it does."""
LONGEST: Final = 4
_START, _END = "^", "$"
_ARABIC = re.compile(r"[\u0620-\u064a\u0671-\u06d3]")
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640\u200c-\u200f]")
_LETTERS = str.maketrans(
    {"ی": "ي", "ک": "ك", "ى": "ي", "ە": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ے": "ي", "ٱ": "ا", "ٹ": "ت"}
    | {"ڈ": "د", "ڑ": "ر", "ں": "ن"}
)
_PERSIAN: Final = {
    "پ": (("p", 0.2),),
    "چ": (("ch", 0.5), ("tch", 3.0), ("c", 3.0)),
    "ژ": (("zh", 0.8), ("j", 1.5), ("z", 3.0)),
    "گ": (("g", 0.3), ("gu", 3.0), ("gh", 3.0)),
    "ڤ": (("v", 0.3),),
}


def is_arabic(text: str) -> bool:
    """True where `text` holds a letter of the Arabic script (Arabic, Persian, Urdu)."""
    return bool(_ARABIC.search(text))


def fold_arabic(text: str) -> str:
    """`text` without vowel signs, lengthening and the letter forms that languages exchange."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_LETTERS)


@lru_cache(maxsize=20_000)
def bits_of(arabic: str, latin: str) -> float:
    """How surprising `latin` (a-z) is as the writing of the word `arabic`, in bits; less is more alike.

    The sum, over all ways of sharing the Latin letters out among the Arabic ones, of what the table
    of letters allows; that table was counted from pairs of one name in both scripts.
    """
    word = fold_arabic(arabic)
    length = len(latin)
    rows = [0.0] * (length + 1)
    rows[0] = 1.0
    for index, letter in enumerate(word):
        chances = _chances(letter, index == 0, index == len(word) - 1)
        after = [0.0] * (length + 1)
        for at, chance in enumerate(rows):
            if chance:
                for size in range(min(LONGEST, length - at) + 1):
                    after[at + size] += chance * chances.get(latin[at : at + size], _rare(size))
        rows = after
    return -_log2(rows[length])


def likeness_across(arabic: str, latin: str) -> float:
    """How alike a word in Arabic and one in Latin letters are, in [0, 1]: bits a letter, turned round."""
    if not arabic or not latin:
        return 0.0
    a_letter = bits_of(arabic, latin) / (len(fold_arabic(arabic)) + len(latin))
    return max(0.0, min(1.0, 1.15 - a_letter / 4))


def _log2(chance: float) -> float:
    from math import log2

    return log2(chance) if chance > 0 else -999.0


def _rare(size: int) -> float:
    return float(2 ** -(UNSEEN + 2 * size))


@cache
def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for row in read_rows("letters.csv"):
        table.setdefault(row["letter"], {})[row["latin"]] = 2 ** -float(row["bits"])
    for letter, pairs in _PERSIAN.items():
        table[letter] = {latin: 2**-bits for latin, bits in pairs}
    return table


@cache
def _chances(letter: str, first: bool, last: bool) -> dict[str, float]:
    mark = _START if first else _END if last else ""
    table = _table()
    return table.get(letter + mark) or table.get(letter) or {}


def usual_latin(arabic: str) -> str:
    """The commonest writing of each Arabic letter, strung together: a rough Latin form to search by."""
    word = fold_arabic(arabic)
    rows = [_chances(letter, index == 0, index == len(word) - 1) for index, letter in enumerate(word)]
    return "".join(max(row, key=lambda latin: row[latin]) for row in rows if row)
