"""Victims told among victims: "nine people including five children" are two parties of one claim."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from stemma.extract.local.counted import NUMBER
from stemma.extract.local.decode import Draft, Link
from stemma.extract.local.scores import Scores
from stemma.model import Role

CUE: Final = re.compile(
    r"[\s,(–—-]{0,4}\b(?:including|among (?:them|whom)|of (?:them|whom))\s{1,2}", re.IGNORECASE
)
_CUES: Final = ("including", "among them", "among whom", "of them", "of whom")
AND: Final = re.compile(r"\s{0,2}(?:,|,? and|&)\s{1,2}", re.IGNORECASE)
VICTIMS: Final = (Role.VICTIM, Role.RECIPIENT)
REACH: Final = 200
"""Characters from the start of the victims' words in which the words that divide them begin."""


def tells_of_parts(text: str) -> bool:
    """True where a text may say of people that others are among them."""
    low = text.lower()
    # `CUE` begins with what may be nothing, so that it is tried at every character: asked last.
    return any(words in low for words in _CUES) and CUE.search(text) is not None


def included(draft: Draft, scores: Scores, humans: Mapping[int, int]) -> list[Link]:
    """Links to those whom the words of a draft's victims, or what follows them at once, count among them.

    `humans` gives the widest span of people that begins at a character. Of 29 parts that coders counted
    as killed, 26 are victims of their claim (`../shared/gold`).
    """
    text, found = scores.words.text, list[Link]()
    linked = {(link.span, link.label) for link in draft.links}
    for role in VICTIMS:
        for link in draft.linked(role):
            whole = scores.words_of(link.span)[1]
            at = _begin(text, whole.start, whole.end)
            while at is not None and NUMBER.match(text, at) and at in humans:
                part = scores.words_of(humans[at])[1]
                if (humans[at], role) not in linked and humans[at] != link.span:
                    found.append(Link(humans[at], role, link.score))
                more = AND.match(text, part.end)
                at = more.end() if more else None
    return found


def _begin(text: str, start: int, end: int) -> int | None:
    """Where the words behind the cue begin, within [start, end] or right behind it."""
    match = CUE.search(text, start, min(end, start + REACH)) or CUE.match(text, end)
    return match.end() if match else None
