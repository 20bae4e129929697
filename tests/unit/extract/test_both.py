"""Two codings of one document as one, with a note wherever they differ."""

from __future__ import annotations

from typing import Any

from stemma.extract.both import join_codings
from stemma.model import Coding, Role, Span

TEXT = (
    "Green Front fighters shelled an army post near Kolmaz on Tuesday, residents said. Black Ram left Hesk."
)
FIRST = TEXT[: TEXT.index(" Black")]
SECOND = TEXT[len(FIRST) + 1 :]


def place(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def coding(engine: str, entities: dict[str, tuple[str, str]], claims: list[dict[str, Any]]) -> Coding:
    """A coding; entities are id -> (kind, name), roles are given by id."""
    made = [
        {
            "id": id_,
            "kind": kind,
            "names": [name],
            "mentions": [{"text": name, "span": place(name), "kind": kind}],
        }
        for id_, (kind, name) in entities.items()
    ]
    full = []
    for number, claim in enumerate(claims, 1):
        evidence = FIRST if claim["trigger"] in FIRST else SECOND
        spans = {
            role: [place(entities[party][1]) for party in parties]
            for role, parties in claim.get("roles", {}).items()
        }
        full.append(
            {
                "id": f"c{number}",
                "evidence": evidence,
                "span": place(evidence),
                "trigger_span": place(claim["trigger"]),
                "role_spans": spans,
                **claim,
            }
        )
    return Coding.from_wire(
        {"report": "r", "engine": engine, "engine_version": "1", "entities": made, "claims": full}
    )


SHELLED = {"type": "ASSAULT", "mode": "shelling", "trigger": "shelled"}
ONE = coding(
    "local",
    {"e1": ("group", "Green Front fighters"), "e2": ("group", "Black Ram")},
    [
        {**SHELLED, "roles": {"actor": ["e1"]}},
        {"type": "MOVE", "trigger": "left", "roles": {"actor": ["e2"]}},
    ],
)
TWO = coding(
    "llm",
    {"e1": ("unit", "an army post"), "e2": ("group", "Green Front fighters")},
    [
        {
            **SHELLED,
            "mode": "rocket",
            "roles": {"actor": ["e2"], "recipient": ["e1"]},
            "time": {
                "text": "on Tuesday",
                "start": "2021-10-12",
                "end": "2021-10-12",
                "span": place("on Tuesday"),
            },
            "sources": [
                {"text": "residents", "kind": "anonymous", "cue": "said", "span": place("residents")}
            ],
        },
        {"type": "DENY", "trigger": "said", "roles": {"actor": ["e1"]}},
    ],
)


def notes(joined: Coding, trigger: str) -> dict[str, str]:
    claim = next(claim for claim in joined.claims if claim.trigger == trigger)
    return {note.code: note.text for note in claim.notes}


def test_what_both_found_is_one_claim_filled_from_the_other() -> None:
    joined = join_codings(ONE, TWO)
    assert [(claim.id, claim.trigger) for claim in joined.claims] == [
        ("c1", "shelled"),
        ("c2", "said"),
        ("c3", "left"),
    ]
    shelled = joined.claims[0]
    assert shelled.mode == "shelling"
    assert shelled.time is not None
    assert [joined.entity(party).names for party in shelled.parties(Role.ACTOR)] == [
        ("Green Front fighters",)
    ]
    assert [joined.entity(party).names for party in shelled.parties(Role.RECIPIENT)] == [("an army post",)]
    assert shelled.role_spans[Role.RECIPIENT] == (Span.from_wire(place("an army post")),)
    assert notes(joined, "shelled") == {
        "filled-by-other": "Only the llm engine gives: time, sources, recipient.",
        "engines-differ": "The engines differ in mode: local shelling, llm rocket.",
    }


def test_what_one_found_says_which() -> None:
    joined = join_codings(ONE, TWO)
    assert notes(joined, "left") == {"found-by-one": "Only the local engine found this."}
    assert notes(joined, "said") == {"found-by-one": "Only the llm engine found this."}
    assert joined.notes[-1].text == ("Claims found by both engines: 1; by local only: 1; by llm only: 1.")


def test_equal_codings_have_no_notes_on_their_claims() -> None:
    joined = join_codings(ONE, ONE)
    assert joined.claims == ONE.claims
    assert joined.entities == ONE.entities


def test_every_entity_used_is_there_and_no_other() -> None:
    joined = join_codings(TWO, ONE)
    used = {party for claim in joined.claims for role in Role for party in claim.parties(role)}
    assert {entity.id for entity in joined.entities} == used
