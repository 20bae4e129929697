from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.model import Claim, Coding, Document, PassageKind, Span
from stemma.show import make_page


def test_blocks_follow_the_passages(document: Document, coding: Coding) -> None:
    page = make_page(document, coding)
    assert [block.kind for block in page.blocks] == [
        PassageKind.TITLE,
        PassageKind.DATELINE,
        PassageKind.BODY,
        PassageKind.BODY,
        PassageKind.BODY,
        PassageKind.FURNITURE,
    ]
    assert [[row.claim.id for row in block.rows] for block in page.blocks] == [
        [],
        [],
        ["c1"],
        ["c2"],
        ["c3"],
        [],
    ]
    assert page.blocks[1].outlet == "Orlan News"


def test_a_claim_without_offsets_is_found_by_its_words(document: Document, coding: Coding) -> None:
    block = make_page(document, coding).blocks[2]
    assert [(stretch.text, stretch.claims, stretch.ends) for stretch in block.stretches] == [
        ("Gunmen of the Harbour Front ", ("c1",), ()),
        ("shelled", ("c1",), ("c1",)),
        (" the customs house on Tuesday", ("c1",), ()),
        (", army and residents say.", (), ()),
    ]
    assert [stretch.trigger for stretch in block.stretches] == [False, True, False, False]


def test_words_that_are_nowhere_make_a_loose_claim(document: Document, coding: Coding) -> None:
    stray = coding.claims[0].model_copy(update={"evidence": "never written"})
    page = make_page(document, coding.model_copy(update={"claims": (stray,)}))
    assert [row.claim.id for row in page.loose] == ["c1"]
    assert page.rows == page.loose


def test_text_outside_all_passages_is_shown_as_body(document: Document, coding: Coding) -> None:
    bare = document.model_copy(update={"passages": ()})
    page = make_page(bare, coding)
    assert [block.kind for block in page.blocks] == [PassageKind.BODY]
    assert "".join(stretch.text for stretch in page.blocks[0].stretches) == document.text
    assert len(page.rows) == 3


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 15), st.integers(0, 5)), max_size=8))
def test_every_character_is_shown_once_and_marked_by_exactly_its_claims(
    places: list[tuple[int, int, int]],
) -> None:
    text = "abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ 0123456789"
    claims = []
    for index, (start, length, offset) in enumerate(places):
        span = Span(start=start, end=start + length)
        trigger = Span(start=start + min(offset, length - 1), end=span.end)
        claims.append(
            Claim.from_wire(
                {
                    "id": f"c{index}",
                    "type": "DENY",
                    "evidence": span.of(text),
                    "trigger": trigger.of(text),
                    "span": span.wire(),
                    "trigger_span": trigger.wire(),
                }
            )
        )
    document = Document(report="r", report_hash="0", text=text)
    page = make_page(document, Coding(report="r", claims=tuple(claims)))
    stretches = [stretch for block in page.blocks for stretch in block.stretches]
    assert "".join(stretch.text for stretch in stretches) == text
    at = 0
    for stretch in stretches:
        for offset in range(at, at + len(stretch.text)):
            within = {
                claim.id for claim in claims if claim.span and claim.span.start <= offset < claim.span.end
            }
            assert set(stretch.claims) == within
        at += len(stretch.text)
    assert sorted(end for stretch in stretches for end in stretch.ends) == sorted(
        claim.id for claim in claims
    )
