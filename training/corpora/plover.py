"""Sentences with a PLOVER event: PLV (with source and target), the PLOVER gold records, CAMEO classes."""

from __future__ import annotations

import csv
import json
import os
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from labels import LINKS, TYPES
from stemma.extract.local.words import Words, split_words
from stemma.model import ClaimType

if TYPE_CHECKING:  # torch is for training; the benchmarks load these sets without it
    import torch

ROOT = Path(os.environ.get("STEMMA_BENCH", "../shared/bench")) / "plover"
QUADS = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "COOPERATE": 2,
    "AID": 2,
    "YIELD": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
}
"""The root codes of PLV and their quad class: 1 and 2 verbal and material cooperation, 3 and 4 conflict."""
MERGED = {
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
    "DEMAND": "REQUEST",
    "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE",
    "FIGHT": "ASSAULT",
}
"""Codes of other versions of PLOVER as PLV has them."""


@dataclass
class Sentence:
    """One sentence, its root code (null where only the quad class is known) and its marked parties."""

    text: str
    root: str | None
    quad: int
    source: str = ""
    target: str = ""

    @property
    def name(self) -> str:
        """The sentence's own name: it has no other."""
        return self.text

    @cached_property
    def words(self) -> Words:
        """The sentence cut as the engine cuts it."""
        return split_words(self.text)

    @property
    def held_out(self) -> bool:
        """True for the third that is measured on and never trained on; by the text."""
        return zlib.crc32(self.text.encode()) % 3 == 0


# What may stand in a sentence of each root code: PLV codes a promised act as AGREE, a refused one as REJECT.
_MEANT: dict[str, tuple[str, ...]] = {
    "AGREE": ("AGREE", "COOPERATE", "AID", "SUPPORT", "CONCEDE", "RETREAT", "TRANSFER"),
    "SUPPORT": ("SUPPORT", "REALIGN", "ALLIED_WITH"),
    "AID": ("AID", "TRANSFER"),
    "YIELD": ("CONCEDE", "RETREAT", "REALIGN"),
    "THREATEN": ("THREATEN", "ASSAULT", "COERCE", "MOBILIZE", "SANCTION"),
    "REJECT": ("REJECT", "DENY"),
    "MOBILIZE": ("MOBILIZE", "MOVE"),
    "ASSAULT": ("ASSAULT", "CLAIM-RESPONSIBILITY"),
}
OTHERWISE = 0.1  # weight of a type that the code does not mean: a sentence may tell of something else too


def training() -> list[Sentence]:
    """The two thirds of PLV that are not held out."""
    return [row for row in plv() if not row.held_out and len(split_words(row.text))]


def losses(net, row: Sentence, x, device) -> dict[str, torch.Tensor]:
    """The code of a sentence and its two parties, wherever the trigger stands.

    Multiple-instance: the likeliest word carries the code (Dietterich et al. 1997). The marked source is
    the actor of that word's claim, the marked target one of its other sides.
    """
    import torch
    import torch.nn.functional as F

    from net import between_means
    from prepare import bucket, relation

    heads, n = net.heads, len(x)
    logits = heads.trigger(heads.dropout(x)).view(n, 2, len(TYPES))
    meant = [TYPES.index(name) for name in _MEANT.get(row.root or "", (row.root,)) if name in TYPES]
    if not meant:
        return {}
    best = logits.amax(0)  # (2, types)
    right = F.softplus(-best[:, meant].amax(-1)).sum()
    apart = [k for k, name in enumerate(TYPES) if k not in meant and not ClaimType(name).is_tie]
    wrong = F.softplus(best[:, apart]).mean()
    result = {"code": 0.5 * right + OTHERWISE * wrong}
    sides = [_place(row.words, row.text, part) for part in (row.source, row.target)]
    if not all(sides):
        return result
    at = int(logits[:, 1, meant].amax(-1).argmax())
    kind = meant[int(logits[at, 1, meant].argmax())]

    def tensor(values):
        return torch.tensor(values, device=device)

    s, e = tensor([a for a, _ in sides]), tensor([b for _, b in sides])
    start = tensor([at])
    claims = heads.claims(x, start, start, tensor([kind]))
    with torch.no_grad():
        kinds = torch.sigmoid(heads.spans(x))[s, (e - s).clamp(max=23)]
    mentions = heads.mentions(x, s, e, kinds)
    sentence = row.words.sentence
    near = relation(sentence[[at]], sentence[s.cpu().numpy()])
    scores = heads.links(
        claims,
        mentions,
        between_means(x, start, start, s, e),
        tensor(bucket(s.cpu().numpy()[None] - at)),
        tensor(near),
    )[0]
    actor = LINKS.index("actor")
    others = [LINKS.index(name) for name in ("recipient", "victim", "to", "from", "object")]
    wanted = (
        F.softplus(-scores[0, actor]) + F.softplus(-scores[1, others].amax()) + F.softplus(scores[1, actor])
    )
    result["side"] = 0.3 * wanted
    return result


def _place(words: Words, text: str, part: str) -> tuple[int, int] | None:
    """The words of a marked party, without its article."""
    for article in ("the ", "a ", "an "):
        part = part[len(article) :] if part.lower().startswith(article) else part
    start = text.find(part) if part else -1
    return words.words_in(start, start + len(part)) if start >= 0 else None


def plv(part: str | None = None) -> list[Sentence]:
    """The sentences of PLV; `part` is the file's name without its ending."""
    path = ROOT / f"{part or 'PLV_train'}.tsv"
    with path.open(encoding="utf-8", newline="") as rows:
        return [
            Sentence(row["sentence"], row["gold_root"], int(row["gold_penta"]), row["source"], row["target"])
            for row in csv.DictReader(rows, delimiter="\t")
        ]


def records() -> list[Sentence]:
    """The PLOVER gold records, with the root codes of PLV."""
    found = []
    for row in json.loads((ROOT / "PLOVER_GSR_CAMEO.txt").read_text("utf-8", errors="replace")):
        root = MERGED.get(row["event"], row["event"])
        if root in QUADS:
            found.append(Sentence(row["text"], root, QUADS[root]))
    return found


def classes() -> list[Sentence]:
    """Sentences with a quad class only; 0 is none of the four."""
    lines = (ROOT / "cameo_class" / "train.tsv").read_text("utf-8").splitlines()
    rows = [line.rpartition("\t") for line in lines if line.strip()]
    return [Sentence(text, None, int(quad)) for text, _, quad in rows if quad.strip().isdigit()]
