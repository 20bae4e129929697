"""What merging keeps in a casebook: keys, circles, and what is not merged yet."""

from __future__ import annotations

from array import array

import making

from stemma.model import Claim, ClaimType, Incident, Record
from stemma.store import Store
from stemma.store.filing import Filed

BIG = -(2**63)


def _fill(store: Store, *ids: str) -> list[int]:
    for name in ids:
        store.add(*making.bundle(name), "u1")
    return list(store.unfiled())


def _record(name: str) -> Record:
    return Record(incidents=(Incident(id=name, type=ClaimType.AID, title=name, claims=()),))


def test_what_is_added_is_unfiled_until_it_is_merged(store: Store) -> None:
    one, two = _fill(store, "a", "b")
    assert dict(store.ids_of([one, two])) == {one: "a", two: "b"}
    assert store.merged_by() == (0, "")
    store.file(Filed({one: (1, 2), two: (2, 3)}, made=[((one, two), _record("i"))], judgements=4, maker="m"))
    assert list(store.unfiled()) == []
    assert store.merged_by() == (4, "m")
    assert list(store.merged()) == [_record("i")]
    assert store.merged_with("b") == _record("i")
    assert store.merged_with("zz") is None


def test_the_same_coding_again_leaves_it_merged_and_another_does_not(store: Store) -> None:
    (one,) = _fill(store, "a")
    store.file(Filed({one: ()}, made=[((one,), _record("i"))]))
    store.add(*making.bundle("a"), "u1")
    assert list(store.unfiled()) == []
    claim = Claim(id="c1", type=ClaimType.AID, evidence="e", trigger="t")
    store.add(*making.bundle("a", claims=(claim,)), "u2")
    assert list(store.unfiled()) == [one]
    assert store.merged_with("a") == _record("i")


def test_reports_can_be_marked_to_be_merged_again(store: Store) -> None:
    one, two = _fill(store, "a", "b")
    store.file(Filed({one: (), two: ()}, made=[((one, two), _record("i"))]))
    store.unfile(["b", "nobody"])
    assert list(store.unfiled()) == [two]


def test_reports_are_found_by_the_keys_that_few_have(store: Store) -> None:
    one, two, three = _fill(store, "a", "b", "c")
    store.file(Filed({one: (BIG, 7), two: (7, 2**62), three: (7,)}))
    assert {k: set(v) for k, v in store.sharing([BIG, 7, 99], 3).items()} == {
        BIG: {one},
        7: {one, two, three},
    }
    assert set(store.crowded([BIG, 7, 99], 2)) == {7}
    assert {k: set(v) for k, v in store.sharing([BIG, 7], 2).items()} == {BIG: {one}}
    assert {r: sorted(keys) for r, keys in store.keys_of([one, three]).items()} == {one: [BIG, 7], three: [7]}
    store.file(Filed({one: (7, 8)}))
    assert set(store.sharing([BIG], 9)) == set()
    assert sorted(store.keys_of([one])[one]) == [7, 8]
    assert [(r, list(array("q", keys))) for r, keys in store.all_keys()] == [
        (one, [7, 8]),
        (two, [7, 2**62]),
        (three, [7]),
    ]


def test_a_circle_takes_the_place_of_those_dropped(store: Store) -> None:
    one, two, three = _fill(store, "a", "b", "c")
    store.file(
        Filed(
            dict.fromkeys((one, two, three), ()), made=[((one,), _record("x")), ((two, three), _record("y"))]
        )
    )
    circles = store.circles_of([one, two, three])
    assert circles[two] == circles[three] != circles[one]
    assert {k: list(v) for k, v in store.members_of([circles[two]]).items()} == {circles[two]: [two, three]}
    store.file(Filed(dropped=[circles[one], circles[two]], made=[((one, two, three), _record("z"))]))
    assert list(store.merged()) == [_record("z")]
    assert len(set(store.circles_of([one, two, three]).values())) == 1


def test_nothing_named_is_nothing_done(store: Store) -> None:
    # No value at all has no type of its own: PostgreSQL took it for numbers, and ids are text.
    store.unfile([])
    store.unfile(["gone"])
    assert list(store.unfiled()) == []
