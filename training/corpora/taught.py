"""Reports that nobody coded, with the chances that several networks gave them together (`teach.py`).

A network that learns these learns what the others agree on (Hinton, Vinyals and Dean 2015; Bucilă, Caruana
and Niculescu-Mizil 2006), on more reports than were ever coded.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from labels import MAX_WIDTH, TYPES
from stemma.extract.local.words import Words, split_words

LESSONS = Path(os.environ.get("STEMMA_LESSONS", Path(__file__).parent.parent / "cache" / "lessons"))
SURE = 0.25
"""A trigger less sure than this teaches nothing of what hangs on it."""


@dataclass
class Lesson:
    """A text and arrays of chances, named as in `teach.py`."""

    name: str
    words: Words
    chances: dict[str, np.ndarray]


def load() -> list[Lesson]:
    """Every lesson that `teach.py` wrote."""
    found = []
    for path in sorted(LESSONS.glob("*.npz")):
        with np.load(path) as stored:
            chances = {key: stored[key] for key in stored.files}
        text, name = str(chances.pop("text")), str(chances.pop("name"))
        found.append(Lesson(name, split_words(text), chances))
    return found


def losses(net, lesson: Lesson, x, device):
    """The same heads and weights as `losses.gold_losses`, against chances instead of codes."""
    import torch
    import torch.nn.functional as F

    from losses import bce, pair_features
    from net import between_means
    from prepare import bucket, relation

    def tensor(values, kind=torch.long):
        return torch.as_tensor(np.asarray(values), dtype=kind, device=device)

    heads, n, said = net.heads, len(x), lesson.chances
    logits = heads.spans(x)
    targets = torch.zeros_like(logits)
    first, last = tensor(said["spans"]).T
    targets[first, last - first] = tensor(said["kinds"], torch.float)
    valid = (torch.arange(n, device=device)[:, None] + torch.arange(MAX_WIDTH, device=device)) < n
    found = {"taught span": bce(logits, targets, valid.float()[..., None]).sum() / (targets.sum() + 10)}

    told = heads.trigger(heads.dropout(x)).view(n, 2, len(TYPES))
    wanted = tensor(np.stack([said["inside"], said["first"]], 1), torch.float)
    found["taught trigger"] = 1.5 * bce(told, wanted).sum() / (wanted.sum() + 5)

    kept = np.flatnonzero(said["scores"] >= SURE)
    if not len(kept):
        return found
    starts, ends, types = (tensor(said["triggers"][kept, k]) for k in range(3))
    weight = tensor(said["scores"][kept], torch.float)
    claims = heads.claims(x, starts, ends, types)

    def apart(logits, chances):
        each = F.cross_entropy(logits, tensor(chances[kept], torch.float), reduction="none")
        return (each * weight).sum() / weight.sum()

    found["taught mode"] = 0.5 * apart(heads.mode(claims), said["modes"])
    found["taught status"] = apart(heads.status(claims), said["status"])
    found["taught certainty"] = apart(heads.certainty(claims), said["certainty"])
    negated = bce(heads.negated(claims)[:, 0], tensor(said["negated"][kept], torch.float))
    found["taught negated"] = (negated * weight).sum() / weight.sum()

    places = said["mentions"]
    if not len(places):
        return found
    s, e = tensor(places).T
    with torch.no_grad():
        kinds = torch.sigmoid(logits)[s, e - s]
    mentions = heads.mentions(x, s, e, kinds)
    begins, sentence = starts.cpu().numpy(), lesson.words.sentence
    scores = heads.links(
        claims,
        mentions,
        between_means(x, starts, ends, s, e),
        tensor(bucket(places[:, 0][None] - begins[:, None])),
        tensor(relation(sentence[begins], sentence[places[:, 0]])),
    )
    links = tensor(said["links"][kept], torch.float)
    lost = bce(scores, links) * weight[:, None, None]
    found["taught link"] = 2.5 * lost.sum() / ((links * weight[:, None, None]).sum() + 5)
    if len(places) > 1:
        off = 1 - torch.eye(len(places), device=device)
        pairs = heads.same(mentions, tensor(pair_features(lesson.words, places.tolist()), torch.float))
        found["taught same"] = 2 * bce(pairs, tensor(said["same"], torch.float), off).sum() / off.sum()
    kinds_of = F.cross_entropy(heads.source_kind(mentions), tensor(said["source_kinds"], torch.float))
    found["taught source kind"] = 0.1 * kinds_of
    return found
