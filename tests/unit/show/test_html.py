from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from stemma.model import Coding, Document
from stemma.show.html import SHOWN, chain, claims_html, days, page_html, picture, safe
from stemma.show.ledger import make_ledger
from stemma.show.page import make_page

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;\u202egnp\x1b[2J"


def parsed(markup: str) -> html.HtmlElement:
    return html.fragment_fromstring(markup)


def hostile_coding() -> Coding:
    return Coding.from_wire(
        {
            "report": HOSTILE,
            "outlet": HOSTILE,
            "title": HOSTILE,
            "entities": [{"id": "e1", "kind": "group", "names": [HOSTILE]}],
            "claims": [
                {
                    "id": HOSTILE,
                    "type": "MEMBER_OF",
                    "mode": HOSTILE,
                    "evidence": HOSTILE,
                    "trigger": "alert",
                    "roles": {"actor": ["e1"], "to": ["e1"]},
                    "time": {"text": HOSTILE},
                    "place": {"text": HOSTILE},
                    "sources": [{"text": HOSTILE, "kind": "anonymous", "entity": "e1"}],
                    "cue": HOSTILE,
                    "certainty": "possible",
                }
            ],
        }
    )


def test_nothing_in_a_report_becomes_markup() -> None:
    coding = hostile_coding()
    document = Document(
        report=HOSTILE,
        report_hash="0" * 64,
        text=f"{HOSTILE} and more",
        outlet=HOSTILE,
        byline=HOSTILE,
        title=HOSTILE,
    )
    for drawn in (claims_html(tuple(make_ledger([coding]))), page_html(make_page(document, coding))):
        tree = parsed(drawn)
        assert {element.tag for element in tree.iter()} <= set(
            "div style p b i bdi br span sup table thead tbody tr th td".split()
        )
        assert {name for element in tree.iter() for name in element.attrib} <= {"class", "style"}
        assert "\u202e" not in drawn
        assert "\x1b" not in drawn
        assert "⟨U+202E⟩" in drawn
        assert "<script>alert(1)</script>" in tree.text_content()


@given(st.text())
def test_safe_text_reads_as_it_was(text: str) -> None:
    tree = parsed(f"<div>{safe(text)}</div>")
    assert not len(tree)
    shown = re.sub(r"⟨U\+([0-9A-F]{4,6})⟩", lambda found: chr(int(found[1], 16)), tree.text_content())
    assert shown == re.sub(r"⟨U\+([0-9A-F]{4,6})⟩", lambda found: chr(int(found[1], 16)), text)


def test_the_words_of_a_claim_are_marked_with_their_trigger(coding: Coding, document: Document) -> None:
    page = parsed(page_html(make_page(document, coding)))
    marked = "".join(page.xpath("//span[@class='evidence']//text()"))
    assert "Gunmen of the Harbour Front shelled the customs house on Tuesday" in marked
    assert "shelled" in page.xpath("//span[@class='evidence']/b/text()")
    assert "c1" in page.xpath("//sup/text()")


def test_a_table_of_many_claims_is_cut_and_says_so(coding: Coding) -> None:
    rows = tuple(make_ledger([coding])) * 40
    tree = parsed(claims_html(rows))
    assert len(tree.xpath(".//tbody/tr")) == SHOWN
    assert f"and {len(rows) - SHOWN:,} more" in tree.text_content()


def test_a_chain_ends_at_the_outlet(coding: Coding) -> None:
    row = next(make_ledger([coding]))
    said = parsed(f"<div>{chain(row.links, row.outlet)}</div>").text_content()
    assert said == "army + residents (anonymous) → Orlan News → The Coast Daily"
    assert "in its own voice" in chain((), None)


def test_days_do_not_break() -> None:
    assert days("from 2017 to 2017-02-07") == ('from 2017 to <span class="day">2017-02-07</span>')


def test_a_picture_cannot_reach_the_page_around_it() -> None:
    drawn = parsed(picture("<svg><script>alert(1)</script></svg>", "a < b"))
    image = drawn[0]
    assert [element.tag for element in drawn.iter()] == ["div", "img"]
    assert image.get("alt") == "a < b"
    assert image.get("src").startswith("data:image/svg+xml;base64,")
