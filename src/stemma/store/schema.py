"""The tables of a casebook.

`versions`, `documents` and `codings` hold what was added, as it was, and are never changed. All
other tables about reports are an index of the latest coding of each report, made so that a query
runs in SQL; they could be dropped and made again.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

APPLICATION_ID: Final = 0x53544D41
"""Written into the file's header ("STMA"), so that `file` and we know a casebook from other SQLite files."""

SCHEMA_VERSION: Final = "0002"
"""The newest migration; a test compares it with the migrations that are shipped."""

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[int]:
    return Column("key", Integer, primary_key=True)


def _parent(name: str, table: str, *, primary: bool = False, index: bool = False) -> Column[int]:
    target = ForeignKey(f"{table}.key", ondelete="CASCADE")
    return Column(name, Integer, target, nullable=False, primary_key=primary, index=index)


def _name(name: str, *, nullable: bool = True) -> Column[int]:
    return Column(name, Integer, ForeignKey("names.key"), nullable=nullable, index=True)


casebook = Table(
    "casebook",
    metadata,
    _key(),
    Column("created_at", String(40), nullable=False),
    Column("created_by", String(40), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _key(),
    Column("id", Text, nullable=False, unique=True),
    Column("outlet", Text),
    _name("outlet_name"),
    Column("published", String(10)),
    Column("title", Text),
    Column("url", Text),
    Column("language", String(40)),
)

versions = Table(
    "versions",
    metadata,
    _key(),
    _parent("report", "reports"),
    Column("bytes_hash", String(64), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("report", "bytes_hash"),
)

documents = Table(
    "documents",
    metadata,
    _key(),
    _parent("version", "versions"),
    Column("hash", String(64), nullable=False),
    Column("wire", LargeBinary, nullable=False),
    UniqueConstraint("version", "hash"),
)

codings = Table(
    "codings",
    metadata,
    _key(),
    _parent("version", "versions"),
    _parent("document", "documents", index=True),
    Column("unit", Text, nullable=False),
    Column("added_at", String(40), nullable=False),
    Column("report_wire", LargeBinary, nullable=False),
    Column("wire", LargeBinary, nullable=False),
    UniqueConstraint("version", "unit"),
)

names = Table(
    "names",
    metadata,
    _key(),
    Column("folded", Text, nullable=False, unique=True),
)
"""Every wording of an entity, source, place or outlet once, folded: substring searches scan this alone."""

entities = Table(
    "entities",
    metadata,
    _key(),
    _parent("report", "reports", index=True),
    Column("id", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("label", Text, nullable=False),
)

entity_names = Table(
    "entity_names",
    metadata,
    _parent("entity", "entities", primary=True),
    Column("name", Integer, ForeignKey("names.key"), primary_key=True),
    Index(None, "name", "entity"),
    sqlite_with_rowid=False,
)

claims = Table(
    "claims",
    metadata,
    _key(),
    _parent("report", "reports"),
    Column("ordinal", Integer, nullable=False),
    Column("id", Text, nullable=False),
    Column("type", String(24), nullable=False),
    Column("mode", Text),
    Column("status", String(16), nullable=False),
    Column("certainty", String(16), nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("time_start", String(10)),
    Column("time_end", String(10)),
    Column("country", String(2)),
    Column("place", Text),
    Column("evidence", Text, nullable=False),
    Column("evidence_start", Integer),
    Column("evidence_end", Integer),
    Column("sources", Integer, nullable=False),
    Column("score", Float),
    UniqueConstraint("report", "ordinal"),
    Index(None, "type"),
    Index(None, "country"),
    Index(None, "time_start", "time_end"),
)

claim_places = Table(
    "claim_places",
    metadata,
    _parent("claim", "claims", primary=True),
    Column("name", Integer, ForeignKey("names.key"), primary_key=True),
    Index(None, "name", "claim"),
    sqlite_with_rowid=False,
)

claim_parties = Table(
    "claim_parties",
    metadata,
    _parent("claim", "claims", primary=True),
    Column("role", String(16), primary_key=True),
    _parent("entity", "entities", primary=True),
    Index(None, "entity", "claim"),
    sqlite_with_rowid=False,
)

claim_sources = Table(
    "claim_sources",
    metadata,
    _parent("claim", "claims", primary=True),
    Column("ordinal", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("cue", Text),
    Column("parallel", Boolean, nullable=False),
    _name("name", nullable=False),
    Column("entity", Integer, ForeignKey("entities.key", ondelete="CASCADE"), index=True),
    sqlite_with_rowid=False,
)

judgements = Table(
    "judgements",
    metadata,
    _key(),
    Column("subject", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("wire", Text, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    _key(),
    Column("hash", String(64), nullable=False, unique=True),
    Column("place", Text, nullable=False, index=True),
    Column("wire", Text, nullable=False),
)

# The full-text tables are FTS5 and exist only in SQL (see the first migration):
#   claim_words(words)     row = claims.key
#   document_words(words)  row = documents.key

circles = Table("circles", metadata, _key(), Column("wire", LargeBinary, nullable=False))
"""What merging made of each circle of reports, as a record without codings."""

filings = Table(
    "filings",
    metadata,
    _parent("report", "reports", primary=True),
    Column("circle", Integer, ForeignKey("circles.key"), nullable=True, index=True),
    Column("packed", LargeBinary, nullable=False),
)
"""The keys of each report in one piece, eight bytes each, and the circle that it was merged in."""

block_keys = Table(
    "block_keys",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("report", Integer, primary_key=True),
    sqlite_with_rowid=False,
)
"""The same keys the other way round. No foreign key: a check for each of some 30 rows a report costs."""

unfiled = Table("unfiled", metadata, _parent("report", "reports", primary=True))
"""Reports whose latest coding has not been merged yet."""

merged_by = Table(
    "merged_by",
    metadata,
    _key(),
    Column("judgements", Integer, nullable=False),
    Column("maker", Text, nullable=False),
)
"""One row: how many judgements have been followed, and which version of merging made the circles."""
