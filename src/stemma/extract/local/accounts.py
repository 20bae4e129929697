"""Whose account a sentence gives: "the army's account has 70 killed" is told on the army's word."""

from __future__ import annotations

import re
from collections.abc import Collection

import numpy as np

from stemma.extract.local.decode import ENTITY_KINDS, Draft, Link
from stemma.extract.local.scores import Scores
from stemma.model import EntityKind

ACCOUNT = re.compile(
    r"['’]s? (?:own |latest |official ){0,2}"
    r"(?:account|version|statement|communiqu[eé]|tally|count|figures|report)\b",
    re.I,
)
"""In all five places of the coded reports with such words before a trigger their owner is its source."""
SURE = 0.9
WIDEST = 120
"""Characters between an account and what it tells."""
_KINDS = list(EntityKind)
_SPEAKING = frozenset(
    {
        EntityKind.PERSON,
        EntityKind.GROUP,
        EntityKind.UNIT,
        EntityKind.GOVERNMENT,
        EntityKind.ORGANISATION,
        EntityKind.OUTLET,
    }
)


def with_account(draft: Draft, scores: Scores, mentions: Collection[int]) -> list[Link]:
    """The links of a draft, with whoever's account stands before its trigger as the source.

    `mentions` are the spans that are taken for parties. Nothing is added where a source of its own sentence
    is known; voices of other sentences give way.
    """
    words, spans = scores.words, scores.spans
    sentence = words.sentence[draft.start]
    sources = [link for link in draft.links if link.label == "source"]
    if any(words.sentence[spans.starts[link.span]] == sentence for link in sources):
        return draft.links
    trigger = int(words.start[draft.start])
    first = int(words.start[np.searchsorted(words.sentence, sentence)])
    low = max(first, trigger - WIDEST)
    for told in ACCOUNT.finditer(words.text, low, trigger):
        owners = [
            index
            for index in np.flatnonzero(words.end[spans.ends] == told.start()).tolist()
            if index in mentions and _KINDS[int(spans.kinds[index, :ENTITY_KINDS].argmax())] in _SPEAKING
        ]
        if owners:
            widest = min(owners, key=lambda index: int(spans.starts[index]))
            others = [link for link in draft.links if link.label != "source"]
            return [*others, Link(widest, "source", SURE)]
    return draft.links
