"""Addresses of pages: which are one, and what their reports are called."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.run.watch.naming import key_of, report_of, version_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://North.example/a", "https://north.example/a/"),
        ("https://north.example/a?utm_source=x&id=3", "https://north.example:443/a?id=3&fbclid=7"),
        ("https://north.example/a#top", "https://north.example/a"),
    ],
)
def test_what_changes_from_link_to_link_does_not_count(one: str, other: str) -> None:
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://north.example/a?id=3", "https://north.example/a?id=4"),
        ("https://north.example/a", "https://north.example/b"),
        ("https://north.example/a", "https://south.example/a"),
        ("https://north.example:81/a", "https://north.example:82/a"),
        ("https://north.example/" + "a" * 200, "https://north.example/" + "a" * 201),
        ("https://north.example/ä", "https://north.example/ö"),
    ],
)
def test_other_pages_have_other_names(one: str, other: str) -> None:
    assert report_of(one) != report_of(other)


def test_names_are_readable() -> None:
    assert report_of("https://north.example/2026/bridge") == "north.example/2026/bridge"
    assert version_of("north.example/bridge", 1) == "north.example/bridge"
    assert version_of("north.example/bridge", 2) == "north.example/bridge~02"


@given(st.text(max_size=60))
def test_a_name_never_leads_out_of_a_folder_nor_names_a_claim(path: str) -> None:
    name = report_of(f"https://north.example/{path}")
    assert re.fullmatch(r"[A-Za-z0-9._/-]+", name)
    assert ".." not in name
    assert not name.startswith("/")
    assert len(name) <= 200
