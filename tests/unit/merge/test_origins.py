from __future__ import annotations

from typing import Any

import pytest

from merging import claim, held, lineage

SIDES = {"by": "Ardan Front", "on": "Belor Army", "day": "2021-03-04", "at": "Tarun"}
ARMY = ("the Kenyan army", "organisation")
FRONT = ("al-Shabaab", "group")
SOURCES = ("military sources", "anonymous")


def names(incident: Any) -> set[str]:
    return {origin.name for origin in incident.origins.origins if origin.held}


def counted(incident: Any) -> tuple[int, int, int]:
    return incident.origins.low, incident.origins.likely, incident.origins.high


def test_pages_that_copy_one_page_rest_on_its_one_source(chief: Any) -> None:
    words = "The Ardan Front attacked the Belor Army at Tarun, residents of the town said."
    incident = chief(
        held("a", claim(words, **SIDES, said=[("residents", "anonymous")]), outlet="The Coast Daily"),
        held("b", claim(words, **SIDES), outlet="Hill Herald"),
        held("c", claim(words, **SIDES), outlet="River Post"),
        lineage=lineage(("b", "a", "copies"), ("c", "b", "rewrites")),
    )
    assert counted(incident) == (1, 1, 1)
    assert incident.origins.origins[0].anonymous
    assert incident.origins.origins[0].reports == ("a", "b", "c")
    assert incident.origins.sentence == "Three reports, one origin: residents (anonymous)."


def test_the_sentence_counts_reports_agencies_and_origins(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[("the Kenyan army", "organisation")]), agencies=("Reuters",)),
        held(
            "b",
            claim("Soldiers died.", **SIDES, said=[("the Kenyan military", "organisation")]),
            agencies=("EFE",),
        ),
    )
    assert incident.origins.sentence == "Two reports, two agencies, one origin: Kenya Defence Forces."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Kenyan army", "Kenya's military spokesman, Colonel Joe Roe"),
        ("the Kenyan Defence Ministry", "KDF"),
        ("al-Shabaab", "al-Shabaab spokesman Omar Doe"),
        ("al-Shabaab commander Ali Roe", "al-Shabaab spokesman Omar Doe"),
    ],
)
def test_who_speaks_for_one_body_is_one_origin(chief: Any, one: str, other: str) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[(one, "official")])),
        held("b", claim("Soldiers died.", **SIDES, said=[(other, "official")])),
    )
    assert counted(incident) == (1, 1, 1)


def test_the_army_is_the_army_that_another_report_names(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[("the Kenyan army", "organisation")])),
        held("b", claim("Soldiers died.", **SIDES, said=[("the army", "organisation")])),
    )
    assert names(incident) == {"Kenya Defence Forces"}


def test_two_sides_are_two_origins(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[ARMY])), held("b", claim("Soldiers died.", **SIDES, said=[FRONT]))
    )
    assert counted(incident) == (2, 2, 2)


def test_pools_of_two_newsrooms_may_be_one(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[("residents", "anonymous")]), outlet="The Coast Daily"),
        held("b", claim("Soldiers died.", **SIDES, said=[("witnesses", "anonymous")]), outlet="Hill Herald"),
    )
    assert counted(incident) == (1, 2, 2)
    assert incident.origins.reasons == ("“residents” and “witnesses” may be the same people",)


def test_residents_and_officials_are_not_the_same_people(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[("residents", "anonymous")]), outlet="The Coast Daily"),
        held("b", claim("Soldiers died.", **SIDES, said=[("officials", "anonymous")]), outlet="Hill Herald"),
    )
    assert counted(incident) == (2, 2, 2)


def test_sources_inside_a_body_are_the_body_until_they_contradict_it(chief: Any) -> None:
    def told(number: int) -> Any:
        return chief(
            held("a", claim("9 soldiers died.", **SIDES, killed=("9", 9), said=[ARMY])),
            held(
                "b", claim(f"{number} soldiers died.", **SIDES, killed=(str(number), number), said=[SOURCES])
            ),
        )

    assert names(told(9)) == {"Kenya Defence Forces"}
    assert names(told(68)) == {"Kenya Defence Forces", "military sources"}


def test_an_outlet_that_is_not_held_is_an_open_root(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[ARMY])),
        held("b", claim("Soldiers died.", **SIDES)),
        lineage=lineage(("b", "outlet:Reuters", "copies")),
    )
    assert counted(incident) == (1, 1, 2)
    assert "not held: Reuters" in incident.origins.reasons
    assert [o.name for o in incident.origins.origins if not o.held] == ["Reuters"]


def test_an_outlet_speaks_for_itself_only_beside_nobody(chief: Any) -> None:
    alone = chief(held("a", claim(**SIDES), outlet="The Coast Daily"))
    assert (names(alone), counted(alone)) == ({"The Coast Daily"}, (1, 1, 1))
    beside = chief(
        held("a", claim(**SIDES), outlet="The Coast Daily"),
        held("b", claim("Soldiers died.", **SIDES, said=[ARMY]), outlet="Hill Herald"),
    )
    assert counted(beside) == (1, 1, 2)


def test_a_lead_in_the_reports_own_voice_rests_on_the_sources_of_its_body(chief: Any) -> None:
    incident = chief(
        held(
            "a",
            claim("Soldiers were attacked at Tarun.", **SIDES),
            claim("The Front struck at dawn, the army said.", **SIDES, said=[ARMY]),
            outlet="The Coast Daily",
        )
    )
    assert names(incident) == {"Kenya Defence Forces"}


def test_a_denial_and_a_condemnation_confirm_nothing(chief: Any) -> None:
    incident = chief(
        held(
            "a",
            claim(**SIDES, said=[FRONT]),
            claim("The army denied it.", kind="DENY", by="Belor Army"),
            claim("The Coast Guard condemned it.", kind="ACCUSE", by="Coast Guard of Belor"),
            claim("There was no attack.", **SIDES, negated=True, said=[ARMY]),
        )
    )
    assert names(incident) == {"al-Shabaab"}


def test_one_source_with_two_figures_on_two_days_is_one_origin(chief: Any) -> None:
    incident = chief(
        held(
            "a", claim("63 soldiers died.", **SIDES, killed=("63", 63), said=[FRONT]), published="2021-03-05"
        ),
        held(
            "b", claim("89 soldiers died.", **SIDES, killed=("89", 89), said=[FRONT]), published="2021-03-06"
        ),
    )
    toll = next(s for s in incident.statements if s.attribute == "killed")
    assert (toll.origins.low, toll.origins.likely, toll.origins.high) == (1, 1, 1)


def test_an_outlet_that_gives_a_figure_of_its_own_has_counted(chief: Any) -> None:
    incident = chief(
        held("a", claim("9 soldiers died.", **SIDES, killed=("9", 9), said=[ARMY])),
        held("b", claim("17 soldiers died.", **SIDES, killed=("17", 17)), outlet="The Coast Daily"),
    )
    toll = next(s for s in incident.statements if s.attribute == "killed")
    assert {o.name for o in toll.origins.origins} == {"Kenya Defence Forces", "The Coast Daily"}
    assert toll.origins.likely == 2


def test_a_circle_of_citations_ends(chief: Any) -> None:
    words = "The Ardan Front attacked the Belor Army at Tarun before dawn on that day."
    incident = chief(
        held("a", claim(words, **SIDES), outlet="The Coast Daily"),
        held("b", claim(words, **SIDES), outlet="Hill Herald"),
        lineage=lineage(("a", "b", "copies"), ("b", "a", "copies"), ("a", "a", "copies")),
    )
    assert incident.origins.likely <= 1
    assert incident.origins.low <= incident.origins.likely <= incident.origins.high


def test_a_relayed_outlet_that_is_held_gives_its_sources(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[FRONT]), outlet="The Coast Daily"),
        held(
            "b", claim("Soldiers died.", **SIDES, said=[("The Coast Daily", "outlet")]), outlet="Hill Herald"
        ),
    )
    assert names(incident) == {"al-Shabaab"}


def test_a_doer_is_no_speaker(chief: Any) -> None:
    incident = chief(
        held("a", claim(**SIDES, said=[FRONT], cue="is"), outlet="The Coast Daily"),
    )
    assert names(incident) == {"The Coast Daily"}
