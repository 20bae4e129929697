"""Who stands on which side of a claim."""

from __future__ import annotations

import pytest
from network import Sheet, make_document

from stemma.extract.local.settle import settle
from stemma.extract.local.sides import settle_sides
from stemma.extract.local.thresholds import Thresholds
from stemma.model import ClaimType


def sides(text: str, trigger: str, kind: ClaimType, *roles: tuple[str, str]) -> set[tuple[str, str]]:
    sheet = Sheet(make_document(text), {name: "group" for _, name in roles})
    draft = sheet.draft(trigger, kind)
    draft.links = [link for role, name in roles for link in sheet.draft(trigger, kind, **{role: name}).links]
    return {
        (link.label, sheet.scores.words_of(link.span)[0]) for link in settle_sides(draft, kind, sheet.scores)
    }


def test_the_party_within_the_word_is_the_actor_alone() -> None:
    text = "The Red Hill met the Norland-led alliance."
    roles = (("actor", "Red Hill"), ("actor", "Norland"), ("to", "alliance"))
    assert sides(text, "Norland-led", ClaimType.LEADS, *roles) == set(roles[1:])
    others = (roles[0], roles[2])
    assert sides(text, "Norland-led", ClaimType.LEADS, *others) == set(others)


@pytest.mark.parametrize("role", ["actor", "recipient"])
def test_of_two_on_one_side_of_a_mutual_act_the_first_is_the_actor(role: str) -> None:
    text = "Clashes between the Red Hill and the Valley Front went on."
    found = sides(text, "Clashes", ClaimType.ASSAULT, (role, "Red Hill"), (role, "Valley Front"))
    assert found == {("actor", "Red Hill"), ("recipient", "Valley Front")}


def test_those_who_act_side_by_side_stay_there() -> None:
    truce = "A truce was brokered by the Red Hill and the Valley Front."
    both = (("actor", "Red Hill"), ("actor", "Valley Front"))
    assert sides(truce, "brokered", ClaimType.CONSULT, *both) == set(both)
    raid = "An air raid by the Red Hill and the Valley Front."
    assert sides(raid, "air raid", ClaimType.ASSAULT, *both) == set(both)


def test_two_sides_that_are_told_stay_as_they_are() -> None:
    text = "The Red Hill and the Valley Front met the Stone Column."
    roles = (("actor", "Red Hill"), ("actor", "Valley Front"), ("recipient", "Stone Column"))
    assert sides(text, "met", ClaimType.CONSULT, *roles) == set(roles)


def test_a_role_that_one_party_fills_in_nearly_every_claim_takes_one() -> None:
    text = "The Red Hill and the Valley Front came."
    sheet = Sheet(make_document(text), {"Red Hill": "group", "Valley Front": "group"})
    twice = {"LEADS": {"actor": 0.005}, "REQUEST": {"actor": 0.05}, "CONSULT": {"actor": 0.2}}
    found = {}
    for kind in (ClaimType.LEADS, ClaimType.REQUEST, ClaimType.CONSULT):
        for score in (0.7, 0.9):
            draft = sheet.draft("came", kind, actor="Red Hill")
            draft.links += sheet.draft("came", kind, actor="Valley Front").links
            draft.links[0].score, draft.links[1].score = 0.95, score
            links = settle(draft, kind, {}, Thresholds(), lambda span: span, twice=twice)
            found[str(kind), score] = len(links)
    assert found == {
        ("LEADS", 0.7): 1,
        ("LEADS", 0.9): 1,
        ("REQUEST", 0.7): 1,
        ("REQUEST", 0.9): 2,
        ("CONSULT", 0.7): 2,
        ("CONSULT", 0.9): 2,
    }
