"""The words of tolls in several languages: number words, who was harmed and how, bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from stemma.lexicon import read_rows, split_list

FORCES: Final = frozenset(("soldiers", "police"))
"""Kinds of people that one count may hold together."""


@dataclass(frozen=True, slots=True)
class TollWords:
    """Each word in small letters -> what it says. `units` are what is counted but harms nobody.

    `vague` are words for a number that is not said, as ranges; `said` tells by pattern what else a text says
    of a fight: that it was `denied`, that a place was `seized`, that it was `bombed`.
    """

    kinds: dict[str, str]
    people: dict[str, str]
    numbers: dict[str, int]
    units: frozenset[str]
    vague: dict[str, tuple[int, int | None]]
    said: dict[str, re.Pattern[str]]
    least: re.Pattern[str]
    about: re.Pattern[str]
    most: re.Pattern[str]


@cache
def toll_words() -> TollWords:
    """The table of the lexicon, read once."""
    tables: dict[str, dict[str, str]] = {}
    for row in read_rows("tolls.csv"):
        table = tables.setdefault(row["sort"], {})
        table.update((word.casefold(), row["meaning"]) for word in split_list(row["words"]))
    return TollWords(
        kinds=tables["kind"],
        people=tables["people"],
        numbers={word: int(value) for word, value in tables["number"].items()},
        units=frozenset(tables["unit"]),
        vague={word: _range(meaning) for word, meaning in tables["vague"].items()},
        said={
            kind: _any_of({word: "" for word, meaning in tables["said"].items() if meaning == kind})
            for kind in dict.fromkeys(tables["said"].values())
        },
        least=_any_of(tables["least"]),
        about=_any_of(tables["about"]),
        most=_any_of(tables["most"]),
    )


@cache
def people_of(text: str) -> str | None:
    """The kind of people that a description names (`soldiers` for `Kenyan troops`); None where it names none.

    A plain word for people (`men`) counts only where no other stands beside it.
    """
    people = toll_words().people
    found = [people[word] for word in re.findall(r"[\w'’.-]+", text.casefold()) if word in people]
    telling = [kind for kind in found if kind != "people"]
    return telling[0] if telling else found[0] if found else None


def _range(meaning: str) -> tuple[int, int | None]:
    low, _, high = meaning.partition("-")
    return int(low), int(high) if high else None


def _any_of(words: dict[str, str]) -> re.Pattern[str]:
    listed = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)")
