"""Counts that the victims' own words give: "four activists" executed are four killed."""

from __future__ import annotations

import re
from typing import Final

from stemma.model import Counted

HARM: Final = {
    Counted.KILLED: re.compile(
        r"\b(?:kill|dead\b|died\b|dies\b|death|execut|slain|slay|massacr|murder|assassinat|behead|shot dead)",
        re.IGNORECASE,
    ),
    Counted.INJURED: re.compile(r"\b(?:injur|wound|hurt\b|maim)", re.IGNORECASE),
    Counted.CAPTURED: re.compile(r"\b(?:captur|abduct|kidnap|detain|arrest|hostage|imprison)", re.IGNORECASE),
}
"""What a trigger does to its victim. Of 531 coded victims whose words begin with a number, 92 % are counted
so; of the single persons killed or injured 64 % (training reports)."""
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
    " dozens scores hundreds thousands several"
).replace(" ", "|")
NUMBER: Final = re.compile(
    r"(?:(?:at least|more than|about|some|up to|nearly|almost|over|around|an estimated|as many as) )?"
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|(?:{_WORDS})(?:[ -](?:{_WORDS}))*)"
    r"(?=\s)(?!\s*(?:per\b|%))",
    re.IGNORECASE,
)


def is_harm(trigger: str) -> bool:
    """True where a trigger says what was done to people, and not how ("killed", not "airstrike")."""
    return any(words.search(trigger) for words in HARM.values())


def harm_of(trigger: str) -> Counted | None:
    """What a trigger does to people, where it does one thing: null for "killed and wounded"."""
    kinds = [kind for kind, words in HARM.items() if words.search(trigger)]
    return kinds[0] if len(kinds) == 1 else None


def leading_number(words: str) -> str | None:
    """The number with which the words of a party begin, with its bound; null where there is none."""
    match = NUMBER.match(words)
    return match[0] if match else None
