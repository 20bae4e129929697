"""How an edge is made: its kind from shares and cues, its evidence from the alignment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stemma.merge.lineage.align import Overlap, alignments_of
from stemma.merge.lineage.archive import Archive, Trace
from stemma.merge.lineage.cues import Cue, Force
from stemma.merge.lineage.order import days_apart
from stemma.model import Dependence, Descent

FEWEST_WORDS: Final = 18
SMALLEST_SHARE: Final = 0.08
"""Fewer words in common, or a smaller share of both, are phrases and quotations. Of 300 labelled pairs of
FA-KES these two give F1 .957 for near-copies, 14 words and no share .912, 30 words .949
(bench/lineage.py --near)."""

BACKGROUND_DAYS: Final = 7
BACKGROUND_WORDS: Final = 60
"""Of the edges of FA-KES that were read, 14 of 15 between reports of one house on different days rested on
standing paragraphs, and 3 of 4 between houses more than a week apart with fewer common words than these."""

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
    if max(overlap.share_here, overlap.share_there) >= MOST:
        return True
    # A smaller part must have words of the reporter's: two who were sent one statement share its words.
    written = overlap.words - overlap.spoken
    shortest = max(1, min(overlap.here, overlap.there))
    return written >= FEWEST_WORDS and written >= SMALLEST_SHARE * shortest


def is_background(one: Near, here: Trace, there: Trace) -> bool:
    """True where the common words are likely a standing paragraph: how the war began, who the monitor is.

    A house brings its own again on another day, an agency's stand in many houses for weeks.
    """
    if max(one.share, one.overlap.share_there) >= MOST:
        return False
    apart = days_apart(here, there)
    if here.own.outlet is not None and here.own.outlet == there.own.outlet:
        return apart > 0
    return apart > BACKGROUND_DAYS and one.overlap.words < BACKGROUND_WORDS


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
