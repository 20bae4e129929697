"""Two versions of a page, sentence by sentence."""

from __future__ import annotations

from stemma.model import Document, Passage, PassageKind, Report, Span
from stemma.read import read_document
from stemma.show.difference import make_difference


def page(text: str, report: str = "a") -> Document:
    content = f"Bridge closed\n\n{text}\n".encode()
    return read_document(Report(id=report, address=report, media_type="text/plain", content=content))


def test_a_changed_figure_is_one_sentence_out_and_one_in() -> None:
    before = page("Ten soldiers died at the bridge. The ferry went on as before. Nobody claimed it.")
    after = page(
        "Twelve soldiers died at the bridge. The ferry went on as before. Nobody claimed it.", "a~02"
    )
    view = make_difference(before, after)
    assert (view.older, view.newer, view.taken, view.put) == ("a", "a~02", 1, 1)
    assert [line.text for line in view.lines if line.sign == "-"] == ["Ten soldiers died at the bridge."]
    assert [line.text for line in view.lines if line.sign == "+"] == ["Twelve soldiers died at the bridge."]


def test_long_stretches_that_stayed_are_counted() -> None:
    same = " ".join(f"Sentence number {number} stays as it is." for number in range(10))
    view = make_difference(page(same), page(f"{same} A new one came."))
    assert [line.text for line in view.lines if line.sign == "…"] == ["9 sentences as before"]
    assert [line.text for line in view.lines if line.sign == "+"] == ["A new one came."]


def test_boilerplate_is_no_change() -> None:
    def document(foot: str) -> Document:
        text = f"The bridge is closed.\n\n{foot}"
        body, end = Span(start=0, end=21), Span(start=23, end=len(text))
        passages = (Passage(kind=PassageKind.BODY, span=body), Passage(kind=PassageKind.FURNITURE, span=end))
        return Document(report="a", report_hash="0" * 64, text=text, passages=passages)

    view = make_difference(document("Most read: A"), document("Most read: B, C"))
    assert (view.taken, view.put) == (0, 0)
