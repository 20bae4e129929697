"""The room: a document as it stands, cut where claims, triggers and quotations begin and end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from stemma.model import Claim, Document, PassageKind, Span

WINDOW: Final = 120_000
"""Characters of a document shown at once: a page of this size is drawn in 0.3 s, and only one report
in ten thousand is longer."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words at `start` of the document that lie in the evidence of the same claims.

    `triggers` are the claims whose trigger this is; `quoted` is true inside a quotation.
    """

    start: int
    text: str
    claims: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class RoomBlock:
    """One passage: its kind, whose words it holds, and its words."""

    kind: PassageKind
    outlet: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """A window of a document for a reader; `places` says where the words of each claim stand."""

    blocks: tuple[RoomBlock, ...]
    places: dict[str, Span]
    window: Span
    length: int


def evidence_at(text: str, claim: Claim) -> Span | None:
    """Where the evidence of `claim` stands, by its offsets or else by its words; null where nowhere."""
    if claim.span is not None and claim.evidence and claim.span.of(text) == claim.evidence:
        return claim.span
    start = text.find(claim.evidence) if claim.evidence else -1
    return Span(start=start, end=start + len(claim.evidence)) if start >= 0 else None


def trigger_in(text: str, claim: Claim, evidence: Span) -> Span | None:
    """Where the trigger stands within the evidence; null where it does not stand there."""
    span = claim.trigger_span
    if span is not None and claim.trigger and evidence.covers(span) and span.of(text) == claim.trigger:
        return span
    start = text.find(claim.trigger, evidence.start, evidence.end) if claim.trigger else -1
    return Span(start=start, end=start + len(claim.trigger)) if start >= 0 else None


def make_room(document: Document, claims: Iterable[Claim], start: int = 0, window: int = WINDOW) -> Room:
    """The passages of `document` from `start` on, at most `window` characters of them."""
    text = document.text
    start = min(max(start, 0), len(text))
    seen = Span(start=start, end=min(len(text), start + max(window, 1)))
    places: dict[str, Span] = {}
    triggers: dict[str, Span] = {}
    for claim in claims:
        place = evidence_at(text, claim)
        if place is None:
            continue
        places[claim.id] = place
        trigger = trigger_in(text, claim, place)
        if trigger is not None:
            triggers[claim.id] = trigger
    quotes = [passage.span for passage in document.passages_of(PassageKind.QUOTATION)]
    blocks = []
    for kind, outlet, span in _passages(document):
        part = Span(
            start=max(span.start, seen.start), end=max(min(span.end, seen.end), span.start, seen.start)
        )
        if part.of(text).strip():
            blocks.append(RoomBlock(kind, outlet, _pieces(text, part, places, triggers, quotes)))
    return Room(tuple(blocks), places, seen, len(text))


def _passages(document: Document) -> Iterable[tuple[PassageKind, str | None, Span]]:
    """The passages in text order; text between passages, if any, counts as body."""
    at = 0
    for passage in document.passages:
        if passage.kind is PassageKind.QUOTATION:
            continue
        if passage.span.start > at:
            yield PassageKind.BODY, None, Span(start=at, end=passage.span.start)
        yield (
            passage.kind,
            passage.outlet,
            Span(start=max(at, passage.span.start), end=max(at, passage.span.end)),
        )
        at = max(at, passage.span.end)
    if at < len(document.text):
        yield PassageKind.BODY, None, Span(start=at, end=len(document.text))


def _pieces(
    text: str, part: Span, places: dict[str, Span], triggers: dict[str, Span], quotes: Sequence[Span]
) -> tuple[Piece, ...]:
    inside = {name: span for name, span in places.items() if span.overlaps(part)}
    hot = {name: span for name, span in triggers.items() if name in inside and span.overlaps(part)}
    said = [span for span in quotes if span.overlaps(part)]
    cuts = {part.start, part.end}
    for span in (*inside.values(), *hot.values(), *said):
        cuts |= {cut for cut in (span.start, span.end) if part.start < cut < part.end}
    edges = sorted(cuts)
    names: list[list[str]] = [[] for _ in edges]
    for name, span in inside.items():
        for index in range(
            bisect_left(edges, max(span.start, part.start)), bisect_right(edges, span.end - 1)
        ):
            names[index].append(name)
    return tuple(
        Piece(
            start=low,
            text=text[low:high],
            claims=tuple(names[index]),
            triggers=tuple(
                n for n in names[index] if n in hot and hot[n].overlaps(Span(start=low, end=high))
            ),
            quoted=any(span.start <= low and high <= span.end for span in said),
        )
        for index, (low, high) in enumerate(pairwise(edges))
    )
