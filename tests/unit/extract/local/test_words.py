from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.extract.local.words import WINDOW, owners, split_words, windows

TEXTS = st.text(max_size=300) | st.lists(
    st.sampled_from(["army", "Gaza", "’", "said", ".", "\n", "🙂", "é", "١"])
).map(" ".join)


@given(TEXTS)
def test_words_stand_where_they_say(text: str) -> None:
    words = split_words(text)
    assert all(0 <= a < b <= len(text) for a, b in zip(words.start, words.end, strict=True))
    assert all(a <= b for a, b in zip(words.start, words.start[1:], strict=False))
    assert len(words.pieces) == len(words.word)


def test_offsets_are_code_points() -> None:
    text = "🙂 Hamas’s naval unit"
    words = split_words(text)
    assert [text[a:b] for a, b in zip(words.start, words.end, strict=True)] == [
        "🙂",
        "Hamas",
        "’",
        "s",
        "naval",
        "unit",
    ]
    assert words.words_in(2, 7) == (1, 1)
    assert words.words_in(1, 2) is None


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 4000), st.integers(1, 60))
def test_windows_cover_every_word_once(count: int, every: int) -> None:
    text = " ".join("said." if k % every == 0 else "militants" for k in range(count))
    words = split_words(text)
    cuts = windows(words)
    assert all(window.high - window.low <= WINDOW for window in cuts)
    given_ = [index for first, last in owners(words, cuts) for index in range(first, last)]
    assert given_ == list(range(len(words)))


def test_a_text_without_words_has_no_window() -> None:
    assert windows(split_words(" \n ")) == []
