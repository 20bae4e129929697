"""From scores to draft claims over word spans; nothing here knows the wire form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from stemma.extract.local.heads import (
    Bools,
    Floats,
    Heads,
    Ints,
    SpanScores,
    between_means,
    running_sums,
    sentence_relation,
)
from stemma.extract.local.scores import Scores
from stemma.extract.local.thresholds import Thresholds
from stemma.model import Role

ROLES = frozenset(Role)
ENTITY_KINDS = 10
"""The first span kinds are the entity kinds, in the order of `EntityKind`."""
PAIRS = 20_000
"""Pairs of a trigger and a span whose links are scored at once: bounds memory on long reports."""


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
        found = [link for link in self.links if link.label in labels]
        if len(found) > 1:
            found.sort(key=lambda link: -link.score)
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Triggers:
    """Words [start, end] that name an event of a type, in text order, each array (t,)."""

    starts: Ints
    ends: Ints
    types: Ints
    scores: Floats

    def __len__(self) -> int:
        return len(self.starts)


def find_triggers(
    inside: Floats, limits: Thresholds, mute: Bools, min_score: float | None = None
) -> Triggers:
    """Every trigger of at least `min_score`; the words of the mask `mute` carry none.

    `inside` (n, T) are the chances that a word is in a trigger of a type.
    """
    # A high least score leaves triggers out and does not cut them short.
    least = limits.trigger if min_score is None else min_score
    floor = min(limits.trigger, least)
    inside = np.where(mute[:, None], np.float32(0), inside)
    found: list[tuple[int, int, int, float]] = []
    for kind in map(int, np.flatnonzero(inside.max(0) >= floor)):
        row = inside[:, kind]
        hits = np.flatnonzero(row >= floor)
        # Two triggers of one type never touch (none does in 7,282 coded claims): a run is one trigger.
        begins = np.append(True, np.diff(hits) > 1)
        starts = hits[begins]
        ends = hits[np.append(np.flatnonzero(begins)[1:], len(hits)) - 1]
        best = np.maximum.reduceat(row[hits], np.flatnonzero(begins))
        found += zip(starts.tolist(), ends.tolist(), [kind] * len(starts), best.tolist(), strict=True)
    found = sorted(row for row in found if row[3] >= least)
    columns = list(zip(*found, strict=True)) or [(), (), (), ()]
    starts, ends, types = (np.array(column, dtype=np.int64) for column in columns[:3])
    return Triggers(starts, ends, types, np.array(columns[3], dtype=np.float32))


def decode_claims(
    heads: Heads, scores: Scores, limits: Thresholds, mute: Bools, min_score: float | None = None
) -> list[Draft]:
    """The draft claims of a text, in the order of their triggers.

    The words of the mask `mute` carry none; `min_score` stands for the threshold of triggers.
    """
    triggers = find_triggers(scores.triggers, limits, mute, min_score)
    if not len(triggers):
        return []
    claims = heads.claims(scores.states, triggers.starts, triggers.ends, triggers.types)
    modes = heads.modes(claims)
    status, certainty, negated = heads.facts(claims)
    drafts = [
        Draft(
            int(triggers.starts[row]),
            int(triggers.ends[row]),
            int(triggers.types[row]),
            float(triggers.scores[row]),
            modes[row],
            status[row],
            certainty[row],
            float(negated[row]),
        )
        for row in range(len(triggers))
    ]
    if len(scores.spans):
        floors = {label: _floor(label, limits) for label in heads.labels["links"]}
        for rows, near, chances in _links(heads, scores, triggers, claims, limits.reach):
            _pick(drafts[rows], floors, chances, scores.spans, near.start)
    return drafts


def _links(
    heads: Heads, scores: Scores, triggers: Triggers, claims: Floats, reach: int
) -> Iterator[tuple[slice, slice, Floats]]:
    """Runs of triggers and of spans, and the chances (t, m, L) of what each span is to each trigger.

    Spans out of a trigger's reach have the chance -1 there.
    """
    totals = running_sums(scores.between)
    for rows, near in _blocks(triggers, scores.spans, reach):
        starts, ends = triggers.starts[rows], triggers.ends[rows]
        first, last = scores.spans.starts[near], scores.spans.ends[near]
        chances = heads.links(
            claims[rows],
            scores.mentions[near],
            between_means(totals, starts, ends, first, last),
            first[None] - starts[:, None],
            sentence_relation(scores.words, starts[:, None], first),
        )
        chances[(first[None] < starts[:, None] - reach) | (first[None] > ends[:, None] + reach)] = -1
        yield rows, near, chances


def _blocks(triggers: Triggers, spans: SpanScores, reach: int) -> Iterator[tuple[slice, slice]]:
    """Runs of triggers with the spans within reach of any of them, at most `PAIRS` pairs at once."""
    lows = np.searchsorted(spans.starts, triggers.starts - reach, side="left")
    highs = np.maximum.accumulate(np.searchsorted(spans.starts, triggers.ends + reach, side="right"))
    begin = 0
    for row in range(1, len(triggers) + 1):
        if row < len(triggers) and (row + 1 - begin) * (highs[row] - lows[begin]) <= PAIRS:
            continue
        if highs[row - 1] > lows[begin]:
            yield slice(begin, row), slice(int(lows[begin]), int(highs[row - 1]))
        begin = row


def _floor(label: str, limits: Thresholds) -> float:
    if label.startswith("count:"):
        return limits.count
    # Roles are settled later, with what the type needs: here all that could be one stay.
    if label == "source":
        return min(limits.source, limits.doubt)
    return limits.needed if label in ROLES else float(getattr(limits, label))


def _pick(
    drafts: list[Draft], floors: dict[str, float], chances: Floats, spans: SpanScores, offset: int
) -> None:
    """Gives each draft its links, those above their floors; of spans that overlap under one label only
    the best stays.

    Row k of a draft's `chances` (m, L) is span k + `offset`; the labels L are those of `floors`.
    """
    labels = list(floors)
    of, rows, columns = np.nonzero(chances >= np.array(list(floors.values()), dtype=np.float32))
    values = chances[of, rows, columns]
    order = np.lexsort((rows, -values, columns, of))
    starts, ends = spans.starts[rows + offset], spans.ends[rows + offset]
    table = [array[order].tolist() for array in (of, columns, rows + offset, values, starts, ends)]
    before, taken = (-1, -1), list[tuple[int, int]]()
    for draft, column, span, value, start, end in zip(*table, strict=True):
        if (draft, column) != before:
            before, taken = (draft, column), []
        if any(start <= last and first <= end for first, last in taken):
            continue
        taken.append((start, end))
        drafts[draft].links.append(Link(span, labels[column], value))
