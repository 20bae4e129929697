"""GeoJSON (RFC 7946): incidents and claims as points of a map."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from stemma.export.options import ExportOptions
from stemma.export.phrases import at_path, claim_label, entities_of, label_of, labels, safe_json
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.model import Claim, Coding, Entity, Incident, Place

_LOSSES: Final = (
    Loss("codings.agencies", "agencies are in the sources of a claim"),
    Loss("codings.document_hash", "a map is no archive of documents"),
    Loss("codings.engine", "a map does not say what made it"),
    Loss("codings.engine_version", "a map does not say what made it"),
    Loss("codings.notes", "notes are no part of a map"),
    Loss("codings.entities.kind", "a claim has the labels of its parties, not the entities"),
    Loss("codings.entities.mentions", "a claim has the labels of its parties, not the entities"),
    Loss("codings.entities.id", "a claim has the labels of its parties", part=True),
    Loss("codings.entities.names", "a claim has the labels of its parties", part=True),
    Loss("codings.entities.canonical", "a claim has the labels of its parties", part=True),
    Loss("codings.claims.roles", "parties are given by label, not by id", part=True),
    Loss("codings.claims.counts.entity", "of whom the number is has its label only", part=True),
    Loss("codings.claims.sources.entity", "the party that a voice is has its label only", part=True),
    Loss(
        "codings.claims.role_spans", "a map keeps offsets of the evidence and of each value, not of parties"
    ),
    Loss("codings.claims.readings", "a feature has one chain, the likeliest"),
    Loss("lineage", "a map does not show which report depends on which"),
    Loss("incidents.merged", "why claims were merged is not on the map"),
    Loss("incidents.statements", "what is said of an incident stands in its claims"),
    Loss("incidents.disputes", "disputes are counted, not spelled out"),
    Loss("judgements", "judgements are no part of a map"),
)


class Geojson:
    """Two layers, each a FeatureCollection: `incidents.geojson` and `claims.geojson`."""

    name = "geojson"
    description = (
        "GeoJSON for QGIS, kepler.gl and web maps: a layer of incidents and one of claims; what has no point "
        "stays in, with an empty geometry."
    )
    suffix = ".geojson"
    tables: tuple[str, ...] = ("incidents", "claims")
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """Those of the two layers together."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one layer or both; an old reader that stumbles over an empty geometry can filter it."""
        features: dict[str, Iterable[dict[str, Any]]] = {
            "incidents": map(_incident, stock.incidents),
            "claims": _claims(stock),
        }
        rows = 0
        for table in self.tables:
            if options.table not in (None, table):
                continue
            with target.open("" if options.table else table + self.suffix) as out:
                out.write(b'{"type":"FeatureCollection","features":[')
                for number, feature in enumerate(features[table]):
                    out.write((b",\n" if number else b"\n") + safe_json(feature).encode())
                    rows += 1
                out.write(b"\n]}\n")
        return Written(rows)


def _claims(stock: Stock) -> Iterator[dict[str, Any]]:
    for coding in stock.codings:
        entities = entities_of(coding)
        for claim in coding.claims:
            yield _claim(coding, claim, entities)


def _claim(coding: Coding, claim: Claim, entities: Mapping[str, Entity]) -> dict[str, Any]:
    wire = claim.wire()
    for ended in ("roles", "role_spans", "readings", "id", "time", "place"):
        del wire[ended]
    for named in (*wire["counts"], *wire["sources"]):
        if named["entity"] is not None:
            named["entity"] = label_of(named["entity"], entities)
    about: dict[str, Any] = {
        "kind": "claim",
        "label": claim_label(claim, entities),
        "report": coding.report,
        "outlet": coding.outlet,
        "published": coding.published.isoformat() if coding.published else None,
        "title": coding.title,
        "url": coding.url,
        "language": coding.language,
        "claim": claim.id,
    }
    roles = {str(role): labels(claim, role, entities) for role in claim.roles}
    parts = {"time": claim.time.wire() if claim.time else None, "place": _place_wire(claim.place)}
    feature_id = f"{coding.report}#{claim.id}"
    return _feature(feature_id, claim.place, {**about, **roles, **wire, **parts})


def _incident(incident: Incident) -> dict[str, Any]:
    wire = incident.wire()
    del wire["merged"], wire["statements"], wire["id"]
    wire["claims"] = [at_path(at) for at in incident.claims]
    wire["disputes"] = len(incident.disputes)
    wire["place"] = _place_wire(incident.place)
    return _feature(incident.id, incident.place, {"kind": "incident", **wire})


def _place_wire(place: Place | None) -> dict[str, Any] | None:
    return place.wire() if place else None


def _feature(id: str, place: Place | None, properties: dict[str, Any]) -> dict[str, Any]:
    """A feature; longitude goes first, in WGS 84 degrees (RFC 7946, 3.1.1)."""
    point = None
    if place is not None and place.latitude is not None and place.longitude is not None:
        point = {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    flat = _flat(properties)
    return {"type": "Feature", "id": id, "geometry": point, "properties": flat}


def _flat(properties: dict[str, Any]) -> dict[str, Any]:
    """Time, place, spans and origins as columns of their own: programs of maps sort by plain columns."""
    flat: dict[str, Any] = {}
    for name, value in properties.items():
        if isinstance(value, dict):
            flat.update({f"{name}_{inner}": one for inner, one in value.items()})
        else:
            flat[name] = value
    return flat
