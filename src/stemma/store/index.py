"""The latest coding of a report as rows that a query can search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Table, TableClause, delete, select, text, update

from stemma.model import Claim, Coding, Entity
from stemma.store import schema
from stemma.store.fold import fold, words
from stemma.store.need import need_of
from stemma.store.partial import first_day, last_day
from stemma.store.sql import CLAIM_WORDS, DOCUMENT_WORDS, indexed_words

Row = dict[str, Any]
_NAMES_AT_ONCE: Final = 500
"""Below the 999 parameters that old SQLite builds allow."""

_DELETE_CLAIM_WORDS: Final = text(
    "DELETE FROM claim_words WHERE rowid IN (SELECT key FROM claims WHERE report = :report)"
)

_INSERT_NAME_LETTERS: Final = text("INSERT INTO name_letters (rowid, folded) VALUES (:key, :folded)")


def index_document(connection: Connection, document: int, content: str) -> None:
    """Enters the text of a document, by its key, into the full-text search."""
    index_words(connection, DOCUMENT_WORDS, [(document, content)])


def index_words(connection: Connection, index: TableClause, texts: Iterable[tuple[int, str]]) -> None:
    """Enters texts, by the keys of their rows, into a full-text index."""
    if connection.dialect.name == "postgresql":
        rows = [{"key": key, "words": indexed_words(content)} for key, content in texts]
    else:
        rows = [{"key": key, "words": " ".join(words(content))} for key, content in texts]
    if rows:
        connection.execute(text(f"INSERT INTO {index.name} (rowid, words) VALUES (:key, :words)"), rows)


def index_coding(connection: Connection, report: int, document: int, coding: Coding, new: bool) -> None:
    """Replaces all rows of this report, by its key, with those of `coding`, made from this `document`.

    A `new` report has no rows yet.
    """
    if not new:
        connection.execute(_DELETE_CLAIM_WORDS, {"report": report})
        for table in (schema.claims, schema.entities):
            connection.execute(delete(table).where(table.c.report == report))
    names = name_keys(connection, _wordings(coding))
    entities = _index_entities(connection, report, coding, names)
    _index_claims(connection, report, coding, names, entities)
    connection.execute(
        update(schema.reports)
        .where(schema.reports.c.key == report)
        .values(
            outlet=coding.outlet,
            outlet_name=None if coding.outlet is None else names[fold(coding.outlet)],
            published=coding.published.isoformat() if coding.published else None,
            title=coding.title,
            url=coding.url,
            language=coding.language,
            document=document,
            **_counts(coding),
        )
    )


def _counts(coding: Coding) -> Row:
    """What the list of reports says of a report's claims."""
    scores = [claim.score for claim in coding.claims if claim.score is not None]
    return {
        "claims": len(coding.claims),
        "sourced": sum(bool(claim.sources) for claim in coding.claims),
        "hedged": sum(claim.hedged for claim in coding.claims),
        "score": sum(scores) / len(scores) if scores else None,
    }


def _entity_names(entity: Entity) -> set[str]:
    names = {fold(name) for name in entity.names}
    return names | {fold(entity.canonical)} if entity.canonical is not None else names


def _place_names(claim: Claim) -> set[str]:
    if claim.place is None:
        return set()
    return {fold(name) for name in (claim.place.text, claim.place.canonical) if name is not None}


def _wordings(coding: Coding) -> set[str]:
    """Every wording, folded, that a substring search of this coding may look at."""
    found = set() if coding.outlet is None else {fold(coding.outlet)}
    for entity in coding.entities:
        found |= _entity_names(entity)
    for claim in coding.claims:
        found |= _place_names(claim)
        found |= {fold(source.text) for source in claim.sources}
    return found


def name_keys(connection: Connection, wordings: Iterable[str]) -> dict[str, int]:
    """The key of each wording; a new wording is entered."""
    table = schema.names
    wanted = sorted(wordings)
    keys: dict[str, int] = {}
    for start in range(0, len(wanted), _NAMES_AT_ONCE):
        part = wanted[start : start + _NAMES_AT_ONCE]
        rows = connection.execute(select(table.c.folded, table.c.key).where(table.c.folded.in_(part)))
        keys.update((folded, key) for folded, key in rows)
    following = next_key(connection, table)
    new = {folded: following + step for step, folded in enumerate(w for w in wanted if w not in keys)}
    name_rows: list[Row] = [{"key": key, "folded": folded} for folded, key in new.items()]
    _insert(connection, table, name_rows)
    if new and connection.dialect.name == "sqlite":  # PostgreSQL indexes letters by itself, where it may
        connection.execute(_INSERT_NAME_LETTERS, name_rows)
    return keys | new


def _index_entities(
    connection: Connection, report: int, coding: Coding, names: Mapping[str, int]
) -> dict[str, int]:
    """Enters the entities; gives the key of each id. Of two under one id the first counts."""
    following = next_key(connection, schema.entities)
    keys: dict[str, int] = {}
    rows: list[Row] = []
    name_rows: list[Row] = []
    for key, entity in enumerate(coding.entities, start=following):
        keys.setdefault(entity.id, key)
        row = {
            "key": key,
            "report": report,
            "id": entity.id,
            "kind": entity.kind.value,
            "label": entity.label,
        }
        rows.append(row)
        name_rows += [{"entity": key, "name": names[name]} for name in sorted(_entity_names(entity))]
    _insert(connection, schema.entities, rows)
    _insert(connection, schema.entity_names, name_rows)
    return keys


def _index_claims(
    connection: Connection,
    report: int,
    coding: Coding,
    names: Mapping[str, int],
    entities: Mapping[str, int],
) -> None:
    following = next_key(connection, schema.claims)
    claims: list[Row] = []
    parties: list[Row] = []
    places: list[Row] = []
    sources: list[Row] = []
    texts: list[tuple[int, str]] = []
    for ordinal, claim in enumerate(coding.claims):
        key = following + ordinal
        claims.append({"key": key, "report": report, "ordinal": ordinal} | claim_row(claim))
        texts.append((key, claim.evidence))
        places += [{"claim": key, "name": names[name]} for name in sorted(_place_names(claim))]
        for role, ids in claim.roles.items():
            for entity in sorted({entities[party] for party in ids if party in entities}):
                parties.append({"claim": key, "role": role.value, "entity": entity})
        for place_in_chain, source in enumerate(claim.sources):
            sources.append(
                {
                    "claim": key,
                    "ordinal": place_in_chain,
                    "text": source.text,
                    "kind": source.kind.value,
                    "cue": source.cue,
                    "parallel": source.parallel,
                    "name": names[fold(source.text)],
                    "entity": entities.get(source.entity) if source.entity is not None else None,
                }
            )
    _insert(connection, schema.claims, claims)
    _insert(connection, schema.claim_parties, parties)
    _insert(connection, schema.claim_places, places)
    _insert(connection, schema.claim_sources, sources)
    index_words(connection, CLAIM_WORDS, texts)


def claim_row(claim: Claim) -> Row:
    """What the index says of a claim, but for its place in the report."""
    time, place, span = claim.time, claim.place, claim.span
    return {
        "id": claim.id,
        "type": claim.type.value,
        "mode": claim.mode,
        "status": claim.status.value,
        "certainty": claim.certainty.value,
        "negated": claim.negated,
        "hedged": claim.hedged,
        "time_start": first_day(time.start) if time and time.start else None,
        "time_end": last_day(time.end) if time and time.end else None,
        "country": place.country if place else None,
        "place": (place.canonical or place.text) if place else None,
        "evidence": claim.evidence,
        "evidence_start": span.start if span else None,
        "evidence_end": span.end if span else None,
        "sources": len(claim.sources),
        "score": claim.score,
        "need": need_of(claim),
    }


def next_key(connection: Connection, table: Table) -> int:
    """The next free key. Only one process writes at a time, so that nobody else takes it."""
    # Straight to the driver: asked eight times for every report, and building the question took longer.
    return int(connection.exec_driver_sql(f"SELECT max(key) FROM {table.name}").scalar() or 0) + 1


def _insert(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(table.insert(), rows)
