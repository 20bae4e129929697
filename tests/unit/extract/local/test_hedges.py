from __future__ import annotations

import pytest

from stemma.extract.local.hedges import certainty_of, find_hedge
from stemma.model import Certainty, Span


def find(text: str, trigger: str = "shelled") -> tuple[str, str] | None:
    at = text.index(trigger)
    found = find_hedge(text, Span(start=0, end=len(text)), Span(start=at, end=at + len(trigger)))
    return found and (found[1].of(text), found[0].value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rebels reportedly shelled Arra.", ("reportedly", "probable")),
        ("Rebels are BELIEVED to have shelled Arra.", ("BELIEVED", "probable")),
        ("Rebels may have shelled Arra.", ("may", "possible")),
        ("Rebels shelled Arra, unconfirmed accounts say.", ("unconfirmed", "possible")),
        ("Rebels almost certainly shelled Arra.", ("almost certainly", "probable")),
        ("Jets might come after rebels allegedly shelled Arra.", ("allegedly", "probable")),
        ("Rebels shelled Arra in May.", None),
        ("Rebels shelled Arra.", None),
        ("The mayor of Likelyville shelled peas.", None),
    ],
)
def test_the_nearest_hedge(text: str, expected: tuple[str, str] | None) -> None:
    assert find(text) == expected


def test_a_trigger_is_not_its_own_hedge() -> None:
    assert find("Men were charged.", "charged") is None


def test_a_hedge_of_another_sentence_does_not_count() -> None:
    text = "Reportedly so. Rebels shelled Arra."
    assert find_hedge(text, Span(start=15, end=len(text)), Span(start=22, end=29)) is None


def test_the_guidelines_own_words_are_known() -> None:
    for word in ("reportedly", "allegedly", "believed", "likely", "suspected"):
        assert certainty_of(word) is Certainty.PROBABLE
    for word in ("may", "could", "possibly", "unconfirmed"):
        assert certainty_of(word) is Certainty.POSSIBLE
    assert certainty_of("claimed") is certainty_of("estimated") is None
