"""Names of people replaced by stable pseudonyms, in every text of a record."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from stemma.export.protocol import Stock
from stemma.export.pseudonym_names import (
    PARTICLES,
    SHORTEST,
    WORD,
    Key,
    fold,
    has_capital,
    is_office,
    names_in,
)
from stemma.model import Coding, EntityKind, Noun, SourceKind

AnyNoun = TypeVar("AnyNoun", bound=Noun)

DIGITS: Final = 10
"""Hex digits of a pseudonym: among 100,000 people two share one with a chance of one in 200."""

GAP: Final = 3
"""Characters between two words of a name: `Senn, Rado`, `rado-senn`."""

ADDRESSES: Final = frozenset(("report", "reports", "url", "parent", "subject", "person"))
"""Fields that may hold names in small letters, as file names, web addresses and users do."""

CODES: Final = frozenset(
    "type status certainty kind what verdict document_hash engine engine_version country edtf"
    " start end anchor published language at code".split()
)
"""Fields that hold no free text."""


def without_names(stock: Stock, salt: str) -> Stock:
    """The stock with pseudonyms for people's names: the same name always the same under one `salt`.

    Names are those of person entities and of persons as sources, those of who judged, and parts of such
    names where they stand alone with a capital; they are replaced in every text, whoever wrote it, in
    addresses and report ids too. Documents are withheld. Going through `codings` twice is needed.
    """
    people = People(stock, salt)
    return Stock(
        codings=_Renamed(stock.codings, people),
        lineage=people.rename(stock.lineage),
        incidents=tuple(people.rename(incident) for incident in stock.incidents),
        judgements=tuple(people.rename(judgement) for judgement in stock.judgements),
    )


class _Renamed:
    """Codings with pseudonyms, one by one, as often as asked."""

    def __init__(self, codings: Iterable[Coding], people: People) -> None:
        self._codings = codings
        self._people = people

    def __iter__(self) -> Iterator[Coding]:
        for coding in self._codings:
            yield self._people.rename(coding)


class People:
    """The names of the people of a stock, and their pseudonyms."""

    def __init__(self, stock: Stock, salt: str) -> None:
        self._salt = salt.encode("utf-8", "surrogatepass")
        places: set[str] = set()
        full: set[Key] = set()
        same: dict[Key, Key] = {}
        for coding in stock.codings:
            for group in _people_of(coding):
                keys = [key for wording in group for key in names_in(wording)]
                full.update(keys)
                chief = max(keys, key=len, default=())
                for key in keys:
                    if set(key) <= set(chief):
                        same.setdefault(key, chief)
            places |= _place_words(coding)
        for judgement in stock.judgements:
            full.update(
                names_in(judgement.person) or (tuple(fold(m[0]) for m in WORD.finditer(judgement.person)),)
            )
        self._build(full - {()}, same, places)

    def _build(self, full: set[Key], same: dict[Key, Key], places: set[str]) -> None:
        owners: dict[str, set[Key]] = defaultdict(set)
        for key in full:
            if len(key) > 1:
                for word in key:
                    if word not in places and _tells(word):
                        owners[word].add(same.get(key, key))
        self._phrases: dict[Key, str] = {}
        lengths: dict[str, set[int]] = defaultdict(set)
        self._singles: dict[str, str] = {}
        for key in full:
            if len(key) > 1:
                self._phrases[key] = self._pseudonym(same.get(key, key))
                lengths[key[0]].add(len(key))
            else:
                owners[key[0]] |= {same.get(key, key)} if len(same.get(key, key)) > 1 else set()
                owners.setdefault(key[0], set())
        # The lengths of the names that begin with a word, the longest first.
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}
        for word, keys in owners.items():
            # A word of one person's name is that person; of several, nobody can say whose it is.
            self._singles[word] = self._pseudonym(next(iter(keys)) if len(keys) == 1 else (word,))

    def _pseudonym(self, key: Key) -> str:
        digest = hmac.new(self._salt, " ".join(sorted(key)).encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"Person {digest.hexdigest()[:DIGITS]}"

    def rename(self, noun: AnyNoun) -> AnyNoun:
        """The noun with pseudonyms in all its texts."""
        return type(noun).model_validate(self._walk(noun.model_dump(mode="python"), ""))

    def _walk(self, value: Any, field: str) -> Any:
        if isinstance(value, str):
            return value if field in CODES else self.text(value, address=field in ADDRESSES)
        if isinstance(value, dict):
            return {key: self._walk(below, str(key)) for key, below in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self._walk(below, field) for below in value)
        return value

    def text(self, text: str, *, address: bool = False) -> str:
        """`text` with pseudonyms; an `address` also where names stand in small letters."""
        words = list(WORD.finditer(text))
        folded = [fold(word[0]) for word in words]
        pieces: list[str] = []
        at = index = 0
        while index < len(words):
            length, pseudonym = self._match(text, words, folded, index, address)
            if length:
                pieces += [text[at : words[index].start()], pseudonym]
                at = words[index + length - 1].end()
                index += length
            else:
                index += 1
        return "".join(pieces) + text[at:] if pieces else text

    def _match(
        self, text: str, words: list[Any], folded: list[str], index: int, address: bool
    ) -> tuple[int, str]:
        """How many words from `index` on are a name, and its pseudonym; 0 for none."""
        for length in self._lengths.get(folded[index], ()):
            end = index + length
            pseudonym = self._phrases.get(tuple(folded[index:end]))
            if pseudonym is None:
                continue
            gaps = (words[i + 1].start() - words[i].end() for i in range(index, end - 1))
            if all(gap <= GAP for gap in gaps) and (
                address or any(has_capital(w[0]) for w in words[index:end])
            ):
                return length, _slug(pseudonym) if address else pseudonym
        single = self._singles.get(folded[index])
        if single and (address or has_capital(words[index][0])):
            return 1, _slug(single) if address else single
        return 0, ""


def _slug(pseudonym: str) -> str:
    return pseudonym.casefold().replace(" ", "-")


def _people_of(coding: Coding) -> Iterator[tuple[str, ...]]:
    """The wordings for each person of a report."""
    for entity in coding.entities:
        if entity.kind is EntityKind.PERSON:
            yield (*((entity.canonical,) if entity.canonical else ()), *entity.names)
    for claim in coding.claims:
        for sources in (claim.sources, *(reading.sources for reading in claim.readings)):
            for source in sources:
                if source.kind is SourceKind.PERSON:
                    yield (source.text,)


def _place_words(coding: Coding) -> set[str]:
    """Words of the places of a report: alone they are the place and not who is named after it."""
    texts = [name for entity in coding.entities if entity.kind is EntityKind.PLACE for name in entity.names]
    for claim in coding.claims:
        if claim.place:
            texts += [claim.place.text, claim.place.canonical or ""]
    return {fold(word[0]) for text in texts for word in WORD.finditer(text) if has_capital(word[0])}


def _tells(word: str) -> bool:
    """True for a word that alone can stand for a person."""
    return len(word) >= SHORTEST and word not in PARTICLES and not is_office(word)
