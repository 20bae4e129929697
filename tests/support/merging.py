"""Short ways to make reports with claims, for tests of merging. Names and places are our own."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from stemma.merge.protocol import Held
from stemma.model import (
    Claim,
    Coding,
    Dependence,
    Descent,
    Document,
    Entity,
    EntityKind,
    Lineage,
    Passage,
    PassageKind,
    Place,
    Role,
    Source,
    Span,
    Time,
    hash_bytes,
)

KINDS = {
    "Ardan Front": EntityKind.GROUP,
    "Belor Army": EntityKind.GOVERNMENT,
    "Coast Guard of Belor": EntityKind.GOVERNMENT,
}


def place(name: str, unit: str = "North Unit", country: str = "SY") -> dict[str, Any]:
    return {"text": name, "canonical": f"{name}, {unit}, Testland", "country": country}


def claim(
    evidence: str = "",
    *,
    kind: str = "ASSAULT",
    by: str | None = None,
    on: str | None = None,
    day: str | None = None,
    at: str | None = None,
    killed: tuple[str, int] | None = None,
    of: str = "soldiers",
    said: Sequence[tuple[str, str]] = (),
    **more: Any,
) -> dict[str, Any]:
    """One claim as plain values; `said` are sources as text and kind, `killed` words and number."""
    return {
        "evidence": evidence or f"{by} attacked {on} at {at} on {day}",
        "kind": kind,
        "by": by,
        "on": on,
        "day": day,
        "at": at,
        "killed": killed,
        "of": of,
        "said": said,
        **more,
    }


def held(
    report: str,
    *claims: dict[str, Any],
    outlet: str | None = None,
    published: str | None = None,
    text: str | None = None,
    title: str | None = None,
    agencies: tuple[str, ...] = (),
) -> Held:
    """A report whose text is the evidence of its claims, one a line, or `text`."""
    text = text if text is not None else "\n".join(row["evidence"] for row in claims)
    entities: dict[str, Entity] = {}

    def entity(name: str, kind: EntityKind | None = None) -> str:
        if name not in entities:
            known = kind or KINDS.get(name, EntityKind.GROUP)
            entities[name] = Entity(id=f"e{len(entities) + 1}", kind=known, names=(name,))
        return entities[name].id

    made = [_claim(f"c{n}", row, text, entity) for n, row in enumerate(claims, 1)]
    date = datetime.date.fromisoformat(published) if published else None
    whole = Passage(kind=PassageKind.BODY, span=Span(start=0, end=len(text)))
    document = Document(
        report=report,
        report_hash=hash_bytes(text.encode()),
        text=text,
        passages=(whole,) if text else (),
        title=title,
        outlet=outlet,
        published=date,
        agencies=agencies,
    )
    coding = Coding(
        report=report,
        outlet=outlet,
        published=date,
        entities=tuple(entities.values()),
        claims=tuple(made),
        title=title,
    )
    return Held(document, coding)


def _claim(id: str, row: dict[str, Any], text: str, entity: Any) -> Claim:
    start = max(0, text.find(row["evidence"]))
    span = Span(start=start, end=min(len(text), start + len(row["evidence"])))
    roles: dict[Role, tuple[str, ...]] = {}
    if row["by"]:
        roles[Role.ACTOR] = (entity(row["by"], row.get("by_kind")),)
    if row["on"]:
        roles[Role.RECIPIENT] = (entity(row["on"], row.get("on_kind")),)
    counts = []
    if row["killed"]:
        words, number = row["killed"]
        victims = entity(f"{words} {row['of']}", EntityKind.PEOPLE)
        roles[Role.VICTIM] = (victims,)
        counts.append({"entity": victims, "what": "killed", "text": words, "low": number, "high": number})
    day = row["day"]
    end = row.get("until", day)
    return Claim(
        id=id,
        type=row["kind"],
        mode=row.get("mode"),
        evidence=row["evidence"],
        trigger=row.get("trigger", "attacked"),
        roles=roles,
        counts=tuple(counts),
        time=Time(text=day, start=day, end=end) if day else None,
        place=Place.model_validate(row.get("place") or place(row["at"])) if row["at"] else None,
        sources=tuple(
            Source(text=words, kind=kind, cue=row.get("cue", "said")) for words, kind in row["said"]
        ),
        status=row.get("status", "actual"),
        negated=row.get("negated", False),
        span=span,
    )


def lineage(*edges: tuple[str, str, str]) -> Lineage:
    """A lineage of (report, parent, kind)."""
    return Lineage(
        dependences=tuple(
            Dependence(report=report, parent=parent, kind=Descent(kind), credited=True, reason="as told")
            for report, parent, kind in edges
        )
    )
