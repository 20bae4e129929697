"""Finds the names of countries, peoples, regions and towns in words, and what each may mean."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final, Literal

from stemma.lexicon.countries import Country, find_country, find_country_of_people, first_words
from stemma.lexicon.places import Known, Town, begins_name, find_known, find_towns
from stemma.lexicon.places_fold import fold_place

LONGEST_NAME: Final = 5
"""Words in the longest name tried: `Democratic Republic of the Congo`."""
LARGE_TOWN: Final = 100_000
"""People of a town that is known without its country: smaller ones bear the names of men and things."""
CAPS_SHARE: Final = 0.7
"""A text with this share of capitals among its letters is a wire in capitals; case tells nothing there."""

Kind = Literal["country", "people", "known", "town"]

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’`‘][^\W_]+)*")
_GAP = re.compile(r"(?:\s{0,2}[-‐–.]?\s?|,\s(?=D\.C))$")
_BEFORE_NAME = frozenset(
    ["al", "el", "as", "ash", "ad", "an", "ar", "at", "az", "ez", "es", "esh", "ul", "the"]
).union(["east", "west", "north", "south", "eastern", "western", "northern", "southern", "central"])
"""Small words that a name may begin with: `al-Bab`, `eastern Ghouta`."""
_MAY_LEAD = frozenset(word[0] for word in _BEFORE_NAME)
_OWNER = re.compile(r"['’`]s?$", re.IGNORECASE)
_APOSTROPHES = ("'", "’", "`")
_CAPITALS = string.ascii_uppercase.encode()
_NO_CAPITALS = bytes(set(range(128)) - set(_CAPITALS))
_NO_LETTERS = bytes(set(_NO_CAPITALS) - set(_CAPITALS.lower()))
_TURNED = re.compile(
    r"-(?:controlled|held|backed|led|occupied|dominated|run|made|allied|sponsored|owned|majority|built)"
)
_NO_COUNTRY_IN_CAPS = frozenset({"us", "congo"})


@dataclass(frozen=True, slots=True)
class Hit:
    """A name found in words: where it stands, its own spelling, and what it may mean."""

    start: int
    end: int
    words: str
    kind: Kind
    country: Country | None = None
    known: tuple[Known, ...] = ()
    towns: tuple[Town, ...] = ()
    is_weak: bool = False

    @property
    def is_double(self) -> bool:
        """True for a country whose name a region of another one bears too."""
        return bool(self.country) and bool(self.known)

    @property
    def names(self) -> frozenset[str]:
        """The tables' own names of what it may mean, in small letters."""
        return frozenset(
            [row.name.lower() for row in self.known] + [town.name.lower() for town in self.towns]
        )

    @property
    def codes(self) -> tuple[str, ...]:
        """The ISO codes of the countries that the name may lie in, the likeliest first, each once."""
        if self.country:
            return (self.country.code,)
        codes = [code for row in self.known for code in row.countries] + [town.country for town in self.towns]
        return tuple(dict.fromkeys(codes))


def is_capitals(text: str) -> bool:
    """True for a text written in capitals throughout."""
    part = text[:4000]
    if part.isascii():
        # Counted as bytes: a twentieth of the time.
        many = len(part.encode().translate(None, _NO_LETTERS))
        return many > 0 and len(part.encode().translate(None, _NO_CAPITALS)) / many > CAPS_SHARE
    letters = list(filter(str.isalpha, part))
    return bool(letters) and sum(map(str.isupper, letters)) / len(letters) > CAPS_SHARE


def find_names(text: str, capitals: bool = False) -> tuple[Hit, ...]:
    """The names in `text`, in order, the longest at each spot; `capitals` where case tells nothing."""
    tokens = [match.span() for match in _TOKEN.finditer(text)]
    found: list[Hit] = []
    free = 0
    for k, (start, _) in enumerate(tokens):
        # Nine words of ten begin small, with a letter that no article has: one look tells.
        if k < free or not (text[start] in _MAY_LEAD or text[start].isupper()):
            continue
        if not _may_begin(text, tokens, k):
            continue
        hit, used = _longest(text, tokens, k, capitals)
        if hit and not (hit.kind == "people" and _TURNED.match(text, hit.end)):
            found.append(hit)
        free = k + used
    return tuple(found)


def _longest(text: str, tokens: list[tuple[int, int]], k: int, capitals: bool) -> tuple[Hit | None, int]:
    """The longest name that begins with the token `k`, and how many tokens it takes (one for no name)."""
    start, end = tokens[k]
    ends = [end]
    if _may_go_on(text[start:end]):
        for low, high in tokens[k + 1 : k + LONGEST_NAME]:
            if not _GAP.match(text[ends[-1] : low]):
                break
            ends.append(high)
    for used in range(len(ends), 0, -1):
        hit = _name(text, start, ends[used - 1], capitals)
        if hit:
            return hit, used
    return None, 1


def _may_begin(text: str, tokens: list[tuple[int, int]], k: int) -> bool:
    start, end = tokens[k]
    word = text[start:end]
    is_the = word.lower() == "the"
    if not is_the and (word[0].isupper() or word not in _BEFORE_NAME):
        return word[0].isupper()
    following = text[tokens[k + 1][0] : tokens[k + 1][0] + 5] if k + 1 < len(tokens) else ""
    return following.lower() == "hague" if is_the else following[:1].isupper()


@lru_cache(maxsize=20_000)
def _may_go_on(word: str) -> bool:
    return word.lower() in _BEFORE_NAME or fold_place(word) in first_words() or begins_name(word)


def _name(text: str, start: int, end: int, capitals: bool) -> Hit | None:
    """What the words from `start` to `end` name: as they stand, without `'s`, without a bare final s."""
    words = text[start:end]
    bare = _OWNER.sub("", words) if words[-1] in _APOSTROPHES or words[-2:-1] in _APOSTROPHES else words
    hit = _lookup(bare, capitals)
    if hit is None and bare == words and words[-1:] in "sS" and len(words) > 4:
        owner = _lookup(bare[:-1], capitals)
        if (
            owner
            and owner.kind != "people"
            and not owner.is_weak
            and (owner.kind != "town" or _is_large(owner))
        ):
            hit, bare = owner, bare[:-1]
    if hit is None:
        return None
    if bare.endswith("ss") and bare[:-1].lower() in hit.names:
        bare = bare[:-1]
    at = start
    if bare[:4].lower() == "the " and hit.kind != "people":
        at, bare = start + 4, bare[4:]
    return Hit(at, end, bare, hit.kind, hit.country, hit.known, hit.towns, hit.is_weak)


def _is_large(hit: Hit) -> bool:
    return bool(hit.towns) and hit.towns[0].population >= LARGE_TOWN


@lru_cache(maxsize=20_000)
def _lookup(words: str, capitals: bool) -> Hit | None:
    key = fold_place(words)
    if not key or words[-1] in "-–":
        return None
    country = find_country(words)
    is_pronoun = capitals and key in _NO_COUNTRY_IN_CAPS and "." not in words
    if country and not is_pronoun and (len(key) > 3 or words.isupper() or len(words) > 3):
        known = find_known(words)
        return Hit(0, 0, words, "country", country, known)
    people = find_country_of_people(words)
    if people:
        return Hit(0, 0, words, "people", people)
    weak = key in _words()
    known = find_known(words)
    towns = tuple(town for town in find_towns(words) if town.is_prominent)
    if known:
        return Hit(0, 0, words, "known", None, known, towns, weak)
    if towns and (len(key) > 2):
        return Hit(
            0, 0, words, "town", None, (), towns, weak or (" " not in key and words.lower() in _words())
        )
    return None


@cache
def _words() -> frozenset[str]:
    """The keys of words and personal names that also name a town."""
    text = files("stemma.lexicon").joinpath("places_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    words = " ".join(lines).split()
    return frozenset(words) | frozenset(fold_place(word) for word in words)
