"""Whether the words around a time look ahead or back: "will meet on Friday", "met on Friday"."""

# ruff: noqa: E501 - a pattern broken over many lines is harder to read

from __future__ import annotations

import re
from typing import Final

AHEAD: Final = 200
"""So many characters before a time are looked at for "will" and the like: about a clause."""
BEHIND: Final = 120
"""So many characters after a time tell its tense where it begins the sentence."""
OPENING: Final = 12
"""A time with at most so many characters before it begins its sentence ("But by Friday ...")."""
_FUTURE: Final = re.compile(
    r"\b(?:will|would|won't|shall|(?<!\d )may(?! \d|[.,])|might|must|should|(?:is|are|was|were|be) (?:to|due|set|expected|scheduled|planned|going)|set to|"
    r"plan(?:s|ned|ning)? (?:to|for|a)|expect(?:s|ed)? (?:to|in|on|by|for)|scheduled|to be held|starting|upcoming|"
    r"threatens?|(?<!a )calls? (?:on|upon|all)|invitation to|pave the way for|continues|promises?|vows|orders?|urges?|"
    r"demands?|proposes?|intends?|aims?|hopes?|prepares?|preparing|in the run-up to|ahead of)\b"
)
_PAST: Final = re.compile(
    r"\b(?:said|says|told|announced|warned|reported|added|stated|recalled|issued|have|has|had|would have|after|since|did|began)\b"
)
_DONE: Final = re.compile(
    r"\b(?:was|were|had|did|[a-z]{2,}ed|became|fell|took|came|went|left|held|broke|fled|won|lost)\b"
)
_INTENT: Final = re.compile(r"\bto (?!the\b|a\b|an\b|his\b|her\b|its\b|their\b)[a-z]+")
_CLAUSE: Final = re.compile(
    r"[;:“”\"]|, (?:said|who|which|where|when|\w+ed|held|taken|seized|caught|killed|born|as)\b|\bas the\b"
)
"""Where the clause that holds a time may begin: what stands before does not tell its tense."""


def around_of(text: str, around: str) -> tuple[str, str]:
    """The words of the sentence `around` before and after `text`, lower case; empty where it is not in it."""
    at = around.find(text)
    if at < 0:
        return "", ""
    after = around[at + len(text) : at + len(text) + BEHIND]
    return around[max(0, at - AHEAD) : at].lower(), after.lower()


def looks_ahead(lead: str) -> bool:
    """True where the words before a time in its clause speak of what is to come."""
    clause = _CLAUSE.split(lead)[-1]
    marks = list(_FUTURE.finditer(clause))
    return bool(marks) and not _PAST.search(clause, marks[-1].end())


def looks_back(lead: str, trail: str) -> bool:
    """True where the clause of a time surely tells of what is over: "The post was deleted within the hour".

    A time that begins its sentence takes the tense of what follows it.
    """
    if len(lead.strip()) <= OPENING:
        clause = re.split(r"[.;:]", trail)[0]
        done, ahead = _DONE.search(clause), _FUTURE.search(clause)
        return bool(done) and not (ahead and done and ahead.start() < done.start())
    clause = _CLAUSE.split(lead)[-1]
    done_at = max((match.start() for match in _DONE.finditer(clause)), default=-1)
    meant = [match.start() for mark in (_FUTURE, _INTENT) for match in mark.finditer(clause)]
    return done_at > max(meant, default=-1)
