"""What keeps two happenings apart, and what is no reason to."""

from __future__ import annotations

from typing import Any

import pytest

from merging import claim, held, lineage, place
from stemma.merge.means import may_mix, targets_in
from stemma.merge.places import Fit, fit_of, is_narrow
from stemma.merge.protocol import Held
from stemma.model import Place, Time

SIDES = {"by": "Ardan Front", "on": "Belor Army"}
HERE = {"day": "2021-03-04", "at": "Tarun"}


def groups(record: Any) -> list[set[str]]:
    return sorted((set(incident.reports) for incident in record.incidents), key=sorted)


def side(words: str, name: str = "Tarun") -> dict[str, Any]:
    return {"text": words, "canonical": f"{name}, North Unit, Testland", "country": "SY"}


def test_an_air_strike_and_an_ambush_of_one_day_and_place_are_two(merged: Any) -> None:
    record = merged(
        held("a", claim("Jets struck them.", **SIDES, **HERE, mode="airstrike")),
        held("b", claim("They lay in wait.", **SIDES, **HERE, mode="ambush")),
    )
    assert groups(record) == [{"a"}, {"b"}]


def test_a_car_bomb_and_the_storm_behind_it_are_one(merged: Any) -> None:
    record = merged(
        held("a", claim("A car blew up.", **SIDES, **HERE, mode="bombing")),
        held("b", claim("Then they fought.", **SIDES, **HERE, mode="clash")),
    )
    assert groups(record) == [{"a", "b"}]


def test_two_sides_of_one_town_are_two(merged: Any) -> None:
    east, west = side("the rebel-held east of Tarun"), side("the west of Tarun")
    record = merged(
        held("a", claim("Shells fell.", **SIDES, day="2021-03-04", at="x", place=east, mode="shelling")),
        held("b", claim("Shells hit.", **SIDES, day="2021-03-04", at="x", place=west, mode="shelling")),
    )
    assert groups(record) == [{"a"}, {"b"}]


def test_one_report_that_gives_two_days_tells_of_two(merged: Any) -> None:
    record = merged(
        held(
            "a",
            claim("They struck on Thursday.", **SIDES, **HERE),
            claim("They struck again on Friday.", **SIDES, day="2021-03-05", at="Tarun"),
        ),
        held("b", claim("A blow on Friday.", **SIDES, day="2021-03-05", at="Tarun")),
    )
    assert groups(record) == [{"a"}, {"a", "b"}]


def test_sides_and_a_week_alone_make_no_happening(merged: Any) -> None:
    record = merged(
        held("a", claim("A first fight.", **SIDES), published="2021-03-04"),
        held("b", claim("Another struggle entirely.", **SIDES), published="2021-03-06"),
    )
    assert groups(record) == [{"a"}, {"b"}]


def test_a_copy_tells_each_of_its_happenings_with_its_parent(merged: Any) -> None:
    first, second = "Gunmen killed four men at the old bridge.", "Planes later bombed the mill by the river."
    rows = (claim(first, **SIDES, mode="shooting"), claim(second, by="Belor Army", mode="airstrike"))
    record = merged(held("a", *rows), held("b", *rows), lineage=lineage(("b", "a", "copies")))
    assert [len(incident.claims) for incident in record.incidents] == [2, 2]
    assert groups(record) == [{"a", "b"}, {"a", "b"}]


def test_where_shells_came_from_is_not_where_they_fell(merged: Any) -> None:
    record = merged(
        held(
            "a",
            claim("Shells hit Tarun.", on="Belor Army", **HERE, mode="shelling"),
            claim("The Front fired from Kelmet.", by="Ardan Front", at="Kelmet", mode="shelling"),
        )
    )
    assert len(record.incidents) == 1


def test_a_war_is_no_strike_of_one_of_its_days(merged: Any) -> None:
    record = merged(
        held("a", claim("Thousands died.", **SIDES, day="2020-01-01", until="2021-12-31", at="Tarun")),
        held("b", claim("They struck.", **SIDES, **HERE)),
    )
    war, strike = sorted(record.incidents, key=lambda incident: incident.reports)
    assert strike.part_of == war.id


def test_a_days_total_holds_its_strikes_and_is_none_of_them(merged: Any) -> None:
    province = {"text": "North Unit", "canonical": "North Unit, Testland", "country": "SY"}
    record = merged(
        held(
            "a",
            claim("In all 40 died.", **SIDES, day="2021-03-04", at="x", place=province, killed=("40", 40)),
            claim("Nine died at Tarun.", **SIDES, **HERE, killed=("nine", 9), mode="airstrike"),
            claim("Twelve at Kelmet.", **SIDES, day="2021-03-04", at="Kelmet", killed=("12", 12)),
        )
    )
    titles = {incident.title.split(", ")[-2]: incident for incident in record.incidents}
    assert set(titles) == {"North Unit", "Tarun", "Kelmet"}
    assert titles["Tarun"].part_of == titles["Kelmet"].part_of == titles["North Unit"].id


PROVINCE = {
    "text": "North Unit",
    "canonical": "North Unit, Testland",
    "country": "SY",
    "precision": {"ucdp": 4},
}
LAND = {"text": "Testland", "canonical": "Testland", "country": "SY"}


def test_strikes_of_one_day_in_one_province_are_not_one_by_that(merged: Any) -> None:
    row = {"by": "Belor Army", "day": "2021-03-04", "at": "x", "mode": "airstrike"}
    record = merged(
        held("a", claim("Jets struck a village.", **row, place=PROVINCE)),
        held("b", claim("Planes hit the hills.", **row, place=PROVINCE)),
    )
    assert groups(record) == [{"a"}, {"b"}]
    told = claim("Jets struck a village, 34 died.", **row, place=PROVINCE, killed=("34", 34))
    also = claim("Planes hit it and 34 died.", **row, place=PROVINCE, killed=("34", 34))
    assert groups(merged(held("a", told), held("b", also))) == [{"a", "b"}]


def test_strikes_on_a_city_two_days_apart_are_two_and_one_with_the_same_toll(merged: Any) -> None:
    row = {"by": "Belor Army", "at": "Tarun", "mode": "airstrike"}
    first = claim("Jets struck Tarun.", **row, day="2021-03-04")
    later = claim("Planes hit the town.", **row, day="2021-03-06")
    assert groups(merged(held("a", first), held("b", later))) == [{"a"}, {"b"}]
    first = claim("Jets struck Tarun.", **row, day="2021-03-04", killed=("34", 34))
    later = claim("Planes hit the town.", **row, day="2021-03-06", killed=("34", 34))
    assert groups(merged(held("a", first), held("b", later))) == [{"a", "b"}]


def test_a_war_since_one_year_and_a_campaign_since_another_are_two_and_one_holds_the_other(
    merged: Any,
) -> None:
    row = {"by": "Belor Army", "at": "x", "until": "2021-03-04"}
    record = merged(
        held(
            "a",
            claim("Since 2011 the war killed thousands.", **row, day="2011-03-01", place=LAND),
            claim("Since January they bombed Tarun.", **row, day="2021-01-01", place=side("Tarun")),
            claim("They struck Tarun.", by="Belor Army", on="a school", **HERE, mode="airstrike"),
        ),
        held("b", claim("The war of ten years.", **row, day="2011-03-01", place=LAND)),
    )
    war, campaign, strike = sorted(record.incidents, key=lambda i: (i.time.start, i.id))
    assert set(war.reports) == {"a", "b"}
    assert (war.part_of, campaign.part_of, strike.part_of) == (None, war.id, campaign.id)


def test_a_total_of_both_sides_holds_what_adds_up_to_it(merged: Any) -> None:
    row = {"day": "2021-03-04", "at": "x"}
    east, west = side("the east of Tarun"), side("the west of Tarun")
    record = merged(
        held(
            "a",
            claim("In all 24 died.", **row, place=PROVINCE, killed=("24", 24)),
            claim("Jets of the Army killed 15.", by="Belor Army", **row, place=east, killed=("15", 15)),
            claim("Shells of the Front killed nine.", by="Ardan Front", **row, place=west, killed=("9", 9)),
        )
    )
    total = next(one for one in record.incidents if "North Unit" in one.title)
    assert [one.part_of for one in record.incidents if one is not total] == [total.id, total.id]


def test_what_recently_was_tells_no_day(merged: Any) -> None:
    claims = (claim("Jets struck Tarun.", by="Belor Army", on="a school", at="Tarun", until="2021-03-04"),)
    record = merged(held("a", *claims, published="2021-03-05"))
    assert record.incidents[0].part_of is None


def test_a_report_from_before_does_not_tell_of_it(merged: Any) -> None:
    text = "The Ardan Front killed 34 soldiers of the Belor Army at Tarun."
    struck = claim(text, **SIDES, **HERE, killed=("34", 34))
    late = held("a", struck, published="2021-03-05")
    record = merged(late, held("b", text=text, published="2021-03-01"))
    assert record.incidents[0].told == ()
    record = merged(late, held("b", text=text, published="2021-03-06"))
    assert record.incidents[0].told == ("b",)


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        ("Eastern Tarun, Testland", "Western Tarun, Testland", Fit.APART),
        ("Eastern Tarun, Testland", "Tarun, Testland", Fit.WITHIN),
        ("Eastern Tarun, Testland", "Eastern Tarun, Testland", Fit.SAME),
        ("Eastern Tarun, Testland", "Kelmet, Testland", Fit.UNKNOWN),
    ],
)
def test_sides_of_towns(one: str, other: str, fit: Fit) -> None:
    places = [Place(text=name, canonical=name, country="SY") for name in (one, other)]
    assert (fit_of(*places), fit_of(*reversed(places))) == (fit, fit)


def test_targets_are_read_from_words() -> None:
    assert targets_in("Shells hit two markets and a bus.") == {"market", "bus"}
    assert targets_in("Three lorries of a convoy burnt.") == {"convoy"}
    assert targets_in("They fought all night.") == set()
    assert may_mix("ground", "blast")
    assert not may_mix("air", "ground")
    assert place("Tarun")["text"] == "Tarun"


def test_nobody_is_no_origin(merged: Any) -> None:
    said = [("Nobody", "group")]
    record = merged(
        held("a", claim("They struck.", **SIDES, **HERE, said=[("Ardan Front", "group")])),
        held("b", claim("Nobody said who struck.", **SIDES, **HERE, said=said)),
    )
    names = {origin.name for incident in record.incidents for origin in incident.origins.origins}
    assert "Nobody" not in names


def test_a_short_name_is_the_only_body_that_ends_so(chief: Any) -> None:
    incident = chief(
        held("a", claim("They struck.", **SIDES, **HERE, said=[("the Ardan Valley Front", "group")])),
        held("b", claim("It struck.", **SIDES, **HERE, said=[("the Valley Front", "group")])),
    )
    assert incident.origins.likely == 1


def test_a_place_beside_another_in_one_breath_is_not_within_it() -> None:
    def at(text: str) -> Place:
        return Place(text=text, canonical=text)

    both = at("Tarun; Sorel, North Unit, Testland")
    assert fit_of(both, at("Sorel, North Unit, Testland")) is Fit.SAME
    # Read as one name within the other, `Tarun; Sorel` would be a place in Sorel.
    assert fit_of(at("Tarun; Sorel, Testland"), at("Sorel, Testland")) is Fit.SAME
    assert fit_of(at("Testland; Otherland"), at("Tarun, North Unit, Testland")) is Fit.WITHIN
    assert not is_narrow(at("Testland; Otherland"))
    assert fit_of(at(";"), both) is Fit.UNKNOWN


def test_the_east_of_one_province_is_not_a_town_of_another() -> None:
    east = Place(text="x", canonical="Eastern Marsh, South Unit, Testland", geonames=1)
    town = Place(text="y", canonical="Tarun, North Unit, Testland", geonames=2)
    assert fit_of(east, town) is Fit.APART


def test_a_site_lies_in_the_town_that_it_is_called_after() -> None:
    base = Place(text="x", canonical="Tarun Airbase, North Unit, Testland")
    town = Place(text="y", canonical="Tarun, North Unit, Testland")
    assert fit_of(base, town) is Fit.WITHIN
    assert fit_of(town, Place(text="z", canonical="Tarun Hala, North Unit, Testland")) is Fit.APART


def test_one_report_with_other_doers_and_other_victims_tells_of_two(merged: Any) -> None:
    record = merged(
        held(
            "a",
            claim("They struck the army.", **SIDES, **HERE),
            claim("Ganda men struck the police.", by="Ganda Men", on="Harbour Police", **HERE),
        )
    )
    assert [len(incident.claims) for incident in record.incidents] == [1, 1]


def test_a_claim_at_a_place_of_its_own_is_not_put_to_another_of_its_report(merged: Any) -> None:
    record = merged(
        held(
            "a",
            claim("Shells hit Tarun.", day="2021-03-04", at="Tarun", mode="shelling"),
            claim("Shells fell again.", mode="shelling"),
            claim("Mortars pounded Harrow Gate.", at="x", place={"text": "Harrow Gate"}, mode="shelling"),
        )
    )
    assert sorted(len(incident.claims) for incident in record.incidents) == [1, 2]


def test_what_one_report_keeps_apart_no_other_report_joins(merged: Any) -> None:
    both = {"text": "Tarun and Sorel", "canonical": "Tarun; Sorel, North Unit, Testland"}
    told = held(
        "a",
        claim("Gas was dropped on Tarun.", **SIDES, **HERE, mode="chemical"),
        claim("Jets bombed Sorel.", **SIDES, day="2021-03-04", at="Sorel", mode="airstrike"),
    )
    vague = held("b", claim("Gas fell.", **SIDES, day="2021-03-04", at="x", place=both, mode="chemical"))
    record = merged(told, vague)
    homes = [{at.claim for at in one.claims if at.report == "a"} for one in record.incidents]
    assert sorted(map(len, homes)) == [1, 1]


def test_a_title_names_the_day_most_told_and_not_one_side_twice(merged: Any) -> None:
    fight = {"by": "Ardan Front", "at": "Tarun"}
    days = ["2021-03-04"] * 20 + ["2021-03-05", "2021-03"]
    record = merged(
        *(held(f"r{n}", claim("They fought at Tarun.", day=day, **fight)) for n, day in enumerate(days)),
        held("z", claim("They fought at Tarun.", by="Belor Army", on="Ardan Front", **HERE)),
    )
    (one,) = record.incidents
    assert one.title == "Ardan Front, ASSAULT, Tarun, 2021-03-04".replace("ASSAULT", "assault")


def test_of_a_fight_in_a_country_the_one_town_that_is_named_is_not_its_place(merged: Any) -> None:
    land = {"text": "Testland", "canonical": "Testland"}
    told = {"by": "Ardan Front", "on": "Belor Army", "day": "2021-03-04", "killed": ("forty", 40)}
    wide = [held(f"r{n:02}", claim("Forty died in Testland.", at="x", place=land, **told)) for n in range(11)]
    record = merged(*wide, held("z", claim("Forty died at Tarun in Testland.", at="Tarun", **told)))
    (one,) = record.incidents
    assert one.place is not None
    assert one.place.text == "Testland"


def test_a_war_lasts_up_to_the_latest_report_that_tells_since_when(merged: Any) -> None:
    def told(report: str, day: str, words: str, start: str, end: str) -> Held:
        row = claim("Forty thousand died in the war.", killed=("40,000", 40_000))
        made = held(report, row, published=day)
        (only,) = made.coding.claims
        time = Time(text=words, start=start, end=end)
        land = Place(text="Testland", canonical="Testland")
        known = only.model_copy(update={"time": time, "place": land})
        return Held(made.document, made.coding.model_copy(update={"claims": (known,)}))

    record = merged(
        told("a", "2013-09-01", "two and a half years", "2011-03", "2013-09"),
        told("b", "2016-06-01", "since March 2011", "2011-03", "2016-06"),
        told("c", "2016-08-01", "since March 2011", "2011-03", "2016-08"),
    )
    (one,) = (incident for incident in record.incidents if len(incident.reports) > 1)
    assert one.time is not None
    assert (one.time.start, one.time.end) == ("2011-03", "2016-08")
