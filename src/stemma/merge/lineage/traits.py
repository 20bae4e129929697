"""What stays of a story when its words change: its figures and names, in their order."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from stemma.merge.lineage.words import hash_text, text_passages
from stemma.model import Document

MOST_TRAITS: Final = 400

_TOKEN: Final = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+(?:[-][^\W\d_]+)*")
_THOUSANDS: Final = re.compile(r"[.,](?=\d{3}\b)")
_OPENS: Final = frozenset(".!?:;…\"“«»”'‘’(—–-•\n")

_NUMBERS: Final = {
    # English, Spanish, French, German, Portuguese, Italian; "one" and its like are articles too often.
    2: "two dos deux zwei dois duas due",
    3: "three tres trois drei três tre",
    4: "four cuatro quatre vier quatro quattro",
    5: "five cinco cinq fünf cinque",
    6: "six seis sechs sei",
    7: "seven siete sept sieben sete sette",
    8: "eight ocho huit acht oito otto",
    9: "nine nueve neuf neun nove",
    10: "ten diez dix zehn dez dieci decena dizaine",
    11: "eleven once onze elf undici",
    12: "twelve doce douze zwölf doze dodici dozen docena douzaine",
    13: "thirteen trece treize dreizehn treze tredici",
    14: "fourteen catorce quatorze vierzehn quattordici",
    15: "fifteen quince quinze fünfzehn quindici",
    16: "sixteen dieciséis seize sechzehn sedici",
    17: "seventeen diecisiete siebzehn diciassette",
    18: "eighteen dieciocho achtzehn diciotto",
    19: "nineteen diecinueve neunzehn",
    20: "twenty veinte veintena vingt vingtaine zwanzig vinte venti",
    30: "thirty treinta trente dreißig trinta trenta",
    40: "forty cuarenta quarante vierzig quarenta",
    50: "fifty cincuenta cinquante fünfzig cinquenta",
    60: "sixty sesenta soixante sechzig sessenta",
    70: "seventy setenta siebzig",
    80: "eighty ochenta achtzig oitenta",
    90: "ninety noventa neunzig",
}
_VALUES: Final = {word: value for value, words in _NUMBERS.items() for word in words.split()}

_NO_NAMES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july"
    " august september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep"
    " sept oct nov dec i mr mrs ms gen lt col the a an president general".split()
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The traits of one report in text order: the hash of each, repeated where it is."""

    hashes: tuple[int, ...]


def traits_of(document: Document) -> Kept:
    """Names and figures of the text of `document`; equal in every language that writes them alike.

    A capitalised word at the start of a sentence counts only where it is also written so within one.
    """
    found: list[tuple[str, bool]] = []
    for passage in text_passages(document):
        found.extend(_tokens(document.text, passage.span.start, passage.span.end))
        if len(found) > MOST_TRAITS:
            break
    sure = {word for word, is_sure in found if is_sure}
    return Kept(tuple(_hashed(word) for word, is_sure in found[:MOST_TRAITS] if is_sure or word in sure))


_hashes: dict[str, int] = {}


def _hashed(word: str) -> int:
    known = _hashes.get(word)
    if known is None:
        if len(_hashes) > 400_000:
            _hashes.clear()
        known = _hashes[word] = hash_text("trait " + word)
    return known


def _tokens(text: str, start: int, end: int) -> list[tuple[str, bool]]:
    found: list[tuple[str, bool]] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        if word.islower():
            value = _VALUES.get(word)
            if value is not None:
                found.append((str(value), True))
        elif word[0].isdigit():
            found.append((_THOUSANDS.sub("", word), True))
        elif word[0].isupper():
            name = _folded(word)
            if name in _VALUES:
                found.append((str(_VALUES[name]), True))
            elif name not in _NO_NAMES and len(name) > 1:
                found.append((name, not _opens(text, match.start(), start)))
    return found


def _opens(text: str, at: int, start: int) -> bool:
    """True where the word at `at` begins a sentence, so that its capital says nothing."""
    at -= 1
    while at >= start and text[at] in " \t":
        at -= 1
    return at < start or text[at] in _OPENS


_folds: dict[str, str] = {}


def _folded(word: str) -> str:
    known = _folds.get(word)
    if known is None:
        if len(_folds) > 400_000:
            _folds.clear()
        plain = unicodedata.normalize("NFKD", word.casefold())
        known = _folds[word] = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return known


def in_order(here: Sequence[int], there: Sequence[int], weights: dict[int, float]) -> float:
    """The weight of the traits that both have in the same order, as a share of the lighter one's, in [0, 1].

    The longest common subsequence by weight; quadratic in the traits of two reports, which are few.
    """
    total = min(sum(weights.get(one, 0.0) for one in here), sum(weights.get(one, 0.0) for one in there))
    if total <= 0:
        return 0.0
    row = [0.0] * (len(there) + 1)
    for one in here:
        before = 0.0
        weight = weights.get(one, 0.0)
        for at, other in enumerate(there, start=1):
            above = row[at]
            row[at] = before + weight if one == other else max(above, row[at - 1])
            before = above
    return row[-1] / total


def shared_weight(here: Sequence[int], there: Sequence[int], weights: dict[int, float]) -> float:
    """The weight of the traits of `here` that `there` has too, as a share of that of `here`, in [0, 1]."""
    mine, others = set(here), set(there)
    total = sum(weights.get(one, 0.0) for one in mine)
    return sum(weights.get(one, 0.0) for one in mine & others) / total if total else 0.0
