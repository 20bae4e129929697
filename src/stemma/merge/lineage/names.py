"""Outlets by one name: the lexicon's, else the one the report gives; and where a text names them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from stemma.lexicon.outlets import find_outlet, find_outlet_by_address, find_outlets_in
from stemma.model import Document

_BRACKETS: Final = re.compile(r"\s*\([^)]*\)")
_WORD: Final = re.compile(r"\w+")
_ARTICLE: Final = re.compile(r"^(?:the|el|la|le|les|los|al|il|der|die|das)\s+", re.IGNORECASE)

# Names that no list holds are known by the words that outlets have in theirs.
_SHAPE: Final = re.compile(
    r"""\b(?:
    # No word ends in a full stop unless it is short ("L.A. Weekly"): there a sentence ends.
    (?:[A-ZÀ-Þ](?:[\w'’.-]*[\w'’-]|(?:\.[A-Z])*\.?|t\.)?\s+){1,4}?
      (?:News(?:paper)?|Times|Post|Herald|Tribune|Gazette|Chronicle|Telegraph|Journal|Daily|Weekly|Magazine
        |TV|Television|Radio|Broadcasting|Media|(?:News|Press)\s+Agency|Press)\b(?:-[A-ZÀ-Þ]\w+)?
        (?!\s+(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:[A-Z]|[Cc]onference))
    | Radio\s+[A-ZÀ-Þ]\w+(?:\s+[A-ZÀ-Þ]\w+)?
    | Channel\s+\d+\b
    | [A-Z]{1,4}TV\b
    # Without a country "state television" is a kind, no name.
    | [A-ZÀ-Þ]\w+(?:['’]s)?\s+state(?:-run|-owned)?\s+
      (?:TV|television|media|radio|news\s+agency|broadcaster)\b(?!\s+[A-Z])
    | (?:[A-ZÀ-Þ][\w'’-]+\s+(?:of\s+(?:the\s+)?)?){1,5}
      (?:news(?:paper|\s+(?:agency|site|website))|daily|weekly|magazine|radio\s+station)\b(?!\s+[A-Z])
    | (?:newspapers?|daily|broadcaster|news\s+(?:agency|site|website|outlet)
      |(?:TV|television)\s+(?:channel|station)|radio\s+station)\s+(?P<name>[A-ZÀ-Þ][\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+){0,2})
    )""",
    re.VERBOSE,
)
_KIND_ONLY: Final = re.compile(
    r"(?:(?:The|A|An|In|Its)\s+)?[A-Z]\w+(?:ish|ian|ean|ese|an|ch|i|['’]s)\s+"
    r"(?:news(?:paper|\s+(?:agency|site|website))|daily|weekly|magazine|radio\s+station|media|press)",
    re.IGNORECASE,
)
"""A newspaper of a country is a kind, no name."""

_KIND_AFTER: Final = re.compile(r"\s+(?:newspaper|daily|weekly|magazine|news\s+(?:site|website))$")

_GENERAL: Final = frozenset(
    "state state-run state-owned local another other official private government foreign several some"
    " regional opposition pro-government domestic various major u.s".split()
)
_KINDS: Final = frozenset(
    "news agency agencies tv television media radio newspaper newspapers daily weekly magazine broadcaster"
    " site website channel station press wire service gazette state state-run state-owned local".split()
)
_OF_A_COUNTRY: Final = re.compile(
    r"\w+(?:ish|ian|ean|ese)|Israeli|Iraqi|Pakistani|Saudi|Qatari|Emirati|Yemeni|Afghan|German|French|Dutch|Greek"
)
"""Words that make no name together: "Another news agency", "Local state television", "Lebanese TV"."""

_DAY_AFTER: Final = re.compile(r"\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$")
_INDEFINITE: Final = re.compile(r"\b[Aa]n?\s+$")

_BEFORE_NAME: Final = re.compile(r"(?P<open>^|[.!?:;\n\"“”»«(\[]\s*)?(?P<word>[A-ZÀ-Þ][\w'’-]+)\s$")
_NO_PART: Final = re.compile(
    r"(?:The|In|On|At|By|From|Via|A|An|And|But|As|News|Agency|Daily|Newspaper|Broadcaster|Channel"
    r"|Television|TV|Radio|Weekly|Magazine|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|.*(?:ish|ian|ean|ese|an|ch|i|s|['’]s|[Bb]ased|[Rr]un|[Oo]wned|[Ll]inked))"
)
"""A capitalised word before an outlet's one-word name that does not make it another name."""

_NOUNS: Final = frozenset(
    "Chronicle Daily Economist Enquirer Express Gazette Guardian Herald Independent Inquirer Journal Mail"
    " Mirror Monitor Nation News Observer People Post Press Standard Star Sun Telegraph Time Times Tribune"
    " World".split()
)
"""What several outlets are called: a capitalised word before it makes it another one's name."""

_NOT_NAMED: Final = frozenset(
    {"The", "A", "An", "In", "On", "But", "And", "Via", "From", "By", "Its", "His", "Earlier", "Meanwhile"}
)


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet that a text names, with the place of its name there."""

    outlet: str
    start: int
    end: int
    agency: bool = False
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Own:
    """The outlet of a report: its one name, and the name that the report itself gives."""

    outlet: str | None
    given: str | None = None

    def is_named(self, outlet: str) -> bool:
        """True where `outlet` is the report's own, or the house that its own belongs to (`BBC Afrique`)."""
        if self.outlet is None:
            return False
        if outlet == self.outlet:
            return True
        name, mine = _plain(outlet), _plain(self.given or self.outlet)
        if mine == name or (find_outlet(self.given or "") is None and mine.startswith(name + " ")):
            return True
        if " " in name and mine.endswith(" " + name):
            return True
        return _is_handle_of(_handle(self.given or self.outlet), outlet)


class Names:
    """The names of outlets that count in a set of reports: the lexicon's and those of the reports' own."""

    def __init__(self) -> None:
        self._extra: dict[str, dict[str, str]] = {}
        self._agencies: dict[str, bool] = {}

    def own(self, document: Document) -> Own:
        """The outlet of `document`, one name for all its names; by its address where no name is given."""
        given = " ".join((document.outlet or "").split()) or None
        known = find_outlet(given) if given else None
        if known is None and document.url:
            known = find_outlet_by_address(document.url)
        if known:
            self._agencies[known.name] = known.is_agency
        return Own(known.name if known else given, given)

    def learn(self, owns: Iterable[Own]) -> None:
        """Takes the outlets of the reports held among the names to be found in their texts."""
        for own in owns:
            if own.outlet is None:
                continue
            for name in {_BRACKETS.sub("", own.outlet), _BRACKETS.sub("", own.given or own.outlet)}:
                first = _WORD.match(name)
                # One short or common word ("Today") is named too often by chance.
                if first and (
                    " " in name or (len(name) > 4 and any(c.isupper() or c == "." for c in name[1:]))
                ):
                    self._extra.setdefault(first[0], {})[name] = own.outlet

    def find(self, text: str, start: int, end: int) -> Iterator[Named]:
        """The outlets that `text` names between `start` and `end`, in text order, none within another."""
        piece = text[start:end]
        found = [
            Named(outlet.name, start + first, start + last, outlet.is_agency)
            for outlet, first, last in find_outlets_in(piece)
            if not _is_part(piece, first, last)
        ]
        if self._extra:
            found += self._find_extra(piece, start)
        for match in _SHAPE.finditer(piece):
            group = "name" if match["name"] else 0
            if not group and match[0][-1].islower() and _INDEFINITE.search(piece[: match.start()]):
                continue
            named = _shaped(match[group], start + match.start(group))
            if named and not any(one.start < named.end and named.start < one.end for one in found):
                found.append(named)
        done = -1
        for named in sorted(found, key=lambda one: (one.start, -one.end, not one.listed)):
            if named.start >= done:
                done = named.end
                yield named

    def _find_extra(self, piece: str, offset: int) -> Iterator[Named]:
        for word in _WORD.finditer(piece):
            for name, outlet in self._extra.get(word[0], {}).items():
                stop = word.start() + len(name)
                if piece.startswith(name, word.start()) and not piece[stop : stop + 1].isalnum():
                    yield Named(outlet, offset + word.start(), offset + stop)


def agency_of(text: str) -> str | None:
    """The first agency that a byline or credit names; `None` where it names none."""
    for outlet, _, _ in find_outlets_in(text):
        if outlet.is_agency:
            return outlet.name
    return None


def _shaped(words: str, start: int) -> Named | None:
    if _KIND_ONLY.fullmatch(words):
        return None
    words = _DAY_AFTER.sub("", _KIND_AFTER.sub("", words))
    if not words:
        return None
    first = words.split(None, 1)[0]
    if first in _NOT_NAMED:
        rest = words[len(first) :]
        start += len(first) + len(rest) - len(rest.lstrip())
        words = rest.strip()
        if len(words.split()) < 2:
            return None
    if _is_general(words):
        return None
    return Named(words, start, start + len(words), listed=False)


def _is_general(words: str) -> bool:
    """True where words that look like a name only say what kind of outlet is meant."""
    if words.islower():
        return True
    parts = words.split()
    rest = [one for one in parts if one.casefold().strip(".,") not in _KINDS]
    if all(one.casefold().strip(".,") in _GENERAL for one in rest):
        return bool(rest) or any(one.casefold() in _GENERAL for one in parts)
    # A country's state television is one voice; a country's television is any of its stations.
    return (
        len(parts) == 2
        and parts[1] in ("TV", "Television", "Radio")
        and bool(_OF_A_COUNTRY.fullmatch(parts[0]))
    )


def _is_part(piece: str, first: int, last: int) -> bool:
    """True where a one-word name is the end of a longer one ("Philadelphia Inquirer", "Alireza Safa")."""
    name = piece[first:last]
    if not (len(name) <= 4 or name in _NOUNS) or name.isupper() or not name[:1].isupper():
        return False
    before = _BEFORE_NAME.search(piece, max(0, first - 40), first)
    return bool(before and before["open"] is None and not _NO_PART.fullmatch(before["word"]))


def _handle(name: str) -> str:
    """A name without spaces, marks and the end of an address: `www.the-paper.co.uk` is `thepaper`."""
    if " " not in name and "." in name:
        parts = [part for part in name.casefold().split(".") if part]
        while len(parts) > 1 and (len(parts[-1]) <= 3 or parts[-1] in ("info", "news", "press")):
            parts.pop()
        name = parts[-1]
    return "".join(_WORD.findall(name.casefold())).replace("_", "")


def _is_handle_of(handle: str, outlet: str) -> bool:
    """True where `handle` is `outlet` written as one word, as addresses do, with or without article."""
    name = _handle(_BRACKETS.sub("", outlet))
    plain = _plain(outlet).replace(" ", "")
    if len(plain) < 4:
        return False
    if handle in {name, plain} or handle == "the" + plain:
        return True
    return " " in outlet.strip() and len(plain) >= 8 and handle.endswith(plain)


def _plain(name: str) -> str:
    return _ARTICLE.sub("", " ".join(_WORD.findall(_BRACKETS.sub("", name).casefold())))
