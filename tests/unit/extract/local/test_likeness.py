from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.local.likeness import FEATURES, acronym, likeness, plain_name

EQUAL, LAST, FIRST, HELD, SHARE, ACRONYM, PRONOUN, LONG = range(FEATURES)


def test_plain_names_drop_articles_and_possessives() -> None:
    assert plain_name("The Islamic State’s") == "islamic state"
    assert plain_name("its military wing") == "military wing"


def test_features_say_how_names_are_alike() -> None:
    pair = likeness(["the Free Valley Front", "Free Valley Front", "FVF", "Front", "they"])
    assert pair[0, 1, EQUAL] == 1
    assert pair[0, 2, ACRONYM] == 1
    assert acronym("Free Valley Front") == "fvf"
    assert pair[0, 3, LAST] == pair[0, 3, HELD] == 1
    assert pair[0, 3, FIRST] == 0
    assert pair[0, 4, PRONOUN] == 1
    assert pair[0, 1, SHARE] == 1


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_names_give_symmetric_features(names: list[str]) -> None:
    found = likeness(names)
    assert found.shape == (len(names), len(names), FEATURES)
    assert np.array_equal(found, found.transpose(1, 0, 2))
