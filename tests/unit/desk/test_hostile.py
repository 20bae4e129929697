"""Reports that would like to run a script, mislead the eye, or choke the desk."""

from __future__ import annotations

import csv
import re
import time
from html.parser import HTMLParser
from pathlib import Path

import desk_client
import pytest

from stemma.importing import Entry, read_import
from stemma.model import Claim, ClaimType, Coding, Document, Passage, PassageKind, Report, Span
from stemma.store import Store

SCRIPT = "<script>alert(1)</script>"
TURNED = "The army \u202eton did\u202c attack \u2066Rafah\u2069"
EVENT = '" onmouseover="alert(1)'
TEN_MB = 10_000_000

PLACES = {
    "title": {"title": SCRIPT + EVENT},
    "byline": {"byline": SCRIPT + EVENT},
    "outlet, from a table's header": {"outlet": SCRIPT + EVENT},
    "address": {"url": "javascript:alert(1)"},
    "language": {"language": 'en" onload="alert(1)'},
    "body of a page": {
        "text": f"<html><body onload=alert(1)>{SCRIPT}<img src=x onerror=alert(1)></body></html>"
    },
    "bidi": {"text": TURNED, "title": TURNED},
}


def _add(store: Store, text: str = "Guards came.", **given: str) -> str:
    report = Report(id=f"hostile/{SCRIPT}", address="x", media_type="text/plain", content=text.encode())
    document = Document(
        report=report.id,
        report_hash=report.bytes_hash(),
        text=text,
        passages=(Passage(kind=PassageKind.BODY, span=Span(start=0, end=len(text))),),
        **given,
    )
    claim = Claim(
        id="c1",
        type=ClaimType.MOVE,
        evidence=text[:60],
        trigger=text[:6],
        span=Span(start=0, end=min(60, len(text))),
    )
    told = {name: value for name, value in given.items() if name not in ("byline",)}
    store.add(report, document, Coding(report=report.id, claims=(claim,), **told), "u")
    return report.id


def _attributes(page: str) -> list[tuple[str, str | None]]:
    """All attributes as a browser reads them."""
    found: list[tuple[str, str | None]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(attrs)

    Reader().feed(page)
    return found


def _pages(client: desk_client.Client, report: str) -> dict[str, str]:
    answers = {
        "/read": client.get("/read", report=report),
        "/": client.get("/"),
        "/queue": client.get("/queue"),
    }
    assert all(answer.status == 200 for answer in answers.values())
    return {path: answer.text for path, answer in answers.items()}


def _assert_harmless(page: str, path: str) -> None:
    assert "<script>" not in page, path
    attributes = _attributes(page)
    assert len(attributes) > 20, path
    assert not [name for name, _ in attributes if name.startswith("on")], path
    assert not [value for _, value in attributes if (value or "").startswith("javascript:")], path
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page), f"{path}: a text reads otherwise than written"


@pytest.mark.parametrize("given", PLACES.values(), ids=list(PLACES))
def test_nothing_of_a_report_becomes_a_tag(
    store: Store, client: desk_client.Client, given: dict[str, str]
) -> None:
    report = _add(store, **given)
    for path, page in _pages(client, report).items():
        _assert_harmless(page, path)


def test_the_header_of_an_imported_table_becomes_no_tag(
    store: Store, client: desk_client.Client, tmp_path: Path
) -> None:
    example = Path(__file__).parents[3] / "examples" / "import" / "acled.csv"
    with example.open(encoding="utf-8", newline="") as file:
        header, row, *_ = csv.reader(file)
    table = tmp_path / "a.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*header, SCRIPT + EVENT + TURNED], [*row, SCRIPT + EVENT]])
    (entry,) = read_import("acled", table)
    assert isinstance(entry, Entry)
    assert SCRIPT in entry.document.text, "else nothing hostile would be shown"
    store.add(entry.report, entry.document, entry.coding, "u")
    for path, page in _pages(client, entry.report.id).items():
        _assert_harmless(page, path)


def test_a_line_of_ten_megabytes_is_cut_into_parts(
    store: Store, client: desk_client.Client, tmp_path: Path
) -> None:
    report = _add(store, "x" * TEN_MB)
    begin = time.process_time()
    answer = client.get("/read", report=report)
    assert answer.status == 200
    assert len(answer.body) < 1_000_000
    assert "the part after" in answer.text
    assert time.process_time() - begin < 5, "seconds of processor"
    last = client.get("/read", report=report, **{"from": str(TEN_MB - 10)})
    assert last.status == 200
    assert len(last.body) < 1_000_000
