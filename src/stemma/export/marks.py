"""The evidence of a coding as marks on a text, for tools of annotation: what stands where, and what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from stemma.model import Claim, Coding, Span

EVIDENCE: Final = "evidence"
CUE: Final = "cue"
SOURCE_CUE: Final = "source-cue"
LABELS: Final = (EVIDENCE, CUE, SOURCE_CUE, "time", "place", "count", "source")
"""The labels that are neither a kind of entity nor a type of claim."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text. `values` is what the words mean, on the wire, without words and place."""

    label: str
    span: Span
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MarkedClaim:
    """A claim's marks: the trigger and what hangs on it, each with its role (`actor`, `time`, `source`)."""

    claim: Claim
    trigger: Mark
    parts: tuple[tuple[str, Mark], ...]


@dataclass(slots=True)
class Marking:
    """All marks of one coding. `unplaced` are claims without a trigger or evidence in this text."""

    mentions: list[Mark] = field(default_factory=list)
    claims: list[MarkedClaim] = field(default_factory=list)
    unplaced: int = 0


def marking_of(coding: Coding, text: str) -> Marking:
    """The marks of a coding on its document's text; a span past the end, or empty, gives none."""
    kinds = {entity.id: str(entity.kind) for entity in coding.entities}
    first: dict[str, Span] = {}
    marking = Marking()
    for entity in coding.entities:
        for mention in entity.mentions:
            if _fits(mention.span, text):
                first.setdefault(entity.id, mention.span)
                marking.mentions.append(Mark(str(mention.kind), mention.span, {"entity": entity.id}))
    for claim in coding.claims:
        anchor = claim.trigger_span if _fits(claim.trigger_span, text) else claim.span
        if anchor is None or not _fits(anchor, text):
            marking.unplaced += 1
            continue
        parts = [(role, mark) for role, mark in _parts(claim, kinds, first) if _fits(mark.span, text)]
        trigger = Mark(str(claim.type), anchor, {"claim": claim.id})
        marking.claims.append(MarkedClaim(claim, trigger, tuple(parts)))
    return marking


def _fits(span: Span | None, text: str) -> bool:
    return span is not None and span.start < span.end <= len(text)


def _parts(claim: Claim, kinds: Mapping[str, str], first: Mapping[str, Span]) -> Sequence[tuple[str, Mark]]:
    found: list[tuple[str, Mark]] = []

    def add(role: str, label: str, span: Span | None, values: Mapping[str, Any] | None = None) -> None:
        if span is not None:
            found.append((role, Mark(label, span, values or {})))

    add(EVIDENCE, EVIDENCE, claim.span)
    add(CUE, CUE, claim.cue_span)
    for role, ids in claim.roles.items():
        spans = claim.role_spans.get(role, ())
        for index, party in enumerate(ids):
            place = spans[index] if index < len(spans) else first.get(party)
            add(str(role), kinds.get(party, "object"), place, {"entity": party})
    if claim.time:
        add("time", "time", claim.time.span, _values(claim.time.wire()))
    if claim.place:
        add("place", "place", claim.place.span, _values(claim.place.wire()))
    for count in claim.counts:
        add("count", "count", count.span, _values(count.wire()))
    for source in claim.sources:
        add("source", "source", source.span, _values(source.wire()))
        add(SOURCE_CUE, SOURCE_CUE, source.cue_span)
    return found


def _values(wire: Mapping[str, Any]) -> dict[str, Any]:
    """What the words mean: neither the words nor their places."""
    without = ("text", "span", "cue", "cue_span")
    return {name: value for name, value in wire.items() if name not in without and value not in (None, [])}
