from __future__ import annotations

import datetime
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from telling import incident, record

from stemma.model import ClaimAt, ClaimType, EntityAt, EntityKind, Party, Tie
from stemma.show.dossier import find_parties, make_dossier, units_of
from stemma.show.network import Standing, make_network, standing_of

AT = (ClaimAt(report="paper", claim="c1"),)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def tie(**given: Any) -> Tie:
    wire: dict[str, Any] = {
        "type": ClaimType.PART_OF,
        "party": "brigade",
        "party_name": "the Brigade",
        "other": "front",
        "other_name": "the Harbour Front",
        "first_told": day("2021-03-05"),
        "last_told": day("2021-03-10"),
        "claims": AT,
    }
    return Tie(**{**wire, **given})


def party(key: str, name: str, kind: EntityKind = EntityKind.GROUP, **given: Any) -> Party:
    return Party(key=key, name=name, kind=kind, names=(name,), **given)


@pytest.mark.parametrize(
    ("given", "as_of", "standing"),
    [
        ({}, "2021-03-07", Standing.HOLDS),
        ({}, "2021-03-04", Standing.MAY_HOLD),
        ({}, "2022-01-01", Standing.MAY_HOLD),
        ({"start": "2020"}, "2020-06-01", Standing.HOLDS),
        ({"start": "2020"}, "2019-12-31", Standing.NOT_YET),
        ({"start": "2016", "end": "2018-02"}, "2018-02-28", Standing.HOLDS),
        ({"start": "2016", "end": "2018-02"}, "2018-03-01", Standing.OVER),
        ({"ended": True, "ended_by": day("2021-03-12")}, "2021-03-11", Standing.MAY_HOLD),
        ({"ended": True, "ended_by": day("2021-03-12")}, "2021-03-12", Standing.OVER),
        ({"ended": True, "ended_by": day("2021-03-07")}, "2021-03-08", Standing.HOLDS),
        ({"claims": (), "denials": AT}, "2021-03-07", Standing.DENIED),
    ],
)
def test_what_a_tie_is_on_a_day(given: dict[str, Any], as_of: str, standing: Standing) -> None:
    assert standing_of(tie(**given), day(as_of)) is standing


def test_the_network_leaves_out_what_is_over_and_counts_it() -> None:
    ties = [tie(), tie(start="2010", end="2012"), tie(start="2022")]
    view = make_network(record(), ties, day("2021-03-07"))
    assert (len(view.ties), view.over, view.not_yet) == (1, 1, 1)
    assert view.parties == ("the Brigade", "the Harbour Front")
    assert len(make_network(record(), ties).ties) == 3


def test_a_tie_says_since_when_and_whether_it_is_over() -> None:
    (row,) = make_network(record(), [tie(start="2018", ended=True, ended_by=day("2021-03-12"))]).ties
    assert row.since == "from 2018, told 2021-03-05 to 2021-03-10, no longer"


def test_a_name_finds_its_own_party_before_those_that_hold_it() -> None:
    parties = [party("a", "the Front's friends"), party("b", "The Front"), party("c", "Nobody")]
    assert [one.key for one in find_parties(parties, "front")] == ["b", "a"]
    assert find_parties(parties, " ") == []


def test_a_usual_wording_goes_before_a_slip() -> None:
    slip = Party(key="a", name="the Guard", kind=EntityKind.UNIT, names=("the Guard", "the Brigade"))
    usual = Party(
        key="b", name="a company of it", kind=EntityKind.UNIT, names=("the Brigade", "a company of it")
    )
    assert [one.key for one in find_parties([slip, usual], "Brigade")] == ["b", "a"]


def test_units_are_found_by_the_lexicon_and_by_what_reports_say() -> None:
    front = party("front", "the Harbour Front")
    brigade = party("brigade", "the Brigade", EntityKind.UNIT)
    company = party("company", "the Company", EntityKind.UNIT, under=("brigade",))
    man = party("man", "Ilo Maren", EntityKind.PERSON)
    ties = [tie(), tie(party="man", party_name="Ilo Maren"), tie(party="front", other="company")]
    found = units_of(front, [front, brigade, company, man], ties)
    assert [one.key for one in found] == ["brigade", "company"]


def test_a_dossier_tells_deeds_from_losses() -> None:
    made = record(incident())
    front = party(
        "front", "the Harbour Front", at=tuple(EntityAt(report=r, entity="e1") for r in ("paper", "copy"))
    )
    velin = party("velin", "Velin", EntityKind.PLACE, at=(EntityAt(report="paper", entity="e2"),))
    leader = tie(type=ClaimType.LEADS, party="man", party_name="Ilo Maren")
    ties = [tie(), leader, tie(type=ClaimType.CONTROLS, party="front", other="velin")]
    view = make_dossier(made, front, [front, velin], ties)
    assert [row.incident for row in view.did] == ["i-1"]
    assert view.suffered == ()
    assert {row.party for row in view.members} == {"the Brigade", "Ilo Maren"}
    assert [row.type for row in view.ties] == ["CONTROLS"]
    assert view.reports == 2
    assert [row.incident for row in make_dossier(made, velin, [front, velin], []).suffered] == ["i-1"]


def test_units_included_means_what_they_did_too() -> None:
    made = record(incident())
    front = party("front", "the Harbour Front")
    brigade = party("brigade", "the Brigade", EntityKind.UNIT, at=(EntityAt(report="paper", entity="e1"),))
    alone = make_dossier(made, front, [front, brigade], [tie()])
    whole = make_dossier(made, front, [front, brigade], [tie()], with_units=True)
    assert alone.did == ()
    assert alone.units == whole.units == ("the Brigade",)
    assert [row.incident for row in whole.did] == ["i-1"]
