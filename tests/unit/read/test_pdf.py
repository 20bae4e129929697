from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

import archives

from stemma.errors import ReadError
from stemma.model import Report
from stemma.read import read_document

LINES = [
    "Shells fell on the market of Velin on Saturday and killed",
    "four people, the mayor said. The army of the north said that it had fired at no mar-",
    "ket, and that it would look into what had happened in the town.",
    "Residents spoke of two planes.",
    "The bridge over the Orr stayed open until the evening, when the police closed it for",
]


def report(content: bytes) -> Report:
    return Report(id="r", address="r.pdf", media_type="application/pdf", content=content)


def text_of(content: bytes) -> str:
    return read_document(report(content)).text


def test_lines_become_paragraphs_again() -> None:
    pytest.importorskip("pypdfium2")
    text = text_of(archives.pdf_of([LINES]))
    assert "fired at no market, and that it would" in text
    assert "Residents spoke of two planes.\n\nThe bridge" in text


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pytest.importorskip("pypdfium2")
    towns = ("Velin", "Narra", "Tamarsk", "Port Ellis")
    pages = [
        [
            "The Coast Daily, 4 May 2019",
            f"The note from {town} begins.",
            *LINES,
            f"So much of {town}.",
            f"Page {n}",
        ]
        for n, town in enumerate(towns)
    ]
    text = text_of(archives.pdf_of(pages))
    assert "Page 2" not in text
    assert "Coast Daily" not in text
    assert text.count("Residents spoke") == 4


def test_a_paragraph_goes_over_the_page() -> None:
    pytest.importorskip("pypdfium2")
    text = text_of(archives.pdf_of([LINES, ["all traffic.", "Nobody was hurt there, they said."]]))
    assert "closed it for all traffic." in text


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"%PDF-1.4 nothing", "broken-pdf"), (b"%PDF-", "broken-pdf"), (archives.pdf_of([[]]), "no-text-layer")],
)
def test_a_pdf_without_text_says_what_to_do(content: bytes, code: str) -> None:
    pytest.importorskip("pypdfium2")
    with pytest.raises(ReadError) as caught:
        read_document(report(content))
    assert caught.value.code == code


def test_without_the_reader_the_refusal_names_what_to_install(monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(ReadError, match=r"stemma-record\[pdf\]"):
        read_document(report(archives.pdf_of([LINES])))
