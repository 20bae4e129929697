"""Filters and saving that pages share: what stands in the address, what a table becomes as a file."""

from __future__ import annotations

import csv
import io
import threading
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from stemma.desk.asking import AskingError
from stemma.desk.drawing import with_query
from stemma.desk.filters import TYPES, Filters, read_filters
from stemma.desk.house import Ready
from stemma.desk.saving import csv_bytes, file_name
from stemma.errors import CasebookError

TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=40)


def _request(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": [], "path": "/"})


@given(
    st.builds(
        Filters,
        q=TEXT,
        type=st.sampled_from(("", *TYPES)),
        actor=TEXT,
        place=TEXT,
        country=st.sampled_from(("", "SY")),
        since=st.none() | st.dates(),
        outlet=TEXT,
        source=TEXT,
        disputed=st.booleans(),
        single=st.booleans(),
    )
)
def test_filters_come_back_from_the_address_that_they_make(filters: Filters) -> None:
    assert read_filters(_request(with_query(filters.query()).removeprefix("?"))) == filters


@pytest.mark.parametrize(
    "query",
    [
        {"type": "X"},
        {"country": "1a"},
        {"since": "soon"},
        {"since": "2021-02-01", "until": "2021-01-01"},
        {"disputed": "maybe"},
        {"q": "x" * 301},
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(query: dict[str, str]) -> None:
    with pytest.raises(AskingError) as told:
        read_filters(_request(urlencode(query)))
    assert "\n" not in str(told.value)


def test_filters_are_told_in_words() -> None:
    filters = Filters(q="bridge", type="ASSAULT", disputed=True)
    assert filters.words() == "words bridge, type ASSAULT, disputed"
    assert Filters().words() == ""
    assert Filters().is_open


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_no_cell_of_a_saved_table_is_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_bytes(("a", "b"), rows).decode("utf-8"), newline="")))
    assert len(read) == len(rows) + 1
    assert not [cell for row in read for cell in row if cell[:1] in tuple("=+-@\t\r\n") and cell]


@given(st.text(max_size=200))
def test_a_file_name_is_plain(name: str) -> None:
    made = file_name(name)
    assert made
    assert made.isascii()
    assert "/" not in made and '"' not in made and "." not in made  # noqa: PT018


def test_an_answer_that_cannot_be_made_is_told_and_not_tried_for_ever() -> None:
    made: list[int] = []

    def fail() -> str:
        made.append(1)
        raise ValueError("no")

    ready = Ready(fail)
    assert ready.soon("now", 5) == (None, False)
    with pytest.raises(CasebookError):
        ready.soon("now", 5)
    assert len(made) == 1
    assert ready.soon("later", 5) == (None, False)


def test_a_slow_answer_comes_when_it_is_made() -> None:
    gate = threading.Event()

    def wait() -> str:
        gate.wait(5)
        return "made"

    ready = Ready(wait)
    assert ready.soon("now", 0.01) == (None, False)
    gate.set()
    assert ready.soon("now", 5) == ("made", True)
