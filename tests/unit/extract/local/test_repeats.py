from __future__ import annotations

from typing import Any

import pytest

from stemma.extract.local.repeats import fullness, without_repeats
from stemma.model import Claim, ClaimType, Count, Counted, Place, Role, Span, Time

SEVEN = Count(what=Counted.KILLED, text="seven", low=7, high=7)
NINE = Count(what=Counted.KILLED, text="nine", low=9, high=9)
SENTENCE = Span(start=0, end=40)
ARRA, BORRA = Place(text="Arra"), Place(text="Borra")
MONDAY, TUESDAY = (
    Time(text=day, start=date, end=date)
    for day, date in (("Monday", "2017-02-06"), ("Tuesday", "2017-02-07"))
)


def claim(at: int, actor: str = "e1", kind: ClaimType = ClaimType.ASSAULT, **given: Any) -> Claim:
    roles = {Role.ACTOR: (actor,)} if actor else {}
    return Claim(
        id=f"c{at}",
        type=kind,
        evidence="x",
        trigger="x",
        roles={**roles, **given.pop("roles", {})},
        span=Span(start=given.pop("sentence", at), end=at + 1),
        trigger_span=Span(start=at, end=at + 1),
        **given,
    )


def test_the_fuller_telling_stays_in_text_order() -> None:
    short, other = claim(1, counts=(SEVEN,)), claim(5, actor="e9")
    full = claim(9, counts=(SEVEN,), place=ARRA, time=MONDAY)
    assert without_repeats([short, other, full]) == [other, full]
    assert without_repeats([full, short]) == [full]
    assert fullness(full) == 4


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (claim(1, counts=(SEVEN,)), claim(9, counts=(NINE,))),
        (claim(1, counts=(SEVEN,), place=ARRA), claim(9, counts=(SEVEN,), place=BORRA)),
        (claim(1, counts=(SEVEN,), time=MONDAY), claim(9, counts=(SEVEN,), time=TUESDAY)),
        (claim(1, counts=(SEVEN,)), claim(9, counts=(SEVEN,), negated=True)),
        (claim(1, counts=(SEVEN,)), claim(9, counts=(SEVEN,), kind=ClaimType.COERCE)),
        (claim(1, counts=(SEVEN,)), claim(9, counts=(SEVEN,), actor="e2")),
        (claim(1, counts=(SEVEN,), actor=""), claim(9, counts=(SEVEN,), actor="")),
        (claim(1), claim(9)),
        (
            claim(1, counts=(SEVEN,), roles={Role.VICTIM: ("e5",)}),
            claim(9, counts=(SEVEN,), roles={Role.VICTIM: ("e6",)}),
        ),
    ],
)
def test_what_differs_in_a_value_or_shares_none_stays_two(one: Claim, two: Claim) -> None:
    assert without_repeats([one, two]) == [one, two]


def test_ties_of_the_same_parties_are_one() -> None:
    tie = {"kind": ClaimType.LEADS, "roles": {Role.TO: ("e2",)}}
    assert len(without_repeats([claim(1, **tie), claim(9, **tie)])) == 1
    assert len(without_repeats([claim(1, **tie), claim(9, actor="e3", **tie)])) == 2


def test_two_triggers_of_one_sentence_are_one_claim() -> None:
    one, two = claim(4, sentence=0), claim(4, sentence=0, place=ARRA)
    assert without_repeats([one, two]) == [two]


def test_a_third_telling_is_compared_with_the_fullest() -> None:
    first = claim(1, counts=(SEVEN,))
    second = claim(5, counts=(SEVEN,), roles={Role.VICTIM: ("e7",)})
    third = claim(9, actor="", counts=(SEVEN,), roles={Role.VICTIM: ("e7",)})
    assert without_repeats([first, second, third]) == [second]


def test_a_place_within_the_words_of_another_is_one_within_a_sentence_only() -> None:
    whole = Span(start=0, end=40)
    bridge, checkpoint = Place(text="the bridge"), Place(text="a checkpoint at the bridge")
    one = claim(1, counts=(SEVEN,), place=bridge).model_copy(update={"span": whole})
    two = claim(9, counts=(SEVEN,), place=checkpoint).model_copy(update={"span": whole})
    assert len(without_repeats([one, two])) == 1
    elsewhere = two.model_copy(update={"span": Span(start=50, end=90)})
    assert len(without_repeats([one, elsewhere])) == 2


def test_an_attack_and_whom_it_harmed_are_one_claim() -> None:
    fired = claim(1, sentence=0, roles={Role.RECIPIENT: ("e4",)}).model_copy(
        update={"trigger": "air raid", "mode": "airstrike", "span": SENTENCE}
    )
    killed = claim(3, sentence=0, counts=(SEVEN,), roles={Role.VICTIM: ("e7",)}).model_copy(
        update={"trigger": "killed", "mode": "attack-other", "span": SENTENCE}
    )
    for pair in ([fired, killed], [killed, fired]):
        (whole,) = without_repeats(pair)
        assert whole.mode == "airstrike"
        assert whole.counts == (SEVEN,)
        assert (whole.parties(Role.RECIPIENT), whole.parties(Role.VICTIM)) == (("e4",), ("e7",))


def test_two_attacks_or_an_attack_of_others_stay_two() -> None:
    raid, shelling, killed = (
        claim(k, sentence=0, actor=actor, roles={Role.RECIPIENT: (other,)}).model_copy(
            update={"trigger": trigger, "mode": mode, "span": SENTENCE}
        )
        for k, (actor, other, trigger, mode) in enumerate(
            [
                ("e1", "e4", "air raid", "airstrike"),
                ("e1", "e5", "shelling", "shelling"),
                ("e2", "e6", "killed", "shooting"),
            ]
        )
    )
    assert len(without_repeats([raid, shelling, killed])) == 3
    negated = killed.model_copy(update={"roles": raid.roles, "negated": True})
    assert len(without_repeats([raid, negated])) == 2
