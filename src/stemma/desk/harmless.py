"""Report text for a page: what would reorder, hide or break it becomes a visible sign."""

from __future__ import annotations

import re
from typing import Final

ODD: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Controls, direction embeddings, overrides and isolates, tags that can hide a text, half characters. A page
parser changes a carriage return, so that it counts as odd as well. Plain direction marks stay: Persian
and Arabic need them."""


def sign(character: str) -> str:
    """The visible sign of an odd character: `U+202E`."""
    return f"U+{ord(character):04X}"


def clean(text: object) -> str:
    """`text` with odd characters as visible signs, line breaks kept."""
    return ODD.sub(lambda match: f"⟨{sign(match[0])}⟩", str(text))


def fragments(text: str, start: int = 0) -> list[tuple[int, str, bool]]:
    """`text` as (offset, words, odd) in order: odd characters stand alone, as their sign."""
    found = []
    at = 0
    for match in ODD.finditer(text):
        if match.start() > at:
            found.append((start + at, text[at : match.start()], False))
        found.append((start + match.start(), sign(match[0]), True))
        at = match.end()
    if at < len(text):
        found.append((start + at, text[at:], False))
    return found
