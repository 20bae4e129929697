"""GraphML: the record's graph for networkx, igraph, yEd, Cytoscape and R."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from stemma.export.gexf import value_text
from stemma.export.graph import EDGE_COLUMNS, LOSSES, NODE_COLUMNS, Value, edges_of, nodes_of
from stemma.export.options import ExportOptions
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.xml_text import xml_text

_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
)


class Graphml:
    """The same graph as GEXF, in GraphML."""

    name = "graphml"
    description = (
        "GraphML for networkx, igraph, yEd and Cytoscape: the same graph as GEXF; the column `kind` says "
        "what a node or an edge is."
    )
    suffix = ".graphml"
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
            keys = (*_keys("node", {"label": "string", **NODE_COLUMNS}), *_keys("edge", EDGE_COLUMNS))
            out.write("".join(keys).encode())
            out.write(b'<graph id="record" edgedefault="directed">\n')
            for node in nodes_of(stock):
                data = "".join(_data("node", {"label": node.label, **node.columns}))
                out.write(f'<node id="{xml_text(node.id)}">{data}</node>\n'.encode())
                rows += 1
            for number, edge in enumerate(edges_of(stock)):
                ends = f'source="{xml_text(edge.source)}" target="{xml_text(edge.target)}"'
                data = "".join(_data("edge", edge.columns))
                out.write(f'<edge id="e{number}" {ends}>{data}</edge>\n'.encode())
            out.write(b"</graph>\n</graphml>\n")
        return Written(rows)


def _keys(kind: str, columns: Mapping[str, str]) -> Iterator[str]:
    for name, sort in columns.items():
        shown = "long" if sort == "integer" else sort
        yield f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{shown}"/>\n'


def _data(kind: str, values: Mapping[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        yield f'<data key="{kind}_{name}">{xml_text(value_text(value))}</data>'
