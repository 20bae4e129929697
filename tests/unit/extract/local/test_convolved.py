"""The head that looks at the words around a word."""

from __future__ import annotations

import numpy as np
import pytest

from stemma.extract.local.convolved import convolved


def weights(size: int = 1, wide: int = 2) -> dict[str, np.ndarray]:
    """One channel: it takes the first number of a state, and each block adds the neighbours' channels."""
    made = {"h_in.weight": np.eye(size, wide), "h_in.bias": np.zeros(size)}
    for block in range(2):
        made[f"h_mix{block}.weight"] = np.concatenate([np.eye(size), np.zeros((size, size)), np.eye(size)], 1)
        made[f"h_mix{block}.bias"] = np.zeros(size)
    made |= {"h_out.weight": np.eye(size, size + wide), "h_out.bias": np.full(size, 10.0)}
    return {name: value.astype(np.float32) for name, value in made.items()}


def test_a_block_sees_its_neighbours_and_the_next_two_words_away():
    x = np.zeros((9, 2), dtype=np.float32)
    x[4, 0] = 1
    seen, logits = convolved(weights(), "h", x)
    # One step: words 3, 4, 5 have 1. Two steps of two words: each adds those two to its left and right.
    assert seen[:, 0].tolist() == [0, 1, 1, 2, 1 + 0 + 0, 2, 1, 1, 0]
    assert logits[:, 0].tolist() == [10 + value for value in seen[:, 0]]


def test_what_is_negative_is_nothing():
    x = np.array([[-3.0, 0.0], [2.0, 0.0]], dtype=np.float32)
    assert convolved(weights(), "h", x)[0][:, 0].tolist() == [2, 2]


@pytest.mark.parametrize("words", [0, 1, 2, 3])
def test_a_text_may_be_shorter_than_the_reach(words):
    seen, logits = convolved(weights(), "h", np.ones((words, 2), dtype=np.float32))
    assert len(seen) == len(logits) == words


def test_training_computes_the_same():
    torch = pytest.importorskip("torch", reason="torch is for training only")
    import sys
    from pathlib import Path

    sys.path.append(str(Path(__file__).parents[4] / "training"))
    from convolved import Convolved

    torch.manual_seed(3)
    net = Convolved(16, 15, 0.1).eval()
    x = torch.randn(20, 384)
    own = {name: value.numpy() for name, value in net.weights("h").items()}
    with torch.no_grad():
        wanted = net(x).numpy()
    assert np.allclose(convolved(own, "h", x.numpy())[1], wanted, atol=1e-4)
