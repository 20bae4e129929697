"""The list of reports and the queue of doubtful claims."""

from __future__ import annotations

import datetime
from typing import Any

import making
import pytest

from stemma.model import Claim, ClaimType, Judgement, Source, SourceKind
from stemma.store import ShelfQuery, Store

NOBODY = Source(text="residents", kind=SourceKind.ANONYMOUS)
ARMY = Source(text="the army", kind=SourceKind.ORGANISATION)


def _claim(id: str, score: float | None, *sources: Source, **given: Any) -> Claim:
    return Claim(
        id=id, type=ClaimType.ASSAULT, evidence="x", trigger="x", score=score, sources=sources, **given
    )


def _fill(store: Store) -> None:
    day = datetime.date
    store.add(
        *making.bundle(
            "a/1",
            "Shells on Kolmaz.",
            outlet="Égide",
            published=day(2021, 1, 2),
            claims=(_claim("c1", 0.9, ARMY),),
        ),
        "u",
    )
    store.add(
        *making.bundle(
            "b",
            "Quiet in Kolmaz.",
            outlet="The Coast",
            published=day(2021, 1, 3),
            claims=(
                _claim("c1", 0.9, NOBODY),
                _claim("c2", 0.2, NOBODY, ARMY.model_copy(update={"parallel": True})),
            ),
        ),
        "u",
    )
    store.add(*making.bundle("c", "Nothing."), "u")


def _ids(store: Store, **given: Any) -> list[str]:
    return [row.id for row in store.shelf(ShelfQuery(**given)).rows]


def test_the_newest_report_comes_first_and_one_without_a_date_last(store: Store) -> None:
    _fill(store)
    assert _ids(store) == ["b", "a/1", "c"]
    assert _ids(store, order="claims") == ["b", "a/1", "c"]
    assert _ids(store, order="score") == ["b", "a/1", "c"]


@pytest.mark.parametrize("among", [None, (), ("a/1",), ("b", "a/1", "nobody"), ("a/1", "a/1")])
@pytest.mark.parametrize("outlet", [None, "coast", "nobody"])
def test_the_total_is_the_same_on_every_page(
    store: Store, among: tuple[str, ...] | None, outlet: str | None
) -> None:
    _fill(store)
    everything = len(store.shelf(ShelfQuery(among=among, outlet=outlet, limit=99)).rows)
    for limit in range(5):
        for offset in range(5):
            asked = ShelfQuery(among=among, outlet=outlet, limit=limit, offset=offset)
            assert store.shelf(asked).total == everything


def test_a_page_is_a_part_and_the_total_counts_all(store: Store) -> None:
    _fill(store)
    page = store.shelf(ShelfQuery(offset=1, limit=1))
    assert ([row.id for row in page.rows], page.total) == (["a/1"], 3)


@pytest.mark.parametrize("order", ["published", "title", "claims", "score"])
def test_pages_of_any_size_are_parts_of_the_list(store: Store, order: str) -> None:
    _fill(store)
    for name in ("d", "0", "e/1"):
        store.add(*making.bundle(name, "No day either."), "u")
    whole = _ids(store, order=order)
    assert len(whole) == 6
    for offset in range(8):
        for limit in range(1, 8):
            assert _ids(store, order=order, offset=offset, limit=limit) == whole[offset : offset + limit]
    dated = _ids(store, order=order, since=datetime.date(2021, 1, 1))
    assert dated == [name for name in whole if name in ("a/1", "b")]


def test_the_list_goes_on_from_a_report_either_way(store: Store) -> None:
    _fill(store)
    store.add(*making.bundle("d", "No day either."), "u")
    assert _ids(store) == ["b", "a/1", "c", "d"]
    assert [_ids(store, after=one) for one in ("b", "a/1", "c", "d")] == [
        ["a/1", "c", "d"],
        ["c", "d"],
        ["d"],
        [],
    ]
    assert [_ids(store, before=one) for one in ("b", "a/1", "c", "d")] == [
        [],
        ["b"],
        ["a/1", "b"],
        ["c", "a/1", "b"],
    ]
    assert _ids(store, after="gone", limit=1) == ["b"]


def test_all_that_is_asked_must_hold(store: Store) -> None:
    _fill(store)
    assert _ids(store, text="kolmaz") == ["b", "a/1"]
    assert _ids(store, text="kolmaz", outlet="egide") == ["a/1"]
    assert _ids(store, since=datetime.date(2021, 1, 3)) == ["b"]
    assert _ids(store, until=datetime.date(2021, 1, 2)) == ["a/1"]
    assert _ids(store, type="ASSAULT") == ["b", "a/1"]
    assert _ids(store, type="MOVE") == []
    assert _ids(store, among=("c", "a/1", "zz")) == ["a/1", "c"]
    assert _ids(store, without=("b",)) == ["a/1", "c"]


def test_the_claims_of_a_report_are_counted(store: Store) -> None:
    _fill(store)
    row = store.shelf(ShelfQuery(among=("b",))).rows[0]
    assert (row.claims, row.sourced, row.hedged) == (2, 2, 0)
    assert row.score is not None
    assert abs(row.score - 0.55) < 1e-9


def test_doubt_goes_by_score_and_by_a_lone_unnamed_origin(store: Store) -> None:
    _fill(store)
    found = [(doubt.report, doubt.claim, doubt.lone) for doubt in store.doubts(10)]
    assert found == [("b", "c2", False), ("b", "c1", True), ("a/1", "c1", False)]
    assert len(store.doubts(1)) == 1


def test_judgements_can_be_read_on_from_where_one_stopped(store: Store) -> None:
    at = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    for claim in ("c1", "c2", "c3"):
        store.judge(Judgement(subject=f"a#{claim}", verdict="accept", person="ann", at=at))
    assert [judgement.subject for judgement in store.judgements(skip=2)] == ["a#c3"]
    assert list(store.judgements(skip=3)) == []
