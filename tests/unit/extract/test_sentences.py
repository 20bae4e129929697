from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.sentences import LONGEST, sentences


def cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He fled. She stayed.", ["He fled.", "She stayed."]),
        ("Gen. Omar Said spoke. Troops left.", ["Gen. Omar Said spoke.", "Troops left."]),
        ("Shelling began at 5 a.m. Tuesday in Arra.", ["Shelling began at 5 a.m. Tuesday in Arra."]),
        ("A headline\n\nFirst line. Second.", ["A headline", "First line.", "Second."]),
        ("“We won.” The army denied it.", ["“We won.”", "The army denied it."]),
        ("The U.S. said no. It left.", ["The U.S. said no.", "It left."]),
    ],
)
def test_newsroom_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(max_size=400))
def test_sentences_are_ordered_and_lose_no_word(text: str) -> None:
    found = list(sentences(text))
    assert all(a < b for a, b in found)
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    kept = "".join(text[a:b] for a, b in found)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]


def test_text_without_a_full_stop_is_cut() -> None:
    assert max(b - a for a, b in sentences("word " * 5000)) <= LONGEST
