"""How alike two names are, whatever their spelling and script."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

from rapidfuzz.distance import OSA, Levenshtein

from stemma.model import EntityKind
from stemma.names.bodies import APART, EXTRA, apart, body_words, is_acronym_of, telling
from stemma.names.letters import is_arabic, likeness_across
from stemma.names.words import LONGEST, is_initial, person_words, sound

SAME_NAME: Final = 0.81
"""Two names as alike as this are one; chosen on half of the name_bench cases (docs/names.md)."""
SAME_WORD: Final = 0.74
"""Words less alike than this are two words."""
INITIAL: Final = 0.84
"""An initial against the name that it may stand for: one, but a weak one."""
ALONE: Final = 0.6
"""The most that one word can score against a full name: a surname is not yet a man."""

_VOWELS: Final = frozenset("aeiou")
_NEAR: Final = frozenset(
    frozenset(pair) for pair in "sz td kg kh jg pb vf vb Ss CS jS ij hg jz uv Ck Cs".split()
)
_NICKNAMES: Final = {
    frozenset(pair.split())
    for pair in (
        "bibi benjamin|ben benjamin|bill william|bob robert|joe joseph|jim james|mike michael|tony anthony"
        "|alex alexander|sasha alexander|volodya vladimir|misha mikhail|dima dmitry|kolya nikolai|pepe jose"
        "|paco francisco|chuck charles|dick richard|ted edward|tom thomas|dan daniel|sam samuel|nick nicholas"
    ).split("|")
}
_COMMON: Final = frozenset(
    sound(word)
    for word in "muhammad mohammed mohamed mohammad ahmad ahmed ali hassan hussein abdlah khan".split()
)


@lru_cache(maxsize=50_000)
def likeness_of_names(first: str, second: str, kind: EntityKind | None = None) -> float:
    """How alike two names are, in [0, 1]; 1 for one name in one spelling, about 0.8 where doubt begins.

    Spellings of Arabic, Persian, Russian, Spanish and French names count as one, and so do names in
    Arabic, Persian or Cyrillic letters and their Latin forms. Names of bodies must agree in every
    telling word, and two actors of the lexicon are never alike. Without a `kind` the better of the
    two ways is taken, unless the lexicon knows better.
    """
    if not first.strip() or not second.strip():
        return 0.0
    # One order for both ways, so that a likeness never depends on which name came first.
    first, second = sorted((first, second), key=lambda name: (len(name), name))
    if max(len(first), len(second)) > LONGEST:
        return float(first == second)  # no name, and too dear to compare
    if kind is EntityKind.PERSON:
        return _persons(first, second)
    body = _bodies(first, second)
    if kind is not None or body <= APART:
        return body
    return body if telling_body(first) or telling_body(second) else max(body, _persons(first, second))


@lru_cache(maxsize=50_000)
def alike_names(first: str, second: str, kind: EntityKind) -> float:
    """`likeness_of_names` where it reaches `SAME_NAME`, else zero: most pairs are told apart at a glance."""
    shorter, longer = sorted((first, second), key=lambda name: (len(name), name))
    if shorter.strip() and longer.strip() and len(longer) <= LONGEST:
        may_be = _may_be_one_person if kind is EntityKind.PERSON else _may_be_one_body
        if not may_be(shorter, longer):
            return 0.0
    how = likeness_of_names(first, second, kind)
    return how if how >= SAME_NAME else 0.0


def _may_be_one_person(first: str, second: str) -> bool:
    """False only where `_persons` stays under `SAME_NAME`: a word of the shorter name has no like."""
    one, two = sorted((person_words(first), person_words(second)), key=len)
    if not one or one == two:
        return bool(one)
    joined, other = "".join(one), "".join(two)
    if len(one) != len(two) and min(len(joined), len(other)) > 5 and _if_close(joined, other):
        return True
    if len(one) == 1 < len(two):
        return False
    return all(any(_may_be_one_word(a, b) for b in two) for a in one)


def _may_be_one_body(first: str, second: str) -> bool:
    """False only where `_bodies` stays under `SAME_NAME`: a telling word has no like."""
    known = apart(first, second)
    if known is not None:
        return not known
    if is_acronym_of(first, second) or is_acronym_of(second, first):
        return True
    one, numbers = body_words(first)
    two, others = body_words(second)
    if numbers != others:
        return False
    a, b = telling(one), telling(two)
    if one == two or len(a) != len(b):
        return one == two or _if_close("".join(a), "".join(b)) >= 0.95
    return all(any(_may_be_one_word(word, other) for other in b) for word in a)


@lru_cache(maxsize=50_000)
def _may_be_one_word(first: str, second: str) -> bool:
    """False only where two words are less alike than `SAME_WORD`."""
    if first == second or is_initial(first) or is_initial(second):
        return True
    if not first.isascii() or not second.isascii() or frozenset((first, second)) in _NICKNAMES:
        return True
    if float(OSA.normalized_similarity(first, second)) >= SAME_WORD:
        return True
    one, two = sound(first), sound(second)
    # In `_distance` a letter put in or left out costs half an edit at the least, one for another .4.
    most = 10 * (1 - SAME_WORD) * max(len(one), len(two)) + 1e-6
    return Levenshtein.distance(one, two, weights=(5, 5, 4)) <= most


def same_name(first: str, second: str, kind: EntityKind) -> bool:
    """True where two names of this kind are one name, at the shipped threshold.

    Unnamed people (`dozens of men`) are never one by name.
    """
    return kind is not EntityKind.PEOPLE and likeness_of_names(first, second, kind) >= SAME_NAME


def telling_body(name: str) -> bool:
    """True where a name has a word that bodies bear and people do not."""
    return any(word in _BODY_WORDS for word in body_words(name)[0]) or len(body_words(name)[1]) > 0


_BODY_WORDS: Final = frozenset(
    "army front brigade brigades battalion movement party forces force police ministry government state"
    " company corporation bank group union organisation organization council committee league alliance"
    " coalition trust militia inc ltd llc jsc corp ag plc services systems fund agency unit division"
    " cartel network".split()
)


@lru_cache(maxsize=50_000)
def likeness_of_words(first: str, second: str) -> float:
    """How alike two words are, in [0, 1]: vowels and sounds that spellings exchange weigh less."""
    if first == second:
        return 1.0
    if is_arabic(first) != is_arabic(second):
        arabic, latin = (first, second) if is_arabic(first) else (second, first)
        return likeness_across(arabic, latin) if latin.isascii() else 0.0
    if frozenset((first, second)) in _NICKNAMES:
        return 0.9
    one, two = sound(first), sound(second)
    if one == two:
        return 0.98
    if len(one) < 2 or len(two) < 2:
        return 0.0
    heard = 1 - _distance(one, two) / max(len(one), len(two))
    return max(0.0, heard, float(OSA.normalized_similarity(first, second)))


def _distance(one: str, two: str) -> float:
    """The edits between two sound keys, a vowel or a near sound for another being half an edit or less."""
    lost = [_loss(letter) for letter in two]
    above = [0.0, *accumulate(lost)]
    for left in one:
        # Written out: this is the innermost loop of joining names.
        gone, costs = _loss(left), _costs(left)
        last = above[0] + gone
        row = [last]
        for k, right in enumerate(two):
            last += lost[k]
            change = above[k] + costs.get(right, 1.0)
            kept = above[k + 1] + gone
            last = min(last, change, kept)
            row.append(last)
        above = row
    return above[-1]


@cache
def _loss(letter: str) -> float:
    return 0.5 if letter in _VOWELS or letter == "h" else 1.0


@cache
def _costs(left: str) -> dict[str, float]:
    """What putting another letter for this one costs, where that is less than a whole edit."""
    costs = {other: 0.5 for pair in _NEAR if left in pair for other in pair}
    if left in _VOWELS:
        costs |= dict.fromkeys(_VOWELS, 0.4)
    return costs | {left: 0.0}


@lru_cache(maxsize=20_000)
def _persons(first: str, second: str) -> float:
    one, two = person_words(first), person_words(second)
    if len(one) > len(two):
        one, two = two, one
    if not one:
        return 0.0
    if one == two:
        return 1.0
    score = _matched(one, two)
    joined, other = "".join(one), "".join(two)
    if len(one) != len(two) and min(len(joined), len(other)) > 5:
        score = max(score, 0.97 * _if_close(joined, other))
    return score


def _matched(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """Every word of the shorter name with its best like in the longer one, each used once."""
    if all(is_initial(word) for word in one):
        return 0.0
    pairs = sorted(
        ((_word(a, b), -abs(i - k), i, k) for i, a in enumerate(one) for k, b in enumerate(two)), reverse=True
    )
    found: dict[int, float] = {}
    used: set[int] = set()
    for how, _, i, k in pairs:
        if i not in found and k not in used:
            found[i] = how
            used.add(k)
    worst = min(found.values())
    mean = sum(found[i] * len(one[i]) for i in found) / sum(map(len, one))
    score = (worst + mean) / 2 if worst >= SAME_WORD else worst * 0.9
    extra = len(two) - len(one)
    if extra and len(one) == 1:
        return min(score, ALONE)
    telling_words = sum(sound(word) not in _COMMON for word in one)
    return max(0.0, score - extra * (0.02 if telling_words > 1 else 0.07))


def _word(one: str, two: str) -> float:
    if is_initial(one) or is_initial(two):
        return INITIAL if one[0] == two[0] else 0.0
    return likeness_of_words(one, two)


def _if_close(joined: str, other: str) -> float:
    how = float(OSA.normalized_similarity(joined, other))
    return how if how >= 0.9 else 0.0


@lru_cache(maxsize=20_000)
def _bodies(first: str, second: str) -> float:
    known = apart(first, second)
    if known is not None:
        return APART if known else 1.0
    if is_acronym_of(first, second) or is_acronym_of(second, first):
        return 0.9
    one, numbers = body_words(first)
    two, others = body_words(second)
    if one == two and numbers == others:
        return 1.0
    if numbers != others:
        return APART
    a, b = telling(one), telling(two)
    if not a or not b:
        return 0.0
    joined = _if_close("".join(a), "".join(b))
    if len(a) != len(b) and joined >= 0.95:
        return joined
    if len(a) > len(b):
        a, b = b, a
    score = _matched_all(a, b)
    return min(score, EXTRA) if len(a) != len(b) else score


def _matched_all(one: tuple[str, ...], two: tuple[str, ...]) -> float:
    """As `_matched`, the words of the longer name that find none counting as unlike."""
    left = list(two)
    scores: list[tuple[float, int]] = []
    for word in one:
        best = max(left, key=lambda other: likeness_of_words(word, other))
        left.remove(best)
        scores.append((likeness_of_words(word, best), len(word)))
    worst = min(how for how, _ in scores)
    total = sum(map(len, one)) + sum(map(len, left))
    mean = sum(how * size for how, size in scores) / total
    return (worst + mean) / 2 if worst >= SAME_WORD else worst * 0.9
