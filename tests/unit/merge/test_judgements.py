from __future__ import annotations

import datetime
from typing import Any

from merging import claim, held
from stemma.model import Judgement

SIDES = {"by": "Ardan Front", "on": "Belor Army", "day": "2021-03-04"}


def judge(subject: str, verdict: str, value: Any = None, minute: int = 0) -> Judgement:
    at = datetime.datetime(2024, 1, 1, 12, minute, tzinfo=datetime.UTC)
    return Judgement(subject=subject, verdict=verdict, value=value, person="Ann", at=at)


def two() -> tuple[Any, Any]:
    return (
        held("a", claim("They fought at Tarun.", **SIDES, at="Tarun")),
        held("north/b", claim("They fought at Kelmet.", **SIDES, at="Kelmet")),
    )


def test_a_rejected_claim_is_gone_and_the_judgement_stays(merged: Any) -> None:
    record = merged(*two(), judgements=[judge("a#c1", "reject")])
    assert [incident.reports for incident in record.incidents] == [("north/b",)]
    assert record.codings[0].claims == ()
    assert len(record.judgements) == 1


def test_an_accepted_claim_is_sure(merged: Any) -> None:
    record = merged(*two(), judgements=[judge("a#c1", "accept")])
    assert record.codings[0].claims[0].score == 1.0


def test_a_corrected_value_is_what_is_merged(merged: Any) -> None:
    right = {"text": "Tarun", "canonical": "Tarun, North Unit, Testland", "country": "SY"}
    record = merged(*two(), judgements=[judge("north/b#c1/place", "correct", right)])
    assert [incident.reports for incident in record.incidents] == [("a", "north/b")]
    changed = record.codings[1].claims[0]
    assert changed.notes[-1].text == "corrected by Ann: place"


def test_a_rejected_value_is_taken_out(merged: Any) -> None:
    record = merged(
        *two(), judgements=[judge("a#c1/time", "reject"), judge("a#c1/roles.recipient", "reject")]
    )
    changed = record.codings[0].claims[0]
    assert changed.time is None
    assert changed.parties("recipient") == ()


def test_the_last_verdict_stands(merged: Any) -> None:
    verdicts = [judge("a#c1", "accept", minute=2), judge("a#c1", "reject", minute=1)]
    assert len(merged(*two(), judgements=verdicts).incidents) == 2


def test_same_joins_and_not_same_parts(merged: Any) -> None:
    joined = merged(*two(), judgements=[judge("a#c1", "same", "north/b#c1")])
    assert [incident.reports for incident in joined.incidents] == [("a", "north/b")]
    assert joined.incidents[0].merged[0].reason == "judged one by a person"
    one = (two()[0], held("c", claim("They fought there.", **SIDES, at="Tarun")))
    assert len(merged(*one).incidents) == 1
    assert len(merged(*one, judgements=[judge("a#c1", "not-same", "c#c1")]).incidents) == 2


def test_incidents_are_judged_by_their_ids(merged: Any) -> None:
    first, second = merged(*two()).incidents
    record = merged(*two(), judgements=[judge(first.id, "same", second.id)])
    assert len(record.incidents) == 1


def test_what_is_gone_is_skipped_and_noted(merged: Any) -> None:
    gone = [
        judge("a#c9", "reject"),
        judge("x#c1", "reject"),
        judge("a#c1", "same", "x#c1"),
        judge("a#c1/place.country", "correct", "nowhere at all"),
        judge("a#c1/no.such.value", "correct", 1),
        judge("nonsense", "reject"),
        judge("a#c1", "note", "a remark"),
    ]
    record = merged(*two(), judgements=gone)
    assert [incident.reports for incident in record.incidents] == [("a",), ("north/b",)]
    notes = [note for note in record.codings[0].notes if note.code == "judgement-skipped"]
    assert {note.text.split(": ")[1] for note in notes} == {
        "the claim is no longer there",
        "one of the two is no longer there",
        "the value does not fit the claim",
    }
    assert len(record.judgements) == len(gone)
