"""People whom violence harms: victims, and not those attacked besides."""

from __future__ import annotations

from pathlib import Path

from network import Sheet, make_document, make_heads

from stemma.extract.local.harmed import settle_harmed
from stemma.extract.local.parties import Parties
from stemma.model import ClaimType

TEXT = "Gunmen killed four miners. They attacked pickers at the depot, and shot Ana Roe."
SPANS = {"four miners": "people", "pickers": "people", "the depot": "object", "Ana Roe": "person"}


def settled(tmp_path: Path, trigger: str, *roles: tuple[str, str]) -> set[tuple[str, str]]:
    sheet = Sheet(make_document(TEXT), SPANS)
    links = [
        link for role, name in roles for link in sheet.draft(trigger, ClaimType.ASSAULT, **{role: name}).links
    ]
    draft = sheet.draft(trigger, ClaimType.ASSAULT)
    draft.links = links
    parties = Parties(make_heads(tmp_path), sheet.scores, list(sheet.index.values()), 1.1)
    return {
        (link.label, sheet.scores.words_of(link.span)[0])
        for link in settle_harmed(draft, parties, sheet.scores)
    }


def test_whom_a_word_of_harm_hits_is_a_victim(tmp_path: Path) -> None:
    assert settled(tmp_path, "killed", ("recipient", "four miners")) == {("victim", "four miners")}


def test_a_person_is_a_victim_whatever_the_word(tmp_path: Path) -> None:
    assert settled(tmp_path, "attacked", ("recipient", "Ana Roe")) == {("victim", "Ana Roe")}


def test_people_attacked_may_be_the_recipient(tmp_path: Path) -> None:
    assert settled(tmp_path, "attacked", ("recipient", "pickers")) == {("recipient", "pickers")}


def test_no_people_are_both(tmp_path: Path) -> None:
    roles = (("recipient", "pickers"), ("victim", "pickers"))
    assert settled(tmp_path, "attacked", *roles) == {("victim", "pickers")}


def test_things_and_bodies_stay_recipients(tmp_path: Path) -> None:
    roles = (("recipient", "the depot"), ("victim", "four miners"))
    assert settled(tmp_path, "killed", *roles) == set(roles)
