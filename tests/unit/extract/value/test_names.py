from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value.names import (
    alias_groups,
    canonical_actor,
    is_unnamed,
    likeness_of_names,
    said_same,
    same_name,
)
from stemma.model import EntityKind, Span
from stemma.names.bodies import is_acronym_of
from stemma.names.letters import bits_of, likeness_across
from stemma.names.words import person_words

PERSON, GROUP, GOVERNMENT = EntityKind.PERSON, EntityKind.GROUP, EntityKind.GOVERNMENT
UNIT, PEOPLE, ORGANISATION = EntityKind.UNIT, EntityKind.PEOPLE, EntityKind.ORGANISATION


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Abu Shwiesh", "Abu Shawish"),
        ("Muammar Gaddafi", "Moammar Qadhafi"),
        ("Abdel Fattah el-Sisi", "Abd al-Fattah as-Sisi"),
        ("Usama bin Ladin", "Osama bin Laden"),
        ("Gen. Khalifa Haftar", "Khalifa Hifter"),
        ("Hassan Nasrallah", "Hasan Nasrullah"),
        ("Владимир Путин", "Vladimir Putin"),
        ("Sergei Shoigu", "Sergey Kuzhugetovich Shoygu"),
        ("بشار الأسد", "Bashar al-Assad"),
        ("أبو بكر البغدادي", "Abu Bakr al-Baghdadi"),
        ("José Pérez", "Jose Perez"),
        ("V. Putin", "Vladimir Putin"),
        ("MADURO, Nicolás", "Nicolas Maduro"),
        ("Ramimakhlouf", "Rami Makhlouf"),
    ],
)
def test_spellings_of_one_man(first: str, second: str) -> None:
    assert same_name(first, second, PERSON)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Bashar al-Assad", "Hafez al-Assad"),
        ("Bashar al-Assad", "Maher al-Assad"),
        ("Ibrahim Hassan al-Duri", "Ibrahim Hassan al-Tikriti"),
        ("Assad", "Bashar al-Assad"),
        ("N. N.", "Nasser Nabil"),
        ("بشار الأسد", "Khalifa Haftar"),
        ("", "Khalifa Haftar"),
    ],
)
def test_two_men(first: str, second: str) -> None:
    assert not same_name(first, second, PERSON)


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("Syrian army", "Free Syrian Army", False),
        ("Iraqi police", "Syrian police", False),
        ("Islamic State", "Islamic Jihad", False),
        ("17th Brigade", "18th Brigade", False),
        ("Second Brigade", "2nd Brigade", True),
        ("ISIS", "Daesh", True),
        ("Real Farmers Front", "Farmers Front", False),
        ("Jaysh al-Islam", "Jaish al-Islam", True),
        ("State Board of Works", "SBW", True),
        ("the Northern Herders' Defense League", "Northern Herders Defence League", True),
    ],
)
def test_bodies(first: str, second: str, same: bool) -> None:
    assert same_name(first, second, GROUP) is same
    assert (likeness_of_names(first, second) >= 0.81) is same


def test_unnamed_people_are_never_one_by_name() -> None:
    assert not same_name("dozens of men", "dozens of men", PEOPLE)


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from([None, PERSON, GROUP]))
def test_likeness_is_a_share_and_goes_both_ways(first: str, second: str, kind: EntityKind | None) -> None:
    there, back = likeness_of_names(first, second, kind), likeness_of_names(second, first, kind)
    assert 0.0 <= there <= 1.0
    assert there == pytest.approx(back, abs=0.05)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=30))
def test_a_name_is_like_itself(name: str) -> None:
    assert likeness_of_names(name, name, PERSON) == (1.0 if name.strip() else 0.0)


def test_the_writing_of_a_name_is_less_surprising_than_another() -> None:
    assert bits_of("محمود", "mahmoud") < bits_of("محمود", "khaled")
    assert likeness_across("خالد", "khaled") > 0.7 > likeness_across("خالد", "yusuf")


def test_person_words_leave_what_varies() -> None:
    assert person_words("Sheikh Abu Bakr al-Baghdadi") == ("abubakr", "baghdadi")
    assert person_words("Abd al-Rahman bin Yusuf") == person_words("Abdul-Rahman Yusuf")


@pytest.mark.parametrize("short", ["SBAH", "S.B.A.H.", "the SBAH"])
def test_acronyms(short: str) -> None:
    assert is_acronym_of(short, "State Board of Antiquities and Heritage")
    assert not is_acronym_of(short, "State Board of Works")


@pytest.mark.parametrize(
    "name", ["gunmen", "three farmers", "rebels", "the group", "they", "at least 20 civilians"]
)
def test_unnamed(name: str) -> None:
    assert is_unnamed(name)
    assert canonical_actor([name], GROUP, "SY") is None


@pytest.mark.parametrize(
    ("names", "kind", "country", "canonical"),
    [
        (["ISIS", "the group"], GROUP, None, "Islamic State"),
        (["the Islamic State (IS) group"], GROUP, None, "Islamic State"),
        (["Taliban fighters"], GROUP, "AF", "Taliban"),
        (["SDF"], GROUP, "SY", "Syrian Democratic Forces"),
        (["SDF"], GROUP, "CM", None),
        (["Army of Islam"], GROUP, "PS", "Army of Islam (Gaza)"),
        (["Army of Islam"], GROUP, None, None),
        (["ISIS", "Hamas"], GROUP, None, None),
        (["Syrian army"], GOVERNMENT, None, "Syrian Armed Forces"),
        (["Free Syrian Army"], GROUP, None, "Free Syrian Army"),
        (["Syrian"], GOVERNMENT, None, "Syria"),
        (["Russia", "the Russian government"], GOVERNMENT, None, "Russia"),
        (["ISIS"], PERSON, None, None),
        (["Hamas"], PEOPLE, None, None),
        ([], GROUP, None, None),
    ],
)
def test_canonical_actor(
    names: list[str], kind: EntityKind, country: str | None, canonical: str | None
) -> None:
    actor = canonical_actor(names, kind, country)
    assert (actor.canonical if actor else None) == canonical


def test_a_unit_knows_its_group() -> None:
    actor = canonical_actor(["Ezzedine al-Qassam Brigades"], UNIT, "PS")
    assert actor is not None
    assert actor.parent == "Hamas"


def merged(names: dict[str, list[str]], kinds: dict[str, EntityKind]) -> set[tuple[str, str]]:
    merges = alias_groups(names, kinds)
    assert all(merge.reason.endswith(".") for merge in merges)
    return {(merge.first, merge.second) for merge in merges}


def test_alias_groups_join_aliases_acronyms_spellings_and_surnames() -> None:
    names = {
        "e1": ["ISIS"],
        "e2": ["the group", "Daesh"],
        "e3": ["Bashar al-Assad"],
        "e4": ["President Assad"],
        "e5": ["State Board of Works"],
        "e6": ["SBW"],
        "e7": ["Abu Shwiesh"],
        "e8": ["Abu Shawish"],
    }
    kinds = dict(
        zip(names, [GROUP, GROUP, PERSON, PERSON, ORGANISATION, ORGANISATION, PERSON, PERSON], strict=True)
    )
    assert merged(names, kinds) == {("e1", "e2"), ("e3", "e4"), ("e5", "e6"), ("e7", "e8")}


def test_alias_groups_keep_apart() -> None:
    names = {
        "e1": ["Syrian army"],
        "e2": ["Free Syrian Army"],
        "e3": ["Iraqi police"],
        "e4": ["Syrian police"],
        "e5": ["gunmen"],
        "e6": ["gunmen"],
        "e7": ["Hamas"],
        "e8": ["Izz ad-Din al-Qassam Brigades"],
    }
    kinds = dict(
        zip(names, [GOVERNMENT, GROUP, GOVERNMENT, GOVERNMENT, GROUP, GROUP, GROUP, UNIT], strict=True)
    )
    assert merged(names, kinds) == set()


def test_a_surname_of_two_men_joins_neither() -> None:
    names = {"e1": ["Bashar al-Assad"], "e2": ["Maher al-Assad"], "e3": ["Assad"]}
    assert merged(names, dict.fromkeys(names, PERSON)) == set()


def test_an_acronym_of_two_bodies_joins_neither() -> None:
    names = {"e1": ["Union of Free Farmers"], "e2": ["United Forest Fund"], "e3": ["UFF"]}
    assert merged(names, dict.fromkeys(names, ORGANISATION)) == set()


def test_no_entities_no_merges() -> None:
    assert alias_groups({}, {}) == ()


@pytest.mark.parametrize(
    ("text", "first", "second", "kind", "same"),
    [
        ("The State Board of Works (SBW) spoke.", "State Board of Works", "SBW", ORGANISATION, True),
        ("Ali Hamdan, also known as Abu Omar, died.", "Ali Hamdan", "Abu Omar", PERSON, True),
        ("Defence Minister Ali Hamdan spoke.", "Defence Minister", "Ali Hamdan", PERSON, True),
        ("Ali Hamdan, the defence minister, spoke.", "Ali Hamdan", "the defence minister", PERSON, True),
        ("Ali Hamdan, Omar Nabil and others", "Ali Hamdan", "Omar Nabil", PERSON, False),
        ("Ali Hamdan met Omar Nabil.", "Ali Hamdan", "Omar Nabil", PERSON, False),
        ("Ali Hamdan\nThe minister", "Ali Hamdan", "The minister", PERSON, False),
    ],
)
def test_what_the_report_says_is_one(
    text: str, first: str, second: str, kind: EntityKind, same: bool
) -> None:
    one, two = (Span(start=text.index(name), end=text.index(name) + len(name)) for name in (first, second))
    assert (said_same(text, one, two, kind) is not None) is same


def test_hostile_lengths_end_at_once() -> None:
    long = "Abu " * 20_000
    assert likeness_of_names(long, "Abu Omar", PERSON) == 0.0
    assert likeness_of_names(long, long, GROUP) == 1.0
    assert canonical_actor([long, "(" * 20_000], GROUP) is None
    assert alias_groups({"e1": [long], "e2": ["Abu Omar"]}, {"e1": PERSON, "e2": PERSON}) == ()
