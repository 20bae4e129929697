"""A piece: a passage in the making; and how outlets are recognised in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from stemma.lexicon.outlets import find_outlet, find_outlets_in
from stemma.model import PassageKind

_OUTLET_WORDS: Final = re.compile(
    r"\b(?:News|Agency|Press|Radio|TV|Television|Channel|Times|Post|Herald|Daily|Journal|Gazette|Tribune"
    r"|Observer|Monitor|Online|Today|Star|Standard|Mail|Mirror|Telegraph|Chronicle|Courier|Bulletin|Weekly"
    r"|Magazine|Report|Review|Service|Diario|Prensa|Noticias|Agencia|Jeune|Zeitung)\b|\.(?:com|org|net)\b",
    re.IGNORECASE,
)
_ACRONYM: Final = re.compile(r"[A-Z][A-Z-]{1,9}")


@dataclass(slots=True)
class Piece:
    """A stretch of text of one kind; `outlet` whose words it holds, named at the two offsets."""

    kind: PassageKind
    start: int
    end: int
    outlet: str | None = None
    outlet_start: int = -1
    outlet_end: int = -1
    credits: bool = False
    """True where the document owes its whole text to `outlet`, as by a wire dateline."""

    def name_outlet(self, named: NamedOutlet | None, *, credits: bool = False) -> Piece:
        """This piece, with the outlet that stands in it."""
        if named:
            self.outlet, self.outlet_start, self.outlet_end = named.name, named.start, named.end
            self.credits = credits
        return self


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet that a text names from `start` to `end`."""

    name: str
    start: int
    end: int
    is_agency: bool = False


def outlet_within(text: str, start: int, end: int, *, agency: bool = False) -> NamedOutlet | None:
    """The first outlet of the lexicon between the offsets (the first agency, where asked)."""
    for outlet, first, last in find_outlets_in(text[start:end]):
        if outlet.is_agency or not agency:
            return NamedOutlet(outlet.name, start + first, start + last, outlet.is_agency)
    return None


def outlets_within(text: str, start: int, end: int) -> list[NamedOutlet]:
    """All outlets of the lexicon between the offsets."""
    found = find_outlets_in(text[start:end])
    return [NamedOutlet(o.name, start + first, start + last, o.is_agency) for o, first, last in found]


def outlet_at(text: str, start: int, *, agency: bool = False) -> NamedOutlet | None:
    """The outlet of the lexicon whose name begins exactly at `start`."""
    named = outlet_within(text, start, start + 60, agency=agency)
    return named if named and named.start == start else None


def outlet_in_brackets(text: str, start: int, end: int) -> NamedOutlet | None:
    """The outlet that a dateline's brackets name: one of the lexicon, or what looks like one."""
    known = outlet_within(text, start, end)
    if known:
        return known
    words = text[start:end]
    outlet = find_outlet(words)
    if outlet:
        return NamedOutlet(outlet.name, start, end, outlet.is_agency)
    if looks_like_outlet(words):
        return NamedOutlet(words, start, end)
    return None


def looks_like_outlet(words: str) -> bool:
    """True for an acronym and for a name with a word that outlets have in theirs."""
    return bool(_ACRONYM.fullmatch(words) or (words[:1].isupper() and _OUTLET_WORDS.search(words)))
