"""A small record by hand: a paper, its copy, and a denial; for the tests of views."""

from __future__ import annotations

import datetime
from typing import Any

from stemma.model import (
    Claim,
    ClaimAt,
    ClaimType,
    Coding,
    Dependence,
    Descent,
    Dispute,
    Entity,
    EntityKind,
    Incident,
    Lineage,
    Origin,
    Origins,
    Record,
    Role,
    Source,
    SourceKind,
    Statement,
    Time,
    Version,
)

DAYS = {"paper": datetime.date(2021, 3, 5), "copy": datetime.date(2021, 3, 6), "ministry": None}
OUTLETS = {"paper": "The Coast Daily", "copy": "Hill Herald", "ministry": None}


def claim(id: str = "c1", **given: Any) -> Claim:
    wire: dict[str, Any] = {
        "id": id,
        "type": ClaimType.ASSAULT,
        "mode": "shelling",
        "evidence": "the Front shelled Velin, residents said",
        "trigger": "shelled",
        "roles": {Role.ACTOR: ("e1",), Role.RECIPIENT: ("e2",)},
        "sources": (Source(text="residents", kind=SourceKind.ANONYMOUS),),
    }
    return Claim(**{**wire, **given})


def coding(report: str, *claims: Claim) -> Coding:
    entities = (
        Entity(id="e1", kind=EntityKind.GROUP, names=("the Harbour Front", "the Front")),
        Entity(id="e2", kind=EntityKind.PLACE, names=("Velin",)),
    )
    return Coding(
        report=report,
        outlet=OUTLETS.get(report),
        published=DAYS.get(report),
        title=f"Title of {report}",
        entities=entities,
        claims=claims or (claim(),),
    )


def incident(**given: Any) -> Incident:
    both = ("copy", "paper")
    at = tuple(ClaimAt(report=report, claim="c1") for report in both)
    wire: dict[str, Any] = {
        "id": "i-1",
        "type": ClaimType.ASSAULT,
        "title": "the Harbour Front, shelling, Velin, 2021-03-04",
        "claims": at,
        "time": Time(text="on Thursday", start="2021-03-04", end="2021-03-04"),
        "parties": {"actor": ("the Harbour Front",)},
        "origins": Origins(
            origins=(
                Origin(
                    name="residents", kind=SourceKind.ANONYMOUS, anonymous=True, reports=("copy", "paper")
                ),
                Origin(name="The Wire", kind=SourceKind.OUTLET, held=False, reports=("copy",)),
            ),
            low=1,
            likely=1,
            high=2,
            reasons=("not held: The Wire",),
            sentence="Two reports, one origin (between one and two): residents (anonymous).",
        ),
        "statements": (
            Statement(
                attribute="killed",
                of="soldiers",
                claims=at[1:],
                reports=("paper",),
                origins=Origins(sentence="One report, one origin: residents (anonymous)."),
            ),
        ),
        "disputes": (
            Dispute(
                attribute="killed",
                of="soldiers",
                kind="superseded",
                versions=(
                    Version(
                        value="14",
                        claims=at,
                        reports=both,
                        origins=("residents",),
                        withdrawn=True,
                    ),
                    Version(value="12", claims=at[1:], reports=("paper",), origins=("residents",)),
                ),
                note="residents: 14, then 12",
            ),
        ),
    }
    return Incident(**{**wire, **given})


def record(*incidents: Incident, edges: tuple[Dependence, ...] | None = None) -> Record:
    lineage = edges
    if lineage is None:
        lineage = (
            Dependence(
                report="copy", parent="paper", kind=Descent.COPIES, credited=True, reason="has its words"
            ),
            Dependence(
                report="paper",
                parent="outlet:The Wire",
                kind=Descent.EXCERPTS,
                credited=False,
                reason="likely",
            ),
            Dependence(
                report="paper",
                parent="source:residents",
                kind=Descent.CITES,
                credited=True,
                reason="a chain's end",
            ),
        )
    return Record(
        codings=(coding("copy"), coding("ministry", claim(negated=True, sources=())), coding("paper")),
        lineage=Lineage(dependences=lineage),
        incidents=incidents or (incident(),),
    )
