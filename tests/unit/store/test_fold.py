from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.store.fold import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kobanî", "kobani"),
        ("KOBANI\u0302", "kobani"),
        ("Straße", "strasse"),
        ("İzmir", "izmir"),
        ("ﬁghters", "fighters"),
        ("ＡＢＣ", "abc"),
        ("أحمد", "احمد"),
        ("Йемен", "иемен"),
        ("हिन्दी", "हिनदी"),
        ("Al-Qa'ida", "al-qa'ida"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_for_ascii_is_the_long_way(text: str) -> None:
    assert fold(text + "é") == fold(text) + "e"


@given(st.text(), st.text())
def test_a_part_of_a_text_is_found_whatever_its_case(text: str, rest: str) -> None:
    assert fold(text.upper()) == fold(text.upper().lower().upper())
    assert fold(text) in fold(text + " " + rest)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ten were killed, 12 hurt.", ["ten", "were", "killed", "12", "hurt"]),
        ("al-Shabaab's_men", ["al", "shabaab", "s", "men"]),
        ("قُتل عشرة", ["قتل", "عشرة"]),
        ('"; DROP *', ["drop"]),
        ("—", []),
    ],
)
def test_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_a_word_has_nothing_that_a_full_text_query_would_take_for_a_sign(text: str) -> None:
    assert all(word.isalnum() for word in words(text))
