"""The digest: what reports since a day have changed in the record."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from stemma.model import Incident, Record
from stemma.show.disputes import question_of
from stemma.show.story import StoryRow, make_row
from stemma.show.told import Told, told_in


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed about a known incident: `what` in words, `before` and `after` in words."""

    incident: str
    title: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new since a day: reports, incidents, disputes, figures, origins.

    `undated` are reports without a date, of which nobody knows whether they are new.
    """

    since: datetime.date
    reports: tuple[Told, ...]
    undated: tuple[str, ...]
    incidents: tuple[StoryRow, ...]
    disputed: tuple[Change, ...]
    figures: tuple[Change, ...]
    origins: tuple[Change, ...]


def make_digest(before: Record, after: Record, since: datetime.date, incidents: Iterable[Incident]) -> Digest:
    """What changed from the record `before` that day to the one `after`, of these `incidents` of `after`."""
    known = {coding.report for coding in before.codings}
    fresh = [c for c in after.codings if c.report not in known and c.published]
    older: dict[tuple[str, str], Incident] = {
        (at.report, at.claim): incident for incident in before.incidents for at in incident.claims
    }
    new: list[StoryRow] = []
    disputed: list[Change] = []
    figures: list[Change] = []
    origins: list[Change] = []
    for incident in incidents:
        if incident.type.is_tie:
            continue
        was = _before(incident, older)
        if was is None:
            if any(at.report not in known for at in incident.claims):
                new.append(make_row(after, incident))
            continue
        disputed += _disputed(was, incident)
        figures += _figures(was, incident)
        origins += _origins(was, incident)
    return Digest(
        since=since,
        reports=told_in(after, [coding.report for coding in fresh]),
        undated=tuple(c.report for c in after.codings if c.report not in known and not c.published),
        incidents=tuple(sorted(new, key=lambda row: (-len(row.told), row.start or "9", row.incident))),
        disputed=tuple(disputed),
        figures=tuple(figures),
        origins=tuple(origins),
    )


def _before(incident: Incident, older: dict[tuple[str, str], Incident]) -> Incident | None:
    """The earlier incident that shares most claims with this one; None where there is none."""
    shared: dict[str, list[Incident]] = {}
    for at in incident.claims:
        was = older.get((at.report, at.claim))
        if was is not None:
            shared.setdefault(was.id, []).append(was)
    if not shared:
        return None
    return max(shared.items(), key=lambda item: (len(item[1]), item[0]))[1][0]


def _disputed(was: Incident, now: Incident) -> list[Change]:
    before = {(d.attribute, d.of, d.kind) for d in was.disputes}
    return [
        Change(
            now.id,
            " ".join(now.title.split()),
            question_of(dispute),
            "not in dispute" if not any(d.attribute == dispute.attribute for d in was.disputes) else "other",
            " / ".join(version.value for version in dispute.versions),
        )
        for dispute in now.disputes
        if (dispute.attribute, dispute.of, dispute.kind) not in before
    ]


def _figures(was: Incident, now: Incident) -> list[Change]:
    """Values that a dispute known before has gained, and values that have been withdrawn since."""
    found = []
    before = {(d.attribute, d.of, d.kind): d for d in was.disputes}
    for dispute in now.disputes:
        earlier = before.get((dispute.attribute, dispute.of, dispute.kind))
        if earlier is None:
            continue
        old = [_value(v.value, withdrawn=v.withdrawn) for v in earlier.versions]
        new = [_value(v.value, withdrawn=v.withdrawn) for v in dispute.versions]
        if set(old) != set(new):
            title = " ".join(now.title.split())
            found.append(Change(now.id, title, question_of(dispute), " / ".join(old), " / ".join(new)))
    return found


def _value(value: str, *, withdrawn: bool) -> str:
    return f"{value} (withdrawn)" if withdrawn else value


def _origins(was: Incident, now: Incident) -> list[Change]:
    old, new = was.origins, now.origins
    counts = (old.low, old.likely, old.high), (new.low, new.likely, new.high)
    if counts[0] == counts[1]:
        return []
    names = [one.name for one in new.origins if one.name not in {other.name for other in old.origins}]
    gone = [one.name for one in old.origins if one.name not in {other.name for other in new.origins}]
    what = "; ".join(
        part
        for part in (f"new: {', '.join(names)}" if names else "", f"gone: {', '.join(gone)}" if gone else "")
        if part
    )
    return [
        Change(
            now.id,
            " ".join(now.title.split()),
            what or "counted anew",
            span_words(*counts[0]),
            span_words(*counts[1]),
        )
    ]


def span_words(low: int, likely: int, high: int) -> str:
    """`1 origin`, `2 origins (1 to 4)`."""
    noun = "origin" if likely == 1 else "origins"
    return f"{likely} {noun}" if low == high else f"{likely} {noun} ({low} to {high})"
