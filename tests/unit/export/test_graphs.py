"""GEXF and GraphML: the same graph, read back by networkx and by lxml."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from full_record import HOSTILE, full_record
from hypothesis import given, settings
from lxml import etree
from round_trip import records, unfounded, unlisted, written

from stemma.export.gexf import Gexf
from stemma.export.graphml import Graphml
from stemma.export.xml_text import from_xml_text
from stemma.model import Record

FORMATS = pytest.mark.parametrize("format", [Gexf(), Graphml()], ids=["gexf", "graphml"])
GEXF = "{http://www.gexf.net/1.2draft}"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
TIME = {"time": "text", "start_date": "start", "end_date": "end", "edtf": "edtf"}
PLACE = {
    "place": "text",
    "place_canonical": "canonical",
    **{name: name for name in ("country", "admin1", "geonames", "latitude", "longitude")},
}
Element = dict[str, Any]
KINDS = {"long": int, "integer": int, "double": float, "string": str, "boolean": lambda v: v == "true"}


def elements(content: bytes) -> tuple[dict[str, Element], list[Element]]:
    """Nodes by id and edges, whichever of the two formats it is."""
    root = etree.parse(io.BytesIO(content), etree.XMLParser(resolve_entities=False, huge_tree=True)).getroot()
    keys = {key.get("id"): key for key in root.iter(f"{GRAPHML}key")}
    sorts: dict[Any, Any] = {(k, "graphml"): key.get("attr.type") for k, key in keys.items()}
    for columns in root.iter(f"{GEXF}attributes"):
        sorts.update({(a.get("id"), columns.get("class")): a.get("type") for a in columns})

    def columns_of(element: Any) -> Element:
        found = {}
        for value in element.iter(f"{GEXF}attvalue"):
            sort = sorts[value.get("for"), element.tag.removeprefix(GEXF)]
            found[value.get("for")] = KINDS[sort](from_xml_text(value.get("value")))
        for value in element.iter(f"{GRAPHML}data"):
            name = keys[value.get("key")].get("attr.name")
            found[name] = KINDS[sorts[value.get("key"), "graphml"]](from_xml_text(value.text or ""))
        ends = {
            end: from_xml_text(element.get(end)) for end in ("id", "source", "target") if element.get(end)
        }
        return {**found, **{f"@{name}": end for name, end in ends.items()}}

    nodes = [columns_of(e) for e in root.iter(f"{GEXF}node", f"{GRAPHML}node")]
    edges = [columns_of(e) for e in root.iter(f"{GEXF}edge", f"{GRAPHML}edge")]
    by_id = {node["@id"]: node for node in nodes}
    assert len(by_id) == len(nodes), "a node stands twice"
    for edge in edges:
        assert edge["@source"] in by_id
        assert edge["@target"] in by_id
    return by_id, edges


def part(columns: Element, names: dict[str, str]) -> Element | None:
    found = {names[name]: value for name, value in columns.items() if name in names}
    if "where_prec" in columns and "longitude" in names:
        found["precision"] = {"ucdp": columns["where_prec"], "acled": columns.get("geo_precision")}
    return found or None


def read_back(content: bytes) -> dict[str, Any]:
    nodes, edges = elements(content)
    codings: list[Element] = []
    incidents: list[Element] = []
    lineage: Element = {"dependences": [], "dispatches": []}
    claims: dict[str, Element] = {}
    for name, node in nodes.items():
        if node["kind"] == "report" and any(e["@source"] == name and e["kind"] == "makes" for e in edges):
            fields = ("report", "outlet", "published", "title", "url", "language")
            codings.append({**{field: node.get(field) for field in fields}, "claims": [], "entities": []})
        elif node["kind"] == "incident" and "title" in node:
            origins = {n: node.get(f"origins_{n}") for n in ("low", "likely", "high", "sentence")}
            whole = {"id": node["name"], "type": node["type"], "title": node["title"], "claims": []}
            parts = {"origins": origins, "time": part(node, TIME), "place": part(node, PLACE)}
            incidents.append({**whole, **parts})
    for edge in edges:
        source, target = nodes[edge["@source"]], nodes[edge["@target"]]
        if edge["kind"] == "makes":
            claims[edge["@target"]] = claim_of(target)
            next(c for c in codings if c["report"] == source["report"])["claims"].append(
                claims[edge["@target"]]
            )
        elif edge["kind"] == "about":
            report, _, claim = edge["@source"].removeprefix("claim:").rpartition("#")
            at = {"report": report, "claim": claim}
            next(i for i in incidents if i["id"] == target["name"])["claims"].append(at)
        elif edge["kind"] == "part-of":
            next(i for i in incidents if i["id"] == source["name"])["part_of"] = target["name"]
        elif edge["kind"] == "source":
            names = {"cue": "cue", "parallel": "parallel", "source_kind": "kind"}
            entity = {"entity": edge.get("entity")}
            claims[edge["@source"]]["sources"].append({**part(edge, names), "text": target["name"], **entity})
        elif edge["kind"] == "dispatch":
            lineage["dispatches"].append((source, target, edge))
        elif "credited" in edge:
            ends = {"report": source["report"], "parent": edge["@target"].partition(":")[2]}
            same = {name: edge[name] for name in ("kind", "credited", "reason", "score")}
            lineage["dependences"].append({**ends, **same})
        elif edge["kind"] != "acts":
            roles = claims[edge["@source"]]["roles"]
            roles.setdefault(edge["kind"], []).append(target["name"])
    lineage["dispatches"] = together(lineage["dispatches"])
    return {"codings": codings, "incidents": incidents, "lineage": lineage}


def claim_of(node: Element) -> Element:
    names = ("type", "mode", "evidence", "trigger", "status", "negated", "certainty", "cue")
    span = {"start": node["evidence_start"], "end": node["evidence_end"]} if "evidence_end" in node else None
    return {
        "id": node.get("name"),
        **{name: node.get(name) for name in names},
        "span": span,
        "counts": json.loads(node.get("counts", "[]")),
        "time": part(node, TIME),
        "place": part(node, PLACE),
        "sources": [],
        "roles": {},
    }


def together(edges: list[Any]) -> list[Element]:
    found: dict[tuple[str, str], Element] = {}
    for source, target, edge in edges:
        parent, reason = target["@id"].partition(":")[2], edge.get("reason", "")
        new = {"parent": parent, "reason": reason, "reports": []}
        found.setdefault((parent, reason), new)["reports"].append(source["report"])
    return list(found.values())


@FORMATS
def test_the_losses_are_those_listed(format: Any) -> None:
    record = full_record()
    back = read_back(written(format, record).files[""].getvalue())
    assert unlisted(format.losses(), record, back) == set()
    assert unfounded(format.losses(), record, back) == set()


@FORMATS
@settings(max_examples=25)
@given(record=records())
def test_any_record_loses_only_what_is_listed(format: Any, record: Record) -> None:
    back = read_back(written(format, record).files[""].getvalue())
    lost = unlisted(format.losses(), record, back)
    # A report without a claim is a node all the same; dispatches without a report have no edge.
    assert not [
        path for path in lost if path.startswith(("codings.claims", "incidents", "lineage.dependences"))
    ]


@FORMATS
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_comes_back_as_it_was(format: Any, hostile: str) -> None:
    record = full_record(hostile)
    back = read_back(written(format, record).files[""].getvalue())
    assert unlisted(format.losses(), record, back) == set()
    assert back["incidents"][0]["title"] == "Shelling of Kolmaz" + hostile


@pytest.mark.parametrize(("format", "reader"), [(Gexf(), "read_gexf"), (Graphml(), "read_graphml")])
def test_networkx_reads_the_graph(format: Any, reader: str) -> None:
    networkx = pytest.importorskip("networkx")
    content = written(format, full_record("<&\x00\u202e")).files[""].getvalue()
    kwargs = {"version": "1.2draft"} if reader == "read_gexf" else {}
    graph = getattr(networkx, reader)(io.BytesIO(content), **kwargs)
    nodes, edges = elements(content)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (len(nodes), len(edges))
    claim = graph.nodes["claim:herald/1#c1"]
    assert (claim["latitude"], claim["negated"], claim["evidence_start"]) == (34.5, True, 0)
    acts = [(a, b) for a, b, data in graph.edges(data=True) if data["kind"] == "acts"]
    rebels = "party:group:Tolvar Free Front<&_x0000_\u202e"
    senn = "party:person:Rado Senn<&_x0000_\u202e"
    assert acts == [(rebels, "party:people:at least 16 people<&_x0000_\u202e"), (senn, rebels)]
