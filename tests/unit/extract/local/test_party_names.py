"""By which of its wordings a party goes, and which words are no wording of anybody."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from network import MENTION, Sheet, make_document, make_heads

from stemma.extract.local import parties as parties_module
from stemma.extract.local.heads import Heads
from stemma.extract.local.parties import Parties, fullest_first


@pytest.fixture
def certain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Heads:
    """Heads that take every two mentions for one entity."""
    monkeypatch.setattr(parties_module, "MOST_ALIASES", 0)
    zero = np.zeros((MENTION, MENTION))
    weights = {"same_left.weight": zero, "same_right.weight": zero, "same_features.weight": np.zeros((1, 8))}
    return make_heads(tmp_path, **weights, **{"same_features.bias": np.array([20.0])})


def names_of(heads: Heads, text: str, spans: dict[str, str]) -> list[tuple[str, ...]]:
    sheet = Sheet(make_document(text), spans)
    parties = Parties(heads, sheet.scores, list(sheet.index.values()), 0.5)
    numbers = list(dict.fromkeys(parties.number(index) for index in sheet.index.values()))
    return [entity.names for entity in parties.entities(numbers).values()]


def test_a_person_goes_by_a_name_and_not_by_an_office(certain: Heads) -> None:
    text = "Tejas Rao spoke. The Norland South MP, Tejas Rao, left."
    spans = {"Tejas Rao": "person", "The Norland South MP": "person"}
    assert names_of(certain, text, spans) == [("Tejas Rao", "The Norland South MP")]


def test_what_a_party_has_or_does_is_no_name_of_it() -> None:
    assert fullest_first(["Norland regime warplanes", "the Norland regime"])[0] == "the Norland regime"
    assert fullest_first(["Norlander airstrikes", "Norland"])[0] == "Norland"
    assert fullest_first(["its key ally Norland", "Norland"])[0] == "Norland"
    assert fullest_first(["NVF [Valley Front", "NVF"])[0] == "NVF"
    assert fullest_first(["NVF [Valley Front]", "NVF"])[0] == "NVF [Valley Front]"


def test_a_deed_with_its_doer_is_nobody(certain: Heads) -> None:
    text = "A Norland-backed offensive by hill fighters went on. The coalition left."
    spans = {"Norland-backed offensive by hill fighters": "group", "The coalition": "group"}
    assert len(names_of(certain, text, spans)) == 2
