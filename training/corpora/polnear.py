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
    import torch
    import torch.nn.functional as F

    tags = torch.from_numpy(labelled.ended()).to(device)
    logits = net.heads.attribution(net.heads.dropout(x)).view(len(x), len(ATTRIBUTION), 5)
    weights = torch.tensor([1.0, 2.0, 1.0, 2.0, 2.0], device=device)
    return {"attribution": 3 * F.cross_entropy(logits.flatten(0, 1), tags.flatten(), weights)}


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
