from __future__ import annotations

import datetime
from typing import Any

from stemma.merge import Held
from stemma.merge.ties import parties_of, ties_of
from stemma.model import Claim, ClaimType, Coding, Document, Entity, EntityKind, Lineage, Role, Status, Time

NAMES = {
    "e1": (EntityKind.PERSON, "Ilo Maren"),
    "e2": (EntityKind.GROUP, "the Harbour Front"),
    "e3": (EntityKind.PEOPLE, "soldiers"),
    "e4": (EntityKind.GROUP, "the Coast Guard of Orlan"),
}


def held(report: str, published: str, *claims: dict[str, Any]) -> Held:
    made = tuple(
        Claim(
            **{
                "id": f"c{number}",
                "type": ClaimType.LEADS,
                "evidence": "Ilo Maren leads the Harbour Front",
                "trigger": "leads",
                "roles": {Role.ACTOR: ("e1",), Role.TO: ("e2",)},
                "status": Status.ONGOING,
                **given,
            }
        )
        for number, given in enumerate(claims, 1)
    )
    entities = tuple(Entity(id=key, kind=kind, names=(name,)) for key, (kind, name) in NAMES.items())
    day = datetime.date.fromisoformat(published)
    coding = Coding(report=report, outlet=f"{report} Post", published=day, entities=entities, claims=made)
    text = "Ilo Maren leads the Harbour Front"
    return Held(Document(report=report, report_hash="0" * 64, text=text, published=day), coding)


def when(start: str | None, end: str | None) -> Time:
    return Time(text="then", start=start, end=end)


def test_claims_of_two_reports_are_one_tie_told_from_to() -> None:
    (tie,) = ties_of([held("a", "2021-03-05", {}), held("b", "2021-03-09", {})], Lineage())
    assert (tie.party_name, tie.other_name) == ("Ilo Maren", "the Harbour Front")
    assert (str(tie.first_told), str(tie.last_told)) == ("2021-03-05", "2021-03-09")
    assert (tie.start, tie.end, tie.ended) == (None, None, False)
    assert tie.reports == ("a", "b")
    assert tie.origins.low >= 1


def test_dates_that_lie_apart_are_two_stretches() -> None:
    first = {"time": when("2010", "2012"), "status": Status.ACTUAL}
    again = {"time": when("2015", "2016"), "status": Status.ACTUAL}
    ties = ties_of([held("a", "2021-03-05", first, again)], Lineage())
    assert [(tie.start, tie.end) for tie in ties] == [("2010", "2012"), ("2015", "2016")]


def test_dates_that_meet_are_one_stretch() -> None:
    first = {"time": when("2010", "2012"), "status": Status.ACTUAL}
    (tie,) = ties_of(
        [held("a", "2021-03-05", first, {"time": when("2012-06", "2014"), "status": Status.ACTUAL})],
        Lineage(),
    )
    assert (tie.start, tie.end) == ("2010", "2014")


def test_since_a_year_has_no_end_on_the_day_of_the_report() -> None:
    (tie,) = ties_of([held("a", "2021-03-05", {"time": when("2018", "2021-03")})], Lineage())
    assert (tie.start, tie.end) == ("2018", None)


def test_former_means_over_by_that_day() -> None:
    (tie,) = ties_of([held("a", "2021-03-05", {"cue": "former", "status": Status.ACTUAL})], Lineage())
    assert tie.ended
    assert str(tie.ended_by) == "2021-03-05"
    assert tie.last_told is None


def test_a_denial_stands_beside_the_tie() -> None:
    (tie,) = ties_of([held("a", "2021-03-05", {}), held("b", "2021-03-06", {"negated": True})], Lineage())
    assert [at.report for at in tie.claims] == ["a"]
    assert [at.report for at in tie.denials] == ["b"]
    assert tie.denied_by == ("b Post",)


def test_what_is_planned_or_has_no_name_is_no_tie() -> None:
    planned = {"status": Status.FUTURE}
    unnamed = {"roles": {Role.ACTOR: ("e3",), Role.TO: ("e2",)}}
    assert ties_of([held("a", "2021-03-05", planned, unnamed)], Lineage()) == ()


def test_allies_are_one_tie_whoever_is_named_first() -> None:
    pairs = [("e2", "e4"), ("e4", "e2")]
    claims = [
        {"type": ClaimType.ALLIED_WITH, "roles": {Role.ACTOR: (one,), Role.RECIPIENT: (other,)}}
        for one, other in pairs
    ]
    (tie,) = ties_of([held("a", "2021-03-05", *claims)], Lineage())
    assert len(tie.claims) == 2


def test_titles_lose_what_stands_beside_them() -> None:
    claims = [
        {"type": ClaimType.MEMBER_OF, "mode": mode} for mode in ("Its spokesman", "Spokesman of", "spokesman")
    ]
    (tie,) = ties_of([held("a", "2021-03-05", *claims)], Lineage())
    assert tie.titles == ("spokesman",)


def test_parties_have_names_and_unnamed_people_are_none() -> None:
    parties = parties_of([held("a", "2021-03-05", {}), held("b", "2021-03-06", {})])
    assert {party.name for party in parties} == {"Ilo Maren", "the Harbour Front", "the Coast Guard of Orlan"}
    assert all({at.report for at in party.at} == {"a", "b"} for party in parties)
