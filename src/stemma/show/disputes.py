"""The disputes: values side by side, who says which, when, and through whom."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from stemma.model import Dispute, Incident, Record, Version
from stemma.show.told import Told, told_in

TOLLS: Final = {
    "killed": "how many were killed",
    "injured": "how many were injured",
    "captured": "how many were captured",
    "displaced": "how many were displaced",
    "happened": "whether it happened",
    "actor": "who did it",
    "place": "where",
    "time": "when",
}
"""What is in dispute, as a question."""

KINDS: Final = {
    "differs": "they differ",
    "denied": "claim and denial",
    "superseded": "a figure replaced by its own source",
    "moved": "a figure that changed owner on the way",
    "headline": "a headline against its own text",
}


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One value: who says it (`origins`), in which reports, and whether its source took it back."""

    value: str
    origins: tuple[str, ...]
    told: tuple[Told, ...]
    claims: tuple[str, ...]
    withdrawn: bool

    @property
    def through(self) -> tuple[tuple[Told, str], ...]:
        """Each report with its first claim that says so; empty where only its text does."""
        coded = {report: claim for report, _, claim in (at.rpartition("#") for at in reversed(self.claims))}
        return tuple((told, coded.get(told.report, "")) for told in self.told)


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """One dispute of one incident. `question` says what it is about, `how` its kind in words."""

    incident: str
    title: str
    attribute: str
    of: str | None
    kind: str
    question: str
    how: str
    versions: tuple[VersionRow, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Disputes:
    """The disputes of some incidents, those in most reports first."""

    rows: tuple[DisputeRow, ...]


def make_disputes(record: Record, incidents: Sequence[Incident], named: Collection[str] = ()) -> Disputes:
    """The disputes of `incidents`, in the order of the story: those with the ids `named` first."""
    order = sorted(incidents, key=lambda one: (one.id not in named, -len(one.reports), one.id))
    return Disputes(tuple(_row(record, incident, one) for incident in order for one in incident.disputes))


def question_of(dispute: Dispute) -> str:
    """`how many were killed (soldiers)`; for an attribute that has no question, its name."""
    asked = TOLLS.get(dispute.attribute, dispute.attribute)
    return f"{asked} ({dispute.of})" if dispute.of else asked


def _ordered(dispute: Dispute) -> Sequence[Version]:
    """The versions as they are, which is by figure and by number of claims; days in their order."""
    if dispute.attribute != "time":
        return dispute.versions
    return sorted(dispute.versions, key=lambda version: version.value)


def _row(record: Record, incident: Incident, dispute: Dispute) -> DisputeRow:
    return DisputeRow(
        incident=incident.id,
        title=" ".join(incident.title.split()),
        attribute=dispute.attribute,
        of=dispute.of,
        kind=dispute.kind,
        question=question_of(dispute),
        how=KINDS.get(dispute.kind, dispute.kind),
        versions=tuple(
            VersionRow(
                value=" ".join(version.value.split()),
                origins=version.origins,
                told=told_in(record, version.reports),
                claims=tuple(f"{at.report}#{at.claim}" for at in version.claims),
                withdrawn=version.withdrawn,
            )
            for version in _ordered(dispute)
        ),
        note=dispute.note,
    )
