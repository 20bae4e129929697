"""Judgements on entities, reports and edges; which of several counts; conflicts between two people."""

from __future__ import annotations

import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from merging import claim, held, lineage
from stemma.merge.deciding import conflicts_of, decided, settlement
from stemma.model import EntityKind, Judgement

SIDES = {"on": "Belor Army", "day": "2021-03-04", "at": "Tarun"}


def judge(subject: str, verdict: str, value: Any = None, minute: int = 0, person: str = "Ann") -> Judgement:
    at = datetime.datetime(2024, 1, 1, 12, minute, tzinfo=datetime.UTC)
    return Judgement(subject=subject, verdict=verdict, value=value, person=person, at=at, reason="I know")


def actors(record: Any) -> list[tuple[str, ...]]:
    return [incident.parties["actor"] for incident in record.incidents]


def test_two_names_judged_one_are_one_party(merged: Any) -> None:
    reports = [
        held("a", claim("Ardan Front fought at Tarun.", by="Ardan Front", **SIDES)),
        held("b", claim("The Sons of Kol fought.", by="Sons of Kol", **SIDES)),
    ]
    assert len(actors(merged(*reports))[0]) == 2
    record = merged(*reports, judgements=[judge("@ardan  front", "same", "@Sons of Kol")])
    assert [len(names) for names in actors(record)] == [1]


def test_an_entity_judged_another_is_a_party_of_its_own(merged: Any) -> None:
    reports = [
        held("a", claim("Ardan Front fought at Tarun.", by="Ardan Front", **SIDES)),
        held("b", claim("Ardan Front was there.", by="Ardan Front", **SIDES)),
    ]
    assert actors(merged(*reports)) == [("Ardan Front",)]
    from stemma.merge.entities import Entities
    from stemma.merge.judgements import apply_judgements

    judged = apply_judgements(reports, [judge("a#@e1", "not-same", "b#@e1")])
    known = Entities(judged.held, judged.identity)
    keys = [known.key(one.coding.entities[0], one.report) for one in judged.held]
    assert keys[0] != keys[1]
    assert known.key(reports[0].coding.entities[1], "a") == known.key(reports[1].coding.entities[1], "b")


def test_an_unnamed_party_becomes_the_one_it_was_judged_to_be(merged: Any) -> None:
    from stemma.merge.entities import Entities
    from stemma.merge.judgements import apply_judgements

    rows = [
        claim("x", by="the mayor", by_kind=EntityKind.PERSON),
        claim("y", by="Adel Korin", by_kind=EntityKind.PERSON),
    ]
    reports = [held("a", rows[0]), held("b", rows[1]), held("c", rows[0])]
    judged = apply_judgements(reports, [judge("a#@e1", "same", "b#@e1")])
    known = Entities(judged.held, judged.identity)
    here, there, elsewhere = (known.key(one.coding.entities[0], one.report) for one in judged.held)
    assert here == there
    assert elsewhere.startswith("?")


def test_an_edge_set_by_a_person_takes_the_place_of_the_computed_one(merged: Any) -> None:
    reports = [held("a", claim("x")), held("b", claim("y"))]
    found = merged(
        *reports,
        lineage=lineage(("a", "b", "copies")),
        judgements=[judge("b#", "depends", {"parent": "a", "kind": "rewrites"})],
    ).lineage
    assert [(edge.report, edge.parent, edge.kind.value) for edge in found.dependences] == [
        ("b", "a", "rewrites")
    ]
    assert found.dependences[0].reason == "judged by Ann: I know"


def test_an_edge_can_be_removed_and_the_removal_undone(merged: Any) -> None:
    reports = [held("a", claim("x")), held("b", claim("y"))]
    cut = judge("b#", "not-depends", {"parent": "outlet:AFP"})
    edge = lineage(("b", "outlet:AFP", "copies"), ("b", "a", "cites"))
    assert [e.parent for e in merged(*reports, lineage=edge, judgements=[cut]).lineage.dependences] == ["a"]
    undo = judge("b#", "undo", cut.content_hash(), minute=1)
    assert len(merged(*reports, lineage=edge, judgements=[cut, undo]).lineage.dependences) == 2


def test_one_report_judged_another_is_its_copy_the_newer_of_the_older(merged: Any) -> None:
    reports = [held("a", claim("x"), published="2021-03-05"), held("b", claim("y"), published="2021-03-04")]
    found = merged(*reports, judgements=[judge("a#", "same", "b#")]).lineage.dependences
    assert [(edge.report, edge.parent, edge.kind.value) for edge in found] == [("a", "b", "copies")]
    found = merged(
        *reports, lineage=lineage(("a", "b", "copies")), judgements=[judge("b#", "not-same", "a#")]
    )
    assert found.lineage.dependences == ()


def test_judged_edges_make_no_circle_and_the_one_left_out_is_named(merged: Any) -> None:
    reports = [held("a", claim("x")), held("b", claim("y"))]
    record = merged(
        *reports,
        judgements=[judge("b#", "depends", {"parent": "a"}), judge("a#", "depends", {"parent": "b"}, 1)],
    )
    assert [(edge.report, edge.parent) for edge in record.lineage.dependences] == [("b", "a")]
    assert "circle" in record.codings[0].notes[0].text


def test_what_was_judged_and_is_gone_is_kept_skipped_and_said(merged: Any) -> None:
    gone = [
        judge("a#@e9", "same", "@Ardan Front"),
        judge("a#", "same", "zz#"),
        judge("a#", "depends", {"parent": "zz"}),
        judge("a#", "depends", {"parent": "outlet:X", "kind": "steals"}),
    ]
    record = merged(held("a", claim("x")), judgements=gone)
    assert record.judgements == tuple(gone)
    assert len(record.codings[0].notes) == 4
    assert {note.code for note in record.codings[0].notes} == {"judgement-skipped"}


def test_two_people_who_differ_are_a_conflict_until_it_is_settled() -> None:
    yes, no = judge("a#c1", "accept"), judge("a#c1", "reject", minute=1, person="Bo")
    (found,) = conflicts_of([no, yes])
    assert found.sides == (yes, no)
    assert decided([yes, no]) == [no]
    end = judge("a#c1", "settle", settlement(found, yes), minute=2, person="Cy")
    assert conflicts_of([yes, no, end]) == []
    assert decided([yes, no, end]) == [yes]
    again = judge("a#c1", "reject", minute=3, person="Bo")
    assert len(conflicts_of([yes, no, end, again])) == 1
    undone = judge("a#c1", "undo", end.content_hash(), minute=4, person="Cy")
    assert decided([yes, no, end, undone]) == [no]


def test_a_claim_rejected_by_one_and_corrected_by_another_is_a_conflict() -> None:
    value = judge("a#c1/time", "correct", {"text": "May"})
    (found,) = conflicts_of([value, judge("a#c1", "reject", minute=1, person="Bo")])
    assert len(found.sides) == 2
    assert conflicts_of([value, judge("a#c1", "reject", minute=1)]) == []


def test_a_pair_is_one_subject_in_either_order() -> None:
    one, two = judge("a#c1", "same", "b#c1"), judge("b#c1", "not-same", "a#c1", 1, "Bo")
    assert len(conflicts_of([one, two])) == 1
    assert conflicts_of([one, judge("b#c1", "same", "a#c1", 1, "Bo")]) == []


@given(
    st.lists(
        st.builds(
            judge,
            st.sampled_from(["a#c1", "a#c1/time", "b#c1"]),
            st.sampled_from(["accept", "reject", "note"]),
            minute=st.integers(0, 59),
            person=st.sampled_from(["Ann", "Bo"]),
        ),
        unique_by=lambda one: one.at,
        max_size=8,
    ).flatmap(lambda some: st.tuples(st.just(some), st.permutations(some)))
)
def test_the_order_in_which_judgements_are_kept_decides_nothing(two: Any) -> None:
    some, shuffled = two
    assert decided(some) == decided(shuffled)
    assert conflicts_of(some) == conflicts_of(shuffled)
