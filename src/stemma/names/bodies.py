"""How alike the names of groups, forces and bodies are: every telling word must have its like."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from stemma.lexicon.actors import find_actors, is_acronym
from stemma.lexicon.actors_states import country_of_word, state_body
from stemma.names.words import plain_words

APART: Final = 0.3
"""The most that two names score that are known to be two: other actors, countries or numbers."""
EXTRA: Final = 0.72
"""The most that two names score where one has a telling word that the other lacks (`Free` Syrian Army)."""
_SMALL: Final = frozenset(
    "the of and for in on to a an de la le les du des el los las del y et al von und und".split()
)
_FORMS: Final = frozenset(
    "ltd limited llc inc incorporated corp corporation co company plc ag sa se nv bv gmbh kg ab as oy"
    " oyj spa srl sarl sl jsc ojsc pjsc cjsc ooo oao ooo ano zao pao lp llp pte pty group holding"
    " holdings public joint stock liability open aktiengesellschaft sp zoo cv ооо оао organisation"
    " organization militia movement fighters militants rebels forces insurgents terrorists".split()
)
_NUMBERS: Final = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen".split()
    )
} | {
    word: str(number + 1)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
    )
}
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|o|a|er|e)$")
_LONG_FORMS: Final = (
    ("open joint stock company", ""),
    ("public limited company", ""),
    ("limited liability company", ""),
    ("общество с ограниченной ответственностью", ""),
)


def apart(first: str, second: str) -> bool | None:
    """True where the lexicon knows two actors, False where it knows one, `None` where it does not tell."""
    one, two = find_actors(first), find_actors(second)
    if one and two:
        shared = {actor.canonical for actor in one} & {actor.canonical for actor in two}
        return not shared
    a, b = state_body(first, None), state_body(second, None)
    if a and b:
        return a.canonical != b.canonical
    here, there = _countries(first), _countries(second)
    if here and there and not here & there:
        return True
    if (one and b) or (two and a):
        names = {actor.canonical for actor in (*one, *two)}
        return not ({x.canonical for x in (a, b) if x} & names)
    return None


@lru_cache(maxsize=20_000)
def body_words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The telling words of a body's name in order, and its numbers."""
    text = " ".join(plain_words(name.replace("&", " and ")))
    for long, short in _LONG_FORMS:
        text = text.replace(" ".join(plain_words(long)), short)
    words, numbers = [], set()
    for word in text.split():
        ordinal = _ORDINAL.match(word)
        number = _NUMBERS.get(word) or (ordinal[1] if ordinal else word if word.isdigit() else None)
        if number:
            numbers.add(number)
        elif word not in _SMALL:
            words.append(_country_key(word))
    return tuple(words), frozenset(numbers)


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without company forms and what any group may add; all where only a country is left."""
    kept = tuple(word for word in words if word not in _FORMS)
    return kept if any(not word.startswith("@") for word in kept) else words


@lru_cache(maxsize=20_000)
def acronyms(name: str) -> frozenset[str]:
    """The acronyms that a name of several words may have, in capitals."""
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", name)
    whole = [word for word in re.split(r"[\s/]+", bare) if word and word[0].isalnum()]
    parts = [word for word in re.split(r"[\s/–-]+", bare) if word and word[0].isalnum()]
    found = set()
    for words in (whole, parts):
        if len(words) < 2:
            continue
        big = [word for word in words if word.casefold() not in _SMALL]
        capital = [word for word in words if word[0].isupper()]
        for chosen in (words, big, capital):
            letters = "".join(word[0] for word in chosen).upper()
            found.add(letters)
            if chosen[:1] and chosen[0].casefold() == "the":
                found.add(letters[1:])
    return frozenset(letters for letters in found if len(letters) > 1)


@lru_cache(maxsize=50_000)
def is_acronym_of(short: str, full: str) -> bool:
    """True where `short` (`SBAH`, `U.N.`) may stand for the name `full`."""
    bare = short.strip("()[] ").removeprefix("the ").removeprefix("The ")
    if not is_acronym(bare):
        return False
    letters = "".join(letter for letter in bare if letter.isalnum()).upper()
    return letters in acronyms(full)


@lru_cache(maxsize=20_000)
def _countries(name: str) -> frozenset[str]:
    found = {country_of_word(word.strip("().,'’\"")) for word in re.sub(r"['’]s\b", "", name).split()}
    return frozenset(code for code in found if code)


def _country_key(word: str) -> str:
    return f"@{code}" if (code := country_of_word(word)) else word
