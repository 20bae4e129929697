"""Small numbers in words, as time expressions use them."""

from __future__ import annotations

import re
from typing import Final

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_VALUES: Final = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * (k + 2) for k, word in enumerate(_TENS)},
    "a": 1,
    "an": 1,
    "hundred": 100,
    "dozen": 12,
}
VAGUE: Final[dict[str, tuple[int, int | None]]] = {
    "a couple of": (2, 2),
    "a couple": (2, 2),
    "couple of": (2, 2),
    "the few": (3, 5),
    "a few": (3, 5),
    "few": (3, 5),
    "several": (3, 9),
    "some": (2, None),
    "many": (2, None),
    "a number of": (3, None),
}
"""What a vague number of days, weeks and so on means: that of the coding guidelines."""
_WORD = "|".join(sorted([*_UNITS, *_TENS], key=len, reverse=True))
_VAGUE = "|".join(sorted(VAGUE, key=len, reverse=True))
NUMBER: Final = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}})(?:\.\d)?(?: 1/2)?|(?:a )?hundred|(?:{_WORD})(?:[ -](?:{_WORD})){{0,3}}"  # noqa: E501
    rf"(?: hundred)?|{_VAGUE}|an?|half an?)(?:[ -]and[ -](?:a[ -])?half)?"
)
"""A pattern of the numbers that `number_of` reads, lower case."""
ORDINAL: Final = {
    **{word: k + 1 for k, word in enumerate(_ORDINALS)},
    **{
        f"{tens}-{word}": 20 + 10 * k + j + 1
        for k, tens in enumerate(_TENS)
        for j, word in enumerate(_ORDINALS[:9])
    },
    "twentieth": 20,
    "thirtieth": 30,
}
ORDINAL_WORD: Final = "|".join(sorted(ORDINAL, key=len, reverse=True))


def number_of(text: str) -> tuple[float, float | None] | None:
    """The least and the most that `text` (lower case) means, the most None where open; None for none."""
    words = " ".join(text.lower().split())
    if words in VAGUE:
        return VAGUE[words]
    half = 0.5 if re.search(r"and[ -](?:a[ -])?half$| 1/2$", words) else 0.0
    words = re.sub(r"[ -]and[ -](?:a[ -])?half$| 1/2$", "", words)
    if words.startswith("half a"):
        return 0.5, 0.5
    if re.match(r"\d", words):
        try:
            value = float(words.replace(",", ""))
        except ValueError:
            return None
    else:
        value = 0.0
        for word in re.split(r"[ -]", words):
            if word not in _VALUES:
                return None
            value = max(value, 1) * 100 if word == "hundred" else value + _VALUES[word]
    return value + half, value + half
