from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from network import Sheet, make_document, make_heads

from stemma.extract.local.chain import MOST_READINGS, Chains
from stemma.extract.local.decode import Link
from stemma.extract.local.heads import Heads
from stemma.extract.local.parties import Parties
from stemma.extract.local.settle import DOUBTED
from stemma.model import Reading

STRANGERS = {"same_features.bias": np.array([-30.0]), "same_features.weight": np.zeros((1, 8))}
"""Weights under which only mentions of one name are one entity."""


@pytest.fixture(scope="module")
def heads(tmp_path_factory: pytest.TempPathFactory) -> Heads:
    return make_heads(Path(tmp_path_factory.mktemp("model")), **STRANGERS)


def readings(
    heads: Heads, text: str, spans: dict[str, str], scores: dict[str, float], doubted: tuple[str, ...] = ()
) -> tuple[Reading, ...]:
    """The other readings of the claim "shelled", each source having its score."""
    sheet = Sheet(make_document(text), spans, ())
    draft = sheet.draft("shelled", source=list(spans))
    texts = list(spans)
    draft.links = [
        Link(link.span, DOUBTED if name in doubted else "source", scores[name])
        for link in draft.linked("source")
        for name in [sheet.scores.words_of(link.span)[0]]
    ]
    assert sorted(sheet.scores.words_of(link.span)[0] for link in draft.links) == sorted(texts)
    parties = Parties(heads, sheet.scores, list(range(len(sheet.scores.spans))), 0.5)
    chains = Chains(sheet.scores)
    return chains.readings(draft, chains.chain(draft, parties, {}), parties, {})


def voices(reading: Reading) -> list[str]:
    return [("+" if source.parallel else "") + source.text for source in reading.sources]


PAIR = {"The army": "government/organisation", "residents": "people/anonymous"}


def test_a_sure_chain_has_no_other_reading(heads: Heads) -> None:
    text = "Rebels shelled Arra, The army and residents said."
    assert readings(heads, text, PAIR, {"The army": 0.95, "residents": 0.9}) == ()


def test_a_voice_that_was_passed_over_makes_another_reading(heads: Heads) -> None:
    text = "The army spoke. Rebels shelled Arra, residents said."
    (other,) = readings(heads, text, PAIR, {"The army": 0.4, "residents": 0.9}, doubted=("The army",))
    assert voices(other) == ["The army", "+residents"]
    assert other.score == pytest.approx(0.4)
    assert "The army" in other.reason


def test_an_unsure_source_may_be_none(heads: Heads) -> None:
    text = "Rebels shelled Arra, residents said."
    spans = {"residents": "people/anonymous"}
    (other,) = readings(heads, text, spans, {"residents": 0.45})
    assert other.sources == ()
    assert other.score == pytest.approx(0.55)


def test_two_voices_that_nothing_joins_may_stand_one_behind_the_other(heads: Heads) -> None:
    text = "Rebels shelled Arra, The army heard from residents."
    (other,) = readings(heads, text, PAIR, {"The army": 0.95, "residents": 0.9})
    assert voices(other) == ["The army", "residents"]
    assert other.score is None


def test_at_most_two_readings_the_likeliest_first(heads: Heads) -> None:
    text = "State radio spoke. Rebels shelled Arra, The army heard from residents."
    spans = {"State radio": "outlet/outlet", **PAIR}
    scores = {"State radio": 0.3, "The army": 0.9, "residents": 0.5}
    found = readings(heads, text, spans, scores, doubted=("State radio",))
    assert len(found) == MOST_READINGS
    assert [reading.score for reading in found] == [pytest.approx(0.5), pytest.approx(0.3)]
