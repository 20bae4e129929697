"""PostgreSQL gives the answers of SQLite, in the same order, to any questions about any reports."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cluster
import making
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.model import Claim, ClaimType, Coding, Entity, EntityKind, Role
from stemma.store import Query, ShelfQuery, Store, StoreOptions, open_casebook

WORDS = [
    "Kobanî",
    "kobani",
    "Army",
    "ARMY 3",
    "Zürich",
    "zebra",
    "Ä",
    "a",
    "%",
    "_",
    "\\",
    "\0",
    "\1",
    "\2b",
    "é",
]
some = st.lists(st.sampled_from(WORDS), max_size=3).map(" ".join)
claims = st.builds(
    Claim,
    id=st.sampled_from(["c1", "c2"]),
    type=st.sampled_from([ClaimType.AID, ClaimType.ASSAULT]),
    evidence=some,
    trigger=st.just("t"),
    roles=st.sampled_from([{}, {Role.ACTOR: ("e1",)}]),
    score=st.none() | st.sampled_from([0.1, 0.2, 0.3, 0.7]),
)
codings = st.builds(
    Coding,
    report=st.just(""),
    title=st.none() | some,
    outlet=st.none() | some,
    entities=st.builds(Entity, id=st.just("e1"), kind=st.just(EntityKind.GROUP), names=st.tuples(some)).map(
        lambda entity: (entity,)
    ),
    claims=st.lists(claims, max_size=3).map(tuple),
)
orders = st.sampled_from(["published", "title", "claims", "score"])


def _answers(store: Store, part: str, order: str) -> list[Any]:
    asked = ({}, {"actor": part}, {"text": part}, {"outlet": part}, {"source": part, "limit": 2})
    return [
        *(list(store.codings(Query(**one))) for one in asked),
        store.shelf(ShelfQuery(order=order)),
        store.shelf(ShelfQuery(order=order, text=part, outlet=part)),
        store.doubts(10),
        store.reports_with(part),
        store.report_ids(),
        store.unfiled(),
        store.tally(),
        store.verify().counts,
    ]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(found=st.dictionaries(some, codings, min_size=1, max_size=4), part=some, order=orders)
def test_both_give_the_same_answers(
    tmp_path_factory: Any, found: dict[str, Coding], part: str, order: str
) -> None:
    folder: Path = tmp_path_factory.mktemp("two")
    address = _database()
    cluster.empty(address)
    with (
        open_casebook(StoreOptions(str(folder / "a.casebook")), create=True) as one,
        open_casebook(StoreOptions(address), create=True) as other,
    ):
        for store in (one, other):
            for name, coding in found.items():
                report, document, _ = making.bundle(name, f"{name} {coding.title}")
                store.add(report, document, coding.model_copy(update={"report": name}), "u")
        assert _answers(one, part, order) == _answers(other, part, order)


_made: list[str] = []


def _database() -> str:
    if not _made:
        _made.append(cluster.new_database())
        open_casebook(StoreOptions(_made[0]), create=True).close()
    return _made[0]
