"""Quotations: direct speech between quotation marks."""

from __future__ import annotations

import re
from typing import Final

WORDS_AT_LEAST: Final = 4
"""Fewer words between marks are a term or a scare quote, unless they end as a sentence does."""

_PAIRS: Final = {"“": "”", "«": "»", "„": "“”"}
_WORD: Final = re.compile(r"\w+")


def find_quotations(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The quotations between the offsets, marks included, in text order, none within another.

    A typographic mark that stays open runs to the end: speech over several paragraphs opens each of
    them anew and closes the last only. Straight marks count in pairs.
    """
    found: list[tuple[int, int]] = []
    position = start
    while position < end:
        mark = text[position]
        stop = None
        if mark in _PAIRS:
            stop = _closing(text, position, end, mark)
        elif mark == '"' and _opens(text, position, start):
            closing = text.find('"', position + 1, end)
            stop = closing + 1 if closing >= 0 else None
        if stop is None:
            position += 1
            continue
        if _is_speech(text, position, stop):
            found.append((position, stop))
        position = stop
    return found


def _closing(text: str, start: int, end: int, mark: str) -> int:
    closers = _PAIRS[mark]
    depth = 0
    for position in range(start + 1, end):
        char = text[position]
        if char == mark and mark not in closers:
            depth += 1
        elif char in closers:
            if depth == 0:
                return position + 1
            depth -= 1
    return end


def _opens(text: str, position: int, start: int) -> bool:
    return position == start or not (text[position - 1].isalnum() or text[position - 1] in ".,!?")


def _is_speech(text: str, start: int, stop: int) -> bool:
    inner = text[start + 1 : stop]
    words = len(_WORD.findall(inner))
    if words >= WORDS_AT_LEAST:
        return True
    return words > 0 and inner.rstrip('”“»"').rstrip().endswith((".", ",", "!", "?", "…"))
