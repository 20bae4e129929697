"""What event formats make rows of: an incident with its claims, or a claim alone where nothing is merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from stemma.export.options import ExportOptions
from stemma.export.parties import Party, party_of
from stemma.export.protocol import Stock
from stemma.export.words import flat
from stemma.model import Claim, ClaimType, Coding, Entity, Incident, Place, Role, Source, Time

PARTIES: Final = 6
"""Parties of one role in a row, the most told: an incident of a hundred claims names dozens in passing."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim with the report that makes it; `entities` are those of the report, by id."""

    coding: Coding
    claim: Claim
    entities: dict[str, Entity]

    @property
    def path(self) -> str:
        """The claim's wire path: `REPORT#CLAIM`."""
        return f"{self.coding.report}#{self.claim.id}"

    def parties(self, role: Role) -> tuple[Party, ...]:
        """The parties in `role`, in the order of the claim."""
        found = (self.entities.get(party) for party in self.claim.parties(role))
        return tuple(party_of(entity) for entity in found if entity)


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of an event format.

    `tellings` are its claims, the one that the row follows first; `incident` is null where the row is a
    claim alone. `id` is the incident's id, or the claim's path.
    """

    id: str
    tellings: tuple[Telling, ...]
    incident: Incident | None = None
    _found: dict[Role, tuple[Party, ...]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def chief(self) -> Telling:
        """The telling that the row follows."""
        return self.tellings[0]

    @property
    def claim(self) -> Claim:
        """The claim that the row follows."""
        return self.tellings[0].claim

    @property
    def type(self) -> ClaimType:
        """The type of the incident, else of the claim."""
        return self.incident.type if self.incident else self.claim.type

    @property
    def time(self) -> Time | None:
        """When, as the incident says, else the claim."""
        return self.incident.time if self.incident else self.claim.time

    @property
    def place(self) -> Place | None:
        """Where, as the incident says, else the claim."""
        return self.incident.place if self.incident else self.claim.place

    @property
    def country(self) -> str | None:
        """The place's country, two letters."""
        return self.place.country if self.place else None

    def parties(self, role: Role) -> tuple[Party, ...]:
        """The parties in `role`, each name once, those of the row's own claim first."""
        if role not in self._found:
            named: dict[str, Party] = {}
            for telling in self.tellings:
                for party in telling.parties(role):
                    named.setdefault(party.name.casefold(), party)
            told = (
                [name.casefold() for name in self.incident.parties.get(role.value, ())]
                if self.incident
                else []
            )
            order = sorted(named, key=lambda name: told.index(name) if name in told else len(told))
            self._found[role] = tuple(named[name] for name in order[:PARTIES])
        return self._found[role]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Who published the reports, each once; the report's id where no outlet is known."""
        return tuple(dict.fromkeys(flat(t.coding.outlet or t.coding.report) for t in self.tellings))

    @property
    def roots(self) -> tuple[str, ...]:
        """The ultimate sources: the incident's origins, else the claim's first voices."""
        if self.incident:
            return tuple(dict.fromkeys(flat(o.name) for o in self.incident.origins.origins if o.held))
        return tuple(dict.fromkeys(flat(source.text) for source in first_voices(self.claim.sources)))


def first_voices(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The ultimate sources of a chain: its first voice with those that stand beside it."""
    found: list[Source] = []
    for source in sources:
        if found and not source.parallel:
            break
        found.append(source)
    return tuple(found)


def chain_words(claim: Claim) -> str:
    """The chain in words, the ultimate source first: `the army + residents → State television`."""
    words = ""
    for source in claim.sources:
        sign = " + " if source.parallel else " → "
        words = f"{words}{sign}{flat(source.text)}" if words else flat(source.text)
    return words


def happenings(stock: Stock, options: ExportOptions) -> Iterator[Happening]:
    """The rows of `stock`: its incidents in their order, else its claims; ties are among them."""
    if stock.incidents and not options.claims:
        yield from _of_incidents(stock)
        return
    for telling in tellings(stock):
        yield Happening(telling.path, (telling,))


def tellings(stock: Stock) -> Iterator[Telling]:
    """All claims, in their order."""
    for coding in stock.codings:
        entities = {entity.id: entity for entity in coding.entities}
        for claim in coding.claims:
            yield Telling(coding, claim, entities)


def _of_incidents(stock: Stock) -> Iterator[Happening]:
    wanted = {(at.report, at.claim) for incident in stock.incidents for at in incident.claims}
    held: dict[tuple[str, str], Telling] = {}
    for telling in tellings(stock):
        at = (telling.coding.report, telling.claim.id)
        if at in wanted:
            held.setdefault(at, telling)
    for incident in stock.incidents:
        found = [held[at.report, at.claim] for at in incident.claims if (at.report, at.claim) in held]
        if found:
            yield Happening(incident.id, _ordered(incident, found), incident)


def _ordered(incident: Incident, found: Sequence[Telling]) -> tuple[Telling, ...]:
    """The claim of the incident's own type that says most plainly and most fully goes first."""

    def standing(telling: Telling) -> tuple[bool, bool, bool, int, int]:
        claim = telling.claim
        named = sum(bool(parties) for parties in claim.roles.values())
        return (claim.negated, claim.type is not incident.type, claim.hedged, -len(claim.counts), -named)

    return tuple(sorted(found, key=standing))
