from __future__ import annotations

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from stemma.cli.harmless import harmless, harmless_json, harmless_lines

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=())) | st.text(
    st.sampled_from("\x00\x07\x1b\x7f\x9b\u202e\u2066\u2028\U000e0041[]ab\n\t\r")
)


@given(ANY_TEXT)
def test_nothing_is_left_that_a_terminal_obeys(text: str) -> None:
    for shown in (harmless(text), harmless_lines(text).replace("\n", "")):
        assert not any(unicodedata.category(character) in ("Cc", "Cs") for character in shown)
        assert not any(
            unicodedata.bidirectional(character)
            in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
            for character in shown
        )


@given(ANY_TEXT, ANY_TEXT)
def test_pieces_may_be_shown_one_by_one(left: str, right: str) -> None:
    assert harmless(left) + harmless(right) == harmless(left + right)


def test_signs_are_visible() -> None:
    assert harmless("a\x1b[31mb\u202ec\x9bd") == "a␛[31mb⟨U+202E⟩c⟨U+009B⟩d"
    assert harmless("a\tb\nc") == "a b c"
    assert harmless_lines("a\nb") == "a\nb"


def test_words_in_any_script_stay_as_they_are() -> None:
    for text in ("می‌خواهم", "العربية", "日本語", "naïve", "👩‍🚒"):
        assert harmless(text) == text


@given(st.text())
def test_json_keeps_its_value(text: str) -> None:
    wire = json.dumps({"text": text}, ensure_ascii=False)
    shown = harmless_json(wire)
    assert json.loads(shown) == {"text": text}
    assert not any(unicodedata.category(character) == "Cc" for character in shown)
