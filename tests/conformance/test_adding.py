"""What `add` keeps, and what it answers."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import making
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.model import Claim, ClaimType, Coding, Document, Entity, EntityKind, Refusal, Report, Role
from stemma.store import Outcome, Query, Store


def _claim(id: str, evidence: str = "Fighters left.") -> Claim:
    return Claim(
        id=id, type=ClaimType.RETREAT, evidence=evidence, trigger="left", roles={Role.ACTOR: ("e1",)}
    )


FIGHTERS = Entity(id="e1", kind=EntityKind.PEOPLE, names=("Fighters",))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(making.reports, making.documents(), making.codings, st.text(max_size=5))
def test_what_was_added_is_read_back_equal(
    store: Store, report: Report, document: Document, coding: Coding, unit: str
) -> None:
    document = document.model_copy(update={"report": report.id, "report_hash": report.bytes_hash()})
    coding = coding.model_copy(update={"report": report.id, "document_hash": document.content_hash()})
    if store.knows(report.bytes_hash(), report.id, unit):
        assert store.add(report, document, coding, unit) is Outcome.KNOWN
        return
    if store.add(report, document, coding, unit) is Outcome.RECODED:
        return  # perhaps of an earlier version, which stays the earlier one
    assert store.original(report.id) == report
    assert store.document(report.id) == document
    assert store.coding(report.id) == coding
    assert store.versions(report.id)[-1] == document
    assert coding in list(store.codings())
    assert report.id in store.report_ids()


def test_the_same_unit_twice_changes_nothing(store: Store) -> None:
    report, document, coding = making.bundle("a", claims=(_claim("c1"),), entities=(FIGHTERS,))
    assert not store.knows(report.bytes_hash(), "a", "u1")
    assert store.add(report, document, coding, "u1") is Outcome.ADDED
    assert store.knows(report.bytes_hash(), "a", "u1")
    before = store.tally()
    other = coding.model_copy(update={"title": "not kept"})
    assert store.add(report, document, other, "u1") is Outcome.KNOWN
    assert store.tally() == before
    assert store.coding("a") == coding


def test_the_same_bytes_under_two_ids_are_two_reports(store: Store) -> None:
    for name in ("a", "b"):
        report, document, coding = making.bundle(name, "The same text.")
        assert not store.knows(report.bytes_hash(), name, "u1")
        assert store.add(report, document, coding, "u1") is Outcome.ADDED
    assert list(store.report_ids()) == ["a", "b"]


def test_another_unit_makes_another_coding_the_latest(store: Store) -> None:
    report, document, coding = making.bundle("a", claims=(_claim("c1"), _claim("c2")), entities=(FIGHTERS,))
    store.add(report, document, coding, "u1")
    anew = coding.model_copy(update={"claims": (_claim("c9", "Militiamen stayed."),), "entities": ()})
    assert store.add(report, document, anew, "u2") is Outcome.RECODED
    assert store.coding("a") == anew
    assert [claim.id for coding in store.codings(Query()) for claim in coding.claims] == ["c9"]
    assert list(store.codings(Query(text="fighters"))) == []
    assert list(store.codings(Query(text="militiamen"))) == [anew]
    assert list(store.codings(Query(actor="fighters"))) == []
    assert (store.tally().claims, store.tally().entities) == (1, 0)
    assert store.knows(report.bytes_hash(), "a", "u1"), "the earlier coding is history, not gone"
    assert store.add(report, document, coding, "u1") is Outcome.KNOWN
    assert store.coding("a") == anew


def test_other_bytes_under_a_known_id_are_a_later_version(store: Store) -> None:
    first = making.bundle("a", "Ten were killed.", claims=(_claim("c1"),))
    later = making.bundle("a", "Twelve were killed.", claims=(_claim("c2"),))
    store.add(*first, "u1")
    assert store.add(*later, "u1") is Outcome.VERSION
    assert [document.text for document in store.versions("a")] == ["Ten were killed.", "Twelve were killed."]
    assert (store.original("a"), store.document("a"), store.coding("a")) == later
    assert list(store.report_ids()) == ["a"]
    assert store.tally().reports == 1


def test_an_earlier_version_coded_anew_stays_the_earlier_one(store: Store) -> None:
    first = making.bundle("a", "Ten were killed.", claims=(_claim("c1"),))
    later = making.bundle("a", "Twelve were killed.", claims=(_claim("c2"),))
    store.add(*first, "u1")
    store.add(*later, "u1")
    assert store.add(*first, "u2") is Outcome.RECODED
    assert store.coding("a") == later[2]
    assert list(store.codings(Query())) == [later[2]]


def test_the_same_bytes_read_anew_keep_both_documents(store: Store) -> None:
    report, document, coding = making.bundle("a", "Subscribe! Ten were killed.")
    store.add(report, document, coding, "u1")
    shorter = document.model_copy(update={"text": "Ten were killed."})
    anew = coding.model_copy(update={"document_hash": shorter.content_hash()})
    assert store.add(report, shorter, anew, "u2") is Outcome.RECODED
    assert list(store.versions("a")) == [document, shorter]
    assert store.document("a") == shorter
    assert list(store.reports_with("subscribe")) == []
    assert list(store.reports_with("ten KILLED")) == ["a"]


def test_a_report_without_claims_is_a_report(store: Store) -> None:
    report, document, coding = making.bundle("a")
    store.add(report, document, coding, "u1")
    assert list(store.codings()) == [coding]
    assert list(store.codings(Query())) == []


@pytest.mark.parametrize("part", ["report", "document", "coding"])
def test_three_things_that_do_not_belong_together_are_not_added(store: Store, part: str) -> None:
    report, document, coding = making.bundle("a")
    other = dict(zip(("report", "document", "coding"), making.bundle("b"), strict=True))
    mixed = {"report": report, "document": document, "coding": coding, part: other[part]}
    with pytest.raises(ValueError, match="b"):
        store.add(mixed["report"], mixed["document"], mixed["coding"], "u1")
    assert list(store.report_ids()) == []


@pytest.mark.parametrize(
    "ask",
    [lambda store: store.document("b"), lambda store: store.coding("b"), lambda store: store.original("b")],
)
def test_an_unknown_report_is_a_key_error(store: Store, ask: Callable[[Store], object]) -> None:
    store.add(*making.bundle("a"), "u1")
    with pytest.raises(KeyError, match="b"):
        ask(store)
    assert list(store.versions("b")) == []


def test_a_refusal_is_noted_once_and_in_order(store: Store) -> None:
    first = Refusal(where="z.pdf", code="binary", what="is no text", mend="give its text")
    second = Refusal(where="a.txt", code="empty", what="is empty", mend="leave it out")
    for refusal in (first, second, first):
        store.refuse(refusal)
    assert list(store.refusals()) == [first, second]
    assert store.tally().refused == 2


def test_a_refusal_is_lifted_once_the_report_could_be_read(store: Store) -> None:
    report, document, coding = making.bundle("a")
    mended = Refusal(where=report.address, code="empty", what="is empty", mend="leave it out")
    other = mended.model_copy(update={"where": "in/b.txt"})
    store.refuse(mended)
    store.refuse(other)
    store.add(report, document, coding, "u1")
    assert list(store.refusals()) == [other]


@given(st.lists(making.judgements, max_size=4))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_judgements_come_back_equal_and_in_order(store: Store, judgements: list[making.Judgement]) -> None:
    before = list(store.judgements())
    for judgement in judgements:
        store.judge(judgement)
    assert list(store.judgements()) == before + judgements
    assert store.tally().judgements == len(before) + len(judgements)


def test_the_tally_counts_what_is_there(store: Store) -> None:
    empty = store.tally()
    assert (empty.reports, empty.claims, empty.first_published, empty.claims_by_type) == (0, 0, None, {})
    said = making.Source(text="an officer", kind=making.SourceKind.OFFICIAL)
    hedged = _claim("c2").model_copy(update={"negated": True, "sources": (said, said)})
    raid = Claim(id="c3", type=ClaimType.COERCE, evidence="A raid.", trigger="raid")
    day = datetime.date(2017, 2, 7)
    coding = {"outlet": "The Post", "published": day, "entities": (FIGHTERS,)}
    store.add(*making.bundle("a", claims=(_claim("c1"), hedged, raid), **coding), "u1")
    store.add(*making.bundle("b", outlet="The Post", published=day.replace(year=2016)), "u1")
    store.add(*making.bundle("c"), "u1")
    tally = store.tally()
    assert (tally.reports, tally.outlets, tally.entities, tally.claims) == (3, 1, 1, 3)
    assert (tally.sourced, tally.hedged) == (1, 1)
    assert (tally.first_published, tally.last_published) == (day.replace(year=2016), day)
    assert tally.claims_by_type == {"COERCE": 1, "RETREAT": 2}
    assert tally.schema_version


def test_gold_codings_come_back_equal(store: Store) -> None:
    golds = [Coding.from_wire(gold) for gold in making.load_gold()[:25]]
    for gold in golds:
        report, document, _ = making.bundle(gold.report)
        store.add(report, document, gold, "u1")
    assert list(store.codings()) == sorted(golds, key=lambda coding: coding.report)
