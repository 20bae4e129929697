"""The network: parties and the ties between them as of a day, by whose word."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from stemma.model import ClaimType, Party, Record, Tie
from stemma.show.days import day_of
from stemma.show.told import Told, told_in
from stemma.show.words import interval_words

VERBS = {
    ClaimType.MEMBER_OF: "is a member of",
    ClaimType.PART_OF: "is part of",
    ClaimType.LEADS: "leads",
    ClaimType.ALLIED_WITH: "is allied with",
    ClaimType.AT_WAR_WITH: "is at war with",
    ClaimType.CONTROLS: "controls",
    ClaimType.BASED_IN: "is based in",
    ClaimType.ALSO_KNOWN_AS: "is also known as",
}


class Standing(StrEnum):
    """What a tie is on a day, as far as the reports say."""

    HOLDS = "holds"
    MAY_HOLD = "may hold"
    """Nobody gives its beginning or its end, and no report around that day tells of it."""
    OVER = "over"
    NOT_YET = "not yet"
    DENIED = "denied"
    """Only denials are told of it."""


@dataclass(frozen=True, slots=True)
class TieRow:
    """One tie for a reader; `standing` is what it is on the network's day."""

    type: str
    party: str
    verb: str
    other: str
    titles: tuple[str, ...]
    start: str | None
    end: str | None
    first_told: datetime.date | None
    last_told: datetime.date | None
    ended: bool
    hedged: bool
    standing: Standing
    sentence: str
    denied_by: tuple[str, ...]
    told: tuple[Told, ...]
    claims: tuple[str, ...]

    @property
    def since(self) -> str:
        """Its time as words: `from 2018`, `told 2021-10-06 to 2021-10-12`, `told 2021-10-06, no longer`."""
        said = interval_words(self.start, self.end)
        days = interval_words(str(self.first_told or "") or None, str(self.last_told or "") or None)
        parts = [said] if said else []
        if days:
            parts.append(f"told {days}")
        if self.ended:
            parts.append("no longer")
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Network:
    """Ties as of a day (null: of no day, all of them), and the parties that they join."""

    as_of: datetime.date | None
    parties: tuple[str, ...]
    ties: tuple[TieRow, ...]
    over: int
    not_yet: int


def make_network(record: Record, ties: Sequence[Tie], as_of: datetime.date | None = None) -> Network:
    """The ties that hold or may hold on the day; with no day, all ties."""
    rows = [make_tie_row(record, tie, as_of) for tie in ties]
    gone = (Standing.OVER, Standing.NOT_YET)
    kept = [row for row in rows if as_of is None or row.standing not in gone]
    names = dict.fromkeys(name for row in kept for name in (row.party, row.other))
    return Network(
        as_of=as_of,
        parties=tuple(names),
        ties=tuple(sorted(kept, key=lambda row: (row.party.casefold(), row.type, row.other.casefold()))),
        over=sum(row.standing is Standing.OVER for row in rows) if as_of else 0,
        not_yet=sum(row.standing is Standing.NOT_YET for row in rows) if as_of else 0,
    )


def ties_among(ties: Sequence[Tie], parties: Sequence[Party]) -> list[Tie]:
    """The ties that have one of these parties at either end."""
    keys = {party.key for party in parties}
    return [tie for tie in ties if tie.party in keys or tie.other in keys]


def make_tie_row(record: Record, tie: Tie, as_of: datetime.date | None) -> TieRow:
    """The row of one tie on a day."""
    return TieRow(
        type=tie.type.value,
        party=tie.party_name,
        verb=VERBS.get(tie.type, tie.type.value),
        other=tie.other_name,
        titles=tie.titles,
        start=tie.start,
        end=tie.end,
        first_told=tie.first_told,
        last_told=tie.last_told,
        ended=tie.ended,
        hedged=tie.hedged,
        standing=standing_of(tie, as_of),
        sentence=tie.origins.sentence,
        denied_by=tie.denied_by,
        told=told_in(record, tie.reports),
        claims=tuple(f"{at.report}#{at.claim}" for at in (*tie.claims, *tie.denials)),
    )


def standing_of(tie: Tie, as_of: datetime.date | None) -> Standing:
    """What the tie is on the day, by what the reports say of its beginning, its end, and when they say it."""
    if not tie.claims:
        return Standing.DENIED
    if as_of is None:
        return Standing.OVER if tie.ended and tie.last_told is None else Standing.HOLDS
    start, end = day_of(tie.start, last=False), day_of(tie.end, last=True)
    if start and as_of < start:
        return Standing.NOT_YET
    if end and as_of > end:
        return Standing.OVER
    later = tie.last_told is None or (tie.ended_by is not None and tie.last_told < tie.ended_by)
    if tie.ended_by and later and as_of >= tie.ended_by and end is None:
        return Standing.OVER
    known_from = start or tie.first_told
    known_to = end or tie.last_told
    if known_from and known_to and known_from <= as_of <= known_to:
        return Standing.HOLDS
    return Standing.MAY_HOLD
