from __future__ import annotations

from collections import defaultdict

import pytest

from stemma.lexicon import read_rows
from stemma.lexicon.outlets import (
    domain_of,
    find_outlet,
    find_outlet_by_address,
    find_outlets_in,
    list_outlets,
)


def test_every_row_is_complete() -> None:
    for outlet in list_outlets():
        assert outlet.name
        assert outlet.kind in {"agency", "newspaper", "broadcaster", "site"}
        assert outlet.country == "" or (len(outlet.country) == 2 and outlet.country.isupper())


def test_no_name_and_no_domain_means_two_outlets() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for outlet in list_outlets():
        for name in (outlet.name, *outlet.aliases, *outlet.domains):
            owners[name.casefold()].add(outlet.name)
    assert {name: names for name, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("AFP", "AFP"),
        ("Agence France-Presse", "AFP"),
        ("times of israel", "The Times of Israel"),
        ("The Associated Press", "The Associated Press"),
        ("AP", "The Associated Press"),
        ("REUTERS", "Reuters"),
        ("Ha’aretz", "Haaretz"),
    ],
)
def test_a_name_is_found_whatever_its_case_and_article(name: str, expected: str) -> None:
    outlet = find_outlet(name)
    assert outlet is not None
    assert outlet.name == expected


def test_an_unknown_name_is_no_outlet() -> None:
    assert find_outlet("The Nowhere Intelligencer") is None
    assert find_outlet("") is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.bbc.co.uk/news/world-1", "BBC"),
        ("english.alarabiya.net/x", "Al Arabiya"),
        ("https://amp.theguardian.com/a", "The Guardian"),
        ("https://www.thestar.com.my/a", "The Star (Malaysia)"),
    ],
)
def test_an_address_leads_to_its_outlet(url: str, expected: str) -> None:
    outlet = find_outlet_by_address(url)
    assert outlet is not None
    assert outlet.name == expected


@pytest.mark.parametrize("url", ["", "not an address", "https://", "http://[::1", "https://notbbc.co.uk/"])
def test_no_outlet_is_made_up_for_an_address(url: str) -> None:
    assert find_outlet_by_address(url) is None


def test_a_domain_that_cannot_be_parsed_is_empty() -> None:
    assert domain_of("http://[bad") == ""


def test_outlets_are_found_in_running_text_with_their_places() -> None:
    text = "The Times of Israel’s correspondent told AFP so."
    found = [(outlet.name, text[start:end]) for outlet, start, end in find_outlets_in(text)]
    assert found == [("The Times of Israel", "The Times of Israel"), ("AFP", "AFP")]


def test_common_words_are_no_outlets() -> None:
    assert find_outlets_in("the guardian of the gate, a bild, the observer and the sun") == ()


def test_a_missing_data_file_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        read_rows("nothing.csv")
