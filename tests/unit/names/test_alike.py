"""Names told apart at a glance are those that the full comparison tells apart."""

from __future__ import annotations

from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.model import EntityKind
from stemma.names.likeness import (
    SAME_NAME,
    SAME_WORD,
    _may_be_one_word,
    alike_names,
    likeness_of_names,
    likeness_of_words,
)

NAMES = [
    "Muhammad al-Jolani", "Mohammed al Julani", "Abu Muhammad al-Golani", "J. Golani", "Golani", "Ali", "",
    "Bill Clinton", "William Clinton", "Vladimir Putin", "Wladimir Poutine", "Владимир Путин", "  ",
    "محمد الجولاني", "Free Syrian Army", "Syrian Army", "the Syrian army", "SAA", "Fourth Brigade",
    "4th Brigade", "Brigade 5", "Qassam Brigades", "Al-Qassam Brigade", "Kassam Brigades", "X", "Daesh",
    "Hay'at Tahrir al-Sham", "Hayat Tahrir Al Sham", "Russian Air Force", "Russia's Air Force", "ISIS",
    "Islamic State", "White Helmets",
]  # fmt: skip
KINDS = [EntityKind.PERSON, EntityKind.GROUP]
word = st.text("aeiouhkgstdzvbjy", min_size=1, max_size=9)
name = st.lists(word, min_size=1, max_size=3).map(" ".join) | st.sampled_from(NAMES)


def plain(first: str, second: str, kind: EntityKind) -> float:
    how = likeness_of_names(first, second, kind)
    return how if how >= SAME_NAME else 0.0


@pytest.mark.parametrize("kind", KINDS)
def test_names_of_a_report(kind: EntityKind) -> None:
    alike = [pair for pair in combinations_with_replacement(NAMES, 2) if plain(*pair, kind)]

    assert len(alike) > len(NAMES)
    for pair in combinations_with_replacement(NAMES, 2):
        assert alike_names(*pair, kind) == alike_names(*reversed(pair), kind) == plain(*pair, kind)


@given(name, name, st.sampled_from(KINDS))
def test_any_names(first: str, second: str, kind: EntityKind) -> None:
    assert alike_names(first, second, kind) == plain(first, second, kind)


@given(word, st.data())
def test_words_that_are_near(first: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(first)))
    second = first[:at] + data.draw(word) + first[at + data.draw(st.integers(0, 2)) :]

    if likeness_of_words(first, second) >= SAME_WORD:
        assert _may_be_one_word(first, second)
    assert alike_names(f"Karim {first}", f"Karim {second}", EntityKind.PERSON) == plain(
        f"Karim {first}", f"Karim {second}", EntityKind.PERSON
    )
