from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.read.quotes import find_quotations


def quoted(text: str) -> list[str]:
    return [text[start:end] for start, end in find_quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We hold the whole town,” he said.", ["“We hold the whole town,”"]),
        ('He said: "We hold the whole town." They left.', ['"We hold the whole town."']),
        ("Dijo: «La guerrilla sigue en tregua».", ["«La guerrilla sigue en tregua»"]),
        ("“We left,” she said. “They stayed.”", ["“We left,”", "“They stayed.”"]),
        ("the so-called “safe zone” in the north", []),
        ('a "moderate" group and a "gang"', []),
        ("“This goes on in the next paragraph", ["“This goes on in the next paragraph"]),
        (
            "“He told us “go away now” and left the place,” she said",
            ["“He told us “go away now” and left the place,”"],
        ),
        ('5" pipes and 6" pipes were found there', []),
        ("no quotation at all", []),
    ],
)
def test_direct_speech_is_found(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@given(st.text(alphabet='ab .,"“”«»„', max_size=200))
def test_quotations_are_in_order_and_apart(text: str) -> None:
    end = 0
    for start, stop in find_quotations(text, 0, len(text)):
        assert end <= start < stop <= len(text)
        end = stop
