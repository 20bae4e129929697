#!/usr/bin/env python3
"""Trains heads over the encoder as it is shipped: python training/over.py MODEL BENCH_HEADS [--only NAME]

who-says-so (`attribution`) on PolNeAR, into MODEL/heads.npz; role fillers (`muc`) on MUC-4 and arguments
(`event_argument`) on WikiEvents, RAMS and M2E2, into BENCH_HEADS. The encoder stays what it is, int8 and
all, so that nothing else that rests on it changes; its states of every document are computed once and kept
under training/cache/states.
"""

from __future__ import annotations

import argparse
import copy
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).parent))
from arguments import Arguments
from convolved import Convolved
from corpora import muc4, polnear
from labels import ATTRIBUTION, MUC_ROLES
from stemma.extract.local.encoder import Encoder
from stemma.model import hash_bytes

CACHE = Path(__file__).parent / "cache" / "states"
MEAN = 0.99


class Attribution(torch.nn.Module):
    """PolNeAR: each word's tag by itself, and all of them as a sequence."""

    name, epochs, batch, rate, decay = "attribution", 12.0, 4, 2e-3, 0.02

    def __init__(self) -> None:
        super().__init__()
        self.body = Convolved(128, 5 * len(ATTRIBUTION), 0.15)
        self.after = torch.nn.Parameter(torch.zeros(len(ATTRIBUTION), 5, 5))

    def documents(self):
        return polnear.load("train")

    def loss(self, document, x):
        logits = self.body(x).view(-1, len(ATTRIBUTION), 5)
        tags = torch.from_numpy(document.ended())
        weights = torch.tensor([1.0, 1.5, 1.0, 1.5, 1.5])
        alone = F.cross_entropy(logits.flatten(0, 1), tags.flatten(), weights)
        return alone + 8 * polnear.sequence_loss(logits, self.after, tags)

    def weights(self):
        return {**self.body.weights(self.name), "attribution_after": self.after.detach()}


class Fillers(torch.nn.Module):
    """MUC-4: first and inner words of each role's fillers, and whether the message tells of an incident."""

    name, epochs, batch, rate, decay = "muc", 12.0, 8, 1.5e-3, 0.05

    def __init__(self) -> None:
        super().__init__()
        self.body = Convolved(192, 3 * len(MUC_ROLES), 0.3, whole=True)

    def documents(self):
        return muc4.load("dev")

    def loss(self, document, x):
        logits, relevant = self.body(x)
        weights = torch.tensor([1.0, 3.0, 3.0])
        tags = F.cross_entropy(logits.view(-1, 3), torch.from_numpy(document.tags).flatten(), weights)
        told = F.binary_cross_entropy_with_logits(relevant, torch.tensor([float(document.relevant)]))
        return 4 * tags + 0.3 * told

    def weights(self):
        return self.body.weights(self.name)


def states_of(name: str, documents, encoder: Path) -> dict[str, np.ndarray]:
    """The states of each document by its name, in half precision."""
    path = CACHE / f"{name}-{hash_bytes(encoder.read_bytes())[:12]}.npz"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        run = Encoder(encoder, torch.get_num_threads())
        np.savez(path, **{d.name: run.states(d.words).astype(np.float16) for d in documents})
    with np.load(path) as stored:
        return {key: stored[key] for key in stored.files}


def train(head, encoder: Path, seed: int, scale: float = 1.0):
    """The running mean of the head's weights over its schedule."""
    documents = [d for d in head.documents() if len(d.words)]
    states = states_of(head.name, documents, encoder)
    rng = random.Random(seed)
    steps = int(scale * head.epochs * len(documents) / head.batch)
    optimiser = torch.optim.AdamW(head.parameters(), lr=head.rate, weight_decay=head.decay)
    mean, deck, began, total = copy.deepcopy(head), [], time.time(), 0.0
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = head.rate * min((step + 1) / 50, max(0.02, 1 - step / steps))
        optimiser.zero_grad()
        for _ in range(head.batch):
            deck = deck or rng.sample(documents, len(documents))
            document = deck.pop()
            loss = (
                head.loss(document, torch.from_numpy(states[document.name].astype(np.float32))) / head.batch
            )
            loss.backward()
            total += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(head.parameters(), 2.0)
        optimiser.step()
        with torch.no_grad():
            for kept, now in zip(mean.parameters(), head.parameters(), strict=True):
                kept.lerp_(now, 1 - min(MEAN, (step + 1) / (step + 10)))
        if step % 200 == 199:
            minutes = (time.time() - began) / 60
            print(
                f"{head.name} step {step + 1} of {steps}, {minutes:.1f} min, loss {total / 200:.3f}",
                flush=True,
            )
            total = 0.0
    return mean


def put(path: Path, name: str, weights: dict[str, torch.Tensor]) -> None:
    """Writes the head's weights over those of the same head in a file of heads."""
    with np.load(path) as stored:
        kept = {k: stored[k] for k in stored.files if not k.startswith((f"{name}.", f"{name}_"))}
    np.savez_compressed(path, **kept, **{k: v.numpy().astype(np.float16) for k, v in weights.items()})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("bench", type=Path)
    parser.add_argument("--only", choices=("attribution", "muc", "event_argument"))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--scale", type=float, default=1.0, help="do this part of all steps, for a trial")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    bench = options.bench
    for kind, file in ((Attribution, options.model / "heads.npz"), (Fillers, bench), (Arguments, bench)):
        if options.only in (None, kind.name):
            torch.manual_seed(options.seed)
            head = train(kind(), options.model / "encoder.onnx", options.seed, options.scale)
            put(file, kind.name, head.weights())


if __name__ == "__main__":
    main()
