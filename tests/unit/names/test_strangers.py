from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.model import EntityKind
from stemma.names.strangers import core, full_name, is_several, strangers

PERSON, GROUP, OUTLET = EntityKind.PERSON, EntityKind.GROUP, EntityKind.OUTLET
GOVERNMENT, BODY = EntityKind.GOVERNMENT, EntityKind.ORGANISATION

TWO = [
    ("Evo Morales", "Carlos Mesa", PERSON),
    ("Turkish Foreign Minister Mevlut Cavusoglu", "White House spokesman Sean Spicer", PERSON),
    ("Kyaw Zaw", "junta spokesman Zaw Min Tun", PERSON),
    ("Akhilesh Yadav", "The uncle he never got along with, Shivpal Yadav", PERSON),
    ("Fumio Kishida", "Fumio Kishida and Micheal Martin", PERSON),
    ("Battaglia", "Juan Román Riquelme", PERSON),
    ("A source at Aleppo Police Command", "A source at Sweida Police Command", PERSON),
    ("Reuters", "AFP", OUTLET),
    ("SANA", "Press TV", OUTLET),
    ("AFP", "Syrian state television", OUTLET),
    ("the Syrian Observatory for Human Rights", "Human Rights Watch", BODY),
    ("the United Nations", "the Syrian Observatory for Human Rights", BODY),
    ("Awami League", "Chhatra Dal", GROUP),
    ("the Islamic State group", "the opposition", GROUP),
    ("IS", "Kurdish militants", GROUP),
    ("regime forces", "the rebels", GROUP),
    ("the Russian army", "Syrian troops", GOVERNMENT),
    ("Ottawa", "the Chinese government", GOVERNMENT),
    ("Bangladesh", "Bangladesh Mahila Parishad", GOVERNMENT),
    ("China", "China Moly", GOVERNMENT),
    ("Kurdish-led forces", "Syrian government forces", GOVERNMENT),
    ("the US-backed Syrian Kurdish fighters", "government troops", GOVERNMENT),
    ("Syrias military", "Ankara", GOVERNMENT),
    ("the Syrian opposition", "the main Kurdish militia", GROUP),
    ("The New York-based Human Rights Watch", "the Syrian Observatory for Human Rights", BODY),
]
ONE = [
    ("the Kurdistan Regional Government", "the government", GOVERNMENT),
    ("the opposition government", "the opposition", GOVERNMENT),
    ("Vladimir Putin", "Russian president Vladimir Putin", PERSON),
    ("Saudi Prince Bandar", "Prince Bandar bin Sultan", PERSON),
    ("Observatory director Abdel Rahman", "Rami Abdel Rahman", PERSON),
    ("Rodrigo Chaves", "President Rodrigo Chaves Robles", PERSON),
    ("Jim Jones", "cult leader Jimmy Jones", PERSON),
    ("Mario Abdo Benítez", "Abdo", PERSON),
    ("Dzhokhar", "Tsarnaev", PERSON),
    ("Ramadan al-Sabta", "a commander of the al-Omari brigade", PERSON),
    ("Zahran Alloush", "Islam Army chief Zahran Alloush", PERSON),
    ("Mohammad Sibai", "Mohammad Sibai a spokesman for the Homs Media Centre", PERSON),
    ("Sergey Lavrov", "Sergei Lavrov", PERSON),
    ("the Islamic State group", "the militants", GROUP),
    ("the Islamic State group", "Daesh", GROUP),
    ("Kurdish Peoples Protection Units (YPG)", "YPG fighters", GROUP),
    ("Syrian Democratic Forces (SDF)", "SDFs", GROUP),
    ("Syrian Democratic Forces", "US-backed fighters", GROUP),
    ("al-Qaeda-linked al-Nusra Front", "Nusra Front", GROUP),
    ("Kurdish rebels", "the rebels", GROUP),
    ("anti-government rebels", "the opposition", GROUP),
    ("Syrian Arab News Agency", "SANA", OUTLET),
    ("Moscow", "the Kremlin", GOVERNMENT),
    ("the Assad regime", "Damascus", GOVERNMENT),
    ("the Trump administration", "the United States", GOVERNMENT),
    ("Médecins Sans Frontières (MSF)", "MSF", BODY),
    ("the Observatory", "the Syrian Observatory for Human Rights", BODY),
]


@pytest.mark.parametrize(("first", "second", "kind"), TWO)
def test_two_names_are_two_parties(first: str, second: str, kind: EntityKind) -> None:
    assert strangers(first, second, kind)
    assert strangers(second, first, kind)


@pytest.mark.parametrize(("first", "second", "kind"), ONE)
def test_wordings_of_one_party_are_no_strangers(first: str, second: str, kind: EntityKind) -> None:
    assert not strangers(first, second, kind)
    assert not strangers(second, first, kind)


def test_capitals_all_through_tell_no_name() -> None:
    assert not strangers("THE ARMED FORCES", "THE SALVADORAN TROOPS", GROUP)
    assert not strangers("PRESIDENT ALFREDO CRISTIANI", "THE SALVADORAN LEADER", PERSON)


@pytest.mark.parametrize(
    ("first", "second", "two"),
    [
        ("Gaza City", "the Sinai Province", True),
        ("the Sinai Peninsula", "the Sinai Province", True),
        ("Douma", "the city of Homs", True),
        ("Aleppo", "Syrias second city", False),
        ("Aleppo", "Aleppo city", False),
        ("Manbij", "the Kurdish-held town", False),
        ("Buyir", "a village in northern Syria", False),
        ("the town of Markada", "Markada", False),
    ],
)
def test_places(first: str, second: str, two: bool) -> None:
    assert strangers(first, second, EntityKind.PLACE) is two
    assert strangers(second, first, EntityKind.PLACE) is two


def test_what_has_no_names_is_never_compared() -> None:
    assert not strangers("the rifle", "a Kalashnikov", EntityKind.WEAPON)
    assert not strangers("three farmers", "Ten Civilians", EntityKind.PEOPLE)


def test_the_full_name_within_a_wording() -> None:
    assert full_name("Turkish Foreign Minister Mevlut Cavusoglu") == ("mevlut", "cavusoglu")
    assert full_name("Natalia Gumenyuk, a spokeswoman") == ("natalia", "gumenyuk")
    assert full_name("Oklahoma City bomber Timothy McVeigh") == ("timothy", "mcveigh")
    assert full_name("a commander in Deir Ezzor") == ()
    assert full_name("Father of Captured Jordanian Pilot") == ()
    assert full_name("Ibrahim el-Bakraoui’s brother") == ()
    assert full_name("Kyaw Min Yu, Phyo Zeya Thaw") == ()


def test_several_persons_in_one_wording() -> None:
    assert is_several("Kishida and Martin")
    assert is_several("Kyaw Min Yu, Phyo Zeya Thaw")
    assert is_several("Prime Minister Fumio Kishida and his Irish counterpart Micheal Martin")
    assert not is_several("the Minister of Trade and Industry")
    assert not is_several("A spokesperson for Ukraine’s southern command, Natalia Gumenyuk")


def test_the_words_that_make_a_name() -> None:
    assert core("the Takfiri terrorists", GROUP) == ()
    assert core("Syrian state news agency", OUTLET) == ()
    assert core("the Farabundo Martí National Liberation Front", GROUP) == (
        "farabundo",
        "marti",
        "liberation",
    )
    assert core("Hamas’s military wing", GROUP) == ()


NAMES = st.text(st.sampled_from("ABab  éΩع,.'’-()&and"), max_size=40) | st.text(max_size=30)


@given(NAMES, NAMES, st.sampled_from(list(EntityKind)))
def test_it_says_the_same_of_both_orders_and_never_of_one_wording(
    first: str, second: str, kind: EntityKind
) -> None:
    assert strangers(first, second, kind) == strangers(second, first, kind)
    assert not strangers(first, first, kind)
