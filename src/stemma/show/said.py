"""What a party said, and what it is called: the parts of a dossier that come from its mentions."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from stemma.model import Party, Record
from stemma.show.words import hedge_words


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim that a party's word carries. `is_first`: it is the ultimate source; else it passes on."""

    report: str
    claim: str
    outlet: str | None
    published: datetime.date | None
    type: str
    evidence: str
    hedge: str
    is_first: bool


@dataclass(frozen=True, slots=True)
class Naming:
    """One thing that reports call a party: in which of them, and why that is taken for its name.

    `count` is how many they are; more than `reports` where only their number is known.
    """

    name: str
    reports: tuple[str, ...]
    reasons: tuple[str, ...]
    count: int = 0


def make_said(record: Record, parties: Sequence[Party]) -> tuple[Saying, ...]:
    """The claims that rest on the word of these parties, by day of publication, those without one last."""
    own = _places(parties)
    found = []
    for coding in record.codings:
        ids = own.get(coding.report)
        if not ids:
            continue
        for claim in coding.claims:
            steps = [index for index, source in enumerate(claim.sources) if source.entity in ids]
            if steps:
                found.append(
                    Saying(
                        report=coding.report,
                        claim=claim.id,
                        outlet=coding.outlet,
                        published=coding.published,
                        type=claim.type.value,
                        evidence=" ".join(claim.evidence.split()),
                        hedge=hedge_words(claim),
                        is_first=steps[0] == 0,
                    )
                )
    return tuple(sorted(found, key=lambda one: (one.published or datetime.date.max, one.report)))


def make_namings(record: Record, party: Party) -> tuple[Naming, ...]:
    """What reports call a party, the most usual first."""
    own = _places([party])
    reports: dict[str, list[str]] = {}
    reasons: dict[str, dict[str, None]] = {}
    for coding in record.codings:
        for entity in coding.entities:
            if entity.id not in own.get(coding.report, ()):
                continue
            for name in dict.fromkeys(" ".join(one.split()) for one in entity.names):
                reports.setdefault(name, []).append(coding.report)
                told = reasons.setdefault(name, {})
                for note in entity.notes:
                    # A note is about the names that it quotes; where it quotes none, about all.
                    if f"“{name}”" in note.text or "“" not in note.text:
                        told[note.text] = None
    return tuple(
        Naming(name, tuple(dict.fromkeys(places)), tuple(reasons[name]), len(set(places)))
        for name, places in sorted(reports.items(), key=lambda item: (-len(set(item[1])), item[0].casefold()))
    )


def _places(parties: Sequence[Party]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for party in parties:
        for at in party.at:
            found.setdefault(at.report, set()).add(at.entity)
    return found
