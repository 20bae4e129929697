"""FollowTheMoney: reports, parties and claims as entities, and the same as statements with their sources.

The shape is that of followthemoney 4: an entity is `id`, `schema` and `properties`; a statement is one value
of one property, with the claim that it comes from in `origin`. The library is needed only to check it.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from stemma.export.declared import below, losses_of
from stemma.export.options import ExportOptions
from stemma.export.phrases import (
    chain_words,
    claim_label,
    entities_of,
    hedge_words,
    one_line,
    place_words,
    safe_json,
    shortened,
    web_address,
)
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import safe_cell
from stemma.export.told import CHAIN, HEDGED, HEDGES, OFFSETS, PLACE_LOST, SOURCES_IN_WORDS, SOURCES_LOST
from stemma.model import Claim, ClaimType, Coding, Entity, EntityKind, Incident, Role

STATEMENT: Final = (
    "canonical_id entity_id prop prop_type schema value dataset origin lang original_value external"
    " first_seen last_seen id"
).split()
DATASET: Final = "stemma"
ONE_PARTY: Final = "a tie of which only one party is named is no link between two"

SCHEMAS: Final = {
    EntityKind.PERSON: "Person",
    EntityKind.PEOPLE: "LegalEntity",
    EntityKind.GROUP: "Organization",
    EntityKind.UNIT: "Organization",
    EntityKind.GOVERNMENT: "PublicBody",
    EntityKind.ORGANISATION: "Organization",
    EntityKind.OUTLET: "Organization",
    EntityKind.PLACE: "Address",
    EntityKind.WEAPON: "Asset",
    EntityKind.OBJECT: "Asset",
}
_BODIES: Final = frozenset(("Organization", "PublicBody"))
_BEINGS: Final = _BODIES | {"Person", "LegalEntity"}
_TYPES: Final = {
    **dict.fromkeys(("name", "alias", "namesMentioned"), "name"),
    **dict.fromkeys(("startDate", "endDate", "publishedAt"), "date"),
    **dict.fromkeys(("summary", "description", "notes"), "text"),
    **dict.fromkeys(("involved", "proof", "member", "organization", "subject", "object"), "entity"),
    **dict.fromkeys(("location", "full"), "address"),
    **dict.fromkeys(("latitude", "longitude"), "number"),
    "country": "country",
    "sourceUrl": "url",
    **dict.fromkeys(("title", "publisher", "recordId", "keywords", "role"), "string"),
}
"""Every property written, with its type in FollowTheMoney."""

LONGEST: Final = {"name": 384, "string": 1024, "text": 65_000, "url": 4096, "address": 250}
"""The most characters of a value that the library takes, by type (followthemoney 4.11.2); the rest is cut."""

_LOSSES: Final = losses_of(
    {
        below("codings", "agencies document_hash engine engine_version notes language"): "no property for it",
        "codings.entities.mentions": "FollowTheMoney has no places in a text",
        below("codings.claims", "counts trigger readings score notes"): "an Event has no numbers of people",
        f"codings.claims.span {OFFSETS}": "no property for offsets",
        SOURCES_LOST: "the chain is words of the description",
        below("codings.claims.time", "text span edtf anchor"): "only the interval is kept",
        below("codings.claims.place", PLACE_LOST.replace("country ", "")): "a place is an address",
        below("lineage.dependences", "credited score cue alignments"): "a link has a role and a reason",
        "lineage.dispatches": "each report of a dispatch has its own link where it depends",
        below("incidents", "merged part_of disputes statements"): "the full record stands beside it",
        "incidents.claims.claim": "the reports are the proof of an incident",
        below("incidents.time", "text span edtf anchor"): "only the interval is kept",
        below("incidents.place", PLACE_LOST.replace("country ", "")): "a place is an address",
        below("incidents.origins", "origins low likely high reasons"): "the sentence says it",
        "judgements": "no property for them",
    },
    {
        "codings.entities.id": "ids of FollowTheMoney are made of the report and the id",
        "codings.entities.kind": "several kinds share a schema: a weapon and an object are an Asset",
        below("codings.entities", "names canonical"): "the label is the name; the rest are aliases",
        "codings.claims.roles": "an Event has no attacker and no victim, only those involved",
        "codings.claims.mode": "for an event a keyword, for a tie the role",
        below("codings.claims.place", "text canonical country"): "one wording, and none for a tie",
        SOURCES_IN_WORDS: CHAIN,
        HEDGES: HEDGED,
        "incidents.claims.report": "the reports are the proof of an incident",
        "incidents.told": "the reports are the proof of an incident",
        "incidents.place.text": "only where there is no canonical name",
        "incidents.parties": "names without their roles",
    },
)


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of FollowTheMoney; `origin` is the report or claim that it comes from."""

    id: str
    schema: str
    properties: Mapping[str, list[str]] = field(default_factory=dict)
    origin: str = ""


class Ftm:
    """`entities.ftm.json`, one entity a line, and `statements.csv`, one value a row."""

    name = "ftm"
    description = (
        "FollowTheMoney entities and statements, for OpenAleph and OpenSanctions' tools: reports, parties, "
        "claims as events, ties as links."
    )
    suffix = ".ftm.json"
    tables: tuple[str, ...] = ("entities", "statements")
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What FollowTheMoney has no property for."""
        return _LOSSES

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes one of the two or both; a row is an entity."""
        left_out: Counter[str] = Counter()
        rows = 0
        if options.table in (None, "entities"):
            with target.open("" if options.table else "entities.ftm.json") as out:
                for thing in things_of(stock, left_out):
                    wire = {"id": thing.id, "schema": thing.schema, "properties": thing.properties}
                    out.write(safe_json(wire).encode() + b"\n")
                    rows += 1
        if options.table in (None, "statements"):
            again: Counter[str] = Counter()
            with target.open("" if options.table else "statements.csv") as out:
                out.write(_row(STATEMENT))
                for thing in things_of(stock, again):
                    for statement in _statements(thing):
                        out.write(_row(statement))
                    rows += options.table is not None
            left_out = again
        return Written(rows, left_out)


def things_of(stock: Stock, left_out: Counter[str]) -> Iterator[Thing]:
    """Every entity, in the order of the record; adds to `left_out` what cannot be one."""
    for coding in stock.codings:
        yield _report(coding)
        entities = entities_of(coding)
        for entity in entities.values():
            yield _party(coding, entity)
        for claim in coding.claims:
            made = list(_claim(coding, claim, entities))
            left_out.update([ONE_PARTY] * (not made))
            yield from made
    named = set()
    # An edge that stands twice is one link: the ids of FollowTheMoney are made of what it says.
    for dependence in {(d.report, d.parent, d.kind): d for d in stock.lineage.dependences}.values():
        parent = dependence.parent
        if parent.startswith(("outlet:", "source:")) and parent not in named:
            named.add(parent)
            yield Thing(thing_id("report", parent), "Article", _given(title=parent), parent)
        properties = _given(
            subject=thing_id("report", dependence.report),
            object=thing_id("report", parent),
            role=str(dependence.kind),
            summary=dependence.reason,
        )
        link = thing_id("lineage", dependence.report, parent, str(dependence.kind))
        yield Thing(link, "UnknownLink", properties, dependence.report)
    for incident in stock.incidents:
        yield _incident(incident)


def thing_id(*parts: str) -> str:
    """A stable id: `stemma-` and 40 hex digits of the SHA-256 of the parts."""
    return f"stemma-{hashlib.sha256(safe_json(parts).encode()).hexdigest()[:40]}"


def _report(coding: Coding) -> Thing:
    properties = _given(
        title=coding.title or coding.report,
        publisher=coding.outlet,
        publishedAt=coding.published.isoformat() if coding.published else None,
        sourceUrl=web_address(coding.url),
        notes=f"report {coding.report}",
    )
    return Thing(thing_id("report", coding.report), "Article", properties, coding.report)


def _party(coding: Coding, entity: Entity) -> Thing:
    schema = SCHEMAS[entity.kind]
    label = one_line(entity.label) or entity.id
    names = [one_line(name) for name in entity.names]
    aliases = [name for name in dict.fromkeys(names) if name and name != label]
    properties = _given(name=label, alias=aliases, proof=thing_id("report", coding.report))
    if schema == "Address":
        properties["full"] = [label]
    return Thing(thing_id("entity", coding.report, entity.id), schema, properties, coding.report)


def _claim(coding: Coding, claim: Claim, entities: Mapping[str, Entity]) -> Iterator[Thing]:
    path = f"{coding.report}#{claim.id}"
    common = _given(
        recordId=path,
        summary=claim.evidence,
        description=[hedge_words(claim), chain_words(claim.sources)],
        proof=thing_id("report", coding.report),
        publisher=coding.outlet,
        sourceUrl=web_address(coding.url),
        startDate=claim.time.start if claim.time else None,
        endDate=claim.time.end if claim.time else None,
    )
    if claim.type.is_tie:
        yield from _ties(coding, claim, entities, common)
        return
    involved = [
        thing_id("entity", coding.report, party)
        for ids in claim.roles.values()
        for party in ids
        if party in entities
    ]
    event = _given(
        name=claim_label(claim, entities),
        involved=list(dict.fromkeys(involved)),
        keywords=[str(claim.type), *([claim.mode] if claim.mode else [])],
        location=place_words(claim.place),
        country=claim.place.country.lower() if claim.place and claim.place.country else None,
    )
    yield Thing(thing_id("claim", path), "Event", {**event, **common}, path)


def _ties(
    coding: Coding, claim: Claim, entities: Mapping[str, Entity], common: Mapping[str, list[str]]
) -> Iterator[Thing]:
    """A link for each pair of parties; where only a place is said, it is the other end."""
    path = f"{coding.report}#{claim.id}"
    ones = [party for party in claim.parties(Role.ACTOR) if party in entities]
    others = [
        party
        for role in (Role.TO, Role.RECIPIENT, Role.OBJECT, Role.FROM)
        for party in claim.parties(role)
        if party in entities
    ]
    ends = [(thing_id("entity", coding.report, other), SCHEMAS[entities[other].kind]) for other in others]
    if ones and not ends and claim.place:
        address = thing_id("place", path)
        country = claim.place.country.lower() if claim.place.country else None
        words = place_words(claim.place)
        yield Thing(address, "Address", _given(name=words, full=words, country=country), path)
        ends = [(address, "Address")]
    for one in ones:
        first = thing_id("entity", coding.report, one)
        for second, schema in ends:
            name = thing_id("tie", path, first, second)
            being = SCHEMAS[entities[one].kind] in _BEINGS
            if claim.type is ClaimType.MEMBER_OF and being and schema in _BODIES:
                link = _given(member=first, organization=second, role=claim.mode or str(claim.type))
                yield Thing(name, "Membership", {**link, **common}, path)
            else:
                role = f"{claim.type}: {claim.mode}" if claim.mode else str(claim.type)
                yield Thing(
                    name, "UnknownLink", {**_given(subject=first, object=second, role=role), **common}, path
                )


def _incident(incident: Incident) -> Thing:
    place, time = incident.place, incident.time
    properties = _given(
        name=shortened(incident.title) or incident.id,
        recordId=incident.id,
        notes=incident.title,
        keywords=str(incident.type),
        summary=incident.origins.sentence,
        namesMentioned=[one_line(name) for names in incident.parties.values() for name in names],
        proof=[thing_id("report", report) for report in incident.reports],
        startDate=time.start if time else None,
        endDate=time.end if time else None,
        location=place_words(place),
        country=place.country.lower() if place and place.country else None,
    )
    return Thing(thing_id("incident", incident.id), "Event", properties, incident.id)


def _given(**properties: str | list[str] | None) -> dict[str, list[str]]:
    """Properties as lists of values; what says nothing is left out."""
    listed = {
        name: [value] if isinstance(value, str) else value for name, value in properties.items() if value
    }
    kept = {name: [_cut(name, one) for one in values if one.strip()] for name, values in listed.items()}
    return {name: values for name, values in kept.items() if values}


def _cut(prop: str, value: str) -> str:
    longest = LONGEST.get(_TYPES[prop])
    return value if longest is None or len(value) <= longest else f"{value[: longest - 1]}…"


def _statements(thing: Thing) -> Iterator[list[Any]]:
    for prop, values in thing.properties.items():
        for value in values:
            said = value if _TYPES[prop] == "number" else _guarded(value)
            key = f"{DATASET}.{thing.id}.{prop}.{said}"
            row = {
                "canonical_id": thing.id,
                "entity_id": thing.id,
                "prop": prop,
                "prop_type": _TYPES[prop],
                "schema": thing.schema,
                "value": said,
                "dataset": DATASET,
                "origin": _guarded(thing.origin),
                "external": "f",
                # The library's own key of a statement; SHA-1 is its choice, not a safeguard.
                "id": hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(),
            }
            yield [row.get(column, "") for column in STATEMENT]


def _guarded(value: str) -> str:
    """The value with an apostrophe before what a spreadsheet would run; all else as it is."""
    return f"'{value}" if len(str(safe_cell(value))) > len(value) else value


def _row(cells: list[Any]) -> bytes:
    """A row as the library reads it: every cell quoted.

    A value that a spreadsheet would run as a formula has an apostrophe before it, and its statement's id
    is that of the value so written: the library finds the two in agreement. The entities' file has none.
    """
    text = io.StringIO()
    csv.writer(text, dialect=csv.unix_dialect).writerow(cells)
    return text.getvalue().encode()
