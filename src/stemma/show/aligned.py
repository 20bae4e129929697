"""How one report depends on another, shown by the words: the passages that both have, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from stemma.model import Dependence, Document, Record, Span
from stemma.show.told import Told, told_in
from stemma.show.tree import ABSENT, VOICE

AROUND: Final = 90
"""Characters shown before and after the shared words, so that a reader sees where they stand."""

LONGEST: Final = 2_500
"""Characters of one shared passage that are shown."""

MOST: Final = 30
"""Shared passages that are shown, the longest first; more are counted."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Words of a document with those around them.

    `start` is where `words` stand, `cut` how many of their letters are left out.
    """

    before: str
    words: str
    after: str
    start: int
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Shared:
    """Words of a report, and the same words where its parent has them."""

    here: Excerpt
    there: Excerpt


@dataclass(frozen=True, slots=True)
class Aligned:
    """One dependence for a reader.

    `parent` is the report depended on, null where it is not held: then `name` is all that is known of it.
    `voice` is true where the parent is a voice and no outlet. `cue` are the report's own words that give
    credit. `shared` stand in the order of the report; `letters` is how much they are in all, `more` how many
    are not shown.
    """

    report: Told
    parent: Told | None
    name: str
    voice: bool
    kind: str
    credited: bool
    reason: str
    score: float
    cue: Excerpt | None
    shared: tuple[Shared, ...]
    letters: int
    more: int


DocumentOf = Callable[[str], Document | None]
"""Gives the document of a report; null for one that is not held."""


def make_aligned(
    record: Record, documents: DocumentOf, report: str | None = None, parent: str | None = None
) -> tuple[Aligned, ...]:
    """The dependences of `report`, or on `parent`, or of the one on the other; none where there are none."""
    return tuple(
        _aligned(record, documents, edge)
        for edge in record.lineage.dependences
        if edge.report != edge.parent
        and (report is None or edge.report == report)
        and (parent is None or edge.parent == parent)
    )


def _aligned(record: Record, documents: DocumentOf, edge: Dependence) -> Aligned:
    here, there = documents(edge.report), documents(edge.parent)
    pairs = [(one.span, one.other) for one in edge.alignments] if here and there else []
    longest = sorted(pairs, key=lambda pair: pair[0].start - pair[0].end)[:MOST]
    held = told_in(record, (edge.parent,))[0] if there else None
    name = edge.parent.removeprefix(ABSENT).removeprefix(VOICE)
    return Aligned(
        report=told_in(record, (edge.report,))[0],
        parent=held,
        name=held.label if held else " ".join(name.split()),
        voice=edge.parent.startswith(VOICE),
        kind=edge.kind.value,
        credited=edge.credited,
        reason=edge.reason,
        score=edge.score,
        cue=excerpt_of(here.text, edge.cue) if here and edge.cue else None,
        shared=tuple(_shared(here, there, sorted(longest, key=lambda pair: pair[0].start))),
        letters=sum(span.end - span.start for span, _ in pairs),
        more=len(pairs) - len(longest),
    )


def _shared(
    here: Document | None, there: Document | None, pairs: list[tuple[Span, Span]]
) -> Iterator[Shared]:
    if here and there:
        for span, other in pairs:
            yield Shared(excerpt_of(here.text, span), excerpt_of(there.text, other))


def excerpt_of(text: str, span: Span) -> Excerpt:
    """The words at `span` with what stands around them, cut at spaces."""
    before = text[max(0, span.start - AROUND) : span.start]
    after = text[span.end : span.end + AROUND]
    if span.start > AROUND and " " in before:
        before = f"…{before[before.index(' ') :]}"
    if span.end + AROUND < len(text) and " " in after:
        after = f"{after[: after.rindex(' ')]} …"
    words = text[span.start : span.end]
    cut = max(0, len(words) - LONGEST)
    return Excerpt(before, words[:LONGEST], after if not cut else "", span.start, cut)
