from __future__ import annotations

import making
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from stemma.model import Document, Passage, PassageKind, Span


@given(st.integers(-9, 9), st.integers(-9, 9))
def test_a_span_is_ordered_and_not_before_the_text(start: int, end: int) -> None:
    if 0 <= start <= end:
        assert (Span(start=start, end=end).start, Span(start=start, end=end).end) == (start, end)
    else:
        with pytest.raises(ValidationError):
            Span(start=start, end=end)


@given(making.spans, making.spans)
def test_overlapping_and_covering_are_those_of_sets_of_characters(one: Span, other: Span) -> None:
    first, second = set(range(one.start, one.end)), set(range(other.start, other.end))
    if first and second:
        assert one.overlaps(other) is bool(first & second)
        assert one.covers(other) is (second <= first)


def test_a_span_counts_characters_not_bytes() -> None:
    assert Span(start=2, end=8).of("☠ Кабул fell") == "Кабул "


def test_a_passage_past_the_end_of_the_text_is_refused() -> None:
    passage = Passage(kind=PassageKind.BODY, span=Span(start=0, end=6))
    with pytest.raises(ValidationError, match="past the text's 5"):
        Document(report="a", report_hash="0", text="12345", passages=(passage,))


def test_the_passage_at_a_place_is_never_a_quotation() -> None:
    body = Passage(kind=PassageKind.BODY, span=Span(start=0, end=10))
    quotation = Passage(kind=PassageKind.QUOTATION, span=Span(start=2, end=5))
    document = Document(report="a", report_hash="0", text="x" * 12, passages=(quotation, body))
    assert document.passage_at(3) == body
    assert document.passage_at(11) is None
    assert document.passages_of(PassageKind.QUOTATION) == (quotation,)
