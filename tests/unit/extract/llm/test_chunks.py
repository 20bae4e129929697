from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "support"))

from hypothesis import given, settings
from hypothesis import strategies as st
from network import make_document

from stemma.extract.llm.chunks import make_chunks, sentences_of
from stemma.model import PassageKind

TEXT = (
    "OSTREL, Oct 12\n\nOne thing happened. Another thing happened. A third thing happened.\n\n"
    "Subscribe to our letter. Share this page.\n\nThe last thing happened."
)


def test_furniture_is_not_sent() -> None:
    document = make_document(TEXT, (PassageKind.FURNITURE, "Subscribe to our letter. Share this page.", None))
    words = make_chunks(document, 10_000, 2)[0].words(TEXT)
    assert "Subscribe" not in words
    assert words.endswith("happened.\n\nThe last thing happened.")


def test_neighbours_share_sentences() -> None:
    chunks = make_chunks(make_document(TEXT), 60, 1)
    assert len(chunks) > 2
    for one, two in pairwise(chunks):
        assert one.sentences[-1] == two.sentences[0]


def test_a_chunk_of_one_sentence_has_no_halves() -> None:
    chunk = make_chunks(make_document("One thing happened."), 10, 2)[0]
    assert chunk.halves() == (chunk,)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="Ab .!\n", max_size=200), st.integers(1, 80), st.integers(0, 5))
def test_every_sentence_is_in_a_chunk_and_chunks_are_bounded(text: str, most: int, overlap: int) -> None:
    document = make_document(text)
    chunks = make_chunks(document, most, overlap)
    assert {s for chunk in chunks for s in chunk.sentences} == set(sentences_of(document))
    for chunk in chunks:
        assert len(chunk.sentences) == 1 or sum(s.end - s.start for s in chunk.sentences) <= most
    assert len(chunks) <= max(1, len(sentences_of(document)))
