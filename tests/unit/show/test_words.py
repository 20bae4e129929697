from __future__ import annotations

from typing import Any

import pytest

from stemma.model import Claim, Count, Place, Time
from stemma.show.words import count_words, ended_words, hedge_words, place_words, time_words


def claim(**values: Any) -> Claim:
    return Claim.from_wire({"id": "c1", "type": "ASSAULT", "evidence": "x", "trigger": "x", **values})


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2016-12", "2016-12", "then (2016-12)"),
        ("2016-02", "2016-03", "then (2016-02 to 2016-03)"),
        (None, "2017-02", "then (until 2017-02)"),
        ("2016", None, "then (from 2016)"),
        (None, None, "then"),
    ],
)
def test_time_words(start: str | None, end: str | None, words: str) -> None:
    assert time_words(Time(text="then", start=start, end=end)) == words


def test_a_date_is_not_said_twice() -> None:
    assert time_words(Time(text="2016-12-04", start="2016-12-04", end="2016-12-04")) == "2016-12-04"


@pytest.mark.parametrize(
    ("text", "what", "low", "high", "words"),
    [
        ("dozens", "members", 24, 99, "24–99 members (“dozens”)"),
        ("at least 30", "killed", 30, None, "at least 30 killed"),
        ("more than 30", "killed", 31, None, "at least 31 killed (“more than 30”)"),
        ("1,200", "displaced", 1200, 1200, "1,200 displaced"),
        ("six", "killed", 6, 6, "6 killed (“six”)"),
        ("no casualties", "killed", 0, 0, "none killed (“no casualties”)"),
        ("up to 5", "injured", None, 5, "up to 5 injured"),
        ("many", "other", None, None, "“many”"),
    ],
)
def test_count_words(text: str, what: str, low: int | None, high: int | None, words: str) -> None:
    count = Count.from_wire({"text": text, "what": what, "low": low, "high": high})
    assert count_words(count) == words


def test_place_words_prefer_the_place_with_its_larger_units() -> None:
    assert place_words(Place(text="Rafah", canonical="Rafah, Gaza Strip")) == "Rafah, Gaza Strip"
    assert place_words(Place(text="the  area\nnearby")) == "the area nearby"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"cue": "former"}, ""),
        ({"certainty": "probable", "cue": "reportedly"}, "reportedly (probable)"),
        ({"certainty": "possible"}, "possible"),
        ({"negated": True}, "said not to have happened"),
        ({"negated": True, "cue": "foiled"}, "said not to have happened (“foiled”)"),
        ({"negated": True, "type": "PART_OF"}, "said not to hold"),
        ({"status": "future", "cue": "will"}, "planned or announced (“will”)"),
        ({"status": "hypothetical", "certainty": "possible", "cue": "may"}, "may (possible); hypothetical"),
    ],
)
def test_hedge_words(values: dict[str, Any], words: str) -> None:
    found = claim(**values)
    assert hedge_words(found) == words
    assert bool(words) == found.hedged


def test_a_tie_that_has_ended_says_so() -> None:
    assert ended_words(claim(type="MEMBER_OF", status="actual", cue="former")) == "no longer (“former”)"
    assert ended_words(claim(type="MEMBER_OF", status="ongoing", cue="current")) == ""
    assert ended_words(claim(type="ASSAULT", status="actual", cue="former")) == ""
