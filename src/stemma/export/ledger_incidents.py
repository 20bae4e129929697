"""The ledgers of lineage, incidents and disputes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from stemma.export.ledger_table import BETWEEN, Column, Table, place_columns, time_columns
from stemma.export.sheets import Cell
from stemma.export.words import flat
from stemma.model import Incident, Role, Version

LINEAGE: Final = Table(
    "lineage",
    "one dependence of a report on another, or on a story or voice that is not held",
    (
        Column("report", "text", "Who depends.", lambda d: d.report, "lineage.dependences.report"),
        Column(
            "parent",
            "text",
            "On what: a report's id, outlet:NAME or source:NAME.",
            lambda d: d.parent,
            "lineage.dependences.parent",
        ),
        Column(
            "kind",
            "text",
            "copies, excerpts, cites, rewrites, translates.",
            lambda d: str(d.kind),
            "lineage.dependences.kind",
        ),
        Column(
            "credited",
            "boolean",
            "True where the report says so.",
            lambda d: d.credited,
            "lineage.dependences.credited",
        ),
        Column(
            "reason",
            "text",
            "Why, and why in this direction.",
            lambda d: d.reason,
            "lineage.dependences.reason",
        ),
        Column("score", "number", "How sure, 0 to 1.", lambda d: d.score, "lineage.dependences.score"),
    ),
)


def _incident_parties(role: Role) -> Callable[[Incident], Cell]:
    return lambda incident: BETWEEN.join(flat(n) for n in incident.parties.get(role.value, ())) or None


INCIDENTS: Final = Table(
    "incidents",
    "one incident",
    (
        Column("incident", "text", "Its id.", lambda i: i.id, "incidents.id"),
        Column("type", "text", "The type most told.", lambda i: str(i.type), "incidents.type"),
        Column("title", "text", "What, in short.", lambda i: i.title, "incidents.title"),
        Column(
            "part_of", "text", "The campaign that it belongs to.", lambda i: i.part_of, "incidents.part_of"
        ),
        *(
            Column(str(role), "text", f"Names in the role {role}, most told first.", _incident_parties(role))
            for role in Role
        ),
        *time_columns(lambda i: i.time, "incidents.time"),
        *place_columns(lambda i: i.place, "incidents.place"),
        Column("reports", "text", "The reports that tell of it.", lambda i: BETWEEN.join(i.reports) or None),
        Column(
            "claims",
            "text",
            "Its claims as REPORT#CLAIM.",
            lambda i: BETWEEN.join(f"{c.report}#{c.claim}" for c in i.claims) or None,
        ),
        Column(
            "origins",
            "text",
            "The ultimate sources.",
            lambda i: BETWEEN.join(flat(o.name) for o in i.origins.origins) or None,
        ),
        Column(
            "origins_low",
            "integer",
            "Independent origins, at least.",
            lambda i: i.origins.low,
            "incidents.origins.low",
        ),
        Column(
            "origins_likely",
            "integer",
            "Independent origins, most likely.",
            lambda i: i.origins.likely,
            "incidents.origins.likely",
        ),
        Column(
            "origins_high",
            "integer",
            "Independent origins, at most.",
            lambda i: i.origins.high,
            "incidents.origins.high",
        ),
        Column(
            "origins_sentence",
            "text",
            "The same in a sentence.",
            lambda i: i.origins.sentence,
            "incidents.origins.sentence",
        ),
        Column(
            "origins_reasons",
            "text",
            "Why low and high differ.",
            lambda i: BETWEEN.join(flat(r) for r in i.origins.reasons) or None,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One version of a dispute of an incident."""

    incident: Incident
    dispute: Any
    version: Version


DISPUTES: Final = Table(
    "disputes",
    "one version of a value in which claims about an incident differ",
    (
        Column("incident", "text", "Its id.", lambda s: s.incident.id, "incidents.id"),
        Column(
            "attribute",
            "text",
            "killed, injured, actor, place, time, happened …",
            lambda s: s.dispute.attribute,
            "incidents.disputes.attribute",
        ),
        Column("of", "text", "Of whom, for a toll.", lambda s: s.dispute.of, "incidents.disputes.of"),
        Column(
            "kind",
            "text",
            "differs, denied, superseded, moved, headline.",
            lambda s: s.dispute.kind,
            "incidents.disputes.kind",
        ),
        Column("value", "text", "The value.", lambda s: s.version.value, "incidents.disputes.versions.value"),
        Column(
            "said",
            "text",
            "When or how it was said.",
            lambda s: s.version.said,
            "incidents.disputes.versions.said",
        ),
        Column(
            "withdrawn",
            "boolean",
            "True where who said it took it back.",
            lambda s: s.version.withdrawn,
            "incidents.disputes.versions.withdrawn",
        ),
        Column(
            "claims",
            "text",
            "The claims as REPORT#CLAIM.",
            lambda s: BETWEEN.join(f"{c.report}#{c.claim}" for c in s.version.claims) or None,
        ),
        Column("reports", "text", "The reports.", lambda s: BETWEEN.join(s.version.reports) or None),
        Column("origins", "text", "On whose word.", lambda s: BETWEEN.join(s.version.origins) or None),
        Column(
            "note",
            "text",
            "What the difference rests on.",
            lambda s: s.dispute.note,
            "incidents.disputes.note",
        ),
    ),
)
