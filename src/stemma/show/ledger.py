"""The ledger: one row per claim, with its chain of sources in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from stemma.model import Claim, ClaimType, Coding, Entity, Role, SourceKind, Span
from stemma.show.chain import Link, chain_words, links_from, links_of
from stemma.show.words import count_words, ended_words, hedge_words, place_words, time_words

BETWEEN: Final = "; "
OWN_VOICE: Final = "own voice"
"""Another reading of a chain in which the report speaks for itself."""


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One claim for a reader: names instead of ids, words instead of codes.

    `readings` are the other chains that the words allow. `parties` holds the names in each role that is
    filled. `trigger_at` is where the trigger stands in `evidence`, `start` and `end` where the evidence
    stands in the document; null where unknown.
    """

    report: str
    outlet: str | None
    published: datetime.date | None
    title: str | None
    url: str | None
    claim: Claim
    parties: dict[Role, tuple[str, ...]]
    links: tuple[Link, ...]
    readings: tuple[tuple[Link, ...], ...]
    time: str
    place: str
    counts: tuple[str, ...]
    hedge: str
    ended: str
    trigger_at: Span | None

    @property
    def type(self) -> ClaimType:
        """The claim's type."""
        return self.claim.type

    @property
    def chain(self) -> str:
        """The chain as words; empty where the report speaks in its own voice."""
        return chain_words(self.links)

    def names(self, role: Role) -> tuple[str, ...]:
        """The names in `role`; empty where nobody is named."""
        return self.parties.get(role, ())

    def cells(self) -> dict[str, str | int | float | None]:
        """The row as flat values under the names of `COLUMNS`, in their order."""
        claim = self.claim
        voices = [voice for link in self.links for voice in link]
        values: dict[str, str | int | float | None] = {
            "report": self.report,
            "outlet": self.outlet,
            "published": self.published.isoformat() if self.published else None,
            "title": self.title,
            "url": self.url,
            "claim": claim.id,
            "type": str(claim.type),
            "mode": claim.mode,
        }
        for role in Role:
            values[str(role)] = BETWEEN.join(self.names(role)) or None
        values |= {
            "counts": BETWEEN.join(self.counts) or None,
            "time": claim.time.text if claim.time else None,
            "time_start": claim.time.start if claim.time else None,
            "time_end": claim.time.end if claim.time else None,
            "place": claim.place.text if claim.place else None,
            "place_canonical": claim.place.canonical if claim.place else None,
            "country": claim.place.country if claim.place else None,
            "chain": self.chain or None,
            "origin": " + ".join(voice.words for voice in self.links[0]) if self.links else None,
            "source_kinds": BETWEEN.join(str(voice.kind) for voice in voices) or None,
            "hedge": self.hedge or None,
            "status": str(claim.status),
            "certainty": str(claim.certainty),
            "cue": claim.cue,
            "negated": "true" if claim.negated else "false",
            "evidence": claim.evidence,
            "trigger": claim.trigger,
            "start": claim.span.start if claim.span else None,
            "end": claim.span.end if claim.span else None,
            "score": claim.score,
            "readings": BETWEEN.join(chain_words(links) or OWN_VOICE for links in self.readings) or None,
        }
        return values


COLUMNS: Final = (
    *("report", "outlet", "published", "title", "url", "claim", "type", "mode"),
    *(str(role) for role in Role),
    *("counts", "time", "time_start", "time_end", "place", "place_canonical", "country"),
    *("chain", "origin", "source_kinds", "hedge", "status", "certainty", "cue", "negated"),
    *("evidence", "trigger", "start", "end", "score", "readings"),
)
"""The columns of a ledger as a table: new ones are only ever added at the end."""


def make_ledger(codings: Iterable[Coding]) -> Iterator[LedgerRow]:
    """The rows of `codings`, one per claim, in their order."""
    for coding in codings:
        entities = {entity.id: entity for entity in coding.entities}
        for claim in coding.claims:
            yield _row(coding, claim, entities)


def _row(coding: Coding, claim: Claim, entities: dict[str, Entity]) -> LedgerRow:
    return LedgerRow(
        report=coding.report,
        outlet=coding.outlet,
        published=coding.published,
        title=coding.title,
        url=coding.url,
        claim=claim,
        parties={
            role: tuple(_label(entities, party) for party in parties)
            for role, parties in claim.roles.items()
            if parties
        },
        links=links_of(claim, entities),
        readings=tuple(links_from(reading.sources, entities) for reading in claim.readings),
        time=time_words(claim.time) if claim.time else "",
        place=place_words(claim.place) if claim.place else "",
        counts=tuple(count_words(count) for count in claim.counts),
        hedge=hedge_words(claim),
        ended=ended_words(claim),
        trigger_at=trigger_at(claim),
    )


def _label(entities: dict[str, Entity], party: str) -> str:
    entity = entities.get(party)
    return " ".join(entity.label.split()) if entity else party


def trigger_at(claim: Claim) -> Span | None:
    """Where the trigger stands within the evidence; null where it does not stand there."""
    if claim.span and claim.trigger_span and claim.span.covers(claim.trigger_span):
        start = claim.trigger_span.start - claim.span.start
        if claim.evidence[start : start + len(claim.trigger)] == claim.trigger:
            return Span(start=start, end=start + len(claim.trigger))
    start = claim.evidence.find(claim.trigger) if claim.trigger else -1
    return Span(start=start, end=start + len(claim.trigger)) if start >= 0 else None


@dataclass(slots=True)
class LedgerTally:
    """What the rows seen so far amount to.

    An ultimate source with a name is one source however many reports quote it; anonymous ones are
    counted per report, for nobody can say that the "residents" of two reports are the same people.
    """

    reports: set[str] = field(default_factory=set)
    claims: int = 0
    sourced: int = 0
    hedged: int = 0
    origins: set[tuple[str, str]] = field(default_factory=set)

    def add(self, row: LedgerRow) -> None:
        """Counts one more row."""
        self.reports.add(row.report)
        self.claims += 1
        self.sourced += bool(row.links)
        self.hedged += row.claim.hedged
        for voice in row.links[0] if row.links else ():
            unnamed = voice.kind is SourceKind.ANONYMOUS
            name = (voice.name or voice.text).casefold()
            self.origins.add((row.report if unnamed else "", name))

    @property
    def anonymous(self) -> int:
        """How many of the ultimate sources are anonymous."""
        return sum(1 for report, _ in self.origins if report)

    def words(self) -> str:
        """`31 claims · 24 on somebody's word · 7 hedged · 9 ultimate sources, 5 of them anonymous`."""
        parts = [
            plural(self.claims, "claim"),
            f"{self.sourced:,} on somebody's word",
            f"{self.hedged:,} hedged",
        ]
        if self.origins:
            sources = plural(len(self.origins), "ultimate source")
            parts.append(f"{sources}, {self.anonymous:,} of them anonymous" if self.anonymous else sources)
        if len(self.reports) > 1:
            parts.insert(0, plural(len(self.reports), "report"))
        return " · ".join(parts)


def plural(number: int, noun: str) -> str:
    """`1 claim`, `8,120 claims`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
