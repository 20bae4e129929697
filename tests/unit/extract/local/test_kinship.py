"""Known parts and wholes: facts of the lexicon choose among the parties that a sentence names."""

from __future__ import annotations

from pathlib import Path

from network import Sheet, make_document, make_heads

from stemma.extract.local.kinship import settle_parts
from stemma.extract.local.parties import Parties
from stemma.model import ClaimType, Role

TEXT = "Members of Hamas and its Izz ad-Din al-Qassam Brigades, a part of it, left for Islamic State."
SPANS = {"Hamas": "group", "Izz ad-Din al-Qassam Brigades": "unit", "Islamic State": "group"}


def settled(tmp_path: Path, text: str, spans: dict[str, str], **roles: str) -> dict[str, str]:
    sheet = Sheet(make_document(text), spans)
    draft = sheet.draft("part", ClaimType.PART_OF, **roles)
    mentions = list(sheet.index.values())
    # No two names are alike for these weights: each span is an entity of its own.
    parties = Parties(make_heads(tmp_path), sheet.scores, mentions, 1.1)
    links = settle_parts(draft, parties, sheet.scores, mentions)
    return {link.label: sheet.scores.words_of(link.span)[0] for link in links}


def test_the_known_pair_of_the_sentence_goes_before_another(tmp_path: Path) -> None:
    found = settled(tmp_path, TEXT, SPANS, actor="Izz ad-Din al-Qassam Brigades", to="Islamic State")
    assert found == {Role.ACTOR: "Izz ad-Din al-Qassam Brigades", Role.TO: "Hamas"}


def test_a_pair_that_the_lexicon_does_not_know_stays(tmp_path: Path) -> None:
    text = "The Stone Column, a part of the Valley Front, left."
    spans = {"Stone Column": "unit", "Valley Front": "group"}
    found = settled(tmp_path, text, spans, actor="Stone Column", to="Valley Front")
    assert found == {Role.ACTOR: "Stone Column", Role.TO: "Valley Front"}


def test_nothing_is_brought_in_from_another_sentence(tmp_path: Path) -> None:
    text = "The Izz ad-Din al-Qassam Brigades are a part of Islamic State. Hamas met."
    spans = {"Izz ad-Din al-Qassam Brigades": "unit", "Islamic State": "group", "Hamas": "group"}
    found = settled(tmp_path, text, spans, actor="Izz ad-Din al-Qassam Brigades", to="Islamic State")
    assert found[Role.TO] == "Islamic State"
