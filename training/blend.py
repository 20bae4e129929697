#!/usr/bin/env python3
"""The weighted mean of checkpoints: python training/blend.py OUT WEIGHT CHECKPOINT ...

A later checkpoint and the one it came from lie in one valley; their mean generalises better than either
(weight-space ensembles: Wortsman et al. 2022). Parts that only the first checkpoint has come from it.
"""

from __future__ import annotations

import sys

import torch


def blend(weights: list[float], states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    result = {}
    for name, value in states[0].items():
        alike = [
            (w, s[name])
            for w, s in zip(weights, states, strict=True)
            if name in s and s[name].shape == value.shape
        ]
        total = sum(w for w, _ in alike)
        result[name] = sum(w * tensor.float() for w, tensor in alike) / total
    return result


def main() -> None:
    out, *rest = sys.argv[1:]
    if len(rest) < 4 or len(rest) % 2:
        sys.exit(__doc__)
    states = [torch.load(path, map_location="cpu") for path in rest[1::2]]
    torch.save(blend([float(weight) for weight in rest[::2]], states), out)


if __name__ == "__main__":
    main()
