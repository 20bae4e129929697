"""The values of a claim that a person can correct, and the candidates for each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from stemma.model import (
    MODES,
    Certainty,
    Claim,
    ClaimType,
    Coding,
    Document,
    EntityKind,
    Role,
    Status,
)
from stemma.show import chain_words
from stemma.show.chain import links_from
from stemma.show.ledger import OWN_VOICE
from stemma.show.room import evidence_at
from stemma.show.words import count_words, place_words, time_words

NOBODY: Final = "nobody named"
MOST: Final = 40
"""Candidates offered at most; a person who does not see the right one among them types it."""

CONTEXT: Final = 400
"""Characters around the evidence whose parties are offered before those from farther off."""


@dataclass(frozen=True, slots=True)
class ValueKey:
    """A value: the key that opens it, its wire path, and its name for a reader."""

    key: str
    path: str
    label: str


VALUES: Final = (
    ValueKey("a", "roles.actor", "actor"),
    ValueKey("r", "roles.recipient", "recipient"),
    ValueKey("v", "roles.victim", "victim"),
    ValueKey("f", "roles.from", "from"),
    ValueKey("o", "roles.to", "to"),
    ValueKey("i", "roles.instrument", "instrument"),
    ValueKey("b", "roles.object", "object"),
    ValueKey("t", "type", "type"),
    ValueKey("m", "mode", "mode"),
    ValueKey("w", "time", "when"),
    ValueKey("p", "place", "place"),
    ValueKey("n", "counts", "counts"),
    ValueKey("s", "sources", "sources"),
    ValueKey("u", "status", "status"),
    ValueKey("e", "certainty", "certainty"),
    ValueKey("g", "negated", "negated"),
    ValueKey("h", "cue", "hedge word"),
)
PATHS: Final = {value.path: value for value in VALUES}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A value that may be right: what a reader sees, why it is offered, and its wire form."""

    label: str
    detail: str
    value: Any

    def wire(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {"label": self.label, "detail": self.detail, "value": self.value}


def candidates(document: Document, coding: Coding, claim: Claim, path: str) -> list[Candidate]:
    """What may stand at `path` instead, the likeliest first; raises `KeyError` for a path that is none."""
    PATHS[path]
    now = value_at(claim, path)
    found: list[Candidate] = []
    seen: list[Any] = [now]
    for candidate in _offered(document, coding, claim, path):
        if candidate.value not in seen:
            seen.append(candidate.value)
            found.append(candidate)
    return found[:MOST]


def value_at(claim: Claim, path: str) -> Any:
    """The wire form of the value at `path`."""
    wire = claim.wire()
    head, _, rest = path.partition(".")
    return (wire[head].get(rest) or []) if rest else wire[head]


def _offered(document: Document, coding: Coding, claim: Claim, path: str) -> Iterator[Candidate]:
    if path.startswith("roles."):
        yield from _parties(document, coding, claim, Role(path.partition(".")[2]))
    elif path == "type":
        family = [kind for kind in ClaimType if kind.is_tie == claim.type.is_tie]
        common = sorted(family, key=lambda kind: -sum(other.type is kind for other in coding.claims))
        for kind in (*common, *(kind for kind in ClaimType if kind not in family)):
            yield Candidate(str(kind), "tie" if kind.is_tie else "event", str(kind))
    elif path == "mode":
        for mode in MODES.get(claim.type, ()):
            yield Candidate(mode, "", mode)
        yield Candidate("no mode", "", None)
    elif path == "time":
        yield from _times(document, coding, claim)
    elif path == "place":
        yield from _places(coding, claim)
    elif path == "counts":
        yield Candidate("no counts", "", [])
        for other in _neighbours(coding, claim):
            if other.counts:
                label = "; ".join(count_words(count) for count in other.counts)
                yield Candidate(label, f"as in {other.id}", [count.wire() for count in other.counts])
    elif path == "sources":
        yield from _chains(coding, claim)
    elif path == "status":
        yield from (Candidate(str(status), "", str(status)) for status in Status)
    elif path == "certainty":
        yield from (Candidate(str(certainty), "", str(certainty)) for certainty in Certainty)
    elif path == "negated":
        yield Candidate("said not to have happened", "", True)
        yield Candidate("said to have happened", "", False)
    else:
        yield Candidate("no hedge word", "", None)


def _parties(document: Document, coding: Coding, claim: Claim, role: Role) -> Iterator[Candidate]:
    place = evidence_at(document.text, claim)
    low, high = (place.start, place.end) if place else (0, 0)
    own = {party for parties in claim.roles.values() for party in parties}

    def rank(entity: Any) -> tuple[int, int]:
        starts = [mention.span.start for mention in entity.mentions]
        if not starts:
            starts = [at for name in entity.names if (at := document.text.find(name)) >= 0]
        inside = any(low <= start < high for start in starts)
        near = any(low - CONTEXT <= start < high + CONTEXT for start in starts)
        nearest = min((abs(start - low) for start in starts), default=len(document.text))
        filler = role in (Role.OBJECT, Role.INSTRUMENT)
        thing = (entity.kind in (EntityKind.OBJECT, EntityKind.WEAPON, EntityKind.PLACE)) is not filler
        return (3 * thing + (0 if inside else 1 if near else 2), nearest)

    for entity in sorted(coding.entities, key=rank):
        detail = f"{entity.kind}, in this claim" if entity.id in own else str(entity.kind)
        yield Candidate(" ".join(entity.label.split()), detail, [entity.id])
    yield Candidate(NOBODY, "", [])


def _times(document: Document, coding: Coding, claim: Claim) -> Iterator[Candidate]:
    for other in _neighbours(coding, claim):
        if other.time:
            yield Candidate(time_words(other.time), f"as in {other.id}", other.time.wire())
    if document.published:
        day = document.published.isoformat()
        yield Candidate(f"{day}, the day of the report", "", {"text": "", "start": day, "end": day})
    yield Candidate("no time said", "", None)


def _places(coding: Coding, claim: Claim) -> Iterator[Candidate]:
    if claim.place:
        for other in claim.place.alternatives:
            wire = {"text": claim.place.text, "canonical": other.canonical, "country": other.country}
            span = claim.place.span.wire() if claim.place.span else None
            yield Candidate(other.canonical, other.reason, {**wire, "geonames": other.geonames, "span": span})
    for neighbour in _neighbours(coding, claim):
        if neighbour.place:
            yield Candidate(place_words(neighbour.place), f"as in {neighbour.id}", neighbour.place.wire())
    yield Candidate("no place said", "", None)


def _chains(coding: Coding, claim: Claim) -> Iterator[Candidate]:
    entities = {entity.id: entity for entity in coding.entities}
    for reading in claim.readings:
        label = chain_words(links_from(reading.sources, entities)) or OWN_VOICE
        yield Candidate(label, reading.reason, [source.wire() for source in reading.sources])
    yield Candidate(OWN_VOICE, "the report says so itself", [])
    for other in _neighbours(coding, claim):
        if other.sources:
            label = chain_words(links_from(other.sources, entities))
            yield Candidate(label, f"as in {other.id}", [source.wire() for source in other.sources])


def _neighbours(coding: Coding, claim: Claim) -> list[Claim]:
    """The other claims of the report, the nearest in its order first."""
    ids = [other.id for other in coding.claims]
    at = ids.index(claim.id) if claim.id in ids else 0
    order = sorted(range(len(ids)), key=lambda index: abs(index - at))
    return [coding.claims[index] for index in order if ids[index] != claim.id]
