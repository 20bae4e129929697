"""The room: every word once, in its place, with the claims that it carries."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stemma.model import Claim, ClaimType, Document, Passage, PassageKind, Span
from stemma.show import make_room

TEXT = "Title\n\nMen left “for good” at dawn. Guards came."


def _claim(id: str, evidence: str, trigger: str, span: Span | None = None) -> Claim:
    return Claim(id=id, type=ClaimType.MOVE, evidence=evidence, trigger=trigger, span=span)


def _document(text: str, *passages: Passage) -> Document:
    return Document(report="a", report_hash="0" * 64, text=text, passages=passages)


def test_words_know_their_claims_and_triggers() -> None:
    room = make_room(
        _document(TEXT),
        [_claim("c1", "Men left “for good” at dawn.", "left"), _claim("c2", "at dawn", "dawn")],
    )
    pieces = {piece.text: piece for block in room.blocks for piece in block.pieces}
    assert pieces["left"].claims == ("c1",)
    assert pieces["left"].triggers == ("c1",)
    assert pieces["dawn"].claims == ("c1", "c2")
    assert pieces["dawn"].triggers == ("c2",)
    assert room.places["c2"] == Span(start=TEXT.index("at dawn"), end=TEXT.index("at dawn") + 7)


def test_offsets_that_do_not_hold_the_evidence_are_not_followed() -> None:
    room = make_room(_document(TEXT), [_claim("c1", "Guards came.", "came", Span(start=0, end=12))])
    assert room.places["c1"].of(TEXT) == "Guards came."
    assert make_room(_document(TEXT), [_claim("c1", "Nowhere.", "No")]).places == {}


def test_quotations_are_marked_within_their_passage() -> None:
    start = TEXT.index("“")
    quote = Passage(kind=PassageKind.QUOTATION, span=Span(start=start, end=start + 10))
    room = make_room(_document(TEXT, quote), [])
    assert [piece.text for block in room.blocks for piece in block.pieces if piece.quoted] == ["“for good”"]


@st.composite
def _rooms(draw: st.DrawFn) -> tuple[Document, list[Claim], int, int]:
    text = draw(st.text("ab \n.😀", min_size=1, max_size=60))
    edges = sorted(draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    kinds = st.sampled_from([kind for kind in PassageKind if kind is not PassageKind.QUOTATION])
    passages = [
        Passage(kind=draw(kinds), span=Span(start=low, end=high))
        for low, high in zip(edges[::2], edges[1::2], strict=False)
    ]
    claims = []
    for index in range(draw(st.integers(0, 4))):
        low, high = sorted(draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
        claims.append(_claim(f"c{index}", text[low:high], text[low : low + 1], Span(start=low, end=high)))
    return _document(text, *passages), claims, draw(st.integers(0, 70)), draw(st.integers(1, 80))


@given(_rooms())
def test_each_word_of_the_window_is_shown_once_with_all_its_claims(
    given_room: tuple[Document, list[Claim], int, int],
) -> None:
    document, claims, start, window = given_room
    room = make_room(document, claims, start, window)
    shown: dict[int, str] = {}
    for block in room.blocks:
        for piece in block.pieces:
            for offset, letter in enumerate(piece.text, start=piece.start):
                assert offset not in shown
                shown[offset] = letter
                carrying = {name for name, span in room.places.items() if span.start <= offset < span.end}
                assert set(piece.claims) == carrying
    for offset in range(room.window.start, room.window.end):
        if not document.text[offset].isspace():
            assert shown[offset] == document.text[offset]
    assert set(shown) <= set(range(room.window.start, room.window.end))
