"""What is compared when a casebook is set beside a dataset: an incident or a row, in the same few values."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from stemma.model import (
    Claim,
    ClaimAt,
    ClaimType,
    Coding,
    Counted,
    Entity,
    EntityKind,
    Incident,
    Place,
    Record,
    Role,
    SourceKind,
    Status,
    Time,
)
from stemma.names import is_unnamed
from stemma.show.words import interval_words, number_words, place_words

SIDES: Final = (Role.ACTOR, Role.RECIPIENT, Role.VICTIM, Role.FROM, Role.TO)
NAMED: Final = frozenset((EntityKind.GROUP, EntityKind.UNIT, EntityKind.GOVERNMENT, EntityKind.ORGANISATION))
EVENT_TYPES: Final = {
    "acled": frozenset("ASSAULT COERCE PROTEST AGREE REALIGN RETREAT MOBILIZE MOVE".split()),
    "ucdp": frozenset(("ASSAULT", "COERCE")),
    "polecat": frozenset(
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION"
        " MOBILIZE COERCE ASSAULT".split()
    ),
}
"""The types of incidents that each dataset has events for; others cannot be missing there."""


@dataclass(frozen=True, slots=True)
class Named:
    """A party by its names."""

    names: tuple[str, ...]
    kind: EntityKind


@dataclass(frozen=True, slots=True)
class Account:
    """One happening as one of the two tells it.

    `first` and `last` are days, null where it has no date. `low` and `high` are the dead, null where nobody
    gives a figure. `sources` are the voices that it names, `claims` where it is said.
    """

    id: str
    title: str
    type: ClaimType
    mode: str | None
    first: datetime.date | None
    last: datetime.date | None
    place: Place | None
    parties: tuple[Named, ...]
    low: int | None = None
    high: int | None = None
    sources: tuple[str, ...] = ()
    claims: tuple[ClaimAt, ...] = ()
    when: str = ""
    outlets: tuple[str, ...] = field(default=())

    @property
    def where(self) -> str:
        """The place as words; empty where none is told."""
        return place_words(self.place) if self.place else ""

    @property
    def dead(self) -> str:
        """The dead as words; empty where nobody gives a figure."""
        return number_words(self.low, self.high) if (self.low, self.high) != (None, None) else ""

    @property
    def who(self) -> str:
        """The parties as words."""
        return ", ".join(dict.fromkeys(party.names[0] for party in self.parties if party.names))


def account_of_row(coding: Coding) -> Account | None:
    """A dataset's row, from the coding that importing makes of it; null where it has no claim."""
    if not coding.claims:
        return None
    claim = coding.claims[0]
    entities = {entity.id: entity for entity in coding.entities}
    first, last = days_of(claim.time)
    low, high = dead_in(claim)
    return Account(
        id=coding.report.partition("/")[2] or coding.report,
        title=coding.title or coding.report,
        type=claim.type,
        mode=claim.mode,
        first=first,
        last=last,
        place=claim.place,
        parties=tuple(_parties(claim, entities)),
        low=low,
        high=high,
        sources=tuple(dict.fromkeys(source.text for source in claim.sources)),
        claims=(ClaimAt(report=coding.report, claim=claim.id),),
        when=interval_words(claim.time.start, claim.time.end) if claim.time else "",
        outlets=tuple(
            dict.fromkeys(source.text for source in claim.sources if source.kind is SourceKind.OUTLET)
        ),
    )


def accounts_of(record: Record, incidents: Sequence[Incident]) -> list[Account]:
    """The incidents as accounts; without ties, what is denied or planned, and what a dataset alone has."""
    codings = {coding.report: coding for coding in record.codings}
    found = []
    for incident in incidents:
        claims = list(_claims(incident, codings))
        if incident.type.is_tie or not claims or all(_from_dataset(coding) for coding, _ in claims):
            continue
        if all(c.negated or c.status in (Status.FUTURE, Status.HYPOTHETICAL) for _, c in claims):
            continue
        found.append(_account(incident, claims))
    return found


def fits(account: Account, dataset: str) -> bool:
    """True where the dataset has events of this type: what it never lists cannot be missing there."""
    if account.type not in EVENT_TYPES.get(dataset, frozenset(ClaimType)):
        return False
    # UCDP counts an event only from one death on.
    return dataset != "ucdp" or bool(account.high or account.low)


def _account(incident: Incident, claims: Sequence[tuple[Coding, Claim]]) -> Account:
    first, last = days_of(incident.time)
    said = [dead_in(claim) for _, claim in claims if not claim.negated]
    tolls = [toll for toll in said if toll != (None, None)]
    lows = [low for low, _ in tolls if low is not None]
    highs = [high for _, high in tolls if high is not None]
    parties: dict[str, Named] = {}
    for coding, claim in claims:
        for party in _parties(claim, {entity.id: entity for entity in coding.entities}):
            parties.setdefault(party.names[0].casefold(), party)
    chief = next((c for _, c in claims if c.type is incident.type and c.mode), claims[0][1])
    return Account(
        id=incident.id,
        title=incident.title,
        type=incident.type,
        mode=chief.mode,
        first=first,
        last=last,
        place=incident.place,
        parties=tuple(parties.values()),
        low=min(lows, default=None),
        high=max((*highs, *lows), default=None) if len(highs) == len(tolls) else None,
        sources=tuple(dict.fromkeys(origin.name for origin in incident.origins.origins)),
        claims=incident.claims,
        when=interval_words(incident.time.start, incident.time.end) if incident.time else "",
        outlets=tuple(dict.fromkeys(coding.outlet for coding, _ in claims if coding.outlet)),
    )


def _claims(incident: Incident, codings: Mapping[str, Coding]) -> Iterable[tuple[Coding, Claim]]:
    for at in incident.claims:
        coding = codings.get(at.report)
        for claim in coding.claims if coding else ():
            if coding and claim.id == at.claim:
                yield coding, claim


def _from_dataset(coding: Coding) -> bool:
    return (coding.engine or "").startswith("import ")


def _parties(claim: Claim, entities: Mapping[str, Entity]) -> Iterable[Named]:
    for role in SIDES:
        for party in claim.parties(role):
            entity = entities.get(party)
            if entity and entity.label:
                names = (entity.label, *(name for name in entity.names if name != entity.label))
                yield Named(names, entity.kind)


def is_named(party: Named) -> bool:
    """True for a body with a name; a sort of people is none."""
    return party.kind in NAMED and not is_unnamed(party.names[0])


def days_of(time: Time | None) -> tuple[datetime.date | None, datetime.date | None]:
    """First and last day; null for both where an end is open or no day of the calendar."""
    if time is None or not time.start or not time.end:
        return None, None
    try:
        return _day(time.start, last=False), _day(time.end, last=True)
    except ValueError:
        return None, None


def _day(text: str, *, last: bool) -> datetime.date:
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else 12 if last else 1
    if not 1 <= month <= 12:
        raise ValueError(text)
    end = calendar.monthrange(max(1, parts[0]), month)[1]
    return datetime.date(parts[0], month, parts[2] if len(parts) > 2 else end if last else 1)


def dead_in(claim: Claim) -> tuple[int | None, int | None]:
    """The dead of a claim as a range, null for both where it counts none.

    Within one entity the largest figure stands for the whole; entities are added; a figure of nobody in
    particular that is no smaller than these together is their total.
    """
    lows: dict[str | None, int] = {}
    highs: dict[str | None, int | None] = {}
    for count in claim.counts:
        if count.what is not Counted.KILLED or (count.low is None and count.high is None):
            continue
        low = count.low or 0
        if count.entity not in lows or low >= lows[count.entity]:
            lows[count.entity], highs[count.entity] = low, count.high
    if not lows:
        return None, None
    low, others = lows.pop(None, 0), sum(lows.values())
    if low >= others:
        whole = highs.get(None) if None in highs else 0
        return (low, whole) if None in highs else (others, _sum(highs.values()))
    return others, _sum(high for of, high in highs.items() if of is not None)


def _sum(highs: Iterable[int | None]) -> int | None:
    listed = list(highs)
    return None if any(high is None for high in listed) else sum(high for high in listed if high is not None)
