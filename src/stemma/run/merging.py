"""A folder of reports, merged without a casebook: read, coded, made one record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from stemma.merge import merge_record
from stemma.merge.lineage import scored_form
from stemma.merge.protocol import Held
from stemma.model import Dispute, Incident, Origins, Record, Refusal
from stemma.run.pipeline import read_paths
from stemma.settings import Settings


def merge_paths(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    workers: int = 1,
    on_result: Callable[[Held | Refusal], None] = lambda _: None,
) -> Record:
    """The record of the reports under `paths`; `on_result` is told of each report read or refused.

    Raises as `stemma.run.read_paths` does.
    """
    settings = settings or Settings()
    held: list[Held] = []
    for result in read_paths(paths, settings, workers=workers):
        if isinstance(result, Refusal):
            on_result(result)
            continue
        held.append(Held(result.document, result.coding))
        on_result(held[-1])
    return merge_record(held, (), settings.merge)


def story_form(record: Record) -> dict[str, Any]:
    """The record as the plain values of `stemma lineage --format json` (docs/record.md).

    `edges` and `same_dispatch` are the lineage, `claims` the incidents and what is said of each, those of
    most reports first, `disputes` what reports say differently, by report.
    """
    claims: list[dict[str, Any]] = []
    disputes: list[dict[str, Any]] = []
    for incident in sorted(record.incidents, key=lambda i: (-len(i.reports), -len(i.claims), i.id)):
        claims.append(_claim(incident, incident.type.value, incident.reports, incident.origins))
        for statement in incident.statements:
            name = " ".join(part for part in (statement.attribute, statement.of) if part)
            claims.append(_claim(incident, name, statement.reports, statement.origins))
        disputes += [_dispute(incident, dispute) for dispute in incident.disputes]
    claims.sort(key=lambda claim: -len(claim["stated_in"]))
    return {**scored_form(record.lineage), "claims": claims, "disputes": disputes}


def _claim(incident: Incident, kind: str, reports: Sequence[str], origins: Origins) -> dict[str, Any]:
    return {
        "type": kind,
        "incident": incident.id,
        "title": incident.title,
        "stated_in": sorted(reports),
        "origins": [origin.name for origin in origins.origins if origin.held],
        "n_independent": origins.likely,
        "low": origins.low,
        "high": origins.high,
        "reasons": list(origins.reasons),
        "sentence": origins.sentence,
    }


def _dispute(incident: Incident, dispute: Dispute) -> dict[str, Any]:
    values: dict[str, list[str]] = {}
    for version in dispute.versions:
        for report in version.reports:
            by = ", ".join(version.origins)
            values.setdefault(report, []).append(f"{version.value} ({by})" if by else version.value)
    return {
        "attribute": " ".join(part for part in (dispute.attribute, dispute.of) if part),
        "kind": dispute.kind,
        "incident": incident.id,
        "values": {report: "; ".join(said) for report, said in sorted(values.items())},
        "note": dispute.note,
    }
