"""UW event factuality: how sure the words make an event, from -3 (did not happen) to 3 (did)."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from stemma.extract.local.words import Words, split_words

if TYPE_CHECKING:  # torch is for training; the benchmarks load these sets without it
    import torch

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "factuality" / "uw"
TOGETHER = 12  # sentences read at once: the corpus has neighbours in text order


@dataclass
class Rated:
    name: str
    words: Words
    spans: list[tuple[int, int]]
    values: list[float]


def load(split: str, together: int = TOGETHER) -> list[Rated]:
    rows = [json.loads(line) for line in (ROOT / f"{split}.jsonl").read_text("utf-8").splitlines()]
    found = []
    for low in range(0, len(rows), together):
        text, spans, values = "", [], []
        for row in rows[low : low + together]:
            tokens = row["text"].split(" ")
            starts = np.cumsum([0] + [len(t) + 1 for t in tokens]) + len(text)
            for target in row["targets"]:
                first, last = target["span1"]
                spans.append((int(starts[first]), int(starts[last] - 1)))
                values.append(float(target["label"]))
            text += row["text"] + "\n"
        words = split_words(text)
        hits = [(words.words_in(a, b), value) for (a, b), value in zip(spans, values, strict=True)]
        found.append(Rated(f"{split}{low}", words, [h for h, _ in hits if h], [v for h, v in hits if h]))
    return found


def losses(net, rated: Rated, x, device) -> dict[str, torch.Tensor]:
    if not rated.spans:
        return {}
    import torch
    import torch.nn.functional as F

    a = torch.tensor([s for s, _ in rated.spans], device=device)
    b = torch.tensor([e for _, e in rated.spans], device=device)
    return {
        "factuality": F.smooth_l1_loss(net.heads.rate(x, a, b), torch.tensor(rated.values, device=device))
    }
