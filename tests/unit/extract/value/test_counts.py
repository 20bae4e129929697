"""Counts: every expected range is that of the coding guidelines or plain arithmetic."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.extract.value import read_count
from stemma.extract.value.count_words import VAGUE
from stemma.model import Counted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two", (2, 2)),
        ("16", (16, 16)),
        ("Twenty-five", (25, 25)),
        ("one hundred and twenty", (120, 120)),
        ("125,000", (125000, 125000)),
        ("a thousand", (1000, 1000)),
        ("1.5 million", (1500000, 1500000)),
        ("at least 30", (30, None)),
        ("At least two dozen", (24, None)),
        ("more than 170", (171, None)),
        ("over 1,000", (1001, None)),
        ("as many as 1 million", (None, 1000000)),
        ("up to 40", (None, 40)),
        ("fewer than 10", (None, 9)),
        ("nearly 100", (90, 99)),
        ("about 6,000", (5400, 6600)),
        ("SOME 12,000", (10800, 13200)),
        ("dozens", (24, 99)),
        ("hundreds", (200, 999)),
        ("tens of thousands", (20000, 99999)),
        ("a number of", (3, None)),
        ("several", (3, 9)),
        ("no casualties", (0, 0)),
        ("between 20 and 30", (20, 30)),
        ("30 to 40", (30, 40)),
        ("10-15", (10, 15)),
        ("a woman", (1, 1)),
        ("a wounded seven-year-old girl", (1, 1)),
        ("$15 million", (15000000, 15000000)),
        ("over half a million", (500001, None)),
        ("one and a half million", (1500000, 1500000)),
        ("two Britons and a Moroccan", (3, 3)),
        ("an adult and a child", (2, 2)),
        ("another three hostages", (3, 3)),
        ("a dozen", (12, 12)),
        ("20 people or more", (20, None)),
        ("at least two or three", (2, None)),
        ("a large number of militants", (3, None)),
        ("numerous", (3, None)),
        ("Layla al-Hassan", (1, 1)),
        ("Layla Hassan, 6", (1, 1)),
        ("10 per cent", (None, None)),
        ("over 70% of the population", (None, None)),
        ("a 3-1 victory", (None, None)),
        ("call +44 20 7946 0018", (None, None)),
        ("the 300 Spartans", (None, None)),
        ("many", (None, None)),
        ("his men", (None, None)),
    ],
)
def test_ranges_follow_the_guidelines(text: str, expected: tuple[int | None, int | None]) -> None:
    assert read_count(text) == expected


def test_a_bound_may_stand_before_the_words() -> None:
    assert read_count("30 people", "killed at least ") == (30, None)
    assert read_count("30 people", "as the army said ") == (30, 30)


@given(st.text(max_size=60))
def test_any_words_give_an_ordered_range(text: str) -> None:
    low, high = read_count(text)
    assert low is None or low >= 0
    assert low is None or high is None or low <= high


@given(st.integers(min_value=0, max_value=10**9))
def test_figures_mean_themselves(number: int) -> None:
    assert read_count(str(number)) == (number, number)
    assert read_count(f"{number:,}") == (number, number)
    assert read_count(f"at least {number:,}") == (number, None)


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("300 Spartans", "the "),
        ("0800 123 456", "call "),
        ("555-0199", "phone: "),
        ("(212) 555-0199", ""),
        ("3-1", "United won "),
        ("a 2-2 draw", ""),
        ("21-14", "the visitors lost by "),
        ("AK-47", ""),
        ("T-72 tanks", ""),
        ("Resolution 2254", ""),
        ("the 101 Brigade", ""),
        ("Brigade 101", ""),
        ("12 May", "on "),
        ("May 12", "on "),
        ("10:30", "at "),
        ("9/11", "since "),
        ("in 2016", ""),
        ("two-thirds of the men", ""),
        ("one in five", ""),
        ("12.5", ""),
        ("an unknown number", ""),
        ("24 hours", "in "),
    ],
)
def test_what_is_no_count_has_no_range(text: str, before: str) -> None:
    assert read_count(text, before) == (None, None)


@pytest.mark.parametrize(
    "text", ["$5 million", "300 euros", "Rs 10 lakh", "12 million Syrian pounds", "USD 400"]
)
def test_money_is_an_amount_and_never_a_toll(text: str) -> None:
    assert read_count(text, "", Counted.KILLED) == (None, None)
    assert read_count(text, "", Counted.OTHER) != (None, None)
    assert read_count("5 million", "worth $", Counted.DISPLACED) == (None, None)


def test_each_outcome_takes_its_own_number() -> None:
    text = "12 dead and 30 wounded"
    assert read_count(text, "", Counted.KILLED) == (12, 12)
    assert read_count(text, "", Counted.INJURED) == (30, 30)
    # Together they are what is "other": one number for both stays one.
    assert read_count(text, "", Counted.OTHER) == (42, 42)
    assert read_count("12 dead and wounded", "", Counted.OTHER) == (12, 12)
    assert read_count("30 casualties", "", Counted.OTHER) == (30, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 to 20 thousand", (15000, 20000)),
        ("15-20,000", (15000, 20000)),
        ("two or three dozen", (24, 36)),
        ("no more than 10", (None, 10)),
        ("not fewer than 20", (20, None)),
        ("100-plus", (100, None)),
        ("as high as 350", (None, 350)),
        ("about another 9,000", (8100, 9900)),
        ("at least several hundred", (300, None)),
        ("up to several hundred", (None, 999)),
        ("his wife and two children", (3, 3)),
        ("a priest and several villagers", (4, 10)),
        ("ONE ADULT AND FOUR MINORS", (5, 5)),
        ("a father, a mother and a son", (3, 3)),
        ("a girl of 9", (1, 1)),
        ("a mother of four", (1, 1)),
        ("a group of 10", (10, 10)),
        ("a minimum of 100", (100, None)),
        ("a police officer", (1, 1)),
        ("a quarter of a million", (250000, 250000)),
        ("one-and-a-half million", (1500000, 1500000)),
        ("more than a half-million", (500001, None)),
        ("2 lakh people", (200000, 200000)),
        ("1.9 crore", (19000000, 19000000)),
        ("no one", (0, 0)),
        ("none of the 12", (0, 0)),
        ("did not cause any casualties", (0, 0)),
        ("2, 748", (2748, 2748)),
    ],
)
def test_forms_of_numbers(text: str, expected: tuple[int | None, int | None]) -> None:
    assert read_count(text) == expected


def test_a_bound_is_a_whole_word_next_to_its_number() -> None:
    assert read_count("4 civilians", "properties. Moreover ") == (4, 4)
    assert read_count("90 rifles", "the rebels handed over ") == (90, 90)


@pytest.mark.parametrize(
    "text", ["him", "RADO SENN", "former mayor", "Rado Senn, 61", "8-year-old Lena Orth"]
)
def test_a_victim_who_is_named_is_one(text: str) -> None:
    assert read_count(text, "", Counted.KILLED) == (1, 1)


@pytest.mark.parametrize(
    "text", ["police", "PERSONAL BODYGUARDS", "the wounded", "they", "THE DEAD", "villagers"]
)
def test_words_that_may_hold_many_are_open(text: str) -> None:
    assert read_count(text, "", Counted.KILLED) == (None, None)


def rows_of_the_page() -> list[tuple[str, str, str]]:
    page = (Path(__file__).parents[4] / "docs" / "counts.md").read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \| (\d+|–) \| (\d+|–) \|$", page, re.M)
    assert len(rows) > 40, "the tables were not found"
    return rows


@pytest.mark.parametrize(("text", "low", "high"), rows_of_the_page())
def test_the_page_says_what_the_program_does(text: str, low: str, high: str) -> None:
    given_range = tuple(None if end == "–" else int(end) for end in (low, high))
    assert read_count(text) == given_range


def test_every_vague_word_is_on_the_page() -> None:
    texts = [text for text, _, _ in rows_of_the_page()]
    absent = [words for words in VAGUE if not any(re.search(rf"\b{words}", text) for text in texts)]
    assert set(absent) <= {
        "a pair", "twins?", "a duo", "a trio", "triplets", "some of", "a score", "twice", "scores of",
        "(?:a )?couple (?:of )?dozen", "(?:a )?couple (?:of )?hundred", "(?:a )?couple (?:of )?thousand",
        "large numbers", "a family",
    }  # fmt: skip
