"""The ledgers of claims, entities, sources and counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from stemma.export.happenings import Telling, chain_words, first_voices
from stemma.export.ledger_table import BETWEEN, NAMES_BETWEEN, Column, Table, place_columns, time_columns
from stemma.export.sheets import Cell
from stemma.export.words import count_words, flat, hedge_words
from stemma.model import Count, Entity, Role, Source


def _role_columns() -> tuple[Column, ...]:
    def names(role: Role) -> Callable[[Telling], Cell]:
        return lambda t: BETWEEN.join(_label(t, party) for party in t.claim.parties(role)) or None

    def ids(role: Role) -> Callable[[Telling], Cell]:
        return lambda t: BETWEEN.join(t.claim.parties(role)) or None

    return (
        *(
            Column(str(role), "text", f"Names in the role {role}, joined by “; ”.", names(role))
            for role in Role
        ),
        *(
            Column(f"{role}_ids", "text", f"Their ids in the table entities ({role}).", ids(role))
            for role in Role
        ),
    )


def _label(telling: Telling, id: str) -> str:
    entity = telling.entities.get(id)
    return flat(entity.label) if entity else id


def _span(name: str, of: str, path: str) -> tuple[Column, Column]:
    def get(end: str) -> Callable[[Telling], Cell]:
        def value(telling: Telling) -> Cell:
            span = getattr(telling.claim, of)
            found: Cell = getattr(span, end) if span else None
            return found

        return value

    return (
        Column(
            f"{name}start",
            "integer",
            "Offset of its first character in the document.",
            get("start"),
            f"{path}.start",
        ),
        Column(f"{name}end", "integer", "Offset behind its last character.", get("end"), f"{path}.end"),
    )


def _of_coding(name: str, type_: str, meaning: str) -> Column:
    def value(telling: Telling) -> Cell:
        found: Any = getattr(telling.coding, name)
        return str(found.isoformat() if name == "published" else found) if found is not None else None

    return Column(name, type_, meaning, value, f"codings.{name}")


def _of_claim(name: str, field: str, type_: str, meaning: str) -> Column:
    def value(telling: Telling) -> Cell:
        found: Cell = getattr(telling.claim, field)
        return str(found) if field in ("type", "status", "certainty") else found

    return Column(name, type_, meaning, value, f"codings.claims.{field}")


CLAIMS: Final = Table(
    "claims",
    "one claim of one report",
    (
        _of_coding("report", "text", "The report's id."),
        _of_coding("outlet", "text", "Who published it."),
        _of_coding("published", "text", "When, ISO date."),
        _of_coding("title", "text", "Its title."),
        _of_coding("url", "text", "Its address."),
        _of_claim("claim", "id", "text", "The claim's id within the report."),
        _of_claim("type", "type", "text", "The claim's type; see the codebook."),
        _of_claim("mode", "mode", "text", "Its mode."),
        *_role_columns(),
        Column(
            "counts",
            "text",
            "Counts in words; the table counts has them as ranges.",
            lambda t: BETWEEN.join(count_words(c) for c in t.claim.counts) or None,
        ),
        *time_columns(lambda t: t.claim.time, "codings.claims.time"),
        *place_columns(lambda t: t.claim.place, "codings.claims.place"),
        Column(
            "chain",
            "text",
            "The chain of sources in words, the ultimate one first.",
            lambda t: chain_words(t.claim) or None,
        ),
        Column(
            "origin",
            "text",
            "The ultimate source or sources.",
            lambda t: " + ".join(flat(s.text) for s in first_voices(t.claim.sources)) or None,
        ),
        Column(
            "hedge", "text", "How the report holds back, in words.", lambda t: hedge_words(t.claim) or None
        ),
        _of_claim("status", "status", "text", "actual, ongoing, future or hypothetical."),
        _of_claim("certainty", "certainty", "text", "certain, probable or possible."),
        _of_claim("cue", "cue", "text", "The word of hedging, denial or ending."),
        _of_claim("negated", "negated", "boolean", "True where the report says that it did not happen."),
        _of_claim("evidence", "evidence", "text", "The words that carry the claim."),
        _of_claim("trigger", "trigger", "text", "The word that names the event."),
        *_span("", "span", "codings.claims.span"),
        *_span("trigger_", "trigger_span", "codings.claims.trigger_span"),
        _of_claim("score", "score", "number", "The engine's confidence, 0 to 1."),
        Column(
            "notes",
            "text",
            "What a reader should doubt.",
            lambda t: BETWEEN.join(flat(n.text) for n in t.claim.notes) or None,
        ),
        Column(
            "readings",
            "text",
            "Other chains that the words allow.",
            lambda t: (
                NAMES_BETWEEN.join(
                    " → ".join(flat(s.text) for s in r.sources) or "own voice" for r in t.claim.readings
                )
                or None
            ),
        ),
        _of_coding("language", "text", "The report's language."),
        _of_coding("engine", "text", "What coded it."),
        _of_coding("engine_version", "text", "In which version."),
        _of_coding("document_hash", "text", "Hash of the document that the offsets point into."),
    ),
)
ENTITIES: Final = Table(
    "entities",
    "one entity of one report",
    (
        Column("report", "text", "The report's id.", lambda e: e[0].report, "codings.report"),
        Column("entity", "text", "Its id within the report.", lambda e: e[1].id, "codings.entities.id"),
        Column(
            "kind",
            "text",
            "person, people, group, unit, government …",
            lambda e: str(e[1].kind),
            "codings.entities.kind",
        ),
        Column("label", "text", "The name to show.", lambda e: flat(e[1].label)),
        Column(
            "canonical",
            "text",
            "Its common full name outside the report.",
            lambda e: e[1].canonical,
            "codings.entities.canonical",
        ),
        Column(
            "names",
            "text",
            "All wordings, the fullest first, joined by “ | ”.",
            lambda e: NAMES_BETWEEN.join(e[1].names) or None,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of several values of a claim, with its place among them."""

    telling: Telling
    position: int
    part: Any


def _named(part: Part) -> Cell:
    source_or_count: Source | Count = part.part
    entity: Entity | None = part.telling.entities.get(source_or_count.entity or "")
    return flat(entity.label) if entity else None


_PART_COLUMNS: Final = (
    Column("report", "text", "The report's id.", lambda p: p.telling.coding.report, "codings.report"),
    Column(
        "claim",
        "text",
        "The claim's id within the report.",
        lambda p: p.telling.claim.id,
        "codings.claims.id",
    ),
    Column("position", "integer", "Its place in the claim, from 1.", lambda p: p.position),
)


def _of_part(kind: str, name: str, type_: str, meaning: str, *, words: bool = False) -> Column:
    def value(part: Part) -> Cell:
        found: Cell = getattr(part.part, name)
        return str(found) if words else found

    return Column(name, type_, meaning, value, f"codings.claims.{kind}.{name}")


SOURCES: Final = Table(
    "sources",
    "one voice of a claim's chain",
    (
        *_PART_COLUMNS,
        _of_part("sources", "text", "text", "The report's words for the voice."),
        _of_part("sources", "entity", "text", "Its id in the table entities."),
        Column("name", "text", "That entity's name.", _named),
        _of_part("sources", "kind", "text", "person, official, outlet, anonymous …", words=True),
        _of_part("sources", "cue", "text", "The word of saying."),
        _of_part(
            "sources", "parallel", "boolean", "True where it stands beside the one before, not behind it."
        ),
        _of_part("sources", "score", "number", "The engine's confidence, 0 to 1."),
    ),
)
COUNTS: Final = Table(
    "counts",
    "one count of a claim",
    (
        *_PART_COLUMNS,
        _of_part(
            "counts", "what", "text", "killed, injured, captured, displaced, members, other.", words=True
        ),
        _of_part("counts", "entity", "text", "Of whom: the id in the table entities."),
        Column("name", "text", "That entity's name.", _named),
        _of_part("counts", "text", "text", "The words."),
        _of_part("counts", "low", "integer", "At least so many; empty where open."),
        _of_part("counts", "high", "integer", "At most so many; empty where open."),
    ),
)
