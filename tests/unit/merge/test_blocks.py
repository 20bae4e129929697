"""What a report is filed under: the same for like reports, whatever strange things they hold."""

from __future__ import annotations

import making
from hypothesis import given, settings
from hypothesis import strategies as st

from merging import claim, held
from stemma.merge.blocks import Kind, block_keys, kind_of, linking_key
from stemma.merge.protocol import Held

SIDES = {"by": "Ardan Front", "on": "Belor Army"}
LONG = " ".join(f"word{number}" for number in range(60))


def shared(one: Held, other: Held) -> set[Kind]:
    return {kind_of(key) for key in set(block_keys(one)) & set(block_keys(other))}


def test_a_day_s_slip_at_one_place_is_found() -> None:
    one = held("a", claim("They fought.", **SIDES, day="2021-03-04", at="Tarun"))
    for day in ("2021-03-02", "2021-03-05", "2021-03-06"):
        other = held("b", claim("Other words.", by="Others", on="Police", day=day, at="Tarun"))
        assert shared(one, other) == {Kind.HAPPENING}
    far = held("b", claim("Other words.", **SIDES, day="2021-03-09", at="Tarun"))
    assert shared(one, far) == set()


def test_a_day_and_both_sides_are_found_at_another_place_s_name() -> None:
    one = held("a", claim("They fought.", **SIDES, day="2021-03-04", at="Tarun"))
    other = held("b", claim("Clashes.", **SIDES, day="2021-03-04", at="Kelmet"))
    assert shared(one, other) == {Kind.HAPPENING}


def test_a_claim_without_a_day_is_found_by_the_week_of_its_report() -> None:
    one = held("a", claim("They fought.", **SIDES, at="Tarun"), published="2021-03-04")
    other = held("b", claim("Clashes.", **SIDES, at="Tarun"), published="2021-03-11")
    assert shared(one, other) == {Kind.HAPPENING}


def test_thirty_words_in_a_row_are_found_and_the_whole_text() -> None:
    one = held("a", text=f"Before it came this. {LONG}")
    other = held("b", text=f"{' '.join(LONG.split()[10:42])} and then quite other words came after it.")
    assert shared(one, other) >= {Kind.PASSAGE}
    assert shared(one, held("c", text=one.document.text)) == {Kind.WHOLE, Kind.BAND, Kind.PASSAGE}
    assert shared(one, held("d", text="nothing of the kind " * 9)) == set()


def test_a_judged_pair_has_one_key_whatever_its_order() -> None:
    assert linking_key("a", "b") == linking_key("a", "b") != linking_key("a", "c")
    assert kind_of(linking_key("a", "b")) is Kind.WHOLE


def test_a_book_is_filed_under_few_keys() -> None:
    book = held("a", text=" ".join(f"w{number}" for number in range(20_000)))
    assert len(block_keys(book)) < 500


@given(making.documents(), making.codings, st.text(max_size=200))
@settings(max_examples=100)
def test_any_report_is_filed(document: making.Document, coding: making.Coding, text: str) -> None:
    keys = block_keys(Held(document.model_copy(update={"text": text, "passages": ()}), coding))
    assert list(keys) == sorted(set(keys))
    assert all(-(2**63) <= key < 2**63 for key in keys)
