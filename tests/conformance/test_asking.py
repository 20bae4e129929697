"""A query's answer is that of the same filter in plain Python over all codings."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from unittest import mock

import asking
import making
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stemma.model import (
    Certainty,
    Claim,
    ClaimType,
    Coding,
    Entity,
    EntityKind,
    Place,
    Role,
    Source,
    SourceKind,
    Status,
    Time,
)
from stemma.store import Query, Store, search

MakeStore = Callable[[], Store]

WORDS = [
    "Kobanî",
    "kobani",
    "army",
    "Army",
    "DAESH",
    "داعش",
    "Straße",
    "don't",
    "x_1",
    "%",
    '"',
    "a\x00b",
    "",
]
some_words = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
ids = st.sampled_from(["e1", "e2", "e3"])
days = st.dates(datetime.date(2015, 12, 1), datetime.date(2017, 1, 31))
partial = st.tuples(days, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0].isoformat()[: pair[1]])

entities = st.builds(
    Entity,
    id=ids,
    kind=st.sampled_from(EntityKind),
    names=st.lists(some_words, max_size=2).map(tuple),
    canonical=st.none() | some_words,
)
claims = st.builds(
    Claim,
    id=st.just("c"),
    type=st.sampled_from([ClaimType.ASSAULT, ClaimType.AID]),
    evidence=some_words,
    trigger=st.just("t"),
    roles=st.dictionaries(st.sampled_from([Role.ACTOR, Role.VICTIM]), st.lists(ids, max_size=2).map(tuple)),
    time=st.none()
    | st.builds(Time, text=st.just("then"), start=st.none() | partial, end=st.none() | partial),
    place=st.none()
    | st.builds(
        Place,
        text=some_words,
        canonical=st.none() | some_words,
        country=st.none() | st.sampled_from(["SY", "TR"]),
    ),
    sources=st.lists(
        st.builds(Source, text=some_words, entity=st.none() | ids, kind=st.just(SourceKind.OFFICIAL)),
        max_size=2,
    ).map(tuple),
    status=st.sampled_from(Status),
    negated=st.booleans(),
    certainty=st.sampled_from(Certainty),
)
codings = st.builds(
    Coding,
    report=st.just(""),
    outlet=st.none() | some_words,
    entities=st.lists(entities, max_size=3).map(tuple),
    claims=st.lists(claims, max_size=4).map(tuple),
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "actor": some_words,
    "units": st.lists(some_words, max_size=3).map(tuple),
    "types": st.lists(st.sampled_from(["ASSAULT", "AID", "DENY"]), max_size=2).map(tuple),
    "place": some_words,
    "country": st.sampled_from(["SY", "TR", "sy"]),
    "since": days,
    "until": days,
    "source": some_words,
    "outlet": some_words,
    "hedged": st.booleans(),
    "text": some_words,
    "report": st.sampled_from(["r0", "r1", "R0"]),
    "limit": st.integers(0, 5),
}


@st.composite
def queries(draw: st.DrawFn) -> Query:
    chosen = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=2, unique=True))
    return Query(**{name: draw(FIELDS[name]) for name in chosen})


@settings(max_examples=25, deadline=None)
@given(
    st.lists(codings, min_size=1, max_size=4),
    st.lists(queries(), min_size=1, max_size=15),
    st.sampled_from([search.WIDE, 1]),
)
def test_a_query_answers_as_a_filter_over_all_codings_does(
    make_store: MakeStore, found: list[Coding], asked: list[Query], wide: int
) -> None:
    store = make_store()
    kept = []
    for number, coding in enumerate(found):
        report, document, _ = making.bundle(f"r{number}")
        kept.append(coding.model_copy(update={"report": report.id}))
        store.add(report, document, kept[-1], "u1")
    # With 1 everything is common, and found by a walk through all claims.
    with mock.patch.object(search, "WIDE", wide):
        for query in asked:
            assert list(store.codings(query)) == asking.ask(kept, query), query
    store.close()


@pytest.fixture
def one(store: Store) -> Store:
    """A casebook with one claim, whose every value is known."""
    entities = (
        Entity(id="e1", kind=EntityKind.GROUP, names=("YPG fighters", "They"), canonical="Kurdish YPG"),
        Entity(id="e2", kind=EntityKind.PERSON, names=("Redur Xelîl",)),
        Entity(id="e3", kind=EntityKind.PERSON, names=("Nobody",)),
    )
    claim = Claim(
        id="c1",
        type=ClaimType.COERCE,
        evidence="They took the hill above Kobanî, which fell in minutes",
        trigger="took",
        roles={Role.ACTOR: ("e1",)},
        time=Time(text="last year", start="2015", end="2015"),
        place=Place(text="the hill", canonical="Kobanî, Aleppo", country="SY"),
        sources=(Source(text="A spokesman", entity="e2", kind=SourceKind.OFFICIAL),),
    )
    given = {"outlet": "El Diário", "entities": entities, "claims": (claim,)}
    store.add(*making.bundle("a", **given), "u1")
    return store


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "ypg"}, True),
        ({"actor": "KURDISH"}, True),
        ({"actor": "Xelil"}, False),
        ({"source": "spokes"}, True),
        ({"source": "xelil"}, True),
        ({"source": "YPG"}, False),
        ({"place": "kobani"}, True),
        ({"place": "HILL"}, True),
        ({"outlet": "diario"}, True),
        ({"country": "SY"}, True),
        ({"country": "TR"}, False),
        ({"types": ("COERCE", "AID")}, True),
        ({"types": ("AID",)}, False),
        ({"hedged": False}, True),
        ({"hedged": True}, False),
        ({"since": datetime.date(2015, 12, 31)}, True),
        ({"since": datetime.date(2016, 1, 1)}, False),
        ({"until": datetime.date(2015, 1, 1)}, True),
        ({"until": datetime.date(2014, 12, 31)}, False),
        ({"text": "kobani took"}, True),
        ({"text": "Kobanî; HILL!"}, True),
        ({"text": "hill spokesman"}, False),
        ({"text": "koban"}, False),
        ({"text": "minutes AND hill"}, False),
        ({"text": 'hill"'}, True),
        ({"actor": "%"}, False),
        ({"actor": "Y_G"}, False),
        ({"report": "a"}, True),
        ({"report": "A"}, False),
        ({"actor": "ypg", "country": "TR"}, False),
    ],
)
def test_what_a_query_finds(one: Store, asked: dict[str, Any], found: bool) -> None:
    assert bool(list(one.codings(Query(**asked)))) is found


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2016", None, {"2015": False, "2016": True, "2099": True}),
        (None, "2016", {"1900": True, "2016": True, "2017": False}),
        (None, None, {"2016": False}),
        ("2016-02", "2016-02", {"2016": True, "2015": False, "2017": False}),
        ("2015-12-31", "2016-01-01", {"2014": False, "2015": True, "2016": True, "2017": False}),
    ],
)
def test_when_a_claim_overlaps_a_year(
    store: Store, start: str | None, end: str | None, days: dict[str, bool]
) -> None:
    time = Time(text="then", start=start, end=end)
    claim = Claim(id="c", type=ClaimType.AID, evidence="e", trigger="t", time=time)
    store.add(*making.bundle("a", claims=(claim,)), "u1")
    store.add(*making.bundle("b", claims=(claim.model_copy(update={"time": None}),)), "u1")
    for year, found in days.items():
        first, last = datetime.date(int(year), 1, 1), datetime.date(int(year), 12, 31)
        answer = list(store.codings(Query(since=first, until=last)))
        assert [coding.report for coding in answer] == (["a"] if found else []), year


def test_an_answer_has_only_the_entities_that_its_claims_use(one: Store) -> None:
    (coding,) = one.codings(Query(actor="ypg"))
    assert [entity.id for entity in coding.entities] == ["e1", "e2"]
    (whole,) = one.codings()
    assert [entity.id for entity in whole.entities] == ["e1", "e2", "e3"]


def test_reports_come_in_the_order_of_their_ids_and_claims_in_that_of_the_report(store: Store) -> None:
    claims = tuple(
        Claim(id=name, type=ClaimType.AID, evidence="e", trigger="t") for name in ("c2", "c10", "c1")
    )
    for name in ("b", "a/2", "a/10", "Z", "é"):
        store.add(*making.bundle(name, claims=claims), "u1")
    answer = list(store.codings(Query()))
    assert [coding.report for coding in answer] == ["Z", "a/10", "a/2", "b", "é"]
    assert [claim.id for claim in answer[0].claims] == ["c2", "c10", "c1"]
    cut = list(store.codings(Query(limit=4)))
    assert [len(coding.claims) for coding in cut] == [3, 1]


def test_an_answer_is_of_one_moment(store: Store) -> None:
    for number in range(3):
        store.add(*making.bundle(f"r{number}"), "u1")
    reading = store.codings()
    first = next(reading)
    store.add(*making.bundle("r9"), "u1")
    assert [first.report, *(coding.report for coding in reading)] == ["r0", "r1", "r2"]
    assert len(list(store.codings())) == 4
