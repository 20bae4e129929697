"""The lists of what merging kept: incidents by size and time, parties, ties."""

from __future__ import annotations

import datetime

import making
import pytest
from sqlalchemy import select

from stemma.model import (
    Claim,
    ClaimAt,
    ClaimType,
    Dispute,
    Entity,
    EntityKind,
    Incident,
    Origins,
    Place,
    Record,
    Role,
    Source,
    SourceKind,
    Tie,
    Time,
    Version,
)
from stemma.store import Query, Store, schema
from stemma.store.filing import Filed
from stemma.store.listing import (
    Gist,
    GistIncident,
    GistParty,
    IncidentQuery,
    Part,
    Unmerged,
)
from stemma.store.search import claims_at

FRONT = GistParty("front", "The Front", EntityKind.GROUP, 2, {"the Front": 2, "Harbour Front": 1})
GUARDS = GistParty("guards", "Guards", EntityKind.GROUP, 1, {"Guards": 1})


def _add(store: Store, name: str, evidence: str, kind: ClaimType = ClaimType.ASSAULT) -> None:
    claim = Claim(
        id="c1",
        type=kind,
        evidence=evidence,
        trigger="x",
        roles={Role.ACTOR: ("e1",)},
        place=Place(text="Velin", country="SY"),
        sources=(Source(text="residents", kind=SourceKind.ANONYMOUS),),
    )
    entity = Entity(id="e1", kind=EntityKind.GROUP, names=("the Front",))
    store.add(*making.bundle(name, entities=(entity,), claims=(claim,), outlet=f"{name} News"), "u1")


def _incident(name: str, *reports: str, start: str = "2021-03-04", **given: object) -> GistIncident:
    incident = Incident(
        id=name,
        type=given.pop("type", ClaimType.ASSAULT),
        title=f"Title of {name}",
        claims=tuple(ClaimAt(report=one, claim="c1") for one in reports),
        time=Time(text="then", start=start, end=start),
        **given,
    )
    return GistIncident(incident, start, len(reports), {"front": Part.DID, "guards": Part.SUFFERED})


TIE = Tie(
    type=ClaimType.PART_OF,
    party="guards",
    party_name="Guards",
    other="front",
    other_name="The Front",
    claims=(ClaimAt(report="c", claim="c1"),),
)
DISPUTE = Dispute(attribute="killed", versions=(Version(value="3", claims=(), reports=("a",)),))


@pytest.fixture
def filled(store: Store) -> Store:
    """Two circles: a and b tell of `big` in Velin and a alone of `small`; c tells of a tie and of `late`."""
    for name, text in (("a", "Shells fell on Velin."), ("b", "Velin was shelled."), ("c", "Bread came.")):
        _add(store, name, text)
    one, two, three = store.unfiled()
    place = Place(text="Velin", country="SY", latitude=1.0, longitude=2.0)
    first = Gist(
        [
            _incident("big", "a", "b", place=place, origins=Origins(low=2, likely=2, high=3)),
            _incident("small", "a", start="2021-04", disputes=(DISPUTE,)),
        ],
        [FRONT, GUARDS],
    )
    other = Gist(
        [
            _incident("late", "c", start="2021-05-01", origins=Origins(low=1, likely=1, high=1)),
            _incident("tie", "c", type=ClaimType.PART_OF),
        ],
        [FRONT],
        [TIE],
    )
    circles = [((one, two), _record("big", "small")), ((three,), _record("late", "tie"))]
    keys: dict[int, tuple[int, ...]] = {one: (), two: (), three: ()}
    store.file(Filed(keys, made=circles, judgements=0, maker="m", gists=[first, other]))
    return store


def _record(*names: str) -> Record:
    return Record(incidents=tuple(_incident(name, "a").incident for name in names))


def _ids(store: Store, query: Query | None = None, **asked: object) -> list[str]:
    return [one.id for one in store.incidents(IncidentQuery(query or Query(), **asked)).rows]


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("told", ["big", "small", "late"]),
        ("newest", ["late", "small", "big"]),
        ("fewest", ["small", "late", "big"]),
    ],
)
def test_incidents_are_listed_in_an_order_without_ties(filled: Store, order: str, found: list[str]) -> None:
    assert _ids(filled, order=order) == found
    assert _ids(filled, order=order, offset=1, limit=1) == found[1:2]


def test_a_page_says_how_many_there_are(filled: Store) -> None:
    page = filled.incidents(IncidentQuery(limit=1))
    assert (len(page.rows), page.total, page.disputed, page.single, page.more) == (1, 3, 1, 2, False)
    assert page.rows[0].title == "Title of big"


def test_more_than_is_counted_is_said_and_can_still_be_turned_to(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stemma.store.listed.MOST_COUNTED", 1)
    for offset, found in ((0, "big"), (1, "small"), (2, "late")):
        page = filled.incidents(IncidentQuery(limit=1, offset=offset))
        assert ([one.id for one in page.rows], page.total, page.more) == ([found], 1, True)
    assert filled.incidents(IncidentQuery(limit=0)).rows == ()
    monkeypatch.undo()
    few = filled.incidents(IncidentQuery(counted=2))
    assert ([one.id for one in few.rows], few.total, few.more) == (["big", "small", "late"], 2, True)


@pytest.mark.parametrize("query", [Query(), Query(actor="front"), Query(actor="front", outlet="a")])
def test_what_has_a_place_and_what_has_none_come_together(filled: Store, query: Query) -> None:
    placed, others = filled.incidents_by_place(IncidentQuery(query))
    assert [one.id for one in placed.rows] == ["big"]
    assert [one.id for one in others.rows] == (["small"] if query.outlet else ["small", "late"])
    assert (placed.total, others.total, others.disputed) == (1, len(others.rows), 1)


@pytest.mark.parametrize("few", [0, 5_000])
def test_many_and_few_are_listed_alike(filled: Store, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr("stemma.store.listed._FEW", few)
    assert _ids(filled, Query(place="veli", outlet="a")) == ["big", "small"]
    assert _ids(filled, Query(place="veli", outlet="a"), order="newest") == ["small", "big"]


@pytest.mark.parametrize(
    ("query", "asked", "found"),
    [
        (Query(types=("AID",)), {}, []),
        (Query(types=("ASSAULT",)), {}, ["big", "small", "late"]),
        (Query(country="SY"), {}, ["big"]),
        (Query(since=datetime.date(2021, 4, 30)), {}, ["small", "late"]),
        (Query(until=datetime.date(2021, 4, 1)), {}, ["big", "small"]),
        (Query(actor="front"), {}, ["big", "small", "late"]),
        (Query(actor="nobody"), {}, []),
        (Query(outlet="b news"), {}, ["big"]),
        (Query(source="resid"), {}, ["big", "small", "late"]),
        (Query(place="veli", outlet="c"), {}, ["late"]),
        (Query(text="bread"), {}, ["late"]),
        (Query(text="bread", outlet="a"), {}, []),
        (Query(), {"disputed": True}, ["small"]),
        (Query(), {"single": True}, ["small", "late"]),
        (Query(), {"ties": True}, ["tie"]),
        (Query(), {"placed": True}, ["big"]),
        (Query(), {"placed": False}, ["small", "late"]),
    ],
)
def test_incidents_are_found(filled: Store, query: Query, asked: dict[str, object], found: list[str]) -> None:
    assert _ids(filled, query, **asked) == found


def test_what_many_claims_say_is_found_by_walking_the_list(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stemma.store.search.WIDE", 0)
    for query in (Query(actor="front"), Query(outlet="b news"), Query(source="resid"), Query(text="bread")):
        walked = _ids(filled, query)
        monkeypatch.setattr("stemma.store.search.WIDE", 100)
        assert walked == _ids(filled, query) != []
        monkeypatch.setattr("stemma.store.search.WIDE", 0)


@pytest.mark.parametrize("gathered", [0, 300_000])
def test_words_that_many_claims_say_are_gathered_or_looked_for(
    filled: Store, monkeypatch: pytest.MonkeyPatch, gathered: int
) -> None:
    monkeypatch.setattr("stemma.store.search.WIDE", 0)
    monkeypatch.setattr("stemma.store.search.MOST_GATHERED", gathered)
    assert _ids(filled, Query(text="velin")) == ["big", "small"]
    assert _ids(filled, Query(text="velin", outlet="b news")) == ["big"]


def test_a_source_is_common_under_any_of_its_names(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    voice = Source(text="it", entity="e1", kind=SourceKind.GROUP)
    entity = Entity(id="e1", kind=EntityKind.GROUP, names=("the Front",))
    for name in "ab":
        claim = Claim(id="c1", type=ClaimType.AID, evidence="Bread came, it said.", trigger="came")
        told = claim.model_copy(update={"sources": (voice,)})
        store.add(*making.bundle(name, entities=(entity,), claims=(told,)), "u1")
    asked = Query(source="front", limit=9)
    for most, is_common in ((3, False), (2, True)):
        monkeypatch.setattr("stemma.store.search.WIDE", most)
        with store._reader.begin() as connection:
            assert claims_at(asked, schema.incident_claims.c.claim, connection)[1] is is_common
        assert [one.report for one in store.codings(asked)] == ["a", "b"]


def test_an_incident_leads_to_its_circle(filled: Store) -> None:
    assert filled.incident_record("small") == _record("big", "small")
    assert filled.incident_record("nothing") is None


def test_parties_are_counted_over_all_circles(filled: Store) -> None:
    rows, total = filled.parties()
    assert total == 2
    assert [(one.id, one.name, one.kind.value, one.reports) for one in rows] == [
        ("front", "The Front", "group", 4),
        ("guards", "Guards", "group", 1),
    ]
    assert [one.id for one in filled.parties("harb")[0]] == ["front"]
    assert filled.parties("zzz") == ([], 0)
    assert filled.parties(kind="person") == ([], 0)
    assert [one.id for one in filled.parties(offset=1)[0]] == ["guards"]
    assert [one.reports for one in filled.parties_of(["front", "nobody"])] == [4]
    assert dict(filled.names_of("front", 9)) == {"the Front": 4, "Harbour Front": 2}
    assert dict(filled.names_of("front", 1)) == {"the Front": 2, "Harbour Front": 1}


def test_the_latest_incidents_of_a_party_come_by_time(filled: Store) -> None:
    rows, total = filled.incidents_of("front", Part.DID, 2)
    assert ([one.id for one in rows], total) == (["small", "late"], 4)
    assert filled.incidents_of("front", Part.SUFFERED, 5) == ((), 0)
    assert filled.incidents_of("nobody", Part.DID, 5) == ((), 0)


def test_ties_are_found_by_party_and_incident(filled: Store) -> None:
    tie, big = _incident("tie", "c").incident, _incident("big", "a", "b").incident
    elsewhere = tie.model_copy(update={"claims": (ClaimAt(report="c", claim="c2"),)})
    for asked in ((None, None), (None, "front"), (None, "guards"), ([tie], None), ([big, tie], "front")):
        assert list(filled.ties(*asked, 9)) == [TIE]
    for nothing in (([big], None), ([elsewhere], None), ([], None), (None, "nobody"), ([tie], "nobody")):
        assert list(filled.ties(*nothing, 9)) == []
    assert list(filled.ties(None, None, 0)) == list(filled.ties([tie], None, 0)) == []


def test_a_circle_that_goes_takes_all_of_it_along(filled: Store) -> None:
    assert filled.unmerged() == Unmerged(0, 0, "m")
    (circle,) = set(filled.circles_of(list(filled.ids_of(range(9)))).values()) - set(
        filled.circles_of([3]).values()
    )
    filled.file(Filed(dropped=[circle], maker="m"))
    assert filled.unmerged().reports == 2
    assert _ids(filled) == ["late"]
    assert [(one.id, one.reports) for one in filled.parties()[0]] == [("front", 2)]
    assert filled.incidents_of("guards", Part.SUFFERED, 9)[1] == 2  # of the other circle
    assert list(filled.ties(None, None, 9)) == [TIE]


def test_a_report_coded_again_is_in_no_list_by_its_claims_until_it_is_merged(filled: Store) -> None:
    claim = Claim(id="c1", type=ClaimType.AID, evidence="Bread did not come.", trigger="x")
    filled.add(*making.bundle("c", claims=(claim,), outlet="c News"), "u2")
    assert filled.unmerged().reports == 1
    assert _ids(filled, Query(text="bread")) == []
    assert _ids(filled) == ["big", "small", "late"]


_ASKED = {"actor": "front", "place": "veli", "source": "resid", "outlet": "a news", "text": "velin"}


@pytest.mark.parametrize("wide", [0, 1, 2, 5_000])
@pytest.mark.parametrize("names", [(one, other) for one in _ASKED for other in _ASKED if one <= other])
def test_incidents_are_those_of_the_claims_that_are_found(
    filled: Store, monkeypatch: pytest.MonkeyPatch, names: tuple[str, str], wide: int
) -> None:
    """However common what is asked is taken for: the plain way goes through the claims and the incidents."""
    query = Query(**{name: _ASKED[name] for name in names})
    told = {(coding.report, claim.id) for coding in filled.codings(query) for claim in coding.claims}
    everything = filled.incidents(IncidentQuery()).rows
    plain = [one.id for one in everything if told & {(at.report, at.claim) for at in one.claims}]
    monkeypatch.setattr("stemma.store.search.WIDE", wide)
    assert _ids(filled, query) == plain
    assert told


@pytest.mark.parametrize("wide", [0, 5_000])
@pytest.mark.parametrize("name", sorted({*_ASKED} - {"outlet"}))
def test_a_question_about_incidents_reads_no_row_of_claims(
    filled: Store, monkeypatch: pytest.MonkeyPatch, name: str, wide: int
) -> None:
    """Rows of claims carry their words: of a large casebook they are much of the file."""
    monkeypatch.setattr("stemma.store.search.WIDE", wide)
    claim = schema.incident_claims.c.claim
    with filled._reader.begin() as connection:
        said, _ = claims_at(Query(**{name: _ASKED[name]}), claim, connection)
        statement = str(select(claim).where(*said).compile(connection))
    assert "claims" not in statement.replace("incident_claims", "").split()
