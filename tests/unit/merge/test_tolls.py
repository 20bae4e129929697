# ruff: noqa: E501 - a table of sentences reads best by line
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merging import held
from stemma.merge.toll_words import people_of
from stemma.merge.tolls import tolls_of

TEXTS = st.lists(
    st.sampled_from(
        "at least 12 57 one dos vingt soldiers militares killed muertos blessés and y , . ; : - 1,200 2015 of"
        " dozens grand nombre de قتل 5 ".split()
    )
    | st.text(max_size=8),
    max_size=25,
).map(" ".join)


def read(text: str, title: str | None = None) -> list[tuple[str, str | None, str]]:
    return [(t.kind, t.whom, t.words) for t in tolls_of(held("r", text=text, title=title).document)]


@pytest.mark.parametrize(
    ("text", "tolls"),
    [
        ("The Front killed 57 soldiers.", [("killed", "soldiers", "57")]),
        ("At least nine troops were wounded.", [("injured", "soldiers", "at least 9")]),
        ("Some 20 civilians were hurt.", [("injured", "civilians", "about 20")]),
        ("Up to 30 rebels died.", [("killed", "fighters", "up to 30")]),
        ("Twelve policemen died and 15 were injured.", [("killed", "police", "12"), ("injured", "police", "15")]),
        ("Murieron ocho militares y 16 fueron heridos.", [("killed", "soldiers", "8"), ("injured", "soldiers", "16")]),
        ("El combate costó la vida a ocho militares e hirió a 21.", [("killed", "soldiers", "8"), ("injured", "soldiers", "21")]),
        ("Trois soldats ont été tués et cinq autres blessés.", [("killed", "soldiers", "3"), ("injured", "soldiers", "5")]),
        ("Ils ont tué un grand nombre de soldats.", [("killed", "soldiers", "grand nombre")]),
        ("Dozens of civilians were killed.", [("killed", "civilians", "dozens")]),
        ("70 al-Shabaab men were killed.", [("killed", "fighters", "70")]),
        ("Nine soldiers, two officers among them, were killed.", [("killed", "soldiers", "9"), ("killed", "soldiers", "2")]),
        ("It killed 14 people, the army said.", [("killed", "people", "14")]),
        ("It killed 14 people the army said.", [("killed", "people", "14")]),
        ("It killed 14 men of the army.", [("killed", "soldiers", "14")]),
        ("погибли 12 солдат", [("killed", "soldiers", "12")]),
    ],
)  # fmt: skip
def test_tolls_in_several_languages(text: str, tolls: list[tuple[str, str, str]]) -> None:
    assert read(text) == tolls


@pytest.mark.parametrize(
    "text",
    [
        "In 2015 soldiers died.",
        "He died 12 years later.",
        "The town lies 40 km from where they died.",
        "Un ataque mató a soldados.",
        "Two villages burned.",
        "The army has 3,000 soldiers.",
    ],
)
def test_what_is_no_toll(text: str) -> None:
    assert read(text) == []


def test_a_headline_counts_once_and_is_known_as_one() -> None:
    document = held("r", text="Ten soldiers were killed.", title="Eleven soldiers killed").document
    assert [(toll.number, toll.title) for toll in tolls_of(document)] == [(11, True), (10, False)]


@given(TEXTS)
def test_any_text_is_read_and_every_figure_has_its_place(text: str) -> None:
    document = held("r", text=text).document
    for toll in tolls_of(document):
        assert 0 <= toll.low <= (toll.high if toll.high is not None else toll.low)
        assert toll.span.of(text).casefold() == toll.text.casefold()
        assert toll.sentence.covers(toll.span)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("57 Kenyan army peacekeepers", "soldiers"),
        ("a family of villagers", "civilians"),
        ("six men", "people"),
        ("militares", "soldiers"),
        ("the bridge", None),
    ],
)
def test_kinds_of_people(words: str, kind: str | None) -> None:
    assert people_of(words) == kind
