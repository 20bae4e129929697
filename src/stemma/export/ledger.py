"""The ledgers of a record: rows for each of their tables, the data dictionary, and what they lose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from stemma.export.declared import below, losses_of
from stemma.export.happenings import Telling
from stemma.export.ledger_claims import CLAIMS, COUNTS, ENTITIES, SOURCES, Part
from stemma.export.ledger_incidents import DISPUTES, INCIDENTS, LINEAGE, Said
from stemma.export.protocol import Loss, Stock
from stemma.export.sheets import Cell

TABLES: Final = (CLAIMS, ENTITIES, SOURCES, COUNTS, LINEAGE, INCIDENTS, DISPUTES)
"""The tables of a ledger, in their order."""

DICTIONARY: Final = "dictionary"
DICTIONARY_COLUMNS: Final = ("table", "row", "column", "type", "meaning")

NAMES: Final = (*(table.name for table in TABLES), DICTIONARY)
"""The names of all tables, the data dictionary last."""


def ledger_rows(stock: Stock, wanted: frozenset[str]) -> Iterator[tuple[str, list[Cell]]]:
    """Rows of the `wanted` tables, as (table, cells), in one way through the codings."""
    if wanted & {table.name for table in (CLAIMS, ENTITIES, SOURCES, COUNTS)}:
        yield from _coding_rows(stock, wanted)
    if LINEAGE.name in wanted:
        for dependence in stock.lineage.dependences:
            yield LINEAGE.name, LINEAGE.cells(dependence)
    for incident in stock.incidents:
        if INCIDENTS.name in wanted:
            yield INCIDENTS.name, INCIDENTS.cells(incident)
        if DISPUTES.name in wanted:
            for dispute in incident.disputes:
                for version in dispute.versions:
                    yield DISPUTES.name, DISPUTES.cells(Said(incident, dispute, version))
    if DICTIONARY in wanted:
        for row in dictionary_rows():
            yield DICTIONARY, list(row)


def _coding_rows(stock: Stock, wanted: frozenset[str]) -> Iterator[tuple[str, list[Cell]]]:
    claims, sources, counts = (table.name in wanted for table in (CLAIMS, SOURCES, COUNTS))
    for coding in stock.codings:
        if ENTITIES.name in wanted:
            for entity in coding.entities:
                yield ENTITIES.name, ENTITIES.cells((coding, entity))
        entities = {entity.id: entity for entity in coding.entities}
        for claim in coding.claims:
            telling = Telling(coding, claim, entities)
            if claims:
                yield CLAIMS.name, CLAIMS.cells(telling)
            if sources:
                for position, source in enumerate(claim.sources, 1):
                    yield SOURCES.name, SOURCES.cells(Part(telling, position, source))
            if counts:
                for position, count in enumerate(claim.counts, 1):
                    yield COUNTS.name, COUNTS.cells(Part(telling, position, count))


def dictionary_rows() -> Iterator[tuple[str, str, str, str, str]]:
    """The data dictionary: one row per column of every table."""
    for table in TABLES:
        for column in table.columns:
            yield table.name, table.row, column.name, column.type, column.meaning


def columns_of(name: str) -> tuple[str, ...]:
    """The column names of a table, in their order."""
    if name == DICTIONARY:
        return DICTIONARY_COLUMNS
    return next(tuple(c.name for c in table.columns) for table in TABLES if table.name == name)


def wanted_tables(table: str | None) -> tuple[str, ...]:
    """The one table asked for, else all."""
    return (table,) if table else NAMES


def ledger_losses() -> tuple[Loss, ...]:
    """What no table of the ledgers holds."""
    return losses_of(_LOST, _PART)


_LOST: Final = {
    "judgements": "the ledgers hold what the record says; who judged what stays in the casebook",
    below("codings", "agencies notes"): "no column for it",
    "codings.entities.mentions": "no column for it; the document has the words",
    below("codings.claims", "role_spans cue_span"): "no column for it; the document has the words",
    below("codings.claims", "counts.span sources.span sources.cue_span time.span place.span"): (
        "no column for it; the document has the words"
    ),
    "codings.claims.place.alternatives": "no column for it",
    below(
        "codings.claims.readings", "reason score sources.entity sources.kind sources.cue sources.parallel"
    ): ("other readings are given as words"),
    below(
        "codings.claims.readings", "sources.span sources.cue_span sources.score"
    ): "other readings are given as words",
    "codings.claims.notes.code": "notes are given as words",
    "lineage.dispatches": "no table for it",
    below("lineage.dependences", "alignments cue"): "no column for it",
    below("incidents", "merged statements"): "no table for it",
    below("incidents", "time.span place.span place.alternatives"): "no column for it",
    below(
        "incidents.origins.origins", "kind institution anonymous held reports"
    ): "origins are given by name",
}
_PART: Final = {
    "codings.entities.names": "joined by “ | ”",
    "codings.claims.roles": "ids joined by “; ”, one column a role",
    "codings.claims.notes.text codings.claims.readings.sources.text": "joined, on one line",
    "incidents.parties": "joined by “; ”, one column a role",
    below("incidents", "claims told"): "joined by “; ”",
    "incidents.origins.origins.name incidents.origins.reasons": "joined by “; ”",
    below("incidents.disputes.versions", "claims reports origins"): "joined by “; ”",
}
