from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from network import LABELS, Sheet, make_document, make_heads

from stemma.extract.local.chain import Chains, outlet_key
from stemma.extract.local.heads import Heads
from stemma.extract.local.parties import Parties
from stemma.extract.local.settle import DOUBTED
from stemma.model import PassageKind, Source

STRANGERS = {"same_features.bias": np.array([-30.0]), "same_features.weight": np.zeros((1, 8))}
"""Weights under which only mentions of one name are one entity."""


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Heads:
    return make_heads(tmp_path_factory.mktemp("model"), **STRANGERS)


def chain(
    heads: Heads,
    text: str,
    spans: dict[str, str],
    *passages: Any,
    cues: tuple[str, ...] = (),
    trigger: str = "shelled",
    **given: Any,
) -> tuple[Source, ...]:
    sheet = Sheet(make_document(text, *passages, **given), spans, cues)
    draft = sheet.draft(trigger, source=list(spans))
    parties = Parties(heads, sheet.scores, list(range(len(sheet.scores.spans))), 0.5)
    found = Chains(sheet.scores).chain(draft, parties, {})
    for source in found:
        assert source.span is None or source.span.of(text) == source.text
        assert source.cue_span is None or source.cue_span.of(text) == source.cue
    return found


def names(found: tuple[Source, ...]) -> list[str]:
    return [("+" if source.parallel else "") + source.text for source in found]


def test_sources_side_by_side_are_parallel(heads: Heads) -> None:
    found = chain(
        heads,
        "Rebels shelled Arra, the army and residents said.",
        {"the army": "government/organisation", "residents": "people/anonymous"},
        cues=("said",),
    )
    assert names(found) == ["the army", "+residents"]
    assert [source.cue for source in found] == ["said", "said"]


def test_each_of_a_relay_stands_behind_the_one_before(heads: Heads) -> None:
    found = chain(
        heads,
        "State television quoted the army as saying rebels shelled Arra, Reuters reports.",
        {
            "State television": "outlet/outlet",
            "the army": "government/organisation",
            "Reuters": "outlet/outlet",
        },
        cues=("quoted", "reports"),
    )
    assert names(found) == ["the army", "State television", "Reuters"]
    assert [source.cue for source in found] == ["quoted", "quoted", "reports"]


@pytest.mark.parametrize(
    ("text", "spans", "expected"),
    [
        (
            "The ministry, citing residents, said rebels shelled Arra.",
            {"The ministry": "government/organisation", "residents": "people/anonymous"},
            ["residents", "The ministry"],
        ),
        (
            "Residents told the Valley Observatory that rebels shelled Arra.",
            {"Residents": "people/anonymous", "the Valley Observatory": "organisation/organisation"},
            ["Residents", "the Valley Observatory"],
        ),
        (
            "Local sources told the station. The front said rebels shelled Arra.",
            {"Local sources": "people/anonymous", "The front": "group/group"},
            ["Local sources", "+The front"],
        ),
        (
            "Rebels shelled Arra, according to a leaked memo seen by Reuters.",
            {"a leaked memo": "object/document", "Reuters": "outlet/outlet"},
            ["a leaked memo", "Reuters"],
        ),
        (
            "Rebels shelled Arra, Reuters and the Guardian reported.",
            {"Reuters": "outlet/outlet", "the Guardian": "outlet/outlet"},
            ["Reuters", "+the Guardian"],
        ),
    ],
)
def test_who_relays_whom(heads: Heads, text: str, spans: dict[str, str], expected: list[str]) -> None:
    assert names(chain(heads, text, spans)) == expected


EXCERPT = "The Times of Israel reports:\nPalestinian sources said rebels shelled Arra."
SOURCES = {"Palestinian sources": "people/anonymous"}


def test_the_outlet_of_an_excerpt_comes_last(heads: Heads) -> None:
    passage = (PassageKind.EXCERPT, "Palestinian sources said rebels shelled Arra.", "The Times of Israel")
    found = chain(heads, EXCERPT, SOURCES, passage)
    assert names(found) == ["Palestinian sources", "The Times of Israel"]
    both = chain(heads, EXCERPT, {"The Times of Israel": "outlet/outlet", **SOURCES}, passage)
    assert names(both) == ["Palestinian sources", "The Times of Israel"], "never twice"
    assert names(chain(heads, EXCERPT, SOURCES)) == ["Palestinian sources"]


AGENCY = "ARRA (Reuters) - Rebels shelled Arra, the army said."
ARMY = {"the army": "government/organisation"}
DATELINE = (PassageKind.DATELINE, "ARRA (Reuters) -", "Reuters")


def test_the_agency_of_a_dateline_is_in_every_chain(heads: Heads) -> None:
    found = chain(heads, AGENCY, ARMY, DATELINE, agencies=("Reuters",), outlet="Valley Post")
    assert names(found) == ["the army", "Reuters"]


def test_an_agency_does_not_relay_its_own_report(heads: Heads) -> None:
    found = chain(heads, AGENCY, ARMY, DATELINE, agencies=("Reuters",), outlet="REUTERS")
    assert names(found) == ["the army"]


CAPTION = "Men flee Arra, which rebels shelled. (Photo: AFP)\nThe front bombed a bridge."
PHOTO = (PassageKind.CAPTION, "Men flee Arra, which rebels shelled.", "AFP")


def test_the_agency_of_a_caption_is_for_its_claims_alone(heads: Heads) -> None:
    assert names(chain(heads, CAPTION, {}, PHOTO)) == ["AFP"]
    assert chain(heads, CAPTION, {}, PHOTO, trigger="bombed") == ()


def test_a_photo_credit_names_the_agency_of_the_caption_before_it(heads: Heads) -> None:
    caption = (PassageKind.CAPTION, "Men flee Arra, which rebels shelled.", None)
    credit = (PassageKind.CREDIT, "(Photo: AFP)", "AFP")
    assert names(chain(heads, CAPTION, {}, caption, credit)) == ["AFP"]
    assert chain(heads, CAPTION, {}, caption, credit, trigger="bombed") == ()


def test_a_source_never_stands_there_twice(heads: Heads) -> None:
    found = chain(
        heads,
        "The army said rebels shelled Arra, the army added, AFP and Agence France-Presse said.",
        {
            "The army": "government/organisation",
            "the army": "government/organisation",
            "AFP": "outlet/outlet",
            "Agence France-Presse": "outlet/outlet",
        },
        agencies=("AFP",),
    )
    assert names(found) == ["The army", "AFP"]


def test_a_source_takes_no_cue_from_another_sentence(heads: Heads) -> None:
    found = chain(
        heads, "Rebels shelled Arra. He said it. The army knows.", {"The army": "group"}, cues=("said",)
    )
    assert [source.cue for source in found] == [None]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("The Courier reported, citing security sources, that Arra was shelled.", True),
        ("Security sources told The Courier that Arra was shelled.", True),
        ("The Courier and security sources differ; Arra was shelled.", False),
        ("The Courier left. Citing security sources, Kalo said Arra was shelled.", False),
    ],
)
def test_a_doubtful_voice_that_cites_a_sure_one_is_heard(heads: Heads, text: str, heard: bool) -> None:
    """Seen in our own example: the paper between the security sources and the agency was left out of one copy
    of a sentence and kept in another."""
    at = text.lower().index("security")
    voice = text[at : at + len("security sources")]
    sheet = Sheet(make_document(text), {"The Courier": "outlet", voice: "source"})
    draft = sheet.draft("shelled", source=["The Courier", voice])
    doubtful, sure = draft.links
    doubtful.label = DOUBTED
    Chains(sheet.scores).hear_cited(draft)
    assert (doubtful.label == "source") is heard
    assert sure.label == "source"


def test_all_names_of_an_outlet_have_one_key() -> None:
    assert outlet_key("AFP") == outlet_key("Agence France-Presse") != outlet_key("Reuters")
    assert outlet_key("the Valley Post") == outlet_key("Valley Post")
    assert len(LABELS["attribution"]) == 3
