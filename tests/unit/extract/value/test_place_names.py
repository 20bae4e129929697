"""Names in running text: the short ways give what the plain ones give."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value import place_names
from stemma.extract.value.place_candidates import candidates_of
from stemma.extract.value.place_locate import _ranked, _score
from stemma.extract.value.place_names import CAPS_SHARE, Hit, find_names, is_capitals

WORDS = [
    "the Hague", "The", "THE", "al-Bab", "Al", "as", "As-Suwayda", "Aleppo’s", "Syria's", "Paris`", "Homs",
    "eastern", "Ghouta", "Russian-backed", "said", "who", "U.S.", "D.C.", "Washington, D.C.", "idlib", ".",
    ",", "Deir", "ez-Zor", "Tripolis", "New", "York", "central", "Ürümqi", "los", "tHE", "1", "’",
]  # fmt: skip


def plain_names(text: str, capitals: bool) -> tuple[Hit, ...]:
    """Every token asked, one after the other."""
    tokens = [match.span() for match in place_names._TOKEN.finditer(text)]
    found = []
    k = 0
    while k < len(tokens):
        hit, used = None, 1
        if place_names._may_begin(text, tokens, k):
            hit, used = place_names._longest(text, tokens, k, capitals)
        if hit and not (hit.kind == "people" and place_names._TURNED.match(text, hit.end)):
            found.append(hit)
        k += used
    return tuple(found)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), st.booleans())
def test_no_name_is_passed_over(text: str, capitals: bool) -> None:
    assert find_names(text, capitals) == plain_names(text, capitals)


@given(st.text() | st.text("ABCDEFabc .1é", max_size=20))
def test_capitals_are_counted_alike(text: str) -> None:
    letters = [letter for letter in text[:4000] if letter.isalpha()]
    share = sum(letter.isupper() for letter in letters) / len(letters) if letters else 0.0

    assert is_capitals(text) == (share > CAPS_SHARE)


@given(st.sampled_from(["Aleppo", "Aleppo's", "Homs’", "Paris", "s", "’s", "Ka’b", "Idlib`s", "'", "S"]))
def test_an_owner_is_his_name_without_the_ending(words: str) -> None:
    owner = re.compile(r"['’`]s?$", re.IGNORECASE)
    bare = owner.sub("", words)
    hit = place_names._name(words, 0, len(words), False)

    assert hit is None or hit.words in (bare, bare[:-1])


def test_a_single_meaning_is_first_whatever_its_score() -> None:
    for name in ("Raqqa", "Arsal", "Syria"):
        one = list(candidates_of(name)[:1])
        text = f"Shells fell on {name}, Homs and Hama."
        scored = [(_score(c, [], one, text, 15), c) for c in one]

        assert [c for _, c in _ranked(one, [], text, 15)] == [c for _, c in scored]
