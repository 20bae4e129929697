"""Where a report itself says that two mentions are one: brackets, "also known as", a title before a name."""

from __future__ import annotations

import re
from typing import Final

from stemma.model import EntityKind, Span
from stemma.names.bodies import is_acronym_of

FARTHEST: Final = 60
"""Characters between two mentions beyond which the words between them tie nothing."""

_ALSO = re.compile(
    r"(?is)^[\s,(\[“\"'’]*(?:(?:who|which) (?:is|was) )?"
    r"(?:(?:also|better|otherwise|formerly|previously|commonly|locally|now) (?:known|called|referred to)"
    r"(?: as| by)?|a\.?k\.?a\.?|known as|real name|nom de guerre|or simply|formerly|called|alias|born|dubbed"
    r"|nicknamed|abbreviated(?: as| to)?|meaning)\b[\s,:“\"'’]*(?:the\s+|as\s+)?$"
)
_OPEN = re.compile(
    r"(?s)^\s*[(\[]\s*(?:(?:Arabic|Kurdish|Persian|Russian|Hebrew|Turkish|French|Spanish)\b[^()]*,\s*)?[“\"']?$"
)
_COMMA = re.compile(r"^\s*,\s*(?:(?:also|then|now)\s+)?$")
_OR = re.compile(r"^\s*,\s*or\s*(?:the\s+)?$")
_APPOINTED = re.compile(
    r"(?i)^\s*(?:(?:was|is|became|had been|has been)\s*)?(?:(?:appointed|named|elected|made)\s*)?(?:as\s+)?$"
)
_ROLE = re.compile(
    r"(?i)\b(?:minister|president|premier|chancellor|secretary|representative|envoy|ambassador|commander|chief|leader"
    r"|head|director|spokes(?:man|woman|person)|general|governor|mayor|king|prince|sheikh|emir|caliph|coordinator"
    r"|deputy|chairman|chairwoman|chair|officer|adviser|advisor|commissioner|chargé|charge|founder|imam|cleric|analyst"
    r"|professor|journalist|lawyer|judge|prosecutor|official|member|brother|son|father|wife|ruler|architect|doctor)s?\b"
)
_NAMED: Final = frozenset((EntityKind.PERSON,))


def said_same(text: str, first: Span, second: Span, kind: EntityKind) -> str | None:
    """Why the words of `text` make two mentions of one kind one, as a short sentence; else `None`.

    `first` must end before `second` starts. Found are "A (B)" where B is A's acronym or A's name in
    another language, "A, also known as B", and for persons "Minister A B" and "A B, the minister".
    """
    between = text[first.end : second.start]
    if first.end > second.start or len(between) > FARTHEST or "\n" in between:
        return None
    one, two = first.of(text), second.of(text)
    if "\n" in one + two:
        return None
    closed = re.match(r"^[”\"'\s]*[)\]]", text[second.end : second.end + 3]) is not None
    if _ALSO.match(between):
        return f"The report calls “{one}” also “{two}”."
    if is_acronym_of(two, one) or is_acronym_of(one, two):
        if closed or _OPEN.match(between) or _OR.match(between):
            return f"“{two}” stands in brackets after “{one}”, with its initials."
        return None
    if kind is not EntityKind.PERSON and closed and _OPEN.match(between) and _both_proper(one, two):
        return f"“{two}” stands in brackets after “{one}”."
    if kind in _NAMED and _title_and_name(one, two):
        if not between.strip():
            return f"“{one}” is the title of “{two}”."
        if _COMMA.match(between):
            return f"“{two}” stands beside “{one}” as a title."
        if _APPOINTED.match(between):
            return f"The report says that “{one}” is “{two}”."
    return None


def _both_proper(one: str, two: str) -> bool:
    return all(word[:1].isupper() or word[:3] in ("al-", "el-") for word in (one, two)) and not any(
        character.isdigit() for character in one + two
    )


def _title_and_name(one: str, two: str) -> bool:
    """True where exactly one of the two is a title: a role and no more."""
    return bool(_ROLE.search(one)) != bool(_ROLE.search(two))
