"""The word that makes a claim less than certain, where the network hears doubt and links no word to it."""

from __future__ import annotations

import re
from functools import cache

from stemma.lexicon import read_rows
from stemma.model import Certainty, Span


def find_hedge(text: str, sentence: Span, trigger: Span) -> tuple[Certainty, Span] | None:
    """The certainty and place of the hedge in `sentence` that is nearest to `trigger`.

    A hedge before the trigger goes before one as far behind it. None where the sentence has none.
    """
    pattern, certainties = _hedges()
    found = []
    for match in pattern.finditer(text, sentence.start, sentence.end):
        span = Span(start=match.start(), end=match.end())
        if span.overlaps(trigger):
            continue
        ahead = trigger.start - span.end
        distance = ahead if ahead >= 0 else span.start - trigger.end
        found.append((distance, ahead < 0, span.start, span))
    if not found:
        return None
    span = min(found, key=lambda row: row[:3])[3]
    return certainties[span.of(text).lower()], span


PLAIN = frozenset(
    "reportedly allegedly purportedly supposedly presumably possibly alleged suspected unconfirmed".split()
)
"""Hedges that can hardly mean anything else: where one stands by a trigger, no network is asked."""
BY = 30
"""Characters from such a hedge to the trigger at the most, with no comma or clause between."""


def find_plain_hedge(text: str, sentence: Span, trigger: Span) -> tuple[Certainty, Span] | None:
    """The plain hedge just before or after `trigger` ("reportedly defected", "killed, allegedly by …")."""
    low, high = max(sentence.start, trigger.start - BY), trigger.end + BY
    near = text[low:high].lower()
    # Hardly a claim has one, and looking for ten words is a tenth of looking for every hedge.
    if not any(word in near for word in PLAIN):
        return None
    found = find_hedge(text, Span(start=low, end=high), trigger)
    if not found or found[1].of(text).lower() not in PLAIN or found[1].end > sentence.end:
        return None
    certainty, span = found
    between = text[min(span.end, trigger.end) : max(span.start, trigger.start)]
    return None if any(mark in between for mark in ",;:.—–") else (certainty, span)


def certainty_of(words: str) -> Certainty | None:
    """The certainty that a hedge word stands for; None for a word that is no known hedge."""
    return _hedges()[1].get(words.lower())


@cache
def _hedges() -> tuple[re.Pattern[str], dict[str, Certainty]]:
    certainties = {row["words"]: Certainty(row["certainty"]) for row in read_rows("hedges.csv")}
    longest_first = sorted(certainties, key=lambda words: (-len(words), words))
    either = "|".join(re.escape(words) for words in longest_first)
    # "May" with a capital is the month.
    return re.compile(rf"\b(?!May\b)(?i:{either})\b"), certainties
