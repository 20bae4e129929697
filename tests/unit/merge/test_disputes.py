from __future__ import annotations

from typing import Any

from merging import claim, held, lineage

SIDES = {"by": "Ardan Front", "on": "Belor Army", "day": "2021-03-04", "at": "Tarun"}
ARMY = ("the Kenyan army", "organisation")
FRONT = ("al-Shabaab", "group")


def toll(number: int, *said: tuple[str, str]) -> Any:
    words = f"{number} soldiers were killed."
    return claim(words, **SIDES, killed=(str(number), number), said=said)


def dispute(incident: Any, attribute: str, kind: str | None = None) -> Any:
    found = [d for d in incident.disputes if d.attribute == attribute and kind in (None, d.kind)]
    assert len(found) == 1, incident.disputes
    return found[0]


def test_two_tolls_stand_side_by_side_with_who_gives_them(chief: Any) -> None:
    incident = chief(held("a", toll(57, FRONT)), held("b", toll(9, ARMY)), held("c", toll(57, FRONT)))
    found = dispute(incident, "killed")
    assert (found.kind, found.of) == ("differs", "soldiers")
    assert [(v.value, v.reports, v.origins) for v in found.versions] == [
        ("9", ("b",), ("the Kenyan army",)),
        ("57", ("a", "c"), ("al-Shabaab",)),
    ]
    assert all(version.claims for version in found.versions)


def test_equal_tolls_are_no_dispute(chief: Any) -> None:
    incident = chief(held("a", toll(57, FRONT)), held("b", toll(57, ARMY)))
    assert incident.disputes == ()


def test_a_source_that_corrects_itself_supersedes_and_late_copies_are_named(chief: Any) -> None:
    incident = chief(
        held("a", toll(63, FRONT), published="2021-03-05"),
        held("b", toll(89, FRONT), published="2021-03-06"),
        held("c", toll(63, FRONT), published="2021-03-09"),
    )
    found = dispute(incident, "killed")
    assert found.kind == "superseded"
    assert {v.value: v.withdrawn for v in found.versions} == {"63": True, "89": False}
    assert "63, then 89 (2021-03-06)" in found.note
    assert "still stands in c" in found.note


def test_a_figure_that_changes_owner_on_the_way_is_moved(chief: Any) -> None:
    incident = chief(
        held("a", toll(57, FRONT)),
        held("b", toll(57, ARMY)),
        lineage=lineage(("b", "a", "rewrites")),
    )
    found = dispute(incident, "killed", "moved")
    assert [version.origins for version in found.versions] == [("al-Shabaab",), ("the Kenyan army",)]
    assert found.note == "b has the figure from a and gives it another source"


def test_a_headline_against_its_body(chief: Any) -> None:
    incident = chief(held("a", toll(10, ARMY), title="Eleven soldiers killed at Tarun"))
    found = dispute(incident, "killed", "headline")
    assert [version.value for version in found.versions] == ["11", "10"]


def test_dozens_in_the_headline_are_not_against_57(chief: Any) -> None:
    incident = chief(held("a", toll(57, ARMY), title="Dozens of soldiers killed at Tarun"))
    assert not [d for d in incident.disputes if d.kind == "headline"]


def test_claim_and_denial(chief: Any) -> None:
    incident = chief(
        held("a", toll(57, FRONT), claim("The army denied it.", kind="DENY", by="Belor Army")),
        held("b", claim("It did not happen.", **SIDES, negated=True, said=[ARMY])),
    )
    found = dispute(incident, "happened")
    assert found.kind == "denied"
    assert [(v.value, v.reports) for v in found.versions] == [("it happened", ("a",)), ("denied", ("a", "b"))]


def test_two_culprits(chief: Any) -> None:
    other = {**SIDES, "by": "Harbour League"}
    incident = chief(
        held("a", claim("Soldiers were struck.", **SIDES)),
        held("b", claim("The League struck soldiers.", **other)),
        held("c", claim("Soldiers came under fire.", **SIDES)),
    )
    found = dispute(incident, "actor")
    assert [(v.value, v.reports) for v in found.versions] == [
        ("Ardan Front", ("a", "c")),
        ("Harbour League", ("b",)),
    ]


def test_dead_of_two_sides_are_two_tolls(chief: Any) -> None:
    both = claim("10 soldiers and 2 rebels were killed at Tarun.", **SIDES, killed=("10", 10), said=[ARMY])
    incident = chief(held("a", both), held("b", toll(11, ARMY)))
    assert dispute(incident, "killed").of == "soldiers"
    assert {(s.attribute, s.of) for s in incident.statements} >= {
        ("killed", "soldiers"),
        ("killed", "fighters"),
    }


def test_a_toll_that_only_the_text_gives_is_shown(chief: Any) -> None:
    incident = chief(
        held("a", toll(34, ARMY)),
        held("b", text="Murieron 34 soldados en Tarun, dijo Ardan Front. Hubo 12 heridos."),
        held("c", text="34 soldiers died at Tarun in the Ardan Front attack and 15 were wounded."),
    )
    found = dispute(incident, "injured")
    assert {(v.value, v.reports, v.claims) for v in found.versions} == {
        ("12", ("b",), ()),
        ("15", ("c",), ()),
    }


def test_bare_figures_count_whom_the_nearest_figure_counts(chief: Any) -> None:
    # Nobody says of whom the 17 are: 14 people are nearer than 7 soldiers, who are told more often.
    incident = chief(
        held("a", toll(3, ARMY)),
        held("b", toll(2, ARMY)),
        held("c", toll(7, FRONT)),
        held("d", claim("At least 14 people died.", **SIDES, killed=("14 people", 14), said=[ARMY])),
        held("e", claim("17 were killed at Tarun.", **SIDES, killed=("17", 17), said=[FRONT])),
    )
    found = {d.of: [v.value for v in d.versions] for d in incident.disputes if d.attribute == "killed"}
    assert set(found) == {"people", "soldiers"}
    assert found["people"][-1] == "17"
    assert found["soldiers"] == ["2", "3", "7"]


def test_nobody_disputes_himself(chief: Any) -> None:
    # A denial that the engine reads twice, as a denial and as the deed, is one source and no dispute.
    incident = chief(
        held("a", claim("Soldiers were struck.", **SIDES, said=[ARMY])),
        held("a2", claim("Soldiers were not struck.", **SIDES, negated=True, said=[ARMY])),
    )
    assert not [d for d in incident.disputes if d.attribute == "happened"]
