"""PolNeAR: who says so in political news. Spans of Source, Cue, Content as BIO tags per kind."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from labels import ATTRIBUTION
from stemma.extract.local.words import Words, split_words

if TYPE_CHECKING:  # torch is for training; the benchmarks load these sets without it
    import torch

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "polnear"


@dataclass
class Attributions:
    name: str
    words: Words
    tags: NDArray[np.int64]  # (n, kinds): 0 outside, 1 first word, 2 inside

    def ended(self) -> NDArray[np.int64]:
        """The tags with 3 for the last word of a span and 4 for its only word."""
        after = np.vstack([self.tags[1:], np.zeros_like(self.tags[:1])])
        last = (self.tags > 0) & (after != 2)
        return np.where(last, np.where(self.tags == 1, 4, 3), self.tags)


def annotation(folder: Path, name: str) -> Path | None:
    """The first annotator's file, in name order."""
    return next(iter(sorted((folder / "attributions").glob(f"{name}_*.ann"))), None)


def spans(path: Path):
    """(kind, [(start, end), ...]) of every text-bound annotation that is a source, cue or content."""
    for line in path.read_text("utf-8").splitlines():
        match = re.match(r"T\d+\t(Source|Cue|Content) ([\d ;]+)\t", line)
        if match:
            yield match[1].lower(), [tuple(map(int, part.split())) for part in match[2].split(";")]


def load(split: str) -> list[Attributions]:
    found = []
    for path in sorted((ROOT / split / "text").glob("*.txt")):
        annotated = annotation(ROOT / split, path.stem)
        if not annotated:
            continue
        words = split_words(path.read_text("utf-8"))
        tags = np.zeros((len(words), len(ATTRIBUTION)), dtype=np.int64)
        for kind, parts in spans(annotated):
            for part in parts:
                hit = words.words_in(*part)
                if hit:
                    k = ATTRIBUTION.index(kind)
                    tags[hit[0] + 1 : hit[1] + 1, k] = 2
                    tags[hit[0], k] = 1
        found.append(Attributions(path.stem, words, tags))
    return found


def losses(net, labelled: Attributions, x, device) -> dict[str, torch.Tensor]:
    """Each word by itself, and the sequence as a whole (linear-chain CRF, Lafferty et al. 2001)."""
    import torch
    import torch.nn.functional as F

    tags = torch.from_numpy(labelled.ended()).to(device)
    logits = net.heads.attribution(net.heads.dropout(x)).view(len(x), len(ATTRIBUTION), 5)
    weights = torch.tensor([1.0, 2.0, 1.0, 2.0, 2.0], device=device)
    alone = F.cross_entropy(logits.flatten(0, 1), tags.flatten(), weights)
    whole = sequence_loss(logits, net.heads.attribution_after, tags)
    return {"attribution": alone, "attribution sequence": 8 * whole}


NEVER = -1e4
_OPEN = (1, 2)


def following(device) -> torch.Tensor:
    """(5, 5): 0 where the second tag may follow the first, `NEVER` where not."""
    import torch

    rows = [
        [0.0 if (now in (2, 3)) == (before in _OPEN) else NEVER for now in range(5)] for before in range(5)
    ]
    return torch.tensor(rows, device=device)


def sequence_loss(logits, after, tags) -> torch.Tensor:
    """Negative log-likelihood of the tags (n, kinds) a word and kind; logits (n, kinds, 5), after
    (kinds, 5, 5). The sum over all sequences is a tree of matrix products: as deep as log2(n)."""
    import torch

    n, kinds, _ = logits.shape
    moves = after + following(logits.device)
    first = logits.new_zeros(5)
    first[[2, 3]] = NEVER
    last = logits.new_zeros(5)
    last[list(_OPEN)] = NEVER
    at = logits.gather(2, tags[..., None])[..., 0].sum()
    given = at + first[tags[0]].sum() + last[tags[-1]].sum()
    kind = torch.arange(kinds, device=logits.device)
    given = given + moves[kind, tags[:-1], tags[1:]].sum()
    steps = moves[None] + logits[1:, :, None]
    while len(steps) > 1:
        odd = steps[-1:] if len(steps) % 2 else None
        left, right = steps[0 : len(steps) // 2 * 2 : 2], steps[1::2]
        steps = torch.logsumexp(left[..., None] + right[:, :, None], dim=3)
        steps = steps if odd is None else torch.cat([steps, odd])
    total = (logits[0] + first)[..., None] + (steps[0] if len(steps) else 0.0) + last
    return (torch.logsumexp(total.flatten(1), 1).sum() - given) / (n * kinds)


def pairs(folder: Path, document: Attributions) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Gold source-content pairs, each span as the words it reaches over."""
    path = annotation(folder, document.name)
    lines = path.read_text("utf-8").splitlines() if path else []
    spots = {}
    for line in lines:
        match = re.match(r"(T\d+)\t(Source|Content) ([\d ;]+)\t", line)
        if match:
            parts = [tuple(map(int, part.split())) for part in match[3].split(";")]
            spots[match[1]] = document.words.words_in(parts[0][0], parts[-1][1])
    found = []
    for line in lines:
        if line.startswith("E"):
            roles: dict[str, list] = {}
            for role, target in re.findall(r"(Source|Content)\d*:(T\d+)", line):
                if spots.get(target):
                    roles.setdefault(role, []).append(spots[target])
            found += [(s, c) for s in roles.get("Source", []) for c in roles.get("Content", [])]
    return found
