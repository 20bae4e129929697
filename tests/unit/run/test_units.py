from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from stemma.model import (
    Claim,
    ClaimType,
    Coding,
    Document,
    Entity,
    EntityKind,
    Report,
    Role,
    Source,
    SourceKind,
    Status,
    Time,
)
from stemma.run.units import Part, names_of, parts_in
from stemma.store import Query, Store, StoreOptions, open_casebook

NAMES = {
    "e1": (EntityKind.GROUP, "the Tolvar Front"),
    "e2": (EntityKind.UNIT, "Falcon Brigade"),
    "e3": (EntityKind.UNIT, "Night Company"),
    "e4": (EntityKind.PERSON, "Rado Senn"),
    "e5": (EntityKind.UNIT, "a brigade"),
    "e6": (EntityKind.GROUP, "Ostrel Guard"),
}
ENTITIES = tuple(Entity(id=key, kind=kind, names=(name,)) for key, (kind, name) in NAMES.items())

WING = Entity(
    id="e7",
    kind=EntityKind.GROUP,
    names=("the Qassam Brigades",),
    canonical="Izz ad-Din al-Qassam Brigades",
)


def tie(id: str, type: ClaimType, actor: str, to: str, **values: Any) -> Claim:
    roles = {Role.ACTOR: (actor,), Role.TO: (to,)}
    base = {"evidence": "words", "trigger": "words", "status": Status.ONGOING}
    return Claim(id=id, type=type, roles=roles, **base | values)


def add(store: Store, report: str, published: str, *claims: Claim, outlet: str = "North News") -> None:
    content = Report(id=report, address=report, media_type="text/plain", content=report.encode())
    document = Document(report=report, report_hash=content.bytes_hash(), text="words")
    coding = Coding(
        report=report,
        outlet=outlet,
        published=datetime.date.fromisoformat(published),
        entities=(*ENTITIES, WING),
        claims=claims,
    )
    store.add(content, document, coding, report)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_casebook(StoreOptions(str(tmp_path / "a.casebook")), create=True) as opened:
        yield opened


def shown(parts: tuple[Part, ...]) -> list[str]:
    return [part.names[0] for part in parts]


def year(number: int) -> tuple[datetime.date, datetime.date]:
    return datetime.date(number, 1, 1), datetime.date(number, 12, 31)


def test_units_of_units_and_leaders_by_the_claims_of_a_casebook(store: Store) -> None:
    residents = (Source(text="residents", kind=SourceKind.ANONYMOUS),)
    # The lower tie is told first: the order of the reports must not matter.
    add(store, "a", "2016-05-01", tie("c1", ClaimType.PART_OF, "e3", "e2", sources=residents))
    add(
        store,
        "b",
        "2016-06-01",
        tie("c1", ClaimType.PART_OF, "e2", "e1"),
        tie("c2", ClaimType.LEADS, "e4", "e2"),
    )
    parts = parts_in(store, "Tolvar Front")
    assert sorted(shown(parts)) == ["Falcon Brigade", "Night Company", "Rado Senn"]
    by_name = {part.names[0]: part for part in parts}
    assert by_name["Night Company"].line == (
        "Night Company: part of Falcon Brigade, by residents → North News, 2016-05-01 (a#c1)"
    )
    assert by_name["Rado Senn"].how == "leads"
    assert "the Falcon Brigade" in names_of(parts)


def test_what_is_unnamed_denied_planned_or_leads_another_body_is_no_part(store: Store) -> None:
    add(
        store,
        "a",
        "2016-05-01",
        tie("c1", ClaimType.PART_OF, "e5", "e1"),
        tie("c2", ClaimType.PART_OF, "e2", "e1", negated=True),
        tie("c3", ClaimType.PART_OF, "e3", "e1", status=Status.HYPOTHETICAL),
        tie("c4", ClaimType.LEADS, "e6", "e1"),
        tie("c5", ClaimType.PART_OF, "e1", "e6"),
    )
    assert parts_in(store, "Tolvar Front") == ()


@pytest.mark.parametrize(
    ("values", "published", "in_2016"),
    [
        ({}, "2019-01-01", True),
        ({"time": Time(text="since 2012", start="2012")}, "2019-01-01", True),
        ({"time": Time(text="since 2018", start="2018-03")}, "2019-01-01", False),
        ({"time": Time(text="in 2016", start="2016", end="2016")}, "2019-01-01", True),
        ({"time": Time(text="in 2012", start="2012", end="2012")}, "2019-01-01", True),
        ({"status": Status.ACTUAL, "cue": "former"}, "2015-01-01", False),
        ({"status": Status.ACTUAL, "cue": "former"}, "2019-01-01", True),
        (
            {
                "status": Status.ACTUAL,
                "cue": "former",
                "time": Time(text="to 2014", start="2012", end="2014"),
            },
            "2019-01-01",
            False,
        ),
    ],
)
def test_a_tie_that_did_not_hold_then_is_left_out(
    store: Store, values: dict[str, Any], published: str, in_2016: bool
) -> None:
    add(store, "a", published, tie("c1", ClaimType.PART_OF, "e2", "e1", **values))
    assert bool(parts_in(store, "Tolvar Front", year(2016))) is in_2016


def test_a_circle_ends(store: Store) -> None:
    add(
        store,
        "a",
        "2016-05-01",
        tie("c1", ClaimType.PART_OF, "e1", "e2"),
        tie("c2", ClaimType.PART_OF, "e2", "e1"),
    )
    assert shown(parts_in(store, "Tolvar Front")) == ["Falcon Brigade"]


def test_the_table_of_actors_in_a_year(store: Store) -> None:
    qassam = "Izz ad-Din al-Qassam Brigades"
    assert qassam in shown(parts_in(store, "Hamas", year(2016)))
    assert "Executive Force" in shown(parts_in(store, "hamas"))
    assert "Executive Force" not in shown(parts_in(store, "Hamas", year(2016)))
    assert all("the table of actors" in part.word for part in parts_in(store, "Hamas"))
    # Nothing is part of a body that was not there yet.
    assert parts_in(store, "Syrian Democratic Forces", year(2012)) == ()


def test_a_part_by_the_table_has_parts_by_the_casebook(store: Store) -> None:
    add(store, "a", "2016-05-01", tie("c1", ClaimType.PART_OF, "e2", "e7"))
    parts = parts_in(store, "Hamas", year(2016))
    assert "Falcon Brigade" in shown(parts)
    query = Query(actor="Hamas", units=names_of(parts))
    assert [c.id for found in store.codings(query) for c in found.claims] == ["c1"]


def test_another_name_of_the_actor_finds_it_too(store: Store) -> None:
    assert "the Islamic State" in names_of(parts_in(store, "Daesh"), "Daesh")
