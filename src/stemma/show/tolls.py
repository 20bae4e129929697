"""Tolls through time: each figure that reports give of an incident, by whose word, and if it stands."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from stemma.model import Claim, Count, Counted, Dispute, Incident, Record
from stemma.show.told import Told, told_in
from stemma.show.words import number_words

KINDS: Final = ("killed", "injured", "captured", "displaced")
"""What a toll counts, in the order in which tolls are shown."""

_FIGURE: Final = re.compile(r"(at least |up to |about )?(\d[\d,]*)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in one report.

    `low` and `high` are inclusive; `high` is null where it is open ("at least 3"), both are null for words
    that are no number. `origins` say whose word it is; `claim` is where it was coded, null where only
    the text gives it; `withdrawn` is true where its own source has replaced it since.
    """

    value: str
    low: int | None
    high: int | None
    told: Told
    origins: tuple[str, ...]
    claim: str | None
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Toll:
    """The figures of one kind (`killed`) of one sort of people (`of`), the earliest report first."""

    kind: str
    of: str | None
    figures: tuple[Figure, ...]
    disputed: bool

    @property
    def title(self) -> str:
        """`killed (soldiers)`."""
        return f"{self.kind} ({self.of})" if self.of else self.kind


def make_tolls(record: Record, incident: Incident) -> tuple[Toll, ...]:
    """The tolls of an incident: those in dispute with all versions, the others by their claims' counts."""
    made: dict[tuple[str, str | None], Toll] = {}
    for dispute in incident.disputes:
        key = (dispute.attribute, dispute.of)
        if dispute.attribute in KINDS and dispute.kind in ("differs", "superseded") and key not in made:
            figures = tuple(_sorted(_versions(record, dispute)))
            made[key] = Toll(dispute.attribute, dispute.of, figures, disputed=True)
    claims = _claims(record, incident)
    for statement in incident.statements:
        key = (statement.attribute, statement.of)
        if statement.attribute in KINDS and key not in made:
            names = tuple(origin.name for origin in statement.origins.origins)
            found = {
                (at.report, figure.value): figure
                for at in reversed(statement.claims)
                if (claim := claims.get((at.report, at.claim)))
                for figure in _counts(record, at.report, claim, statement.attribute, names)
            }
            if found:
                made[key] = Toll(*key, tuple(_sorted(iter(found.values()))), disputed=False)
    return tuple(sorted(made.values(), key=lambda toll: (KINDS.index(toll.kind), -len(toll.figures))))


def bounds_of(value: str) -> tuple[int | None, int | None]:
    """The range that a version's words mean: `at least 3` is (3, None), `about 20` (18, 22), `2` (2, 2).

    The words are those that merging writes; a tenth to either side is what it takes "about" for.
    """
    found = _FIGURE.fullmatch(value)
    if found is None:
        return None, None
    number = int(found[2].replace(",", ""))
    match found[1]:
        case "at least ":
            return number, None
        case "up to ":
            return 0, number
        case "about ":
            return (number * 9 + 5) // 10, (number * 11 + 5) // 10
        case _:
            return number, number


def _sorted(figures: Iterator[Figure]) -> list[Figure]:
    def moment(figure: Figure) -> tuple[datetime.date, str, int]:
        return figure.told.published or datetime.date.max, figure.told.report, figure.low or 0

    return sorted(figures, key=moment)


def _claims(record: Record, incident: Incident) -> Mapping[tuple[str, str], Claim]:
    wanted = {(at.report, at.claim) for at in incident.claims}
    wanted |= {(at.report, at.claim) for statement in incident.statements for at in statement.claims}
    reports = {report for report, _ in wanted}
    return {
        (coding.report, claim.id): claim
        for coding in record.codings
        if coding.report in reports
        for claim in coding.claims
        if (coding.report, claim.id) in wanted
    }


def _versions(record: Record, dispute: Dispute) -> Iterator[Figure]:
    for version in dispute.versions:
        value = " ".join(version.value.split())
        low, high = bounds_of(value)
        coded = {at.report: at.claim for at in reversed(version.claims)}
        for told in told_in(record, version.reports):
            yield Figure(
                value, low, high, told, version.origins, coded.get(told.report), withdrawn=version.withdrawn
            )


def _counts(
    record: Record, report: str, claim: Claim, kind: str, origins: tuple[str, ...]
) -> Iterator[Figure]:
    (told,) = told_in(record, (report,))
    for count in claim.counts:
        if count.what is Counted(kind):
            yield Figure(_words(count), count.low, count.high, told, origins, claim.id, withdrawn=False)


def _words(count: Count) -> str:
    return number_words(count.low, count.high) or " ".join(count.text.split())
