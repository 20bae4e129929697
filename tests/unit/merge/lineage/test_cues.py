from __future__ import annotations

import pytest

from stemma.merge.lineage.cues import Force, find_cues
from stemma.merge.lineage.names import Names
from stemma.model import Document, Passage, PassageKind, Span


def cues(text: str, outlet: str = "Orel Courier", **fields: str) -> list[tuple[str, str]]:
    passages = []
    start = 0
    for paragraph in text.split("\n\n"):
        passages.append(Passage(kind=PassageKind.BODY, span=Span(start=start, end=start + len(paragraph))))
        start += len(paragraph) + 2
    document = Document(
        report="a", report_hash="", text=text, passages=tuple(passages), outlet=outlet, **fields
    )
    names = Names()
    own = names.own(document)
    names.learn([own])
    return [(cue.outlet, cue.force.name) for cue in find_cues(document, names, own)]


@pytest.mark.parametrize(
    "text",
    [
        "Two boats sank, according to a BBC report.",
        "Two boats sank, the BBC reported on Monday.",
        "Two boats sank, a fisherman told the BBC.",
        "Two boats sank, said a fisherman quoted by the BBC.",
        "Speaking to the BBC, a fisherman spoke of two boats.",
        "The British broadcaster BBC, citing a fisherman, spoke of two boats.",
        "In an interview with the BBC the mayor denied it.",
        "BBC correspondents in Orel said that two boats sank.",
        "The mayor wrote in a letter seen by the BBC that two boats sank.",
        "Dos barcos se hundieron, según la BBC.",
        "Dos barcos se hundieron, dijo a la BBC un pescador.",
        "Deux bateaux ont coulé, selon la BBC.",
        "Deux bateaux ont coulé, a déclaré à la BBC un pêcheur.",
        "Zwei Boote sanken, berichtet die BBC.",
    ],
)
def test_an_outlet_beside_a_word_of_saying_is_cited(text: str) -> None:
    assert cues(text) == [("BBC", "CITES")]


@pytest.mark.parametrize(
    "text",
    [
        "A lorry of the BBC was hit near the quarry.",
        "Soldiers searched the house beside the BBC office.",
        "The harbour guardian was seen at dawn; the star rose.",
        "The Reuters building is tall.",
    ],
)
def test_an_outlet_that_says_nothing_is_not_cited(text: str) -> None:
    assert cues(text) == []


def test_two_outlets_told_together_are_both_cited() -> None:
    assert cues("It is over, the mayor told Reuters and the BBC.") == [("Reuters", "CITES"), ("BBC", "CITES")]


@pytest.mark.parametrize(
    "text", ["Two boats sank. Reuters", "Two boats sank. (Reuters)", "Two boats sank.\n\nReuters"]
)
def test_an_agency_that_closes_the_text_is_credited(text: str) -> None:
    assert cues(text) == [("Reuters", "CREDIT")]


@pytest.mark.parametrize(
    "line", ["Via The Guardian", "Source: The Guardian", "Originally published in The Guardian."]
)
def test_a_line_that_only_names_an_outlet_is_a_credit(line: str) -> None:
    assert cues(f"{line}\n\nTwo boats sank in the harbour of Orel.") == [("The Guardian", "CREDIT")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Light of Tessaly newspaper said that two boats sank.", "Light of Tessaly"),
        ("The private daily Vardin Mirror said that two boats sank.", "Vardin Mirror"),
        ("The Guardian's Ilan Vost reported that two boats sank.", "The Guardian"),
        ("The toll was put at 44 by SANA on Monday.", "SANA"),
    ],
)
def test_the_name_of_an_outlet_is_found_within_its_description(text: str, name: str) -> None:
    assert cues(text) == [(name, "CITES")]


def test_kinds_of_outlets_and_voices_with_sites_are_no_outlets() -> None:
    assert cues("A Turkish newspaper said that two boats sank, and state television reported it.") == []
    assert cues("Two boats sank, Human Rights Watch said.") == []


def test_a_bracket_under_a_picture_is_no_citation() -> None:
    assert cues("A boat in the harbour (Ilan Vost via AP) lies on its side.") == [
        ("The Associated Press", "PICTURE")
    ]


def test_help_of_an_agency_is_less_than_a_credit() -> None:
    assert cues("Two boats sank.\n\nWith reporting by Reuters") == [("Reuters", "HELP")]


def test_the_byline_credits() -> None:
    assert cues("Two boats sank.", byline="Ilan Vost (AFP)") == [("AFP", "CREDIT")]


def test_an_outlet_that_no_list_has_is_known_by_its_words() -> None:
    assert cues("A fisherman told Radio Tessaly of two boats.") == [("Radio Tessaly", "CITES")]
    assert cues("Two boats sank, Tessalian state television reported.") == [
        ("Tessalian state television", "CITES")
    ]


def test_its_own_earlier_story_is_a_cue_and_its_own_name_is_none() -> None:
    assert cues("As I wrote here at the Orel Courier in June, boats sink.") == [("Orel Courier", "EARLIER")]
    assert cues("A fisherman told the Orel Courier of two boats.") == []


def test_marks_of_the_reading_stage_are_taken() -> None:
    text = "Via X\n\nTwo boats sank. Read the whole story from Reuters."
    document = Document(
        report="a",
        report_hash="",
        text=text,
        outlet="Orel Courier",
        agencies=("Reuters",),
        passages=(
            Passage(kind=PassageKind.CAPTION, span=Span(start=0, end=5), outlet="AFP"),
            Passage(kind=PassageKind.EXCERPT, span=Span(start=7, end=22), outlet="The Guardian"),
            Passage(kind=PassageKind.FURNITURE, span=Span(start=23, end=len(text)), outlet="Reuters"),
        ),
    )
    names = Names()
    found = {cue.outlet: cue.force for cue in find_cues(document, names, names.own(document))}
    assert found == {"AFP": Force.PICTURE, "The Guardian": Force.MARKED, "Reuters": Force.LINK}


@pytest.mark.parametrize(
    "text",
    [
        "Two boats sank. Another news agency said that three did.",
        "Two boats sank, local state television reported.",
        "Two boats sank, a fisherman told an Orel newspaper on Monday.",
        "The rules were published in the Official Gazette.",
        "Two boats sank, said Tarek Safa, reported to be a fisherman.",
        "The Bay Boats Company (BBC) met. Two boats sank, the BBC said.",
        "She covered the strike with Carl Harrow for the BBC.",
        "The EPA stated that the river is clean.",
    ],
)
def test_words_that_name_no_outlet_are_not_cited(text: str) -> None:
    assert cues(text) == []


def test_whoever_a_picture_is_from_is_not_cited() -> None:
    text = (
        "People stand at the pier in this handout picture released by the state news agency SANA on Monday."
    )
    assert cues(text) == [("SANA", "PICTURE")]


def test_a_name_ends_with_its_sentence_and_before_the_day() -> None:
    found = cues("It reached Vardin. The Harbour Herald reported it, and he told the Vardin Times Tuesday.")
    assert found == [("Harbour Herald", "CITES"), ("Vardin Times", "CITES")]


@pytest.mark.parametrize("own", ["orelharbourtimes", "theorelharbourtimes.com", "www.orelharbourtimes.co.uk"])
def test_an_outlet_knows_its_name_in_its_address(own: str) -> None:
    assert cues("Two boats sank, a fisherman told the Orel Harbour Times.", own) == []
