"""GEXF 1.2: the record's graph for Gephi and its like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from stemma.export.graph import EDGE_COLUMNS, LOSSES, NODE_COLUMNS, Value, edges_of, nodes_of
from stemma.export.options import ExportOptions
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.xml_text import xml_text

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    '<graph mode="static" defaultedgetype="directed">\n'
)


class Gexf:
    """The record as one directed graph of reports, claims, parties, voices, stories and incidents."""

    name = "gexf"
    description = (
        "GEXF 1.2 for Gephi: reports, claims, parties, voices and incidents as one graph; the column `kind` "
        "says what a node or an edge is."
    )
    suffix = ".gexf"
    tables: tuple[str, ...] = ()
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """Those of every file of the graph."""
        return LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes the nodes, then the edges, going through the codings twice."""
        rows = 0
        with target.open() as out:
            out.write(_HEAD.encode())
            out.write(_columns("node", NODE_COLUMNS).encode())
            out.write(_columns("edge", EDGE_COLUMNS).encode())
            out.write(b"<nodes>\n")
            for node in nodes_of(stock):
                head = f'<node id="{xml_text(node.id)}" label="{xml_text(node.label)}">'
                out.write(f"{head}{_values(NODE_COLUMNS, node.columns)}</node>\n".encode())
                rows += 1
            out.write(b"</nodes>\n<edges>\n")
            for number, edge in enumerate(edges_of(stock)):
                ends = f'source="{xml_text(edge.source)}" target="{xml_text(edge.target)}"'
                head = f'<edge id="{number}" {ends} label="{xml_text(str(edge.columns["kind"]))}">'
                out.write(f"{head}{_values(EDGE_COLUMNS, edge.columns)}</edge>\n".encode())
            out.write(b"</edges>\n</graph>\n</gexf>\n")
        return Written(rows)


def _columns(kind: str, columns: Mapping[str, str]) -> str:
    lines = (
        f'<attribute id="{name}" title="{name}" type="{"long" if sort == "integer" else sort}"/>\n'
        for name, sort in columns.items()
    )
    return f'<attributes class="{kind}">\n{"".join(lines)}</attributes>\n'


def _values(columns: Mapping[str, str], values: Mapping[str, Value]) -> str:
    inner = "".join(_value(columns, values))
    return f"<attvalues>{inner}</attvalues>" if inner else ""


def _value(columns: Mapping[str, str], values: Mapping[str, Value]) -> Iterator[str]:
    for name in columns:
        if name in values:
            yield f'<attvalue for="{name}" value="{xml_text(value_text(values[name]))}"/>'


def value_text(value: Value) -> str:
    """A value as both formats of graphs write it: `true`, `3`, `0.5`, or the text itself."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else repr(value)
