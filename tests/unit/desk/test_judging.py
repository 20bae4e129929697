"""What a person decides, and what it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import desk_client
import desk_story
import pytest

from stemma.desk.house import House
from stemma.model import Role
from stemma.store import Store

REPORT = "velin/shelling"
Enter = Callable[..., desk_client.Client]


def _do(client: desk_client.Client, do: str, claim: str = "c1", **more: Any) -> desk_client.Answer:
    return client.post("/judge", {"report": REPORT, "claim": claim, "do": do, **more})


def _house(client: desk_client.Client) -> House:
    house: House = client.app._app.state.house
    return house


def _claim(client: desk_client.Client, claim: str = "c1", person: str = "ann") -> Any:
    coding = _house(client).held(REPORT, person).coding
    return next((one for one in coding.claims if one.id == claim), None)


@pytest.mark.parametrize(
    ("do", "verdict", "mark"), [("accept", "accept", "accepted"), ("reject", "reject", "rejected")]
)
def test_a_verdict_is_written_and_shown(
    client: desk_client.Client, store: Store, do: str, verdict: str, mark: str
) -> None:
    answer = _do(client, do).json()
    assert (answer["verdict"], answer["open"]) == (verdict, 1)
    assert mark in answer["card"]
    (judgement,) = store.judgements()
    assert (judgement.subject, judgement.verdict, judgement.person) == (f"{REPORT}#c1", do, "ann")
    assert judgement.at.tzinfo is not None


def test_a_rejected_claim_is_shown_and_not_in_the_record(client: desk_client.Client) -> None:
    _do(client, "reject")
    assert 'data-claim="c1"' in client.get("/read", report=REPORT).text
    assert _claim(client) is None


def test_a_value_is_corrected_by_a_candidate(client: desk_client.Client) -> None:
    offered = client.get("/choices", report=REPORT, claim="c2", value="roles.actor").json()["candidates"]
    assert offered[0]["label"] == "Gunmen of the Harbour Front"
    assert (
        _do(client, "correct", "c2", value="roles.actor", new=offered[0]["value"]).json()["verdict"]
        == "correct"
    )
    assert _claim(client, "c2").parties(Role.ACTOR) == ("e1",)


def test_a_reading_is_offered_as_the_chain(client: desk_client.Client) -> None:
    offered = client.get("/choices", report=REPORT, claim="c1", value="sources").json()["candidates"]
    assert offered[0] == {
        "label": "own voice",
        "detail": "the residents may have said the day only",
        "value": [],
    }


@pytest.mark.parametrize(
    ("value", "typed", "shown"),
    [
        ("roles.actor", "the Front", "e1"),
        ("time", "2021-03 to 2021-04", "2021-03 to 2021-04"),
        ("place", "Velin, Orlan [OR]", "Velin, Orlan"),
        ("counts", "at least 30 injured; 14 killed", "at least 30 injured; 14 killed"),
        ("type", "coerce", "COERCE"),
        ("status", "fut", "planned or announced"),
        ("negated", "yes", "denied"),
        ("sources", "the army (organisation) + residents (anonymous) > Orlan News (outlet)", "the army"),
        ("mode", "rocket", "rocket"),
    ],
)
def test_a_value_is_corrected_by_words_of_ones_own(
    client: desk_client.Client, value: str, typed: str, shown: str
) -> None:
    answer = _do(client, "correct", value=value, typed=typed)
    assert answer.status == 200, answer.text
    if value != "roles.actor":
        assert shown in answer.json()["card"]
    else:
        assert _claim(client).parties(Role.ACTOR) == (shown,)


def test_a_chain_that_was_typed_has_its_links_side_by_side_and_in_order(client: desk_client.Client) -> None:
    _do(client, "correct", value="sources", typed="the army (organisation) + residents > Orlan News (outlet)")
    sources = _claim(client).sources
    assert [(s.text, str(s.kind), s.parallel) for s in sources] == [
        ("the army", "organisation", False),
        ("residents", "anonymous", True),  # its kind is the one that the report's residents have
        ("Orlan News", "outlet", False),
    ]


def test_a_name_that_is_new_becomes_an_entity(client: desk_client.Client) -> None:
    _do(client, "correct", value="roles.actor", typed="+ Guards (people); Black Ram")
    claim = _claim(client)
    coding = _house(client).held(REPORT, "ann").coding
    first, guards, ram = (coding.entity(party) for party in claim.parties(Role.ACTOR))
    assert first.id == "e1"
    assert (guards.names, str(guards.kind)) == (("Guards",), "people")
    assert (ram.names, ram.canonical) == ((), "Black Ram")  # the report does not have these words


@pytest.mark.parametrize(
    ("value", "sent"),
    [
        ("roles.actor", {"new": ["e99"]}),
        ("roles.actor", {"new": "e1"}),
        ("roles.actor", {"new": [{}]}),
        ("type", {"new": "DANCE"}),
        ("type", {"typed": "dance"}),
        ("counts", {"typed": "many"}),
        ("time", {"typed": "sometime"}),
        ("time", {"new": {"text": "x", "start": "soon"}}),
        ("sources", {"typed": "a > > b"}),
        ("score", {"new": 1}),
        ("id", {"new": "c9"}),
        ("roles.actor", {"typed": "   "}),
        ("negated", {"typed": "perhaps"}),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(
    client: desk_client.Client, store: Store, value: str, sent: dict[str, Any]
) -> None:
    answer = _do(client, "correct", value=value, **sent)
    assert answer.status == 400
    assert "\n" not in answer.json()["error"]
    assert list(store.judgements()) == []


@pytest.mark.parametrize(
    "asked",
    [
        [],
        3,
        {},
        {"report": REPORT},
        {"report": REPORT, "claim": "c9", "do": "accept"},
        {"report": 7, "do": "add"},
    ],
)
def test_nonsense_is_refused_in_one_line(client: desk_client.Client, asked: Any) -> None:
    answer = client.post("/judge", asked)
    assert answer.status == 400
    assert answer.json()["error"]


def test_an_unknown_report_is_not_found(client: desk_client.Client) -> None:
    assert client.post("/judge", {"report": "no", "claim": "c1", "do": "accept"}).status == 404
    assert client.get("/read", report="no").status == 404
    assert client.get("/read", report="../../etc/passwd").status == 404


def test_undo_brings_back_what_was_decided_before_and_redo_what_was_undone(
    client: desk_client.Client,
) -> None:
    _do(client, "accept")
    _do(client, "reject")
    assert client.post("/undo", {}).json()["verdict"] == "accept"
    assert client.post("/undo", {}).json()["verdict"] == ""
    assert client.post("/undo", {}).status == 400
    assert client.post("/redo", {}).json()["verdict"] == "accept"
    assert client.post("/redo", {}).json()["verdict"] == "reject"
    assert client.post("/redo", {}).status == 400


def test_a_new_judgement_ends_what_could_be_redone(client: desk_client.Client) -> None:
    _do(client, "accept")
    client.post("/undo", {})
    _do(client, "reject", "c2")
    assert client.post("/redo", {}).status == 400


def test_undo_outlives_the_desk(client: desk_client.Client, enter: Enter) -> None:
    _do(client, "reject")
    client.post("/undo", {})
    again = enter()
    assert _claim(again) is not None
    assert again.post("/redo", {}).json()["verdict"] == "reject"


def test_correcting_a_rejected_claim_takes_it_back_in(client: desk_client.Client) -> None:
    _do(client, "reject")
    _do(client, "correct", value="mode", typed="rocket")
    assert _claim(client).mode == "rocket"


def test_a_claim_is_added_on_selected_words(client: desk_client.Client) -> None:
    start = desk_story.TEXT.index(" came")
    asked = {"start": start, "end": start + 6, "type": "MOVE", "actor": "Guards"}
    added = _do(client, "add", "", **asked).json()
    claim = _claim(client, added["claim"])
    assert (claim.trigger, claim.evidence) == ("came", "Guards came to Velin at noon.")
    assert claim.span.of(desk_story.TEXT) == claim.evidence
    assert claim.trigger_span.of(desk_story.TEXT) == "came"
    assert added["verdict"] == "add"
    # A plus of ASCII: fonts without CJK signs draw a box for the wide one.
    assert ">+ added<" in client.get("/read", report=REPORT).text


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [(0, 0, "MOVE"), (5, 2, "MOVE"), (0, 10**9, "MOVE"), (0, 4, "x"), (None, 3, "MOVE"), (-3, 4, "MOVE")],
)
def test_a_selection_that_is_none_adds_nothing(
    client: desk_client.Client, store: Store, start: Any, end: Any, kind: str
) -> None:
    assert _do(client, "add", "", start=start, end=end, type=kind).status == 400
    assert list(store.judgements()) == []


def test_two_claims_are_judged_the_same_and_then_not(client: desk_client.Client) -> None:
    other = f"{REPORT}#c2"
    assert "same as" in _do(client, "same", other=other).json()["card"]
    card = _do(client, "not-same", other=other).json()["card"]
    assert "not the same as" in card
    assert ">same as" not in card
    for bad in (f"{REPORT}#c1", "no#c1", f"{REPORT}#c9", "x"):
        assert _do(client, "same", other=bad).status == 400


def test_a_note_is_shown_and_decides_nothing(client: desk_client.Client) -> None:
    answer = _do(client, "note", note="<b>see page 2</b>").json()
    assert "&lt;b&gt;see page 2" in answer["card"]
    assert answer["verdict"] == ""
    assert _do(client, "note", note=" ").status == 400


def test_two_reviewers_do_not_see_each_other_before_they_decide(enter: Enter) -> None:
    ann, ben = enter("ann"), enter("ben")
    _do(ann, "reject")
    assert "rejected" not in ben.get("/read", report=REPORT).text
    assert "<b><bdi>ann</bdi></b>: rejected" in _do(ben, "accept").json()["card"]
    assert _claim(ben, "c1", "ben") is not None
    assert ben.post("/undo", {}).json()["claim"] == "c1"
    assert ben.post("/undo", {}).status == 400, "ben cannot take back what ann decided"


def test_no_field_of_a_judgement_of_the_desk_is_without_its_person_and_time(
    client: desk_client.Client, store: Store
) -> None:
    _do(client, "correct", value="roles.actor", typed="Guards")
    _do(client, "note", note="x")
    client.post("/undo", {})
    moments = [judgement.at for judgement in store.judgements()]
    assert moments == sorted(set(moments))
    assert {judgement.person for judgement in store.judgements()} == {"ann"}


def test_one_claim_is_two_and_two_are_one(client: desk_client.Client, store: Store) -> None:
    from stemma.merge.judgements import apply_judgements
    from stemma.merge.protocol import Held
    from stemma.model import standing

    def ids() -> list[str]:
        return [
            claim["id"] for claim in client.get("/api/v1/report", id=REPORT, judged="yes").json()["claims"]
        ]

    made = _do(client, "split", "c1").json()
    assert ids() == ["c1", "c2", made["claim"]]
    assert made["verdict"] == "add"
    first, second = _claim(client, "c1"), _claim(client, made["claim"])
    assert (second.evidence, second.roles, second.score) == (first.evidence, first.roles, None)
    _do(client, "correct", made["claim"], value="roles.actor", new=["e4"])
    assert _claim(client, made["claim"]).parties(Role.ACTOR) == ("e4",)
    assert _claim(client, "c1").parties(Role.ACTOR) == first.parties(Role.ACTOR)

    assert _do(client, "one", made["claim"], other=f"{REPORT}#c2").status == 200
    assert ids() == ["c1", made["claim"]]
    # Merging reads the same judgements, so that a run of the engine anew keeps them.
    held = Held(store.document(REPORT), store.coding(REPORT))
    judged = apply_judgements([held], standing(store.judgements()))
    assert [claim.id for claim in judged.held[0].coding.claims] == ["c1", made["claim"]]
    assert judged.skipped == []

    client.post("/undo", {})
    assert ids() == ["c1", "c2", made["claim"]]
    client.post("/undo", {})
    client.post("/undo", {})
    assert ids() == ["c1", "c2"]
    client.post("/redo", {})
    assert ids() == ["c1", "c2", made["claim"]]


@pytest.mark.parametrize("other", [f"{REPORT}#c1", f"{REPORT}#gone", "elsewhere#c1", f"{REPORT}#c2/time"])
def test_only_another_claim_of_a_report_is_one_with_it(client: desk_client.Client, other: str) -> None:
    assert _do(client, "one", "c1", other=other).status == 400
