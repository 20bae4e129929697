"""Which parties and sources a claim keeps. Spans are numbered; their entity is their number here."""

from __future__ import annotations

import numpy as np
from network import Sheet, make_document

from stemma.extract.local.decode import Draft, Link
from stemma.extract.local.settle import DOUBTED, bodies_of, settle, settle_sources, without_later
from stemma.extract.local.thresholds import Thresholds
from stemma.model import ClaimType

LIMITS = Thresholds(role=0.4, needed=0.15, further=0.6, source=0.4, tied=0.6, beside=0.75)
SHARES = {"LEADS": {"actor": 1.0, "to": 1.0}, "ASSAULT": {"actor": 0.7, "recipient": 0.5, "victim": 0.5}}
SIDES = {"The Red Hill": "place", "The Valley Front": "group", "Two men": "people"}
NONE = np.zeros(1, dtype=np.float32)


def draft(*links: tuple[int, str, float], type: int = 0) -> Draft:
    made = Draft(0, 0, type, 0.9, NONE, NONE, NONE, 0.0)
    made.links = [Link(span, label, score) for span, label, score in links]
    return made


def kept(links: list[Link]) -> set[tuple[int, str]]:
    return {(link.span, link.label) for link in links}


def itself(span: int) -> int:
    return span


def test_a_party_has_one_role() -> None:
    links = settle(draft((1, "actor", 0.9), (1, "recipient", 0.8)), "ASSAULT", SHARES, LIMITS, itself)
    assert kept(links) == {(1, "actor")}


def test_those_attacked_may_be_those_harmed() -> None:
    links = settle(draft((1, "recipient", 0.9), (1, "victim", 0.8)), "ASSAULT", SHARES, LIMITS, itself)
    assert kept(links) == {(1, "recipient"), (1, "victim")}


def test_a_second_party_of_a_role_must_be_surer() -> None:
    links = settle(
        draft((1, "actor", 0.9), (2, "actor", 0.5), (3, "actor", 0.7)), "ASSAULT", SHARES, LIMITS, itself
    )
    assert kept(links) == {(1, "actor"), (3, "actor")}


def test_what_a_type_needs_is_taken_from_a_lower_score() -> None:
    assert kept(settle(draft((1, "actor", 0.2)), "LEADS", SHARES, LIMITS, itself)) == {(1, "actor")}
    assert kept(settle(draft((1, "actor", 0.2)), "ASSAULT", SHARES, LIMITS, itself)) == set()


def test_a_role_that_a_type_never_has_is_left_out() -> None:
    assert kept(settle(draft((1, "instrument", 0.9)), "LEADS", SHARES, LIMITS, itself)) == set()


def test_links_that_are_no_roles_stay() -> None:
    assert kept(settle(draft((1, "time", 0.4)), "LEADS", SHARES, LIMITS, itself)) == {(1, "time")}


def test_a_further_source_must_be_surer() -> None:
    made = draft((1, "source", 0.9), (2, "source", 0.6), (3, "source", 0.8))
    assert kept(settle_sources(made, "ASSAULT", LIMITS, itself, {})) == {
        (1, "source"),
        (3, "source"),
        (2, DOUBTED),
    }


def test_a_tie_in_the_reports_own_voice_takes_no_faint_source() -> None:
    made = draft((1, "source", 0.5))
    assert kept(settle_sources(made, "LEADS", LIMITS, itself, {})) == {(1, DOUBTED)}
    assert kept(settle_sources(made, "ASSAULT", LIMITS, itself, {})) == {(1, "source")}


def test_who_accuses_is_the_actor_and_no_source() -> None:
    made = draft((1, "actor", 0.9), (1, "source", 0.9), (2, "source", 0.8))
    assert kept(settle_sources(made, "ACCUSE", LIMITS, itself, {})) == {(1, "actor"), (2, "source")}
    assert (1, "source") in kept(settle_sources(made, "ASSAULT", LIMITS, itself, {}))


def test_a_spokesman_speaks_for_his_body() -> None:
    tie = draft((1, "actor", 0.9), (2, "to", 0.9))
    bodies = bodies_of([tie], ["LEADS"], itself)
    assert bodies == {1: {2}}
    made = draft((1, "source", 0.9), (2, "source", 0.85))
    assert kept(settle_sources(made, "ASSAULT", LIMITS, itself, bodies)) == {(1, "source")}


def test_a_side_that_only_a_later_sentence_names_must_be_sure() -> None:
    sheet = Sheet(make_document("The Red Hill was shelled. The Valley Front fired. Two men died."), SIDES)
    made = sheet.draft("shelled", ClaimType.ASSAULT, actor="The Valley Front", victim="Two men")
    for link in made.links:
        link.score = 0.7
    assert [link.label for link in without_later(made, sheet.scores, LIMITS)] == ["victim"]
    for link in made.links:
        link.score = 0.9
    assert len(without_later(made, sheet.scores, LIMITS)) == 2


def test_a_side_named_before_may_be_less_sure() -> None:
    sheet = Sheet(make_document("The Valley Front came. The Red Hill was shelled. Two men died."), SIDES)
    made = sheet.draft("shelled", ClaimType.ASSAULT, actor="The Valley Front")
    made.links[0].score = 0.5
    assert without_later(made, sheet.scores, LIMITS) == made.links
