from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value.numbers import number_of


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("three", 3, 3),
        ("two and a half", 2.5, 2.5),
        ("1,200", 1200, 1200),
        ("twenty-five", 25, 25),
        ("three hundred", 300, 300),
        ("several", 3, 9),
        ("many", 2, None),
    ],
)
def test_a_number_in_words_or_figures(text: str, least: float, most: float | None) -> None:
    assert number_of(text) == (least, most)


@pytest.mark.parametrize("text", ["", "lots", "2019-05-04t12:30z", "3 of 4", "²"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert number_of(text) is None


@given(st.text(alphabet="0123456789,.-/ ahlfundretwo²٣", max_size=20))
def test_no_text_raises(text: str) -> None:
    found = number_of(text)
    assert found is None or found[1] is None or found[0] <= found[1]
