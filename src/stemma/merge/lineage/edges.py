"""How an edge is made: its kind from shares and cues, its evidence from the alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stemma.merge.lineage.align import Overlap, alignments_of
from stemma.merge.lineage.archive import Archive
from stemma.merge.lineage.cues import Cue, Force
from stemma.model import Dependence, Descent

FEWEST_WORDS: Final = 18
SMALLEST_SHARE: Final = 0.08
"""Fewer words in common, or a smaller share of both, are phrases and quotations. Of 300 labelled pairs of
FA-KES these two give F1 .957 for near-copies, 14 words and no share .912, 30 words .949
(bench/lineage.py --near)."""

WHOLE: Final = 0.8
"""The share of a report's words from which on it is a copy, with cuts and small changes."""

MOST: Final = 0.4
"""The share from which on a report carries the story of another, and not a paragraph of it."""

COPIED: Final = 0.6
"""The share from which on a report that credits nobody is a copy, with sentences of its own put in."""


@dataclass(slots=True)
class Near:
    """A report that shares text with another."""

    number: int
    overlap: Overlap

    @property
    def share(self) -> float:
        """The share of the first report's words that the other has, in [0, 1]."""
        return self.overlap.share_here


def is_near(overlap: Overlap) -> bool:
    """True where so many words are common that one text has them from the other, or both from a third."""
    if overlap.words < FEWEST_WORDS:
        return bool(overlap.words) and min(overlap.share_here, overlap.share_there) > WHOLE
    return max(overlap.share_here, overlap.share_there) >= SMALLEST_SHARE


def to_outlet(
    archive: Archive, number: int, outlet: str, *, kind: Descent, reason: str, score: float, cue: Cue | None
) -> Dependence:
    """The edge to a story of `outlet` that is not held; credited where there is a cue."""
    return Dependence(
        report=archive.traces[number].report,
        parent=f"outlet:{outlet}",
        kind=kind,
        credited=cue is not None,
        reason=reason,
        score=score,
        cue=cue.span if cue else None,
    )


def to_report(
    archive: Archive,
    number: int,
    one: Near,
    *,
    kind: Descent,
    reason: str,
    score: float,
    cue: Cue | None = None,
) -> Dependence:
    """The edge to the report `one` that is held, with the words that both have."""
    return Dependence(
        report=archive.traces[number].report,
        parent=archive.traces[one.number].report,
        kind=kind,
        credited=cue is not None,
        reason=reason,
        score=round(score, 3),
        cue=cue.span if cue else None,
        alignments=alignments_of(one.overlap, archive.words(number), archive.words(one.number)),
    )


def kind_of_credit(cue: Cue, share: float, held: bool) -> Descent:
    """How a report depends on what it credits; `share` of its words are known to be that outlet's."""
    if cue.force is Force.HELP:
        return Descent.REWRITES
    if cue.force is Force.CREDIT:
        return Descent.REWRITES if held and share < MOST else Descent.COPIES
    return Descent.COPIES if share >= WHOLE and cue.force is Force.MARKED else Descent.EXCERPTS


def kind_of_share(share: float) -> Descent:
    """How a report depends on one that has this share of its words."""
    if share >= COPIED:
        return Descent.COPIES
    return Descent.REWRITES if share >= MOST else Descent.EXCERPTS
