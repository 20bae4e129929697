from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.checks import check_coding, with_checks
from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Count,
    Counted,
    Document,
    Entity,
    EntityKind,
    Note,
    Place,
    Precision,
    Role,
    Source,
    SourceKind,
    Status,
    Time,
)

DAY = datetime.date(2017, 4, 10)


def coding(
    *claims: Claim, entities: tuple[Entity, ...] = (), published: datetime.date | None = DAY
) -> Coding:
    return Coding(report="r", published=published, entities=entities, claims=claims)


def codes(of: Coding) -> list[tuple[str, str]]:
    document = Document(report="r", report_hash="0" * 64, text="")
    return [(claim, note.code) for claim, note in check_coding(document, of)]


def claim(id: str = "c1", type: ClaimType = ClaimType.ASSAULT, **values: Any) -> Claim:
    return Claim(id=id, type=type, **{"evidence": "words", "trigger": "words"} | values)


def when(start: str | None, end: str | None) -> Time:
    return Time(text="then", start=start, end=end)


def entity(id: str, kind: EntityKind, name: str) -> Entity:
    return Entity(id=id, kind=kind, names=(name,))


@pytest.mark.parametrize(
    ("start", "end", "status", "found"),
    [
        ("2017-04-12", "2017-04-12", Status.ACTUAL, True),
        ("2017-05", "2017-05", Status.ACTUAL, True),
        ("2018", None, Status.ACTUAL, True),
        ("2017-04-11", "2017-04-11", Status.ACTUAL, False),  # tomorrow already, east of the desk
        ("2017-04", "2017-04", Status.ACTUAL, False),
        (None, "2017-04-12", Status.ACTUAL, False),
        ("2017-04-12", "2017-04-12", Status.FUTURE, False),
        ("2017-04-12", "2017-04-12", Status.HYPOTHETICAL, False),
        ("2017-04-12", "2017-04-12", Status.ONGOING, False),
    ],
)
def test_an_event_told_as_past_after_the_report(
    start: str | None, end: str | None, status: Status, found: bool
) -> None:
    told = claim(time=when(start, end), status=status)
    assert codes(coding(told)) == ([("c1", "after-report")] if found else [])
    assert codes(coding(told, published=None)) == []


def test_a_time_and_a_count_that_run_backwards() -> None:
    assert codes(coding(claim(time=when("2016-05", "2016-04-30")))) == [("c1", "time-reversed")]
    assert codes(coding(claim(time=when("2016-05-20", "2016-05")))) == []
    count = Count(what=Counted.KILLED, text="some", low=9, high=3)
    assert codes(coding(claim(counts=(count,)))) == [("c1", "count-reversed")]


MAN = entity("e1", EntityKind.PERSON, "Rado Senn")
DEATH = claim(trigger="killed", roles={Role.VICTIM: ("e1",)}, time=when("2017-04-01", "2017-04-02"))


def speaking(start: str | None, end: str | None) -> Claim:
    voice = Source(text="Rado Senn", entity="e1", kind=SourceKind.PERSON)
    return claim("c2", ClaimType.CONSULT, time=when(start, end), sources=(voice,))


def test_a_dead_man_speaks() -> None:
    later, before = speaking("2017-04-03", "2017-04-03"), speaking("2017-03", "2017-03")
    assert codes(coding(DEATH, later, entities=(MAN,))) == [("c2", "dead-acts")]
    assert codes(coding(DEATH, before, entities=(MAN,))) == []
    # Without a time of their own, his words may be from before.
    assert codes(coding(DEATH, speaking(None, None), entities=(MAN,))) == []
    # The day of his death holds hours before it.
    assert codes(coding(DEATH, speaking("2017-04-02", "2017-04-02"), entities=(MAN,))) == []


def test_a_dead_man_acts() -> None:
    acts = claim("c2", ClaimType.MOVE, time=when("2017-04-05", "2017-04-05"), roles={Role.ACTOR: ("e1",)})
    assert codes(coding(DEATH, acts, entities=(MAN,))) == [("c2", "dead-acts")]
    denied = DEATH.model_copy(update={"negated": True})
    assert codes(coding(denied, acts, entities=(MAN,))) == []
    hurt = DEATH.model_copy(update={"trigger": "wounded"})
    assert codes(coding(hurt, acts, entities=(MAN,))) == []
    people = entity("e1", EntityKind.PEOPLE, "villagers")
    assert codes(coding(DEATH, acts, entities=(people,))) == []


def test_a_man_tells_of_his_own_death() -> None:
    voice = Source(text="Senn", entity="e1", kind=SourceKind.PERSON)
    assert codes(coding(DEATH.model_copy(update={"sources": (voice,)}), entities=(MAN,))) == [
        ("c1", "dead-source")
    ]


@pytest.mark.parametrize(
    ("text", "canonical", "country", "evidence", "found"),
    [
        ("Tripoli, Libya", "Tripoli, Libya", "LB", "in Tripoli, Libya.", True),
        ("Tripoli", "Tripoli, Lebanon", "LB", "A bomb in Tripoli, Libya, killed two.", True),
        ("Tripoli", "Tripoli, Lebanon", "LB", "A bomb in Tripoli in northern Lebanon on Monday.", False),
        ("Tripoli", "Tripoli, Libya", "LB", "A bomb in Tripoli.", True),
        ("Geneva", "Geneva, Switzerland", "CH", "In Geneva, Russia said that it agrees.", False),
        ("Baghdad", "Baghdad, Iraq", "IQ", "in Baghdad, the United States embassy said", False),
        ("land occupied by Russia", "Ukraine", "UA", "land occupied by Russia", False),
        ("near Turkey", "Syria", "SY", "near Turkey", False),
        ("48.85, 2.35", None, "SY", "at 48.85, 2.35", True),
        ("Tripoli", None, None, "in Tripoli, Libya.", False),
    ],
)
def test_a_place_outside_the_country_said(
    text: str, canonical: str | None, country: str | None, evidence: str, found: bool
) -> None:
    place = Place(text=text, canonical=canonical, country=country)
    expected = [("c1", "outside-country")] if found else []
    assert codes(coding(claim(place=place, evidence=evidence))) == expected


def killed(evidence: str, *counts: tuple[str, int | None, int | None]) -> Coding:
    made = tuple(Count(what=Counted.KILLED, text=text, low=low, high=high) for text, low, high in counts)
    return coding(claim(evidence=evidence, counts=made))


@pytest.mark.parametrize(
    ("sums", "found"),
    [
        (killed("30 people died, including 12 children", ("30 people", 30, 30), ("12", 12, 12)), ""),
        (killed("12 people died, including 30 children", ("12 people", 12, 12), ("30", 30, 30)), "above"),
        (
            killed("20 died, including 12 women and 10 men", ("20", 20, 20), ("12", 12, 12), ("10", 10, 10)),
            "above",
        ),
        (
            killed("At least 9 died, including 12 women", ("9", 9, None), ("12", 12, 12)),
            "",
        ),
        (killed("12 of the 9 dead were men", ("12", 12, 12), ("9", 9, 9)), "above"),
        (killed("9 of the 12 dead were men", ("9", 9, 9), ("12", 12, 12)), ""),
        (
            killed(
                "23 civilians - including nine children - and 16 soldiers died",
                ("23", 23, 23),
                ("nine", 9, 9),
                ("16", 16, 16),
            ),
            "",
        ),
        (killed("3 died while 9 others fell in Homs", ("3", 3, 3), ("9", 9, 9)), ""),
        (
            killed("3 men and 4 women, 8 in all, died", ("3", 3, 3), ("4", 4, 4), ("8", 8, 8)),
            "unequal",
        ),
        (killed("3 men and 4 women, 7 in all, died", ("3", 3, 3), ("4", 4, 4), ("7", 7, 7)), ""),
        (killed("3 men and dozens of women, 30 in all", ("3", 3, 3), ("dozens", 24, 99), ("30", 30, 30)), ""),
    ],
)
def test_parts_and_totals(sums: Coding, found: str) -> None:
    names = {"above": "parts-above-total", "unequal": "parts-unequal-total"}
    assert codes(sums) == ([("c1", names[found])] if found else [])


def test_parts_of_another_kind_are_no_parts() -> None:
    counts = (
        Count(what=Counted.KILLED, text="two", low=2, high=2),
        Count(what=Counted.INJURED, text="nine", low=9, high=9),
    )
    assert codes(coding(claim(evidence="two died, including a boy, and nine hurt", counts=counts))) == []


UNIT = entity("e1", EntityKind.UNIT, "the Falcon Brigade")
FIRST, SECOND = entity("e2", EntityKind.GROUP, "Tolvar Front"), entity("e3", EntityKind.GROUP, "Ostrel Guard")
ALL = (UNIT, FIRST, SECOND)


def part(id: str, of: str, actor: str = "e1", **values: Any) -> Claim:
    roles = {Role.ACTOR: (actor,), Role.TO: (of,)}
    return claim(id, ClaimType.PART_OF, roles=roles, **{"status": Status.ONGOING} | values)


def test_a_unit_with_two_parents() -> None:
    assert codes(coding(part("c1", "e2"), part("c2", "e3"), entities=ALL)) == [("c2", "two-parents")]
    # Not where one parent is part of the other, the times differ, one tie has ended, or it is a group.
    assert codes(coding(part("c1", "e2"), part("c2", "e3"), part("c3", "e2", "e3"), entities=ALL)) == []
    apart = (part("c1", "e2", time=when("2012", "2013")), part("c2", "e3", time=when("2015", None)))
    assert codes(coding(*apart, entities=ALL)) == []
    ended = part("c1", "e2", status=Status.ACTUAL, cue="former")
    assert codes(coding(ended, part("c2", "e3"), entities=ALL)) == []
    group = UNIT.model_copy(update={"kind": EntityKind.GROUP})
    assert codes(coding(part("c1", "e2"), part("c2", "e3"), entities=(group, FIRST, SECOND))) == []


def test_parents_of_which_the_lexicon_knows_that_one_is_in_the_other() -> None:
    above = entity("e2", EntityKind.GROUP, "Hamas")
    wing = Entity(
        id="e3", kind=EntityKind.GROUP, names=("the Brigades",), canonical="Izz ad-Din al-Qassam Brigades"
    )
    assert codes(coding(part("c1", "e2"), part("c2", "e3"), entities=(UNIT, above, wing))) == []


def test_each_part_of_the_other() -> None:
    assert codes(coding(part("c1", "e2", "e3"), part("c2", "e3", "e2"), entities=ALL)) == [
        ("c1", "tie-contradicts")
    ]


def tie(id: str, type: ClaimType, **values: Any) -> Claim:
    roles = {Role.ACTOR: ("e2",), Role.RECIPIENT: ("e3",)}
    return claim(id, type, **{"roles": roles, "status": Status.ONGOING} | values)


def test_allied_and_at_war() -> None:
    war = tie("c2", ClaimType.AT_WAR_WITH, roles={Role.ACTOR: ("e3",), Role.RECIPIENT: ("e2",)})
    assert codes(coding(tie("c1", ClaimType.ALLIED_WITH), war, entities=ALL)) == [("c2", "tie-contradicts")]
    former = tie("c1", ClaimType.ALLIED_WITH, status=Status.ACTUAL, cue="former")
    assert codes(coding(former, war, entities=ALL)) == []


def test_one_voice_says_and_denies_a_tie() -> None:
    held, denied = tie("c1", ClaimType.ALLIED_WITH), tie("c2", ClaimType.ALLIED_WITH, negated=True)
    assert codes(coding(held, denied, entities=ALL)) == [("c2", "tie-contradicts")]
    other = Source(text="the Guard", kind=SourceKind.GROUP)
    assert codes(coding(held, denied.model_copy(update={"sources": (other,)}), entities=ALL)) == []


def holding(id: str, actor: str, evidence: str = "Kolmaz is held") -> Claim:
    town = Place(text="Kolmaz", canonical="Kolmaz, Syria", country="SY", precision=Precision(ucdp=1, acled=1))
    roles = {Role.ACTOR: (actor,)}
    return claim(id, ClaimType.CONTROLS, roles=roles, place=town, status=Status.ONGOING, evidence=evidence)


def test_two_hold_one_town() -> None:
    assert codes(coding(holding("c1", "e2"), holding("c2", "e3"), entities=ALL)) == [
        ("c2", "tie-contradicts")
    ]
    most = holding("c1", "e2", "most of Kolmaz is held")
    assert codes(coding(most, holding("c2", "e3"), entities=ALL)) == []
    rebels = entity("e3", EntityKind.GROUP, "the rebels")
    assert codes(coding(holding("c1", "e2"), holding("c2", "e3"), entities=(UNIT, FIRST, rebels))) == []
    allied = tie("c3", ClaimType.ALLIED_WITH)
    assert codes(coding(holding("c1", "e2"), holding("c2", "e3"), allied, entities=ALL)) == []


def test_notes_are_added_and_nothing_is_mended() -> None:
    told = claim(time=when("2018", "2018"), notes=(Note(code="time-unclear", text="Unclear."),))
    document = Document(report="r", report_hash="0" * 64, text="")
    noted = with_checks(document, coding(told))
    assert [note.code for note in noted.claims[0].notes] == ["time-unclear", "after-report"]
    assert noted.claims[0].model_copy(update={"notes": told.notes}) == told
    assert with_checks(document, noted) == noted
    plain = coding(claim())
    assert with_checks(document, plain) is plain


DATES = st.none() | st.sampled_from(["2016", "2017-04", "2017-04-12", "2017-13", "9999-12-31"])
IDS = st.lists(st.sampled_from(["e1", "e2", "e3", "gone"]), max_size=2).map(tuple)
CLAIMS = st.builds(
    lambda kind, start, end, actor, to, text: claim(
        type=kind,
        time=when(start, end),
        roles={Role.ACTOR: actor, Role.TO: to, Role.RECIPIENT: to, Role.VICTIM: actor},
        counts=(Count(what=Counted.KILLED, text=text, low=3, high=2),),
        place=Place(text=text, country="SY"),
        evidence=text,
        status=Status.ONGOING,
    ),
    st.sampled_from(list(ClaimType)),
    DATES,
    DATES,
    IDS,
    IDS,
    st.text(max_size=40),
)


@given(st.lists(CLAIMS, max_size=5))
def test_no_coding_breaks_a_check(claims: list[Claim]) -> None:
    numbered = [one.model_copy(update={"id": f"c{k}"}) for k, one in enumerate(claims)]
    document = Document(report="r", report_hash="0" * 64, text="")
    known = {one.id for one in numbered}
    for published in (DAY, datetime.date.max, None):
        found = check_coding(document, coding(*numbered, entities=ALL, published=published))
        assert all(one in known for one, _ in found)
        assert len(set(found)) == len(found)
