"""The record as one graph: who reports what, on whose word, about whom; shared by GEXF and GraphML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from stemma.export.phrases import (
    at_path,
    chain_words,
    claim_label,
    entities_of,
    label_of,
    safe_json,
    shortened,
)
from stemma.export.protocol import Loss, Stock
from stemma.model import Claim, Coding, Entity, Incident, Place, Role, Time

Value = str | int | float | bool

NODE_COLUMNS: Final[dict[str, str]] = {
    **dict.fromkeys(
        "kind name report outlet published title url language type mode evidence trigger status certainty cue"
        " time start_date end_date edtf place place_canonical country admin1 counts sources"
        " origins_sentence".split(),
        "string",
    ),
    **dict.fromkeys(
        "evidence_start evidence_end geonames where_prec geo_precision origins_low origins_likely"
        " origins_high disputes".split(),
        "integer",
    ),
    **dict.fromkeys("latitude longitude".split(), "double"),
    **dict.fromkeys("negated".split(), "boolean"),
}
"""Every column of a node and its type. `kind` is report, claim, party, voice, story or incident."""

EDGE_COLUMNS: Final[dict[str, str]] = {
    **dict.fromkeys("kind claim cue reason source_kind entity".split(), "string"),
    "position": "integer",
    "score": "double",
    **dict.fromkeys("parallel credited".split(), "boolean"),
}
"""Every column of an edge. `kind` is a role, `makes`, `source`, `about`, `acts`, `part-of`, `dispatch`, or
how one report depends on another."""

_TARGETS: Final = (Role.RECIPIENT, Role.VICTIM, Role.FROM, Role.TO)

LOSSES: Final = (
    Loss(
        "codings.entities",
        "parties of one kind and label are one node, whatever report names them",
        part=True,
    ),
    Loss("codings.entities.mentions", "a node has no place in a text"),
    Loss("codings.agencies", "an agency is in the graph only as a source or as the parent of a story"),
    Loss("codings.document_hash", "the graph is no archive of documents"),
    Loss("codings.engine", "the graph does not say what made it"),
    Loss("codings.engine_version", "the graph does not say what made it"),
    Loss("codings.notes", "notes are no part of the graph"),
    Loss("codings.claims.roles", "the ids of parties become their nodes", part=True),
    Loss("codings.claims.sources.entity", "the party that a voice is has its label only", part=True),
    Loss("codings.claims.sources.span", "offsets are kept for the evidence only"),
    Loss("codings.claims.sources.cue_span", "offsets are kept for the evidence only"),
    Loss("codings.claims.sources.score", "an edge keeps what was said, not how sure the engine was"),
    Loss("codings.claims.trigger_span", "offsets are kept for the evidence only"),
    Loss("codings.claims.cue_span", "offsets are kept for the evidence only"),
    Loss("codings.claims.role_spans", "offsets are kept for the evidence only"),
    Loss("codings.claims.time.span", "offsets are kept for the evidence only"),
    Loss("codings.claims.time.anchor", "the day from which words count is not a column"),
    Loss("codings.claims.place.span", "offsets are kept for the evidence only"),
    Loss("codings.claims.place.reason", "why this place is not a column"),
    Loss("codings.claims.place.alternatives", "a node has one place"),
    Loss("codings.claims.readings", "an edge stands for one chain, the likeliest"),
    Loss("codings.claims.score", "a node keeps what was said, not how sure the engine was"),
    Loss("codings.claims.notes", "notes are no part of the graph"),
    Loss("lineage.dependences.cue", "offsets are kept for the evidence only"),
    Loss("lineage.dependences.alignments", "an edge does not hold the shared words"),
    Loss("incidents.merged", "why claims were merged is not an edge"),
    Loss("incidents.parties", "an incident's parties are those of its claims"),
    Loss("incidents.time.span", "offsets are kept for the evidence only"),
    Loss("incidents.time.anchor", "the day from which words count is not a column"),
    Loss("incidents.place.span", "offsets are kept for the evidence only"),
    Loss("incidents.place.reason", "why this place is not a column"),
    Loss("incidents.place.alternatives", "a node has one place"),
    Loss("incidents.origins.origins", "origins are counted; the voices are nodes of the claims"),
    Loss("incidents.origins.reasons", "the sentence says it"),
    Loss("incidents.disputes", "disputes are counted, not spelled out"),
    Loss("incidents.statements", "what is said of an incident stands in its claims"),
    Loss("incidents.told", "reports without a coded claim have no edge to the incident"),
    Loss("judgements", "judgements are no part of the graph"),
)
"""What the graph does not hold; the same in every file format of it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node: `columns` hold only what is known."""

    id: str
    label: str
    columns: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge, from the one that does, says or depends to what it is done to or depends on."""

    source: str
    target: str
    columns: Mapping[str, Value] = field(default_factory=dict)


def nodes_of(stock: Stock) -> Iterator[Node]:
    """Every node once: reports and claims as they come, parties, voices and stories at their first use."""
    seen: set[int] = set()

    def fresh(node: Node) -> bool:
        key = hash(node.id)
        return not (key in seen or seen.add(key))  # type: ignore[func-returns-value]

    for coding in stock.codings:
        for node in _coding_nodes(coding):
            if fresh(node):
                yield node
    for node in _merged_nodes(stock):
        if fresh(node):
            yield node


def _coding_nodes(coding: Coding) -> Iterator[Node]:
    entities = entities_of(coding)
    yield Node(
        f"report:{coding.report}",
        shortened(coding.title or coding.report),
        _known(
            kind="report",
            report=coding.report,
            outlet=coding.outlet,
            published=coding.published.isoformat() if coding.published else None,
            title=coding.title,
            url=coding.url,
            language=coding.language,
        ),
    )
    for claim in coding.claims:
        yield _claim_node(coding, claim, entities)
        for source in claim.sources:
            columns = _known(kind="voice", name=source.text, type=str(source.kind))
            yield Node(_voice_id(source.kind, source.text), shortened(source.text), columns)
        for ids in claim.roles.values():
            for party in ids:
                yield _party(party, entities)
    for entity in coding.entities:
        yield _party(entity.id, entities)


def _claim_node(coding: Coding, claim: Claim, entities: Mapping[str, Entity]) -> Node:
    counts = [count.wire() for count in claim.counts]
    columns = _known(
        kind="claim",
        name=claim.id,
        report=coding.report,
        type=str(claim.type),
        mode=claim.mode,
        evidence=claim.evidence,
        evidence_start=claim.span.start if claim.span else None,
        evidence_end=claim.span.end if claim.span else None,
        trigger=claim.trigger,
        status=str(claim.status),
        negated=claim.negated,
        certainty=str(claim.certainty),
        cue=claim.cue,
        counts=safe_json(counts) if counts else None,
        sources=chain_words(claim.sources) or None,
    )
    return Node(
        f"claim:{coding.report}#{claim.id}",
        claim_label(claim, entities),
        {**columns, **_time(claim.time), **_place(claim.place)},
    )


def _merged_nodes(stock: Stock) -> Iterator[Node]:
    parents = [dependence.parent for dependence in stock.lineage.dependences]
    reports = [dependence.report for dependence in stock.lineage.dependences]
    for dispatch in stock.lineage.dispatches:
        parents.append(dispatch.parent)
        reports += dispatch.reports
    for parent in parents:
        node = _parent_id(parent)
        columns = {"kind": "report", "report": parent} if node.startswith("report:") else {"kind": "story"}
        yield Node(node, shortened(parent), {**columns, "name": parent})
    for report in reports:
        yield Node(f"report:{report}", shortened(report), {"kind": "report", "report": report})
    for incident in stock.incidents:
        yield _incident_node(incident)
    # After all that are whole: what is only spoken of gets a bare node, so that every edge has two ends.
    for incident in stock.incidents:
        for at in incident.claims:
            yield Node(f"claim:{at_path(at)}", shortened(at_path(at)), {"kind": "claim", "name": at.claim})
        if incident.part_of is not None:
            part_of = incident.part_of
            yield Node(f"incident:{part_of}", shortened(part_of), {"kind": "incident", "name": part_of})


def _incident_node(incident: Incident) -> Node:
    origins = incident.origins
    columns = _known(
        kind="incident",
        name=incident.id,
        title=incident.title,
        type=str(incident.type),
        origins_low=origins.low,
        origins_likely=origins.likely,
        origins_high=origins.high,
        origins_sentence=origins.sentence,
        disputes=len(incident.disputes),
    )
    return Node(
        f"incident:{incident.id}",
        shortened(incident.title),
        {**columns, **_time(incident.time), **_place(incident.place)},
    )


def edges_of(stock: Stock) -> Iterator[Edge]:
    """Every edge; both ends are nodes of `nodes_of`."""
    for coding in stock.codings:
        entities = entities_of(coding)
        for claim in coding.claims:
            yield from _claim_edges(coding, claim, entities)
    for one in stock.lineage.dependences:
        columns = _known(kind=str(one.kind), credited=one.credited, reason=one.reason, score=one.score)
        yield Edge(f"report:{one.report}", _parent_id(one.parent), columns)
    for dispatch in stock.lineage.dispatches:
        for report in dispatch.reports:
            columns = _known(kind="dispatch", reason=dispatch.reason)
            yield Edge(f"report:{report}", _parent_id(dispatch.parent), columns)
    for incident in stock.incidents:
        for at in incident.claims:
            yield Edge(f"claim:{at_path(at)}", f"incident:{incident.id}", {"kind": "about"})
        if incident.part_of is not None:
            yield Edge(f"incident:{incident.id}", f"incident:{incident.part_of}", {"kind": "part-of"})


def _claim_edges(coding: Coding, claim: Claim, entities: Mapping[str, Entity]) -> Iterator[Edge]:
    node = f"claim:{coding.report}#{claim.id}"
    path = f"{coding.report}#{claim.id}"
    yield Edge(f"report:{coding.report}", node, {"kind": "makes"})
    for role, ids in claim.roles.items():
        for position, party in enumerate(ids):
            columns = _known(kind=str(role), claim=path, position=position)
            yield Edge(node, _party(party, entities).id, columns)
    for position, source in enumerate(claim.sources):
        label = label_of(source.entity, entities) if source.entity is not None else None
        columns = _known(
            kind="source",
            claim=path,
            position=position,
            parallel=source.parallel,
            cue=source.cue,
            source_kind=str(source.kind),
            entity=label,
        )
        yield Edge(node, _voice_id(source.kind, source.text), columns)
    for doer in claim.parties(Role.ACTOR):
        for role in _TARGETS:
            for other in claim.parties(role):
                ends = _party(doer, entities).id, _party(other, entities).id
                yield Edge(*ends, {"kind": "acts", "claim": path})


def _party(party: str, entities: Mapping[str, Entity]) -> Node:
    kind = str(entities[party].kind) if party in entities else "unknown"
    label = label_of(party, entities)
    return Node(f"party:{kind}:{label}", shortened(label), {"kind": "party", "type": kind, "name": label})


def _voice_id(kind: str, text: str) -> str:
    return f"voice:{kind}:{text}"


def _parent_id(parent: str) -> str:
    return f"story:{parent}" if parent.startswith(("outlet:", "source:")) else f"report:{parent}"


def _time(time: Time | None) -> dict[str, Value]:
    if time is None:
        return {}
    return _known(time=time.text, start_date=time.start, end_date=time.end, edtf=time.edtf)


def _place(place: Place | None) -> dict[str, Value]:
    if place is None:
        return {}
    return _known(
        place=place.text,
        place_canonical=place.canonical,
        country=place.country,
        admin1=place.admin1,
        geonames=place.geonames,
        latitude=place.latitude,
        longitude=place.longitude,
        where_prec=place.precision.ucdp if place.precision else None,
        geo_precision=place.precision.acled if place.precision else None,
    )


def _known(**columns: Value | None) -> dict[str, Value]:
    return {name: value for name, value in columns.items() if value is not None}
