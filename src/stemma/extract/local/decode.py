"""From head scores to draft claims over word spans; nothing here knows the wire form."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from stemma.extract.local.heads import Floats, Heads, Ints, SpanScores, between_means, sentence_relation
from stemma.extract.local.thresholds import Thresholds
from stemma.extract.local.words import Words

ENTITY_KINDS = 10
"""The first span kinds are the entity kinds, in the order of `EntityKind`."""


@dataclass(slots=True)
class Link:
    """Span `span` (its index) is `label` to a claim, with this probability."""

    span: int
    label: str
    score: float


@dataclass(slots=True)
class Draft:
    """A claim before its words are put on the wire: trigger words [start, end] and what hangs on it."""

    start: int
    end: int
    type: int
    score: float
    mode: Floats
    status: Floats
    certainty: Floats
    negated: float
    links: list[Link] = field(default_factory=list)

    def linked(self, *labels: str) -> list[Link]:
        """The links of these labels, best first."""
        return sorted((link for link in self.links if link.label in labels), key=lambda link: -link.score)


def find_triggers(heads: Heads, x: Floats, limits: Thresholds, mute: Ints) -> list[tuple[int, int, int, float]]:
    """(start, end, type, score) of every trigger; words in `mute` (a boolean mask) carry none."""
    inside, first = heads.triggers(x)
    inside = np.where(mute[:, None], 0.0, inside)
    found: list[tuple[int, int, int, float]] = []
    for kind in np.flatnonzero(inside.max(0) >= limits.trigger):
        row = inside[:, kind]
        hits = np.flatnonzero(row >= limits.trigger)
        start = previous = int(hits[0])
        for hit in [*map(int, hits[1:]), -1]:
            if hit != previous + 1 or first[hit, kind] > 0.5:
                found.append((start, previous, int(kind), float(row[start : previous + 1].max())))
                start = hit
            previous = hit
    return sorted(found)


def decode_claims(
    heads: Heads, x: Floats, words: Words, spans: SpanScores, mentions: Floats, limits: Thresholds, mute: Ints
) -> list[Draft]:
    """The draft claims of a text, in the order of their triggers."""
    triggers = find_triggers(heads, x, limits, mute)
    if not triggers:
        return []
    starts = np.array([t[0] for t in triggers], dtype=np.int64)
    ends = np.array([t[1] for t in triggers], dtype=np.int64)
    types = np.array([t[2] for t in triggers], dtype=np.int64)
    claims = heads.claims(x, starts, ends, types)
    modes = heads.modes(claims)
    status, certainty, negated = heads.facts(claims)
    totals = np.concatenate([np.zeros((1, x.shape[1])), np.cumsum(x, 0, dtype=np.float64)])
    drafts = []
    for row, (start, end, kind, score) in enumerate(triggers):
        draft = Draft(start, end, kind, score, modes[row], status[row], certainty[row], float(negated[row]))
        near = np.flatnonzero((spans.starts >= start - limits.reach) & (spans.starts <= end + limits.reach))
        if len(near):
            scores = heads.links(
                claims[row],
                mentions[near],
                between_means(totals, start, end, spans.starts[near], spans.ends[near]),
                spans.starts[near] - start,
                sentence_relation(words, start, spans.starts[near]),
            )
            draft.links = _pick(heads.labels["links"], scores, near, spans, limits)
        drafts.append(draft)
    return drafts


def _floor(label: str, limits: Thresholds) -> float:
    if label.startswith("count:"):
        return limits.count
    return float(getattr(limits, label, limits.role))


def _pick(labels: list[str], scores: Floats, near: Ints, spans: SpanScores, limits: Thresholds) -> list[Link]:
    """The links above their floors; of spans that overlap under one label only the best stays."""
    picked: list[Link] = []
    for column, label in enumerate(labels):
        order = np.argsort(-scores[:, column], kind="stable")
        taken: list[int] = []
        for row in order:
            score = float(scores[row, column])
            if score < _floor(label, limits):
                break
            span = int(near[row])
            if any(_overlap(spans, span, other) for other in taken):
                continue
            taken.append(span)
            picked.append(Link(span, label, score))
    return picked


def _overlap(spans: SpanScores, a: int, b: int) -> bool:
    return bool(spans.starts[a] <= spans.ends[b] and spans.starts[b] <= spans.ends[a])
