from __future__ import annotations

import pytest

from stemma.model import Document, Header, Report
from stemma.read import read_document

FIRST = "A commander crossed the river with forty men a year ago, sources in the valley said."
SECOND = "In recent years the group has lost dozens of fighters to its rival."
OWN = "Our own view is that this was to be expected, as we wrote in June."
FURNITURE = "Subscribe to our newsletter"


def read(*paragraphs: str, outlet: str | None = None) -> Document:
    return read_document(
        Report(
            id="a",
            address="a.txt",
            media_type="text/plain",
            content="\n\n".join(paragraphs).encode(),
            header=Header(outlet=outlet),
        )
    )


def excerpts(document: Document) -> list[tuple[str, str | None]]:
    return [(p.span.of(document.text), p.outlet) for p in document.passages if p.kind.value == "excerpt"]


@pytest.mark.parametrize(
    ("lead_in", "outlet"),
    [
        ("The Times of Israel’s Ari Levi reports that fighters are leaving:", "The Times of Israel"),
        ("The two are at odds. The Times of Israel reports:", "The Times of Israel"),
        ("Via Times of Israel:", "The Times of Israel"),
        ("According to AFP:", "AFP"),
        ("The rift deepens, as reported by Reuters:", "Reuters"),
        ("The rift deepens. The Times of Israel reports", "The Times of Israel"),
        ("The Valley Gazette reported on Monday that the rift deepens:", "The Valley Gazette"),
        ("From The Guardian:", "The Guardian"),
    ],
)
def test_the_text_after_a_lead_in_is_the_other_outlet_s(lead_in: str, outlet: str) -> None:
    document = read(lead_in, FIRST, SECOND, FURNITURE)
    assert excerpts(document) == [(FIRST, outlet), (SECOND, outlet)]
    assert document.passages[-1].kind.value == "furniture"


def test_the_place_of_the_outlet_s_name_is_kept() -> None:
    document = read("The two are at odds. The Times of Israel reports:", FIRST)
    span = document.passages[-1].outlet_span
    assert span is not None
    assert span.of(document.text) == "The Times of Israel"


@pytest.mark.parametrize(
    "lead_in",
    [
        "Foreign Office Minister Jo Doe said:",
        "The minister told Reuters:",
        "As I wrote here at The Guardian in June, the group was cooperating:",
        "Now reports are emerging of widespread defections:",
        "There is good evidence for this:",
        "The Times of Israel reports that fighters are leaving.",
        "She spoke to the BBC:",
    ],
)
def test_a_colon_alone_leads_in_no_excerpt(lead_in: str) -> None:
    assert excerpts(read(lead_in, FIRST, SECOND)) == []


def test_quoted_paragraphs_end_the_excerpt_where_the_marks_end() -> None:
    document = read("The Times of Israel reports:", f"“{FIRST}", f"“{SECOND}”", OWN)
    assert [text for text, _ in excerpts(document)] == [f"“{FIRST}", f"“{SECOND}”"]


def test_the_writer_s_return_ends_the_excerpt() -> None:
    document = read("The Times of Israel reports:", FIRST, f"The report goes on to say that {SECOND.lower()}")
    assert [text for text, _ in excerpts(document)] == [FIRST]
