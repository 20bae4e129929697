from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.local.confidence import FEATURES, confidence, features_of
from stemma.extract.local.decode import Draft, Link
from stemma.model import ClaimType

WEIGHTS = {"bias": -1.0, "trigger": 0.5, "parties": 0.5, "no actor": -1.0, "tie": 0.5, "hedge": -1.0}


def draft(score: float = 0.9, *links: Link, status: tuple[float, ...] = (0.9, 0.1, 0, 0)) -> Draft:
    nothing = np.zeros(1, dtype=np.float32)
    return Draft(0, 0, 0, score, nothing, np.array(status, dtype=np.float32), nothing, 0.0, list(links))


ACTOR = Link(0, "actor", 0.9)
USUAL = {"actor": 0.9, "to": 0.5}
"""What share of a type's claims have a role."""


def test_without_weights_the_networks_own_chance_stays() -> None:
    assert confidence(draft(0.7), ClaimType.ASSAULT, {}, USUAL) == 0.7


def test_the_features_are_what_they_are_called() -> None:
    made = dict(zip(FEATURES, features_of(draft(0.5), ClaimType.LEADS, USUAL), strict=True))
    assert made == {
        "bias": 1,
        "trigger": pytest.approx(0),
        "parties": 0,
        "no actor": 1,
        "nobody else": 1,
        # One in ten claims has no actor and one in two no `to`: ln 10 + ln 2.
        "missing": pytest.approx(2.996, abs=1e-3),
        "tie": 1,
        "hedge": pytest.approx(0.1),
    }
    # log odds of .9 are ln 9 = 2.197
    filled = dict(zip(FEATURES, features_of(draft(0.9, ACTOR), ClaimType.ASSAULT, USUAL), strict=True))
    assert (filled["trigger"], filled["parties"]) == (pytest.approx(2.197, abs=1e-3),) * 2
    assert (filled["no actor"], filled["tie"], filled["nobody else"]) == (0, 0, 1)
    assert filled["missing"] == pytest.approx(0.693, abs=1e-3)


def test_no_role_is_so_usual_that_a_claim_without_it_is_out_of_the_question() -> None:
    made = dict(zip(FEATURES, features_of(draft(0.9), ClaimType.LEADS, {"actor": 1.0}), strict=True))
    assert made["missing"] == pytest.approx(3.912, abs=1e-3)  # one in fifty


def test_sources_and_places_are_no_parties() -> None:
    source = dataclasses.replace(ACTOR, label="source")
    bare = features_of(draft(0.9), ClaimType.ASSAULT, USUAL)
    assert features_of(draft(0.9, source), ClaimType.ASSAULT, USUAL) == bare


def test_a_surer_trigger_and_a_named_actor_make_a_claim_surer() -> None:
    def chance(*given: Link, score: float = 0.9) -> float:
        return confidence(draft(score, *given), ClaimType.ASSAULT, WEIGHTS, USUAL)

    assert chance(ACTOR) > chance(ACTOR, score=0.5)
    assert chance(ACTOR) > chance()


@given(score=st.floats(0, 1), link=st.floats(0, 1), weight=st.floats(-1e6, 1e6))
def test_a_confidence_is_a_chance(score: float, link: float, weight: float) -> None:
    weights = dict.fromkeys(FEATURES, weight)
    made = draft(score, Link(0, "actor", link))
    assert 0 <= confidence(made, ClaimType.ASSAULT, weights, USUAL) <= 1


def test_a_type_may_weigh_for_itself() -> None:
    weights = {**WEIGHTS, "ASSAULT": 1.0}
    assault, accuse = (
        confidence(draft(0.9), kind, weights, USUAL) for kind in (ClaimType.ASSAULT, ClaimType.ACCUSE)
    )
    assert assault > accuse == confidence(draft(0.9), ClaimType.ACCUSE, WEIGHTS, USUAL)
