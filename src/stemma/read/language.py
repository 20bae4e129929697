"""The language of a text."""

from __future__ import annotations

import re
from typing import Final

LETTERS_AT_LEAST: Final = 120
"""A shorter text is too short to tell: py3langid takes names for Italian below about a hundred letters."""

SAMPLE: Final = 3000

_ENGLISH: Final = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "that",
        "was",
        "were",
        "is",
        "are",
        "for",
        "on",
        "with",
        "as",
        "by",
        "at",
        "from",
        "has",
        "have",
        "had",
        "his",
        "its",
        "their",
        "they",
        "he",
        "she",
        "who",
        "which",
        "been",
        "not",
        "but",
        "after",
        "this",
        "it",
        "said",
        "would",
        "will",
    ]
)
ENGLISH_SHARE: Final = 0.25
"""English news has .33 to .45 of these words, and no other language that was tried above .08."""

_WORD: Final = re.compile(r"[^\W\d_]+")


def find_language(text: str) -> str | None:
    """The language of `text` as an ISO 639-1 code where there is one; `None` where it is too short.

    The commonest words settle English; all other texts go to py3langid, whose model costs about a
    second and 130 MiB when it is first needed.
    """
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if sum(map(len, words)) < LETTERS_AT_LEAST:
        return None
    if sum(word in _ENGLISH for word in words) >= ENGLISH_SHARE * len(words):
        return "en"
    import py3langid

    language, _ = py3langid.classify(sample.lower())
    return str(language)
