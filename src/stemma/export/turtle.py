"""Turtle, written term by term: literals and addresses that hold any text, and nouns as nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from urllib.parse import quote

from stemma.export.phrases import HIDDEN, STEERING, safe_json

PREFIXES: Final = """\
@prefix st: <urn:stemma:vocabulary#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

_ESCAPES: Final = {
    **{code: f"\\u{code:04X}" for code in range(0x20)},
    **{code: f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}" for code in (*STEERING, *HIDDEN)},
    0x09: "\\t",
    0x0A: "\\n",
    0x0D: "\\r",
    0x22: '\\"',
    0x5C: "\\\\",
}


def literal(text: str, datatype: str = "") -> str:
    """A string literal, with the name of its datatype where one is given."""
    return f'"{text.translate(_ESCAPES)}"' + (f"^^{datatype}" if datatype else "")


def iri(kind: str, *parts: str) -> str:
    """The address of one thing of the record: `<urn:stemma:claim:seed%2Fblog:c1>`."""
    return f"<urn:stemma:{kind}:" + ":".join(quote(part, safe="") for part in parts) + ">"


def address(url: str) -> str:
    """An address of the web as a term; what a term may not hold is percent-encoded."""
    return "<" + quote(url, safe="!#$%&'()*+,/:;=?@[]~") + ">"


def value_term(value: Any) -> str:
    """One plain value: a text, a whole number, a fraction or a truth."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return literal(repr(value), "xsd:double")
    return literal(str(value))


def json_term(value: Any) -> str:
    """Any JSON value as one literal."""
    return literal(safe_json(value), "rdf:JSON")


def many(terms: Iterable[str]) -> str:
    """Terms in their order."""
    return "( " + " ".join(terms) + " )"


def blank(pairs: Iterable[tuple[str, str]]) -> str:
    """A node without an address."""
    return "[ " + " ; ".join(f"{name} {term}" for name, term in pairs) + " ]"


def statements(subject: str, pairs: Iterable[tuple[str, str]]) -> str:
    """All that is said of one subject, as one sentence of Turtle; empty where nothing is."""
    said = " ;\n  ".join(f"{name} {term}" for name, term in pairs)
    return f"{subject} {said} .\n" if said else ""


class Nodes:
    """Wire forms as nodes: every field `x` becomes `st:x`, and ids become addresses.

    `report` is the report in whose coding the ids of entities are meant. What is null or empty is left out.
    """

    def __init__(self, report: str = "") -> None:
        self._report = report

    def pairs(self, wire: Mapping[str, Any], *without: str) -> Iterator[tuple[str, str]]:
        """The fields of a noun but `without`, each with its term."""
        for name, value in wire.items():
            if name not in without and value is not None and value not in ([], {}):
                yield f"st:{name}", self._term(name, value)

    def node(self, wire: Mapping[str, Any]) -> str:
        """A noun as a node without an address; a span as a selector, a claim's place as its address."""
        if wire.keys() == {"start", "end"} and all(isinstance(end, int) for end in wire.values()):
            ends = [("oa:start", str(wire["start"])), ("oa:end", str(wire["end"]))]
            return blank([("a", "oa:TextPositionSelector"), *ends])
        if wire.keys() == {"report", "claim"}:
            return iri("claim", wire["report"], wire["claim"])
        return blank(self.pairs(wire))

    def _term(self, name: str, value: Any) -> str:
        if name == "roles":
            return blank((f"st:{role}", many(map(self._entity, ids))) for role, ids in value.items() if ids)
        if name == "parties":
            named = (
                [("st:role", literal(role)), ("st:names", many(map(literal, names)))]
                for role, names in value.items()
            )
            return many(map(blank, named))
        if name == "entity":
            return self._entity(value)
        if name == "report":
            return iri("report", value)
        if name == "reports":
            return many(iri("report", one) for one in value)
        if name == "part_of":
            return iri("incident", value)
        if isinstance(value, Mapping):
            return self.node(value)
        if isinstance(value, list):
            return many(self.node(one) if isinstance(one, Mapping) else value_term(one) for one in value)
        return value_term(value)

    def _entity(self, id: str) -> str:
        return iri("entity", self._report, id)
