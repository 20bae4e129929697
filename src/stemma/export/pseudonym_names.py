"""The names of people in a record: which words of a wording are a name, and which only describe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from stemma.lexicon.countries import find_country, find_country_of_people

Key = tuple[str, ...]
"""A name as its words, in small letters and without accents."""

WORD: Final = re.compile(r"[^\W_]+")

PARTICLES: Final = frozenset(
    "al el ul ad ar as ash an bin ibn bint abu umm abd de da do dos du di del della van von der den"
    " la le ben ould".split()
)
"""Small words inside names; alone they name nobody."""

TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor sir lady lord king queen prince princess sheikh sheik imam"
    " mullah maulana ayatollah haji hajji pope father sister brother bishop archbishop reverend rabbi"
    " captain colonel major general lieutenant sergeant corporal private commander admiral marshal"
    " brigadier chief officer deputy president vice prime minister ministers premier chancellor"
    " secretary ambassador envoy governor mayor senator congressman congresswoman representative judge"
    " justice prosecutor lawyer attorney spokesman spokeswoman spokesperson speaker leader head"
    " director chairman chairwoman foreign defence defense interior health state army navy police air"
    " force forces military ministry government party press media security national international"
    " council committee office department general's former ex acting interim senior junior us uk un eu"
    " nato".split()
)
"""Words with a capital that tell an office and not a name."""

BODIES: Final = frozenset(
    "brigade brigades battalion division regiment company corps unit units squad front party movement union"
    " league community command council group militia guard guards mountain valley river town city district"
    " province hospital church mosque university school station camp street square road bridge"
    " airport".split()
)
"""Words of bodies and places that stand beside names."""

COMMON: Final = frozenset(
    "a an the one two three four five six seven eight nine ten some many several no who another other"
    " all any both he she they it we i you his her their its our my your him them us this that these"
    " those each every of at in on from by for with and or as man men woman women boy girl child"
    " people person resident residents witness witnesses source sources official officials doctor"
    " doctors soldier soldiers fighter fighters".split()
)

SHORTEST: Final = 3
"""Letters of a word that alone is taken for somebody's name."""


def fold(word: str) -> str:
    """`word` in small letters and without accents."""
    if word.isascii():
        return word.casefold()
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def has_capital(word: str) -> bool:
    """True for a word that starts with a capital, and for one of a script that has none."""
    return word[:1].isupper() or not (word.isupper() or word.islower())


@lru_cache(maxsize=50_000)
def names_in(wording: str) -> tuple[Key, ...]:
    """The names in a wording: `Army spokesman Colonel Petar Lindo` holds (`petar`, `lindo`)."""
    return tuple(key for run in _runs(wording) if (key := _bare(run)))


def _runs(wording: str) -> Iterator[list[str]]:
    """Stretches of words with a capital, with the particles between them."""
    words = [match[0] for match in WORD.finditer(wording)]
    if not any(word.isupper() or word.islower() or word.istitle() for word in words):
        yield words  # A script without capitals: all of it is taken for the name.
        return
    run: list[str] = []
    for word in words:
        inside = fold(word) in PARTICLES and run
        if (has_capital(word) and not word.isdigit()) or inside:
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _bare(run: Sequence[str]) -> Key:
    """A run without what stands before a name (offices, nations, units) and without bodies behind it."""
    words = [fold(word) for word in run]
    if all(is_office(word) or word in COMMON for word in words):
        return ()
    for index in range(len(words) - 1, 0, -1):
        # `Mountain Brigade Captain Rado Senn`: the name begins behind the last office.
        if is_office(words[index - 1]) and not is_office(words[index]):
            words = words[index:]
            break
    while words and words[0] in COMMON:
        words.pop(0)
    while words and (
        words[-1] in PARTICLES or words[-1] in COMMON or words[-1] in BODIES or words[-1] == "s"
    ):
        words.pop()
    if len(words) == 1 and (len(words[0]) < SHORTEST or words[0] in PARTICLES):
        return ()
    return tuple(words)


@lru_cache(maxsize=20_000)
def is_office(word: str) -> bool:
    """True for a word that tells an office, a body, or a nation."""
    if word in TITLES or word in BODIES:
        return True
    return find_country_of_people(word) is not None or find_country(word) is not None
