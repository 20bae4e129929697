"""The words of a name, with what varies between spellings made one: titles, articles, scripts, sounds."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from stemma.names.letters import fold_arabic, is_arabic

_CYRILLIC: Final = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщыэюяіїєґўқғңөұүһәјљњћђџ",
        (
            "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya"
            " i yi ye g u q gh ng o u u h a j lj nj c dj dz"
        ).split(),
        strict=True,
    )
) | {"ъ": "", "ь": ""}
_LATIN = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a"}
    | {"0": "o", "1": "i"}
)
LONGEST: Final = 200
"""Characters beyond which words are no name."""
TITLES: Final = frozenset(
    "mr mrs ms miss dr prof professor sir lord lady dame king queen prince princess president vice"
    " prime minister premier chancellor senator governor mayor judge justice sheikh shaikh sheik shaykh"
    " cheikh emir amir imam mullah maulana maulvi mawlawi ayatollah hojatoleslam haji hajj hajji sayyid"
    " sayyed syed general gen lieutenant lt colonel col major maj captain capt commander brigadier brig"
    " admiral adm marshal sergeant sgt corporal cpl private pvt warlord leader chief spokesman"
    " spokeswoman spokesperson secretary ambassador foreign defence defense interior the former late"
    " rebel strongman don dona monsieur madame m mme herr frau señor comandante father rev reverend pope"
    " bishop archbishop rabbi comrade brother sister engineer ustad llc".split()
)
PARTICLES: Final = frozenset(
    "al el ul bin ben ibn bint ould walad oglu zadeh von van der den de del della di da dos das la le y"
    " e".split()
)
_POINTS = re.compile(r"\b(\w)\.(?=\w\b)")
_APOSTROPHES = re.compile(r"[’'`´‘ʻʼʿʾ′\"“”«»]")
_POSSESSIVE = re.compile(r"['’]s(?=\s|$)")
_ARTICLE = re.compile(r"\b(?:al|el|ul|ad|ar|as|ash|at|az|an|adh|ath|ud|ur|us|ol|ed|ez|es|esh)-+(?=\w)")
_SERVANT = re.compile(
    r"\bc?abd[aeiou]?(?:l|r|s|z|d|n)?[\s-]+(?:(?:al|el|ul|ur|ar|as|az|ad|er)[\s-]+)?(?=[a-z]{3})"
)
_SERVANT_WORD = re.compile(r"^c?abd[aeiou]?(?:ll?|rr?|ss?|zz?|nn?|dd?)?(?=[a-z]{3})")
_FATHER = re.compile(r"\b(abu|abou|aboo|abo|umm?|oum)[\s-]+(?:(?:al|el)[\s-]+)?(?=\w{2})")
_ARABIC_FATHER = re.compile(r"\b([أا]بو|[أا]بي|[أا]با|[أا]م|عبد)\s+(?:ال(?=\w{3}))?(?=\w)")
_SPLIT = re.compile(r"[^\w]+|_+")
_TWICE = re.compile(r"(.)\1+")
_SOUNDS: Final = (
    (re.compile(r"shch|sch|sh"), "S"),
    (re.compile(r"tch|tsch|ch|cz"), "C"),
    (re.compile(r"dzh|dj|zh"), "j"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"gh"), "g"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"th"), "t"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"ck|q|c(?![eiy])"), "k"),
    (re.compile(r"c"), "s"),
    (re.compile(r"(?<=\w)[uo]+w|ou(?=[aeiy])|w"), "v"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"iy+|ij|yi|ey|ay|ei|ai|ee|ii|y"), "i"),
    (re.compile(r"(?<=[aeiou])h\b"), ""),
)


@lru_cache(maxsize=20_000)
def romanise(text: str) -> str:
    """`text` in small Latin letters without accents; letters of a script that we have no table for stay."""
    text = "".join(_CYRILLIC.get(letter, letter) for letter in text.casefold())
    decomposed = unicodedata.normalize("NFKD", text.translate(_LATIN) if not text.isdigit() else text)
    latin = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return latin if not is_arabic(text) else fold_arabic(text)


@lru_cache(maxsize=20_000)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name in small Latin letters, points and apostrophes gone; titles and all kept."""
    name = _POSSESSIVE.sub("", name)
    if any(character.isdigit() for character in name) and not any(_mixed(word) for word in name.split()):
        text = _keep_digits(name)
    else:
        text = romanise(name)
    text = _APOSTROPHES.sub("", _POINTS.sub(r"\1", text))
    text = _POINTS.sub(r"\1", text)
    return tuple(word for word in _SPLIT.split(text) if word)


@lru_cache(maxsize=20_000)
def person_words(name: str) -> tuple[str, ...]:
    """The words that tell a person: no titles, no articles, no "son of"; `Abd al-X` and `Abu X` one word."""
    text = _APOSTROPHES.sub("", _POINTS.sub(r"\1", romanise(_POSSESSIVE.sub("", name)).replace(".", ". ")))
    text = _ARABIC_FATHER.sub(r"\1", _FATHER.sub(r"\1", _SERVANT.sub("abd", _ARTICLE.sub("", text))))
    words = [_bare(word) for word in _SPLIT.split(text) if word]
    kept = [word for word in words if word not in TITLES]
    kept = [word for k, word in enumerate(kept) if word not in PARTICLES or (k == 0 and word == "ben")]
    return tuple(_SERVANT_WORD.sub("abd", word) for word in kept or words)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A key that the usual spellings of one sound share: `shuwayl` and `chouwail` give nearly one."""
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return _TWICE.sub(r"\1", word)


def is_initial(word: str) -> bool:
    """True for one letter that stands for a name."""
    return len(word) == 1 and word.isalpha()


def _bare(word: str) -> str:
    if is_arabic(word):
        return word[2:] if word.startswith("ال") and len(word) > 4 else word
    return word


def _mixed(word: str) -> bool:
    """True where figures stand for letters, as in `Ig0r`."""
    return bool(re.search(r"[a-zA-Z][01][a-zA-Z]", word))


def _keep_digits(name: str) -> str:
    parts = re.split(r"(\d+)", name)
    return "".join(part if part.isdigit() else romanise(part) for part in parts)
