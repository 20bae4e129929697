"""Whatever arrives, reading gives a document that holds together, or a `ReadError`."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stemma.errors import ReadError
from stemma.model import Document, Header, PassageKind, Report
from stemma.read import read_document
from stemma.read.options import ReadOptions

MEDIA_TYPES = ("text/plain", "text/html", "text/markdown")
OPTIONS = ReadOptions(detect_language=False)

WORDS = st.sampled_from(
    [
        "Reuters",
        "AFP",
        "(AFP)",
        "(Reuters)",
        "–",
        "--",
        "By",
        "Photo:",
        "TOPSHOT",
        "FILE",
        "/",
        "|",
        ":",
        "reports:",
        "said",
        "“",
        "”",
        '"',
        "«",
        "»",
        "…",
        ".",
        ",",
        "Monday",
        "5",
        "March",
        "2019",
        "4/5/2017",
        "[TEXT]",
        "BEIRUT",
        "MOGADISHU",
        "the",
        "army",
        "killed",
        "Related",
        "Read",
        "more",
        "Correction:",
        "Updated:",
        "Source:",
        "©",
        "\u200f",
        "\u200b",
        "The",
        "Times",
        "of",
        "Israel",
        "Via",
        ">",
        "#",
        "*",
        "![",
        "]",
        "(",
        ")",
        "<",
        "<p>",
        "</p>",
        "<div>",
        "<blockquote>",
        "<figcaption>",
        "&amp;",
        "́",
        "é",
        "🇺🇦",
    ]
)
PROSE = st.lists(st.one_of(WORDS, st.sampled_from(["\n", "\n\n", "\r\n", "\t"])), max_size=60).map(" ".join)


def check(document: Document) -> None:
    text = document.text
    covered = bytearray(len(text))
    end = 0
    for passage in document.passages:
        start, stop = passage.span.start, passage.span.end
        assert 0 <= start < stop <= len(text)
        if passage.outlet_span:
            assert passage.outlet_span.end <= len(text)
            assert passage.outlet
        if passage.kind is PassageKind.QUOTATION:
            outer = document.passage_at(start)
            assert outer is not None
            assert outer.span.covers(passage.span)
            continue
        assert start >= end
        end = stop
        covered[start:stop] = b"\x01" * (stop - start)
    assert all(covered[offset] or char.isspace() for offset, char in enumerate(text))


def read(content: bytes, media_type: str, title: str | None = None) -> None:
    report = Report(id="a", address="a", media_type=media_type, content=content, header=Header(title=title))
    refused: ReadError | None = None
    try:
        document = read_document(report, OPTIONS)
    except ReadError as error:
        refused = error
    if refused:
        assert refused.code in {
            "empty", "binary", "undecodable", "no-text", "consent-wall", "broken-pdf", "no-text-layer",
        }  # fmt: skip
        assert "\n" not in refused.line()
        return
    check(document)
    assert read_document(report, OPTIONS) == document
    assert Document.from_wire(document.wire_json()) == document


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.binary(max_size=400))
def test_any_bytes(media_type: str, content: bytes) -> None:
    read(content, media_type)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300))
def test_any_text(media_type: str, text: str) -> None:
    read(text.encode("utf-8", "surrogatepass"), media_type)


@pytest.mark.parametrize("media_type", MEDIA_TYPES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=PROSE, title=st.none() | PROSE)
def test_any_mixture_of_what_reading_looks_for(media_type: str, text: str, title: str | None) -> None:
    read(text.encode(), media_type, title)


@settings(max_examples=100, deadline=None)
@given(
    text=st.one_of(
        PROSE, st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
    )
)
def test_plain_text_is_never_changed_but_for_its_line_ends(text: str) -> None:
    content = text.encode()
    try:
        document = read_document(
            Report(id="a", address="a", media_type="text/plain", content=content), OPTIONS
        )
    except ReadError:
        return
    codes = {note.code for note in document.notes}
    if codes & {"mojibake-repaired", "encoding-guessed"} or content.lower().lstrip().startswith(
        (b"<!doc", b"<html", b"<?xml")
    ):
        return
    assert document.text == text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def test_a_date_line_without_a_word_is_read() -> None:
    # Found by hypothesis: a separator, a figure and no word at all.
    report = Report(id="r", address="r", media_type="text/html", content=b"0|")
    assert read_document(report).text.strip() == "0|"
