from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.local.values import CONTEXT, context_of, place_of
from stemma.model import Span


@given(st.integers(0, 10 * CONTEXT), st.integers(1, 10 * CONTEXT))
def test_a_place_has_enough_text_around_it_and_no_more(at: int, length: int) -> None:
    at = min(at, length - 1)
    low, high = context_of(at, length)
    assert 0 <= low <= at < high <= length
    assert high - low <= CONTEXT
    assert low == 0 or at - low >= CONTEXT // 4
    assert high == length or high - at >= CONTEXT // 4


def test_a_place_far_down_keeps_its_offset() -> None:
    text = "Rebels met in Aleppo, Syria. " * 3000 + "They fled to Homs."
    at = text.index("Homs")
    place = place_of(Span(start=at, end=at + 4), text)
    assert (place.text, place.span) == ("Homs", Span(start=at, end=at + 4))
    assert place.country == "SY"
