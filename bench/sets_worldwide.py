"""Names in news from outside the West, against the spans that the head proposes to claims.

Their types against our kinds: Person is person; Location is place, or government where a country acts;
Organization is group, unit, government, organisation or outlet; NORP is people, government or group;
Facility is place, object or organisation. Dates, money, products and the rest are left out. Our kinds are
those of parties to claims and not this set's guideline, so the figures say how many names can enter
claims at all rather than how well a tagger trained for it would do.

A proposal is cut to its name: words without a capital are taken off both ends. `proposed` is recall of
all proposals, untyped, exact; `p`, `r`, `f1` are typed and exact, over proposals of at least one half, the
best first where two overlap. A proposal that is exactly a name within a name, or one of a type left out,
counts neither way. Reports that were coded by hand are left out.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np

from public_sets import Figures, f1
from sets_shared import Place, coded, touch
from stemma.extract.local.decode import ENTITY_KINDS
from stemma.extract.local.encoder import Encoder
from stemma.extract.local.heads import Heads
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.words import MODEL_DIR, split_words

KINDS: dict[str, set[str]] = {
    "Person": {"person"},
    "Location": {"place", "government"},
    "Organization": {"group", "unit", "government", "organisation", "outlet"},
    "NORP": {"people", "government", "group"},
    "Facility": {"place", "object", "organisation"},
}
TAKEN = 0.5
Proposal = tuple[Place, str, float]


def name_within(text: str, place: Place) -> Place | None:
    """The place without words at its edges that have no capital; null where none has one."""
    start, end = place
    words = []
    at = start
    for word in text[start:end].split():
        at = text.index(word, at)
        words.append((at, at + len(word)))
        at += len(word)
    capital = [spot for spot in words if any(c.isupper() for c in text[spot[0] : spot[1]])]
    return (capital[0][0], capital[-1][1]) if capital else None


def take(proposals: list[Proposal], least: float = TAKEN) -> list[Proposal]:
    """The best proposals that do not overlap; the longer where two are as good."""
    taken: list[Proposal] = []
    for row in sorted(proposals, key=lambda r: (-r[2], r[0][0] - r[0][1], r)):
        if row[2] >= least and not any(touch(row[0], other[0]) for other in taken):
            taken.append(row)
    return taken


def counts_of(gold: set[tuple[Place, str]], inner: set[Place], proposals: list[Proposal]) -> Counter[str]:
    """Counts of one report: names wanted, proposed (untyped) and right, and spans given."""
    wanted = {place: kind for place, kind in gold if kind in KINDS}
    ignored = (inner | {place for place, kind in gold if kind not in KINDS}) - set(wanted)
    spots = {place for place, _, _ in proposals}
    counts: Counter[str] = Counter({"wanted": len(wanted), "proposed": len(spots & set(wanted))})
    for place, kind, _ in take(proposals):
        counts["given"] += place not in ignored
        counts["exact"] += place in wanted
        if place in wanted and kind in KINDS[wanted[place]]:
            counts["right"] += 1
            counts[f"{wanted[place]} right"] += 1
    for kind in wanted.values():
        counts[f"{kind} wanted"] += 1
    return counts


@cache
def shipped() -> tuple[Encoder, Heads]:
    """The shipped network, started once."""
    return Encoder(MODEL_DIR / "encoder.onnx", 2), Heads(MODEL_DIR / "heads.npz", MODEL_DIR / "heads.json")


def propose(text: str) -> list[Proposal]:
    """What the head would offer to claims as parties, each cut to its name, with its best kind."""
    (encoder, heads), words = shipped(), split_words(text)
    if not len(words):
        return []
    floor = Thresholds.of(heads.labels.get("thresholds", {})).span
    spans = heads.spans(encoder.states(words), floor, ENTITY_KINDS)
    kinds = heads.labels["span_kinds"]
    found: dict[Place, Proposal] = {}
    for start, end, row in zip(spans.starts, spans.ends, spans.kinds[:, :ENTITY_KINDS], strict=True):
        place = name_within(text, (int(words.start[start]), int(words.end[end])))
        best = int(np.argmax(row))
        if place and (place not in found or found[place][2] < row[best]):
            found[place] = (place, kinds[best], float(row[best]))
    return list(found.values())


def figures(counts: Counter[str]) -> Figures:
    typed = f1(counts["right"], counts["given"], counts["wanted"])
    result: Figures = {
        "proposed": round(counts["proposed"] / max(1, counts["wanted"]), 3),
        **typed,
        "untyped f1": f1(counts["exact"], counts["given"], counts["wanted"])["f1"],
    }
    for kind in KINDS:
        result[f"{kind} r"] = round(counts[f"{kind} right"] / max(1, counts[f"{kind} wanted"]), 3)
    return result


def score(root: Path, split: str | None) -> Figures:
    from corpora import worldwide as corpus

    corpus.ROOT = root / "worldwide_ner"
    known, total = coded("worldwide"), Counter[str]()
    for report in corpus.load(split):
        if report.name not in known:
            total += counts_of(report.names, report.inner, propose(report.text))
            total["reports"] += 1
    return {"reports": total["reports"], **figures(total)}
