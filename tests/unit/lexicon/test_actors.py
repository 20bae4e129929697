from __future__ import annotations

from collections import Counter

import pytest

from stemma.lexicon.actors import actor_key, actor_of, find_actors, list_actors, parts_of
from stemma.lexicon.actors_states import country_of_word, state_body
from stemma.lexicon.countries import country_of


def named(name: str) -> set[str]:
    return {actor.canonical for actor in find_actors(name)}


def test_every_row_is_sound() -> None:
    actors = list_actors()
    known = {actor.canonical for actor in actors}
    assert len(actors) >= 600
    for actor in actors:
        assert actor.ground, actor
        assert not actor.country or country_of(actor.country), actor
        assert actor.start is None or actor.end is None or actor.start <= actor.end, actor
        above = {*actor.predecessors, *actor.split_from, *(member.of for member in actor.member_of)}
        assert above <= known, actor
        assert actor.canonical not in above, actor
        if actor.parent and actor.parent not in known:
            assert state_body(actor.parent, None, True), actor


def test_no_parent_stands_under_its_own_part() -> None:
    for actor in list_actors():
        seen, above = {actor.canonical}, actor.parent
        while above:
            assert above not in seen, actor
            seen.add(above)
            parent = actor_of(above)
            above = parent.parent if parent else None


def test_a_ucdp_id_stands_once() -> None:
    counts = Counter(actor.ids["ucdp"] for actor in list_actors() if "ucdp" in actor.ids)
    assert len(counts) > 800
    assert [number for number, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "canonical"),
    [
        ("ISIS", "Islamic State"),
        ("Da'esh", "Islamic State"),
        ("daesh", "Islamic State"),
        ("the Islamic State", "Islamic State"),
        ("AQIM", "al-Qaeda in the Islamic Maghreb"),
        ("Jabhat an-Nusra", "al-Nusra Front"),
        ("Izz al-Din al-Qassam Brigades", "Izz ad-Din al-Qassam Brigades"),
        ("Organization of the Islamic Conference", "Organisation of Islamic Cooperation"),
        ("North Atlantic Treaty Organisation", "NATO"),
    ],
)
def test_aliases_and_spellings_find_their_actor(name: str, canonical: str) -> None:
    assert named(name) == {canonical}


def test_an_acronym_counts_in_capitals_only() -> None:
    assert named("IS") == {"Islamic State"}
    assert named("is") == set()
    assert named("us") == set()


def test_double_letters_of_acronyms_count() -> None:
    assert "Syrian Arab Red Crescent" in named("SARC")
    assert "Syrian Arab Red Crescent" not in named("SAARC")


def test_a_name_of_two_actors_gives_both() -> None:
    assert {"Jaysh al-Islam", "Army of Islam (Gaza)"} <= named("Army of Islam")


def test_parts_go_down_the_hierarchy_and_by_year() -> None:
    hamas = {actor.canonical for actor in parts_of("Hamas")}
    assert {"Izz ad-Din al-Qassam Brigades", "Nukhba"} <= hamas
    assert "Palestinian Islamic Jihad" not in hamas
    in_2010 = {actor.canonical for actor in parts_of("al-Qaeda", 2010)}
    assert "al-Qaeda in the Islamic Maghreb" in in_2010
    assert "al-Nusra Front" not in in_2010


def test_splinters_are_the_other_side_of_split_from() -> None:
    boko_haram = actor_of("Boko Haram")
    assert boko_haram is not None
    assert "Ansaru" in boko_haram.splinters


@pytest.mark.parametrize(
    ("name", "country", "canonical", "parent"),
    [
        ("Syrian army", None, "Syrian Armed Forces", "Government of Syria"),
        ("the Iraqi police", None, "Iraqi Police", "Government of Iraq"),
        ("Turkey's foreign ministry", None, "Ministry of Foreign Affairs of Turkey", "Government of Turkey"),
        ("Ministry of Defence of Ukraine", None, "Ministry of Defence of Ukraine", "Government of Ukraine"),
        ("US military", None, "United States Armed Forces", "Government of the United States"),
        ("the army", "MX", "Mexican Armed Forces", "Government of Mexico"),
        ("the government of Chad", None, "Government of Chad", None),
    ],
)
def test_state_bodies_are_made_by_rule(
    name: str, country: str | None, canonical: str, parent: str | None
) -> None:
    body = state_body(name, country)
    assert body is not None
    assert (body.canonical, body.parent) == (canonical, parent)


@pytest.mark.parametrize(
    "name", ["Free Syrian Army", "the army", "Syrian", "Russian tourists", "a Syrian", ""]
)
def test_what_is_no_state_body(name: str) -> None:
    assert state_body(name, None) is None


def test_a_country_acting_is_the_state() -> None:
    for name in ("Russia", "Russian", "Moscow"):
        body = state_body(name, None, government=True)
        assert body is not None
        assert body.canonical == "Russia"


def test_congolese_is_two_peoples() -> None:
    assert country_of_word("Congolese") is None
    assert country_of_word("Syrian") == "SY"
    assert state_body("the Congolese government", None) is None


def test_keys() -> None:
    assert actor_key("Al-Shabaab") == actor_key("al Shabab") == "shabab"
    assert actor_key("…") == ""
