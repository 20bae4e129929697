from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from merging import claim, held, lineage, place
from stemma.merge import merge_record
from stemma.merge.options import MergeOptions

ALONE = MergeOptions(lineage=False)
SIDES = {"by": "Ardan Front", "on": "Belor Army"}


def groups(record: Any) -> list[set[str]]:
    return sorted((set(incident.reports) for incident in record.incidents), key=sorted)


def test_one_attack_in_three_reports_is_one_incident(merged: Any) -> None:
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("The Front struck soldiers.", **SIDES, day="2021-03-04", at="Tarun")),
        held("c", claim("Soldiers came under fire.", on="Belor Army", day="2021-03-04", at="Tarun")),
    )
    assert groups(record) == [{"a", "b", "c"}]
    merging = record.incidents[0].merged
    assert len(merging) == 2
    assert all("on one day" in m.reason and "at Tarun" in m.reason for m in merging)
    assert all(0 < m.score <= 1 for m in merging)


def test_two_like_attacks_on_one_day_in_two_villages_stay_two(merged: Any) -> None:
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("Another fight there.", **SIDES, day="2021-03-04", at="Kelmet")),
    )
    assert groups(record) == [{"a"}, {"b"}]


def test_two_villages_of_one_report_stay_two(merged: Any) -> None:
    record = merged(
        held(
            "a",
            claim("They shot at Tarun.", **SIDES, day="2021-03-04", at="Tarun"),
            claim("They shot at Kelmet.", **SIDES, day="2021-03-04", at="Kelmet"),
        )
    )
    assert len(record.incidents) == 2


@pytest.mark.parametrize("other", ["2021-03-05", "2021-03-03"])
def test_thursday_against_friday_is_one_attack_with_a_dispute_over_the_day(merged: Any, other: str) -> None:
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("The Front struck soldiers.", **SIDES, day=other, at="Tarun")),
    )
    assert groups(record) == [{"a", "b"}]
    dispute = next(d for d in record.incidents[0].disputes if d.attribute == "time")
    assert {version.value for version in dispute.versions} == {"2021-03-04", other}


def test_a_week_apart_in_one_village_is_two(merged: Any) -> None:
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("The Front struck again.", **SIDES, day="2021-03-11", at="Tarun")),
    )
    assert len(record.incidents) == 2


def test_a_month_and_a_day_in_it_are_one_precision_apart(merged: Any) -> None:
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("Fighting in March.", **SIDES, day="2021-03", at="Tarun")),
    )
    assert groups(record) == [{"a", "b"}]
    assert record.incidents[0].time is not None
    assert record.incidents[0].time.start == "2021-03-04"


def test_two_spellings_of_a_village_are_one(merged: Any) -> None:
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Kulbaro")),
        held("b", claim("Soldiers came under fire.", **SIDES, day="2021-03-04", at="Kolbaro")),
    )
    assert groups(record) == [{"a", "b"}]


def test_a_village_lies_within_its_province(merged: Any) -> None:
    wide = {"text": "North Unit", "canonical": "North Unit, Testland", "country": "SY"}
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("Soldiers came under fire.", **SIDES, day="2021-03-04", at="x", place=wide)),
    )
    assert groups(record) == [{"a", "b"}]
    assert record.incidents[0].place is not None
    assert record.incidents[0].place.text == "Tarun"


def test_a_plan_is_no_attack(merged: Any) -> None:
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("They will strike.", **SIDES, day="2021-03-04", at="Tarun", status="future")),
    )
    assert len(record.incidents) == 2


def test_a_campaign_and_its_strike_are_linked_and_not_fused(merged: Any) -> None:
    record = merged(
        held("a", claim("The Front often strikes.", **SIDES, at="Tarun", status="ongoing")),
        held("b", claim(**SIDES, day="2021-03-04", at="Tarun")),
    )
    campaign, strike = record.incidents
    assert (campaign.part_of, strike.part_of) == (None, campaign.id)


def test_a_campaign_without_a_place_holds_no_strike_of_another_report(merged: Any) -> None:
    record = merged(
        held("a", claim("The Front often strikes.", **SIDES, status="ongoing")),
        held("b", claim(**SIDES, day="2021-03-04", at="Tarun")),
    )
    assert [one.part_of for one in record.incidents] == [None, None]


def test_an_arrest_of_another_man_is_another_arrest(merged: Any) -> None:
    from stemma.model import EntityKind

    def arrest(man: str) -> Any:
        return claim(
            f"{man} was arrested.", kind="COERCE", mode="arrest", by="Belor Army", on=man,
            on_kind=EntityKind.PERSON, day="2021-03-04", at="Tarun",
        )  # fmt: skip

    record = merged(
        held("a", arrest("Osman Kerat")), held("b", arrest("Usman Kerat")), held("c", arrest("Lev Dorin"))
    )
    assert groups(record) == [{"a", "b"}, {"c"}]


def test_copied_words_are_one_although_nothing_else_is_said(merged: Any) -> None:
    words = "Gunmen stormed the compound at dawn and held it until the evening, witnesses recalled."
    record = merged(held("a", claim(words)), held("b", claim(words)), lineage=lineage(("b", "a", "copies")))
    assert groups(record) == [{"a", "b"}]


def test_a_denial_is_put_to_what_it_denies(merged: Any) -> None:
    record = merged(
        held(
            "a",
            claim(**SIDES, day="2021-03-04", at="Tarun"),
            claim("The army denied it.", kind="DENY", by="Belor Army"),
        )
    )
    assert len(record.incidents) == 1
    assert {d.kind for d in record.incidents[0].disputes} == {"denied"}


def test_ids_stay_when_other_reports_come(merged: Any) -> None:
    first = held("a", claim(**SIDES, day="2021-03-04", at="Tarun"))
    later = held("z", claim("A strike elsewhere.", **SIDES, day="2021-06-04", at="Kelmet"))
    assert merged(first).incidents[0].id in {i.id for i in merged(first, later).incidents}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.permutations(range(6)))
def test_the_order_of_the_reports_changes_nothing(order: list[int]) -> None:
    villages = ["Tarun", "Kelmet", "Tarun", "Oskel", "Kelmet", "Tarun"]
    reports = [
        held(f"r{n}", claim(f"Words number {n}.", **SIDES, day=f"2021-03-0{4 + n % 2}", at=village))
        for n, village in enumerate(villages)
    ]
    straight = merge_record(reports, (), ALONE)
    assert merge_record([reports[n] for n in order], (), ALONE) == straight


def test_many_copies_of_one_text_do_not_cost_their_square() -> None:
    import time

    def seconds(number: int) -> float:
        reports = [held(f"r{n:04}", claim(**SIDES, day="2021-03-04", at="Tarun")) for n in range(number)]
        start = time.perf_counter()
        record = merge_record(reports, (), ALONE)
        assert [len(i.reports) for i in record.incidents] == [number]
        return time.perf_counter() - start

    seconds(20)
    # Twenty times as many would be four hundred times as dear.
    assert seconds(1000) < 100 * max(seconds(50), 0.01)


def test_a_report_without_a_claim_tells_by_names_and_figures(chief: Any) -> None:
    incident = chief(
        held("a", claim("The Ardan Front killed 34 soldiers of the Belor Army at Tarun.", **SIDES,
                        day="2021-03-04", at="Tarun", killed=("34", 34))),
        held("b", text="Murieron 34 soldados en Tarun en un ataque de Ardan Front."),
        held("c", text="The harvest was good this year, and the roads were dry."),
    )  # fmt: skip
    assert (incident.reports, incident.told) == (("a", "b"), ("b",))


def test_a_place_of_no_name_is_no_other_place(merged: Any) -> None:
    nowhere = {"text": "the door", "canonical": "Door, Testland", "country": "SY"}
    record = merged(
        held("a", claim(**SIDES, day="2021-03-04", at="Tarun")),
        held("b", claim("They fought at the door.", **SIDES, day="2021-03-04", at="x", place=nowhere)),
    )
    assert groups(record) == [{"a", "b"}]
    assert place("Tarun")["canonical"] == "Tarun, North Unit, Testland"


def test_no_reports_and_no_claims_give_no_incidents(merged: Any) -> None:
    assert merged().incidents == ()
    assert merged(held("a", text="Nothing happened."), held("b", text="")).incidents == ()
