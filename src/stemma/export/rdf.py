"""RDF in Turtle: the whole record, with PROV for who quotes whom and Web Annotation for the evidence.

PROV-O (W3C, 2013): a quotation repeats some or all of an entity, so copies and excerpts are
`wasQuotedFrom`, rewriting is `wasRevisionOf`, any other dependence `wasDerivedFrom`; the ultimate sources of
a claim are what it `hadPrimarySource`. Web Annotation (W3C, 2017): the words of each value, by position and
by quotation; positions count code points, as in the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any, Final

from stemma.export.options import ExportOptions
from stemma.export.phrases import claim_label, entities_of, shortened, ultimate, web_address
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.turtle import (
    PREFIXES,
    Nodes,
    address,
    blank,
    iri,
    json_term,
    literal,
    many,
    statements,
    value_term,
)
from stemma.model import Claim, Coding, Dependence, Descent

RECORD: Final = "<urn:stemma:record>"
_DERIVED: Final = {
    Descent.COPIES: "prov:wasQuotedFrom",
    Descent.EXCERPTS: "prov:wasQuotedFrom",
    Descent.REWRITES: "prov:wasRevisionOf",
}
_VOICE: Final = "source:"


class Rdf:
    """The whole record as Turtle: nothing is lost."""

    name = "rdf"
    description = (
        "RDF in Turtle, for triple stores and archives: every value, with W3C PROV for who quotes whom and "
        "Web Annotation selectors for the exact words."
    )
    suffix = ".ttl"
    tables: tuple[str, ...] = ()
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """None: every field of the wire form stands in it."""
        return ()

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes codings as they come, then lineage, incidents and judgements."""
        rows = 0
        with target.open() as out:
            _put(out, PREFIXES)
            for coding in stock.codings:
                for sentence in _coding(coding):
                    _put(out, sentence)
                rows += len(coding.claims)
            for sentence in _together(stock):
                _put(out, sentence)
            _put(out, f"{RECORD} st:codings (\n")
            for coding in stock.codings:
                _put(out, f"  {iri('report', coding.report)}\n")
            _put(out, ") .\n")
        return Written(rows)


def _put(out: IO[bytes], text: str) -> None:
    out.write(text.encode("utf-8"))


def _coding(coding: Coding) -> Iterator[str]:
    wire = coding.wire()
    report = iri("report", coding.report)
    nodes = Nodes(coding.report)
    pairs = [("a", "prov:Entity, st:Report"), *nodes.pairs(wire, "report", "entities", "claims")]
    if coding.title:
        pairs.append(("dcterms:title", literal(coding.title)))
    if coding.published:
        pairs.append(("dcterms:issued", literal(coding.published.isoformat(), "xsd:date")))
    if url := web_address(coding.url):
        pairs.append(("dcterms:source", address(url)))
    if coding.outlet:
        outlet = iri("outlet", coding.outlet)
        pairs.append(("prov:wasAttributedTo", outlet))
        yield statements(outlet, [("a", "prov:Agent, st:Outlet"), ("rdfs:label", literal(coding.outlet))])
    for name, ids in (
        ("entity", [entity.id for entity in coding.entities]),
        ("claim", [claim.id for claim in coding.claims]),
    ):
        if ids:
            plural = "st:entities" if name == "entity" else "st:claims"
            pairs.append((plural, many(iri(name, coding.report, one) for one in ids)))
    yield statements(report, pairs)
    for entity, entity_wire in zip(coding.entities, wire["entities"], strict=True):
        kept = [("a", "st:Entity"), ("rdfs:label", literal(entity.label))]
        kept += nodes.pairs(entity_wire, "id")
        yield statements(iri("entity", coding.report, entity.id), kept)
    for claim, claim_wire in zip(coding.claims, wire["claims"], strict=True):
        yield from _claim(coding, claim, claim_wire, nodes)


def _claim(coding: Coding, claim: Claim, wire: dict[str, Any], nodes: Nodes) -> Iterator[str]:
    node = iri("claim", coding.report, claim.id)
    report = iri("report", coding.report)
    pairs = [
        ("a", "prov:Entity, st:Claim"),
        ("rdfs:label", literal(claim_label(claim, entities_of(coding)))),
        ("prov:wasQuotedFrom", report),
    ]
    pairs += [
        ("prov:hadPrimarySource", iri("voice", str(source.kind), source.text)) for source in ultimate(claim)
    ]
    pairs += nodes.pairs(wire, "id")
    yield statements(node, pairs)
    document = iri("document", coding.document_hash) if coding.document_hash else report
    for ground in claim.grounds():
        place = [("oa:start", str(ground.span.start)), ("oa:end", str(ground.span.end))]
        words = [("a", "oa:TextQuoteSelector"), ("oa:exact", literal(ground.text))]
        selectors = f"{blank([('a', 'oa:TextPositionSelector'), *place])}, {blank(words)}"
        yield statements(
            iri("evidence", coding.report, claim.id, ground.value),
            [
                ("a", "oa:Annotation"),
                ("oa:motivatedBy", "oa:identifying"),
                ("oa:hasBody", node),
                ("st:value", literal(ground.value)),
                ("oa:hasTarget", blank([("oa:hasSource", document), ("oa:hasSelector", selectors)])),
            ],
        )


def _together(stock: Stock) -> Iterator[str]:
    """What the claims say together, and what people decided."""
    yield statements(RECORD, [("a", "st:Record")])
    for dependence in stock.lineage.dependences:
        parent = parent_term(dependence.parent)
        yield statements(iri("report", dependence.report), [(_relation(dependence), parent)])
    wire = stock.lineage.wire()
    nodes = Nodes()
    for name, items in wire.items():
        if items:
            yield statements(RECORD, [(f"st:{name}", many(map(nodes.node, items)))])
    if stock.incidents:
        ids = [iri("incident", incident.id) for incident in stock.incidents]
        yield statements(RECORD, [("st:incidents", many(ids))])
    for incident in stock.incidents:
        kept = [("a", "prov:Entity, st:Incident"), ("rdfs:label", literal(shortened(incident.title)))]
        kept += nodes.pairs(incident.wire(), "id")
        yield statements(iri("incident", incident.id), kept)
    judged = []
    for judgement in stock.judgements:
        judgement_wire = judgement.wire()
        pairs = [
            (f"st:{n}", value_term(v)) for n, v in judgement_wire.items() if n != "value" and v is not None
        ]
        if judgement.value is not None:
            pairs.append(("st:value", json_term(judgement_wire["value"])))
        judged.append(blank(pairs))
    if judged:
        yield statements(RECORD, [("st:judgements", many(judged))])


def parent_term(parent: str) -> str:
    """The address of a dependence's parent: a report held, or a story or a voice that is not."""
    kind, colon, name = parent.partition(":")
    return iri(kind, name) if colon and kind in ("outlet", "source") else iri("report", parent)


def _relation(dependence: Dependence) -> str:
    if dependence.parent.startswith(_VOICE):
        return "prov:hadPrimarySource"
    return _DERIVED.get(dependence.kind, "prov:wasDerivedFrom")
