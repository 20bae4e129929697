from __future__ import annotations

import pytest

from stemma.model import EntityKind
from stemma.names.actor import canonical_actor

ORGANISATION, GROUP, OUTLET = EntityKind.ORGANISATION, EntityKind.GROUP, EntityKind.OUTLET


def named(*names: str, kind: EntityKind = GROUP) -> str | None:
    actor = canonical_actor(names, kind)
    return actor.canonical if actor else None


def test_initials_of_a_name_in_the_report_are_not_those_of_another_body() -> None:
    assert named("IRC", kind=ORGANISATION) == "International Rescue Committee"
    assert named("the Inuvialuit Regional Corporation", "IRC", kind=ORGANISATION) is None
    assert named("The Inuvialuit Regional Corporation (IRC)", kind=ORGANISATION) is None
    assert named("The Inuvialuit Regional Corporation (IRC)", "IRC", kind=ORGANISATION) is None
    assert named("International Rescue Committee (IRC)", "IRC", kind=ORGANISATION) is not None


def test_a_bare_acronym_that_only_ucdp_lists_is_nobody() -> None:
    assert named("CPM") is None
    assert named("CPM", "Communist Party of Malaya") == "Communist Party of Malaya"


def test_a_word_in_brackets_may_make_it_another_party() -> None:
    assert named("the Communist Party of India (Marxist)") is None
    assert named("Kurdistan Workers' Party (PKK)") == "Kurdistan Workers' Party"


@pytest.mark.parametrize("kind", [GROUP, ORGANISATION])
def test_an_agency_of_the_letters_of_a_party_is_not_the_party(kind: EntityKind) -> None:
    assert named("PTI", kind=kind) == "Pakistan Tehreek-e-Insaf"
    assert named("PTI", kind=OUTLET) is None
    assert named("SANA", kind=OUTLET) == "Syrian Arab News Agency"


def test_where_a_body_sits_and_who_backs_it_is_not_its_name() -> None:
    assert named("The New York-based Human Rights Watch", kind=ORGANISATION) == "Human Rights Watch"
    assert named("the al-Qaeda-linked Nusra Front") == "al-Nusra Front"
    assert named("the US-led coalition") == named("US-led coalition")
    assert named("Turkey-backed rebels") is None
