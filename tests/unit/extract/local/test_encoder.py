from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stemma.errors import EngineError
from stemma.extract.local.encoder import CLS, SEP, WIDTH, Encoder, word_means
from stemma.extract.local.words import MODEL_DIR, WINDOW, owners, split_words, windows


class Session:
    """Gives each piece its own number and that of its window as state."""

    def __init__(self) -> None:
        self.seen: list[np.ndarray] = []

    def run(self, _: None, feed: dict[str, Any]) -> list[np.ndarray]:
        pieces = feed["pieces"]
        assert pieces.shape == feed["shapes"].shape
        assert (pieces[0, 0], pieces[0, -1]) == (CLS, SEP)
        self.seen.append(pieces[0])
        states = np.zeros((*pieces.shape, WIDTH), dtype=np.float32)
        states[..., 0], states[..., 1] = pieces, len(self.seen)
        return [states]


@pytest.fixture
def encoder() -> Encoder:
    made = Encoder.__new__(Encoder)
    made._session = Session()
    return made


def test_a_words_state_is_the_mean_of_its_pieces(encoder: Encoder) -> None:
    words = split_words("Qassamists fled")
    states = encoder.states(words)
    for index in range(len(words)):
        assert states[index, 0] == pytest.approx(words.pieces[words.word == index].mean())
    assert (words.word == 0).sum() > 1, "the test wants a word of several pieces"


def test_each_word_has_the_state_of_the_window_that_owns_it(encoder: Encoder) -> None:
    words = split_words("The militants fled the town. " * 400)
    cuts = windows(words)
    assert len(cuts) > 3
    states = encoder.states(words)
    for number, (first, last) in enumerate(owners(words, cuts), start=1):
        assert set(states[first:last, 1].tolist()) == {number}
    assert all(len(pieces) <= WINDOW + 2 for pieces in encoder._session.seen)


def test_no_words_have_no_states(encoder: Encoder) -> None:
    assert encoder.states(split_words("")).shape == (0, WIDTH)


def test_means_of_pieces() -> None:
    of, means = word_means(np.array([3, 3, 5]), np.array([[1.0], [3.0], [7.0]], dtype=np.float32))
    assert of.tolist() == [3, 5]
    assert means.tolist() == [[2.0], [7.0]]


def test_a_broken_model_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "encoder.onnx").write_bytes(b"no model")
    with pytest.raises(EngineError, match="cannot be loaded"):
        Encoder(tmp_path / "encoder.onnx", 1)


def test_a_second_thread_changes_no_state() -> None:
    words = split_words("The army said on Friday that shells hit a market in Arra. Nobody was hurt.")
    one, two = (Encoder(MODEL_DIR / "encoder.onnx", threads).states(words) for threads in (1, 2))

    assert np.array_equal(one, two)
