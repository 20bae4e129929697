from __future__ import annotations

import pytest
from network import Sheet, make_document

from stemma.extract.local.included import included


def parts(text: str, whole: str, *spans: str) -> list[str]:
    """The words that are told among the victims `whole`."""
    sheet = Sheet(make_document(text), dict.fromkeys([whole, *spans], "people"))
    humans = {text.index(span): sheet.index[span] for span in spans}
    draft = sheet.draft("killed", victim=whole)
    found = included(draft, sheet.scores, humans)
    assert all(link.label == "victim" for link in found)
    return [sheet.scores.words_of(link.span)[0] for link in found]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Nine people including five children were killed.", "Nine people"),
        ("Nine people including five children were killed.", "Nine people including five children"),
        ("Nine people, among them five children, were killed.", "Nine people"),
        ("Nine people - including five children - were killed.", "Nine people"),
    ],
)
def test_those_counted_among_the_victims_are_victims(text: str, whole: str) -> None:
    assert parts(text, whole, "five children") == ["five children"]


def test_all_of_a_list_are_parts() -> None:
    text = "It killed 100 people including 25 children and 15 women and injured 400 others."
    assert parts(text, "100 people", "25 children", "15 women", "400 others") == ["25 children", "15 women"]


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed and five children fled.",
        "Nine people including the mayor were killed by five children.",
        "Nine people were killed, including by five children.",
    ],
)
def test_no_others_are(text: str) -> None:
    assert parts(text, "Nine people", "five children") == []


def test_a_part_that_is_a_victim_already_is_not_linked_twice() -> None:
    text = "Nine people including five children were killed."
    sheet = Sheet(make_document(text), {"Nine people": "people", "five children": "people"})
    draft = sheet.draft("killed", victim=["Nine people", "five children"])
    humans = {text.index("five"): sheet.index["five children"]}
    assert included(draft, sheet.scores, humans) == []
