"""A head that looks at the words around a word: dilated convolutions over the encoder's states, in numpy."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def rectified(x: Floats) -> Floats:
    """Zero for what is negative, in place."""
    return np.maximum(x, 0, out=x)


def convolved(
    weights: Mapping[str, Floats], name: str, x: Floats, bend: Callable[[Floats], Floats] = rectified
) -> tuple[Floats, Floats]:
    """What a head of residual blocks sees at each word (n, d), and its logits (n, out), of states (n, 384).

    Block k adds what a word and its neighbours 2**k words to either side say together (Yu and Koltun 2016;
    for tagging Strubell et al. 2017), bent by `bend`. `training/convolved.py` trains it.
    """
    h = linear(weights, f"{name}_in", x)
    if f"{name}_whole.weight" in weights:
        h += linear(weights, f"{name}_whole", x.mean(0, keepdims=True))
    h = bend(h)
    block = 0
    while f"{name}_mix{block}.weight" in weights:
        gap = 1 << block
        before, own, after = np.split(weights[f"{name}_mix{block}.weight"], 3, axis=1)
        mixed = h @ own.T
        mixed += weights[f"{name}_mix{block}.bias"]
        # Two products of shifted rows: joining the three tables first took longer.
        mixed[gap:] += h[:-gap] @ before.T
        mixed[:-gap] += h[gap:] @ after.T
        h += bend(mixed)
        block += 1
    return h, linear(weights, f"{name}_out", np.concatenate([h, x], 1))


def linear(weights: Mapping[str, Floats], name: str, x: Floats) -> Floats:
    """The layer `name` of states (…, d): (…, out)."""
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    # One product of two tables: numpy does a stack of them one by one.
    found = x.reshape(-1, x.shape[-1]) @ weight.T
    found += bias
    return np.asarray(found.reshape(*x.shape[:-1], len(bias)), dtype=np.float32)
