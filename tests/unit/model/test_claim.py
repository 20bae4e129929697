from __future__ import annotations

from typing import Any

import making
import pytest
from hypothesis import given

from stemma.model import (
    Certainty,
    Claim,
    ClaimType,
    Count,
    Counted,
    Place,
    Role,
    Source,
    SourceKind,
    Span,
    Status,
    Time,
)

TEXT = "On Monday, 12 soldiers were reportedly killed in Harasta, an activist told Al-Nahr."


def _span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


CLAIM = Claim(
    id="c1",
    type=ClaimType.ASSAULT,
    evidence=TEXT[:-1],
    span=_span(TEXT[:-1]),
    trigger="killed",
    trigger_span=_span("killed"),
    roles={Role.VICTIM: ("e1",)},
    counts=(Count(entity="e1", what=Counted.KILLED, text="12", low=12, high=12, span=_span("12")),),
    time=Time(text="On Monday", start="2017-02-06", end="2017-02-06", span=_span("On Monday")),
    place=Place(text="Harasta", country="SY", span=_span("Harasta")),
    sources=(
        Source(
            text="an activist",
            kind=SourceKind.ANONYMOUS,
            cue="told",
            span=_span("an activist"),
            cue_span=_span("told"),
        ),
        Source(text="Al-Nahr", kind=SourceKind.OUTLET, span=_span("Al-Nahr")),
    ),
    certainty=Certainty.PROBABLE,
    cue="reportedly",
    cue_span=_span("reportedly"),
)


def test_the_grounds_of_a_claim_are_all_its_words_in_their_places() -> None:
    grounds = {evidence.value: evidence for evidence in CLAIM.grounds()}
    assert list(grounds) == [
        "evidence",
        "trigger",
        "cue",
        "time.text",
        "place.text",
        "counts.0.text",
        "sources.0.text",
        "sources.0.cue",
        "sources.1.text",
    ]
    for evidence in grounds.values():
        assert evidence.span.of(TEXT) == evidence.text


@given(making.claims)
def test_the_path_of_a_ground_leads_to_its_words_on_the_wire(claim: Claim) -> None:
    for evidence in claim.grounds():
        value: Any = claim.wire()
        for step in evidence.value.split("."):
            value = value[int(step)] if isinstance(value, list) else value[step]
        assert value == evidence.text


def test_words_without_a_place_are_no_ground() -> None:
    claim = Claim(id="c1", type=ClaimType.ASSAULT, evidence="a raid", trigger="raid", cue="said")
    assert list(claim.grounds()) == []


@pytest.mark.parametrize(
    ("change", "hedged"),
    [
        ({}, False),
        ({"status": Status.ONGOING}, False),
        ({"status": Status.FUTURE}, True),
        ({"status": Status.HYPOTHETICAL}, True),
        ({"negated": True}, True),
        ({"certainty": Certainty.PROBABLE}, True),
        ({"certainty": Certainty.POSSIBLE}, True),
    ],
)
def test_a_claim_is_plain_only_where_the_report_says_that_it_is_so(
    change: dict[str, Any], hedged: bool
) -> None:
    plain = CLAIM.model_copy(update={"certainty": Certainty.CERTAIN, "cue": None})
    assert plain.model_copy(update=change).hedged is hedged


def test_a_role_that_nobody_fills_is_empty() -> None:
    assert CLAIM.parties(Role.VICTIM) == ("e1",)
    assert CLAIM.parties(Role.ACTOR) == ()
