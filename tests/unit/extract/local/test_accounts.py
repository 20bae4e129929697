"""Whose account a sentence gives."""

from __future__ import annotations

import pytest

from stemma.extract import extract_claims
from stemma.extract.local.accounts import ACCOUNT
from stemma.model import Header, Report
from stemma.read import read_document


def sources_of(text: str, trigger: str) -> list[list[str]]:
    report = Report(
        id="r", address="r", media_type="text/plain", content=text.encode(), header=Header(outlet="The Post")
    )
    coding = extract_claims(read_document(report))
    return [[source.text for source in claim.sources] for claim in coding.claims if claim.trigger == trigger]


def test_a_body_speaks_in_its_account_and_not_whoever_spoke_before() -> None:
    """Seen in a coded story: the toll of the army's account was given to a source of the paragraph before."""
    text = (
        "The toll is higher than admitted, a security source told the Post.\n\n"
        "The army's account has 70 Sarn Front fighters killed in the raid."
    )
    found = sources_of(text, "killed")
    assert found
    assert all(chain and chain[0].lower() in {"the army", "army"} for chain in found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the ministry's statement speaks of four deaths", True),
        ("the rebels' own count has nine dead", True),
        ("the army’s latest communiqué", True),
        ("the army's base", False),
        ("the ministers report", False),
        ("the town's reporters", False),
    ],
)
def test_what_is_an_account(text: str, told: bool) -> None:
    assert bool(ACCOUNT.search(text)) is told
