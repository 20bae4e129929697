"""The formats of graphs, maps, the web and annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stemma.export.protocol import Format


def graph_formats() -> tuple[Format, ...]:
    """These formats, in the order in which they are listed for a reader."""
    from stemma.export.brat import Brat
    from stemma.export.claimreview import Claimreview
    from stemma.export.footnotes import Footnotes
    from stemma.export.ftm import Ftm
    from stemma.export.geojson import Geojson
    from stemma.export.gexf import Gexf
    from stemma.export.graphml import Graphml
    from stemma.export.html_dossier import HtmlDossier
    from stemma.export.labelstudio import Labelstudio
    from stemma.export.rdf import Rdf
    from stemma.export.timemap import Timemap

    return (
        Ftm(),
        Geojson(),
        Gexf(),
        Graphml(),
        Rdf(),
        Claimreview(),
        Timemap(),
        Brat(),
        Labelstudio(),
        Footnotes(),
        HtmlDossier(),
    )
