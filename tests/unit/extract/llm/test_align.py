from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.extract.llm.align import Aligner, plain_text, says_the_same
from stemma.model import Span

TEXT = (
    "Iranian envoys met the army in Iran. The army said “at least 14” people\n were killed — one by one.\n\n"
    "The Front denied that its fighters had shelled the livestock market in Kolmaz on Tuesday."
)
WHOLE = Span(start=0, end=len(TEXT))


def find(words: str, near: int = 0, *, within: Span = WHOLE, fuzzy: bool = False) -> tuple[str, str] | None:
    found = Aligner(TEXT).find(words, within, near, fuzzy=fuzzy)
    return (found.span.of(TEXT), found.how) if found else None


def test_whole_words_only() -> None:
    found = Aligner(TEXT).find("Iran", WHOLE, 0)
    assert found is not None
    assert found.span.start == TEXT.index("Iran.")


def test_the_nearest_of_several() -> None:
    for near, start in ((0, TEXT.index("the army")), (60, TEXT.index("The army"))):
        found = Aligner(TEXT).find("army", WHOLE, near)
        assert found is not None
        assert found.span.start == start + 4


def test_quotes_spaces_dashes_and_case_do_not_matter() -> None:
    assert find('said "at least 14" people were killed - one') == (
        "said “at least 14” people\n were killed — one",
        "plain",
    )
    assert find("THE FRONT DENIED") == ("The Front denied", "plain")


def test_slips_are_found_in_long_words_only() -> None:
    slipped = "The Front denied that its fighters had shelled livestok market in Kolmaz on Tuesday"
    assert find(slipped) is None
    found = find(slipped, fuzzy=True)
    assert found is not None
    assert found[1] == "near"
    assert "Front denied that its fighters had shelled the livestock market" in found[0]
    assert find("Kolmas", fuzzy=True) is None


@pytest.mark.parametrize(
    "words",
    [
        "The Front denied that its 3 fighters had shelled the livestock market in Kolmaz on Tuesday.",
        "The Front said that its fighters had shelled the livestock market in Kolmaz on Tuesday.",
        "The Front denied that its fighters had not shelled the livestock market in Kolmaz on Tuesday.",
        "General Marran surrendered with nine hundred men near the lake.",
    ],
)
def test_what_says_something_else_is_not_found(words: str) -> None:
    assert find(words, fuzzy=True) is None


def test_nothing_outside_the_part_shown() -> None:
    assert find("Kolmaz", within=Span(start=0, end=40)) is None


def test_a_number_that_differs_is_never_the_same() -> None:
    assert says_the_same("at least 14 people were killed", "at least 14 people were killd")
    assert not says_the_same("at least 14 people were killed", "at least 41 people were killed")
    assert not says_the_same("seven soldiers were killed there", "eleven soldiers were killed there")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60), st.text(max_size=12), st.integers(0, 60), st.booleans())
def test_whatever_is_found_stands_there(text: str, words: str, near: int, fuzzy: bool) -> None:
    found = Aligner(text).find(words, Span(start=0, end=len(text)), near, fuzzy=fuzzy)
    if found is not None:
        assert 0 <= found.span.start < found.span.end <= len(text)
        if found.how == "exact":
            assert found.span.of(text) == words.strip()
        else:
            assert plain_text(words) in plain_text(found.span.of(text))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(alphabet="ab“”’\"'-–\u00ad", min_size=1, max_size=5), min_size=1, max_size=8), st.data()
)
def test_words_of_the_text_are_found_again(tokens: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(tokens) - 1))
    end = data.draw(st.integers(start + 1, len(tokens)))
    text, words = " \n".join(tokens), " ".join(tokens[start:end])
    if plain_text(words):
        assert Aligner(text).find(words, Span(start=0, end=len(text)), 0) is not None
