"""Pages that show a wall instead of the article."""

from __future__ import annotations

import re
from typing import Final

_WALL: Final = re.compile(
    r"cookies?\b|\bconsent|\bwe\s+(?:and\s+our|value\s+your)\b|\bprivacy\b|\bour\s+(?:\d+\s+)?partners\b"
    r"|\blegitimate\s+interest|\bmanage\s+(?:options|preferences|settings)|\baccept\s+all|\breject\s+all"
    r"|\bpersonal(?:ised|ized)\s+ads|\bpersonal\s+data|\bbefore\s+you\s+continue|\bcookie-|\bDatenschutz|\bEinwilligung"
    r"|\bvos\s+données|\bnos\s+partenaires|\bconsentement|\bvendors?\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?\n]?")

WALL_SHARE: Final = 0.5
"""From this share of sentences about cookies and consent on, a page is a wall. An article on privacy
law has .2 to .4 of them and is longer."""

WALL_AT_MOST: Final = 6000
"""A longer page is no wall, or has an article beside it."""

HITS_AT_LEAST: Final = 3


def is_consent_wall(title: str, story: str) -> bool:
    """True where the page asks for consent and tells nothing else."""
    if not story or len(story) > WALL_AT_MOST:
        return False
    sentences = [sentence for sentence in _SENTENCE.findall(story) if len(sentence.split()) > 1]
    hits = [sentence for sentence in sentences if _WALL.search(sentence)]
    found = sum(len(_WALL.findall(sentence)) for sentence in hits) + len(_WALL.findall(title))
    if found < HITS_AT_LEAST:
        return False
    return sum(map(len, hits)) >= WALL_SHARE * sum(map(len, sentences))
