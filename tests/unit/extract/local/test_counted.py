from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.local.counted import harm_of, leading_number
from stemma.model import Counted


@pytest.mark.parametrize(
    ("trigger", "kind"),
    [
        ("executed", Counted.KILLED),
        ("shot dead", Counted.KILLED),
        ("wounding", Counted.INJURED),
        ("taken hostage", Counted.CAPTURED),
        ("killed and wounded", None),
        ("met", None),
        ("undead", None),
    ],
)
def test_what_a_trigger_does_to_people(trigger: str, kind: Counted | None) -> None:
    assert harm_of(trigger) is kind


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("four democracy activists", "four"),
        ("at least 20 people", "at least 20"),
        ("1,200 men", "1,200"),
        ("twenty-five soldiers", "twenty-five"),
        ("dozens of villagers", "dozens"),
        ("A 16-year-old boy", None),
        ("16-year-old twins", None),
        ("50 per cent of the men", None),
        ("4th Brigade", None),
        ("the four men", None),
        ("civilians", None),
    ],
)
def test_the_number_a_party_begins_with(words: str, number: str | None) -> None:
    assert leading_number(words) == number


@given(st.text(max_size=40))
def test_a_number_is_the_beginning_of_the_words(words: str) -> None:
    number = leading_number(words)
    assert number is None or words.startswith(number)
