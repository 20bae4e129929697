"""Which two wordings of one report cannot mean one party, however alike the sentences they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from stemma.lexicon.actors import Actor
from stemma.lexicon.actors_states import country_of_word, state_body
from stemma.model import EntityKind
from stemma.names.actor import NEVER, canonical_actor, is_unnamed
from stemma.names.bodies import is_acronym_of
from stemma.names.likeness import likeness_of_words
from stemma.names.words import LONGEST, PARTICLES, TITLES, is_initial, person_words, plain_words

ONE_WORD: Final = 0.75
"""Likeness from which two words of names may be spellings of one."""
_ADJECTIVES: Final = frozenset(
    "islamist islamic muslim muslims christian christians jewish sunni sunnis shia shiite shiites shi'ite"
    " alawite alawites druze takfiri takfiris salafi salafist wahhabi jihadi jihadist hindu buddhist kurdish"
    " kurd kurds arab arabs arabic turkmen tuareg western eastern northern southern african asian european"
    " international global joint federal national central local state senior former".split()
)
"""Words with a capital that tell a sort of body and no one of them."""
_BODY_NOUNS: Final = frozenset(
    "air force forces navy fleet command ministry minister department office agency service council"
    " committee commission authority administration house court union league party movement front army"
    " brigade brigades battalion division corps company group organisation organization monitor monitors"
    " observatory watchdog network media television tv radio news newspaper press state the ngo new".split()
)
_STATE_NOUNS: Final = frozenset(
    "government governments regime administration army armies military forces force police troops ministry"
    " minister navy state authorities authority officials soldiers president council parliament senate"
    " congress court department embassy cabinet command guard guards jets planes warplanes helicopters"
    " republic kingdom aircraft artillery air defence defense security intelligence".split()
)
_OUTLET_NOUNS: Final = frozenset("news agency agencies state media official newspaper network the".split())
_PLACE_NOUNS: Final = frozenset(
    "of and the city town village district province governorate region area areas neighbourhood"
    " neighborhood suburb countryside camp airport port prison hospital square street crossing base".split()
)
_WHERE = re.compile(r"\b(?:in|near|bordering|outside|at|on|from|between|that|which|who)\b")
_SOURCE = re.compile(r"(?i)(?:an?|one)\s+(?:\w+\s+)?source\b")
_PAIR = re.compile(r"[A-Z][\w.’'-]+\s+and\s+[A-Z][\w.’'-]+$")
_CAMPS: Final = {
    word: frozenset(camps.split())
    for words, camps in (
        ("regime government", "state"),
        ("kurdish kurd kurds", "kurdish"),
        ("rebel rebels revolutionaries", "opposition kurdish"),
        ("opposition", "opposition"),
        ("jihadist jihadists jihadi jihadis takfiri takfiris", "jihadist opposition"),
    )
    for word in words.split()
}
"""On which side the words that stand for a party's name put it: no rebel is of the regime."""
_OUTLETS: Final = {
    word: sort
    for sort, words in (
        ("air", "television tv broadcaster radio channel"),
        ("wire", "agency afp reuters ap dpa upi sana xinhua tass irna anadolu wire"),
        ("paper", "newspaper daily weekly magazine"),
    )
    for word in words.split()
}
"""Sorts of outlets: no television is a news agency."""
_CAMPS_OF: Final = {
    "Islamic State": frozenset(("jihadist",)),
    "al-Qaeda": frozenset(("jihadist", "opposition")),
    "al-Nusra Front": frozenset(("jihadist", "opposition")),
}
_POSSESSOR = re.compile(r"^.*[\w.]['’]s?\s+(?=\w)")
_HYPHENED = re.compile(
    r"(?i)[\w.-]+-(?:backed|led|linked|based|held|run|controlled|allied|aligned|supported|affiliated)\b"
)
_LED = re.compile(r"(?i)\b(\w+)-led\b")
"""Who leads a force gives it its side; who backs it may back others too."""
_ARTICLES: Final = ("al-", "el-", "ul-", "ad-", "ar-", "as-", "ash-", "at-", "an-")
_PREPOSITIONS: Final = frozenset("of for in at from with to by on near and or like than against over".split())
_OFFICES: Final = frozenset(
    "suspect bomber citizen national worker lawyer attorney adviser advisor deputy assistant head director"
    " chairman chairwoman chair secretary-general speaker mp fm ceo pilot gunman attacker killer driver"
    " journalist reporter activist analyst expert student teacher doctor soldier officer police the a an"
    " top accused suspected father mother wife son daughter".split()
)
_WORD = re.compile(r"[^\W\d_][\w'’.&-]*")


@lru_cache(maxsize=50_000)
def strangers(first: str, second: str, kind: EntityKind) -> bool:
    """True where two wordings of parties of one kind name two: `Evo Morales` and `Carlos Mesa`,
    `Reuters` and `AFP`, `the Russian army` and `Syrian troops`. Wordings without a name ("the rebels")
    are strangers to none, and words all in capitals tell no name from a noun.
    """
    first, second = sorted((first, second))  # the same of both orders
    if max(len(first), len(second)) > LONGEST or kind in NEVER - {EntityKind.PERSON, EntityKind.PLACE}:
        return False
    if _shouted(first) or _shouted(second):
        return False
    if kind is EntityKind.PERSON:
        if _SOURCE.match(first) and _SOURCE.match(second):
            return plain_words(first) != plain_words(second)
        if is_several(first) or is_several(second):
            return plain_words(first) != plain_words(second)
        one, two = full_name(first) or _one_word(first), full_name(second) or _one_word(second)
        if not one or not two or len(one) + len(two) < 3:
            return False  # Dzhokhar may be Tsarnaev
        held, holding = sorted((frozenset(plain_words(first)), frozenset(plain_words(second))), key=len)
        return not held <= holding and _two_people(one, two)
    if kind is EntityKind.PLACE:
        here, there = _place_words(first), _place_words(second)
        return bool(here and there) and _apart(here, there)
    return _two_bodies(first, second, kind)


def _apart(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """True where names share no word, or one of two and more: Sinai Province, Sinai Peninsula."""
    shared = _matched(one, two)
    return shared == 0 or (shared == 1 < min(len(one), len(two)))


@lru_cache(maxsize=20_000)
def _place_words(name: str) -> tuple[str, ...]:
    """The words of a place's name in small letters; empty where it has none ("Syria's second city")."""
    name = _WHERE.split(_POSSESSOR.sub("", _HYPHENED.sub("", name)))[0]
    kept: list[str] = []
    for word in _WORD.findall(name):
        low = word.casefold()
        if word[0].isupper() or word.startswith(_ARTICLES):
            sort = low in _ADJECTIVES or (country_of_word(low) and low.endswith(("n", "i", "ish", "ese")))
            kept += [] if sort or low == "the" else plain_words(word)
        elif low not in _PLACE_NOUNS:
            kept.clear()  # "Syrias biggest city": what stands before says whose it is
    return tuple(word for word in kept if word not in PARTICLES)


def _shouted(name: str) -> bool:
    return name.isupper() and len(name.split()) > 1


def _two_people(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    shared = _matched(one, two)
    if shared == min(len(one), len(two)):
        return False
    if one[-1] == two[-1] and (one[0].startswith(two[0][:3]) or two[0].startswith(one[0][:3])):
        return False  # Jim and Jimmy, Mohammed and Moh.
    if any(map(is_initial, (*one, *two))):
        return shared == 0
    # Of long names some words are left out, now these, now those.
    return shared < 2


def _two_bodies(first: str, second: str, kind: EntityKind) -> bool:
    here, there = _lands(first, kind), _lands(second, kind)
    if here and there and not here & there:
        return True
    if kind is EntityKind.GOVERNMENT:
        sides, others = (_camps(name, None, kind) for name in (first, second))
        if sides and others and not sides & others:
            return True  # the Kurdish fighters, government forces
        # The Kremlin, the Assad regime and Russia's, Syria's government: names do not tell.
        # A state's bare name is not that of a body of its people: Bangladesh, the Bangladesh Mahila Parishad.
        return (_is_state(first) and _is_other(second)) or (_is_state(second) and _is_other(first))
    known, other = canonical_actor([first], kind), canonical_actor([second], kind)
    if known and other:
        return known.canonical != other.canonical
    here, there = _camps(first, known, kind), _camps(second, other, kind)
    if here and there and not here & there:
        return True
    one, two = core(first, kind), core(second, kind)
    if not one or not two or _stands_for(first, second) or _stands_for(second, first):
        return False
    return _matched(one, two) == 0


def _is_state(name: str) -> bool:
    """True for a land's bare name, its people or its capital."""
    words = plain_words(name.removeprefix("the ").removeprefix("The "))
    body = state_body(name, None, True)
    return len(words) < 3 and body is not None and body.parent is None and not set(words) & _STATE_NOUNS


def _is_other(name: str) -> bool:
    """True for a name that has a land in it and tells something of its own, no office or force."""
    known = state_body(name, None, True) or canonical_actor([name], EntityKind.GOVERNMENT)
    if known or not _lands(name, EntityKind.GOVERNMENT) or set(plain_words(name)) & _STATE_NOUNS:
        return False
    return bool(core(name, EntityKind.GOVERNMENT))


def _stands_for(short: str, full: str) -> bool:
    """True where a word of `short` is an acronym of `full`; "SDFs" is one that has lost its apostrophe."""
    return any(
        is_acronym_of(word, full) or (word[-1:] == "s" and is_acronym_of(word[:-1], full))
        for word in _WORD.findall(short)
    )


@lru_cache(maxsize=20_000)
def full_name(name: str) -> tuple[str, ...]:
    """The full name of a person within a wording, of two words at least, without titles and lands.

    It ends the wording, or opens it: what stands within, or behind a preposition ("a commander in Deir
    Ezzor"), is somebody's or something's else. Empty where there is none, or more than one.
    """
    opening, closing = _ends(name)
    return () if opening and closing else opening or closing


@lru_cache(maxsize=20_000)
def is_several(name: str) -> bool:
    """True where a wording names two persons or more: they are none of them."""
    opening, closing = _ends(name)
    if (opening and closing) or _PAIR.match(name):
        return True
    return sum(any(_ends(part)) for part in re.split(r"\s+and\s+|\s*&\s*", name)) > 1


@lru_cache(maxsize=20_000)
def _ends(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The full names that open and that close a wording, two only where a comma parts them."""
    runs: list[list[re.Match[str]]] = []
    for word in _WORD.finditer(name):
        named = word[0][0].isupper() or word[0] in PARTICLES or word[0].startswith(_ARTICLES)
        joined = runs and runs[-1] and not name[runs[-1][-1].end() : word.start()].strip()
        if not named or not joined:
            runs.append([])
        runs[-1] += [word] if named else []
    first, last = runs[0] if runs else [], runs[-1] if runs else []
    closing = _bare_name([word[0] for word in last]) if last and not _behind(name[: last[0].start()]) else ()
    if first is last:
        return (), closing
    opening = _bare_name([word[0] for word in first])
    parted = bool(first) and name[first[-1].end() :].lstrip().startswith(",")
    return opening if parted or not closing else (), closing


def _one_word(name: str) -> tuple[str, ...]:
    """A wording that is one word of a name and nothing else."""
    word = name.strip(" .,“”\"'’")
    if not _WORD.fullmatch(word) or not word[0].isupper() or word.isupper() or _is_office(word):
        return ()
    return () if is_unnamed(word.casefold()) else person_words(word)


def _behind(before: str) -> bool:
    """True after a preposition."""
    words = before.split()
    return bool(words) and words[-1] in _PREPOSITIONS


def _bare_name(run: list[str]) -> tuple[str, ...]:
    """The words of a person's name in a run of capitalised words: what follows titles and lands."""
    if not run or re.search(r"['’]s?$", run[-1]):
        return ()
    last = max((k for k, word in enumerate(run) if _is_office(word)), default=-1)
    words = person_words(" ".join(run[last + 1 :])) if run[last + 1 :] else ()
    return words if len(words) > 1 else ()


def _is_office(word: str) -> bool:
    low = word.casefold().strip(".")
    return low in TITLES or low in _OFFICES or country_of_word(low) is not None


@lru_cache(maxsize=20_000)
def core(name: str, kind: EntityKind) -> tuple[str, ...]:
    """The words that make a body's wording a name, in small letters; empty where it has none."""
    if is_unnamed(name.casefold()):
        return ()
    kept: list[str] = []
    for word in _WORD.findall(_POSSESSOR.sub("", _HYPHENED.sub("", name))):
        if not word[0].isupper() and not word.startswith(_ARTICLES):
            continue
        bare = re.sub(r"['’]s?$", "", word).strip(".")
        bare = bare[:-1] if bare[:-1].isupper() and bare.endswith("s") else bare
        kept += [part for part in plain_words(bare) if not _is_sort(part, kind)]
    return tuple(kept)


def _is_sort(word: str, kind: EntityKind) -> bool:
    """True for a word that many bodies' names share, and for a land's."""
    nouns = _OUTLET_NOUNS if kind is EntityKind.OUTLET else _BODY_NOUNS
    sorts = _ADJECTIVES | nouns | TITLES | PARTICLES
    if word in sorts or word.removesuffix("s") in sorts or is_unnamed(word):
        return True
    return country_of_word(word) is not None or country_of_word(word.removesuffix("s")) is not None


def _camps(name: str, actor: Actor | None, kind: EntityKind) -> frozenset[str]:
    """The sides that a wording may stand on; none where it tells of no side."""
    if kind is EntityKind.OUTLET:
        sorts = {_OUTLETS[word] for word in plain_words(name) if word in _OUTLETS}
        return frozenset(sorts) if len(sorts) == 1 else frozenset()
    if actor and actor.canonical in _CAMPS_OF:
        return _CAMPS_OF[actor.canonical]
    bare = plain_words(_HYPHENED.sub("", _LED.sub(r"\1", name)))
    if any(word in ("anti", "pro", "former", "against") for word in bare):
        return frozenset()
    return frozenset(camp for word in bare for camp in _CAMPS.get(word, ()))


@lru_cache(maxsize=20_000)
def _lands(name: str, kind: EntityKind) -> frozenset[str]:
    bare = _HYPHENED.sub("", re.sub(r"['’]s\b", "", name))
    words = [word.strip("().,'’\"") for word in bare.split() if word[:1].isupper()]
    # "Syrias army" is one that has lost its apostrophe.
    found = {country_of_word(word) or country_of_word(word.removesuffix("s")) for word in words}
    if kind is EntityKind.GOVERNMENT:
        body = state_body(name, None, True)
        found |= {body.country} if body and body.country else set()
    return frozenset(code for code in found if code)


def _matched(one: Iterable[str], two: Iterable[str]) -> int:
    """How many words of the one have their like in the other."""
    left, count = list(two), 0
    for word in one:
        like = next((other for other in left if _like(word, other)), None)
        if like is not None:
            left.remove(like)
            count += 1
    return count


def _like(one: str, two: str) -> bool:
    if one == two or one.startswith(two) or two.startswith(one):
        return min(len(one), len(two)) > 1 or one == two  # "al-Qa" of "al-Qa’ida" is al-Qaeda
    return min(len(one), len(two)) > 3 and likeness_of_words(one, two) >= ONE_WORD
