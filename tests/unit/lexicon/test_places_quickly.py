"""The short ways to a town give what the plain ones give."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.lexicon import places
from stemma.lexicon.places_fold import fold_place, openings, skeleton, skeletons

LETTERS = "abcdefghijklmnopqrstuvwxyz ü’-1"


@pytest.fixture(scope="module")
def base() -> sqlite3.Connection:
    path = files("stemma.lexicon").joinpath("places.sqlite")
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)


def test_all_skeletons_at_once_are_those_of_each(base: sqlite3.Connection) -> None:
    keys = [key for (key,) in base.execute("SELECT key FROM name WHERE place % 400 = 7")]

    assert len(keys) > 500
    assert skeletons(keys) == [skeleton(key) for key in keys]
    assert skeletons([]) == []


@given(st.lists(st.text(LETTERS, min_size=1).map(fold_place).filter(bool), max_size=5))
def test_all_skeletons_at_once_of_anything(keys: list[str]) -> None:
    assert skeletons(keys) == [skeleton(key) for key in keys]


@given(st.text(LETTERS, min_size=3).map(fold_place))
def test_a_key_opens_as_its_skeleton_says(key: str) -> None:
    bones = skeleton(key)

    if len(bones) >= places.SHORTEST_SKELETON:
        assert any(key.startswith(opening) for opening in openings(bones[0]))


@pytest.mark.parametrize("country", ["SV", "LB"])
def test_towns_of_one_initial_are_those_of_the_whole_country(base: sqlite3.Connection, country: str) -> None:
    people = dict(base.execute("SELECT id, population FROM place WHERE country = ?", (country,)))
    rows = base.execute("SELECT key, place FROM name ORDER BY key, place")
    whole = defaultdict(list)
    for key, number in sorted((row for row in rows if row[1] in people), key=lambda row: -people[row[1]]):
        whole[skeleton(key)].append((key, number))

    assert len(whole) > 100
    for bones, towns in whole.items():
        if len(bones) >= places.SHORTEST_SKELETON:
            assert places._skeletons(country, bones[0])[bones] == towns


def test_towns_of_a_key_are_those_of_the_join(base: sqlite3.Connection) -> None:
    keys = [key for (key,) in base.execute("SELECT key FROM name WHERE place % 9000 = 11")]
    keys += ["hardly a town", "the", ""]

    assert len(keys) > 20
    for key in keys:
        plain = tuple(places._town(row) for row in base.execute(places._BY_KEY, (fold_place(key),)))
        assert tuple(town for town in places.find_towns(key) if town.id > 0) == plain
