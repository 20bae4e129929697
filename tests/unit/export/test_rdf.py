from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest
from full_record import HOSTILE, TEXT, full_record
from hypothesis import given, settings
from round_trip import differences, records, written

from stemma.export.rdf import Rdf
from stemma.model import Record

rdflib = pytest.importorskip("rdflib")
from rdflib.collection import Collection  # noqa: E402
from rdflib.namespace import PROV, RDF, RDFS, XSD  # noqa: E402

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
ST = rdflib.Namespace("urn:stemma:vocabulary#")
RECORD = rdflib.URIRef("urn:stemma:record")
WHOLE = {"claims": "claim", "entities": "entity", "incidents": "incident", "codings": "report"}


class Reader:
    """A second reader of the vocabulary, made of rdflib alone."""

    def __init__(self, turtle: str) -> None:
        self.graph = rdflib.Graph()
        self.graph.parse(data=turtle, format="turtle")

    def record(self) -> dict[str, Any]:
        found = self.node(RECORD)
        lineage = {name: found.pop(name, []) for name in ("dependences", "dispatches")}
        return {**found, "lineage": lineage}

    def node(self, node: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for predicate, value in self.graph.predicate_objects(node):
            if predicate in ST:
                name = str(predicate).rpartition("#")[2]
                found[name] = self.value(name, value)
        if (node, OA.start, None) in self.graph and (node, RDF.type, OA.TextPositionSelector) in self.graph:
            ends = (OA.start, OA.end)
            return {str(e).rpartition("#")[2]: self.graph.value(node, e).toPython() for e in ends}
        return found

    def value(self, name: str, value: Any) -> Any:
        if isinstance(value, rdflib.Literal):
            if value.datatype == RDF.JSON:
                return json.loads(str(value))
            number = value.datatype in (XSD.integer, XSD.double, XSD.boolean)
            return value.toPython() if number else str(value)
        if (value, RDF.first, None) in self.graph or value == RDF.nil:
            items = [self.value(name, one) for one in Collection(self.graph, value)]
            if name == "parties":
                return {one["role"]: one["names"] for one in items}
            return items
        if isinstance(value, rdflib.URIRef):
            kind, *parts = str(value).removeprefix("urn:stemma:").split(":")
            last = unquote(parts[-1])
            if kind == "claim" and name in ("left", "right", "claims") and not self.in_coding:
                return {"report": unquote(parts[0]), "claim": last}
            if WHOLE.get(name) == kind:
                inside, self.in_coding = self.in_coding, name == "codings"
                whole = {("report" if kind == "report" else "id"): last, **self.node(value)}
                self.in_coding = inside
                return whole
            return last
        return self.node(value)

    in_coding = False


def read_back(record: Record) -> dict[str, Any]:
    return Reader(written(Rdf(), record).text()).record()


def test_a_full_record_comes_back_value_by_value() -> None:
    record = full_record()
    assert list(differences(record.wire(), read_back(record))) == []


@settings(max_examples=25)
@given(records())
def test_any_record_comes_back_value_by_value(record: Record) -> None:
    assert list(differences(record.wire(), read_back(record))) == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_back_as_it_was(hostile: str) -> None:
    record = full_record(hostile)
    assert list(differences(record.wire(), read_back(record))) == []


def test_hostile_text_does_not_steer_the_file_that_holds_it() -> None:
    text = written(Rdf(), full_record("\u202e\u2066\x85\x1b")).text()
    assert not any(sign in text for sign in "\u202e\u2066\x85\x1b")


def test_the_words_of_each_value_are_selected_by_place_and_by_quotation() -> None:
    graph = Reader(written(Rdf(), full_record()).text()).graph
    seen = {}
    for note in graph.subjects(RDF.type, OA.Annotation):
        target = graph.value(note, OA.hasTarget)
        selectors = list(graph.objects(target, OA.hasSelector))
        start = next(graph.value(s, OA.start) for s in selectors if graph.value(s, OA.start) is not None)
        end = next(graph.value(s, OA.end) for s in selectors if graph.value(s, OA.end) is not None)
        exact = next(graph.value(s, OA.exact) for s in selectors if graph.value(s, OA.exact) is not None)
        assert TEXT[start.toPython() : end.toPython()] == str(exact)
        assert str(graph.value(target, OA.hasSource)) == "urn:stemma:document:" + "ab" * 32
        seen[str(graph.value(note, OA.hasBody)), str(graph.value(note, ST.value))] = str(exact)
    assert seen["urn:stemma:claim:herald%2F1:c1", "sources.0.text"] == "“the army”"
    assert seen["urn:stemma:claim:herald%2F1:c1", "cue"] == "reportedly"


def test_prov_says_who_quotes_whom_and_on_whose_word() -> None:
    wire = full_record().wire()
    edge = wire["lineage"]["dependences"][0]
    more = [
        {**edge, "parent": "gazette/2", "kind": "rewrites"},
        {**edge, "parent": "source:the ministry", "kind": "cites"},
        {**edge, "parent": "courier/3", "kind": "cites"},
        {**edge, "parent": "courier/4", "kind": "excerpts"},
        {**edge, "parent": "courier/5", "kind": "translates"},
    ]
    wire["lineage"]["dependences"] += more
    graph = Reader(written(Rdf(), Record.from_wire(wire)).text()).graph
    report = rdflib.URIRef("urn:stemma:report:herald%2F1")
    said = {(str(p).rpartition("#")[2], str(o)) for p, o in graph.predicate_objects(report) if p in PROV}
    assert said == {
        ("wasAttributedTo", "urn:stemma:outlet:Lakeside%20Herald"),
        ("wasQuotedFrom", "urn:stemma:outlet:Longitude"),
        ("wasRevisionOf", "urn:stemma:report:gazette%2F2"),
        ("hadPrimarySource", "urn:stemma:source:the%20ministry"),
        ("wasDerivedFrom", "urn:stemma:report:courier%2F3"),
        ("wasQuotedFrom", "urn:stemma:report:courier%2F4"),
        ("wasDerivedFrom", "urn:stemma:report:courier%2F5"),
    }
    claim = rdflib.URIRef("urn:stemma:claim:herald%2F1:c1")
    first = {unquote(str(o)).rpartition(":")[2] for o in graph.objects(claim, PROV.hadPrimarySource)}
    assert first == {"“the army”", "residents"}
    assert str(graph.value(claim, RDFS.label)).startswith("ASSAULT shelling: Tolvar Free Front")
