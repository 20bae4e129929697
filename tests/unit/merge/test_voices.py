from __future__ import annotations

import pytest

from merging import claim, held
from stemma.merge.voices import Voices, body_of
from stemma.model import Source, SourceKind


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("the Kenyan army", "armed forces KE"),
        ("Kenya's military spokesman, Colonel Joe Roe", "armed forces KE"),
        ("the Kenyan Defence Ministry", "armed forces KE"),
        ("El Ejército de Colombia", "armed forces CO"),
        ("the army", "armed forces ?"),
        ("L'armée", "armed forces ?"),
        ("Colombian police", "police CO"),
        ("a spokesman for the group", "group ?"),
        ("Al Shabaab's spokesman Omar Doe", "al-shabaab"),
        ("the Qassam Brigades", "hamas"),
        ("Houthi spokesman Ali Doe", "houthi movement"),
        ("Jane Roe", None),
        ("residents", None),
    ],
)
def test_whose_body_words_name(words: str, key: str | None) -> None:
    found = body_of(words)
    assert (found[0] if found else None) == key


def voice_of(text: str, kind: str = "person", *others: str) -> tuple[str, str]:
    report = held("a", claim("They fought.", said=[(other, "official") for other in others]))
    voices = Voices([report.coding])
    found = voices.voice(Source(text=text, kind=SourceKind(kind)), report.coding, "the coast daily")
    return found.sort, found.key


def test_a_man_speaks_for_the_body_that_another_line_gives_him() -> None:
    assert voice_of("Roe", "person", "Kenya's military spokesman Joe Roe") == ("body", "body:armed forces KE")


def test_a_man_of_no_body_is_himself() -> None:
    assert voice_of("Jane Roe")[0] == "person"
    assert voice_of("Dr. Jane Roe")[1] == voice_of("Roe")[1]


def test_pools_belong_to_the_newsroom_that_gathered_them() -> None:
    sort, key = voice_of("residents", "anonymous")
    assert sort == "pool"
    assert "the coast daily" in key


@pytest.mark.parametrize("words", ["the report", "the paper", "he", "she", "reports"])
def test_words_that_name_nobody(words: str) -> None:
    assert voice_of(words, "document" if "r" in words else "person")[0] == "unknown"


@pytest.mark.parametrize("words", ["Reuters", "Jane Roe of Reuters"])
def test_a_journalist_is_the_outlet(words: str) -> None:
    assert voice_of(words, "person") == ("outlet", "outlet:reuters")
