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
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)

from stemma.store.columns import KEY, Plain

APPLICATION_ID: Final = 0x53544D41
"""Written into the file's header ("STMA"), so that `file` and we know a casebook from other SQLite files."""

SCHEMA_VERSION: Final = "0006"
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
    return Column("key", KEY, primary_key=True)


def _parent(name: str, table: str, *, primary: bool = False, index: bool = False) -> Column[int]:
    target = ForeignKey(f"{table}.key", ondelete="CASCADE")
    return Column(name, KEY, target, nullable=False, primary_key=primary, index=index)


def _name(name: str, *, nullable: bool = True) -> Column[int]:
    return Column(name, KEY, ForeignKey("names.key"), nullable=nullable, index=True)


casebook = Table(
    "casebook",
    metadata,
    _key(),
    Column("created_at", Plain(40), nullable=False),
    Column("created_by", Plain(40), nullable=False),
)

reports = Table(
    "reports",
    metadata,
    _key(),
    Column("id", Plain, nullable=False, unique=True),
    Column("outlet", Plain),
    _name("outlet_name"),
    Column("published", Plain(10)),
    Column("title", Plain),
    Column("url", Plain),
    Column("language", Plain(40)),
    Column("document", KEY, index=True),
    Column("claims", KEY, nullable=False, server_default="0"),
    Column("sourced", KEY, nullable=False, server_default="0"),
    Column("hedged", KEY, nullable=False, server_default="0"),
    Column("score", Float),
    Index(None, "published", "id"),
    Index(None, "claims", "id"),
    Index(None, "score", "id"),
    Index(None, "title", "id").ddl_if(dialect="sqlite"),
)
"""`document` is the latest one; `claims`, `sourced`, `hedged` count its claims and `score` is their mean,
kept here so that the list of reports counts nothing. A title may be longer than PostgreSQL's indexes take."""

versions = Table(
    "versions",
    metadata,
    _key(),
    _parent("report", "reports"),
    Column("bytes_hash", Plain(64), nullable=False, index=True),
    Column("content", LargeBinary, nullable=False),
    UniqueConstraint("report", "bytes_hash"),
)

documents = Table(
    "documents",
    metadata,
    _key(),
    _parent("version", "versions"),
    Column("hash", Plain(64), nullable=False),
    Column("wire", LargeBinary, nullable=False),
    UniqueConstraint("version", "hash"),
)

codings = Table(
    "codings",
    metadata,
    _key(),
    _parent("version", "versions"),
    _parent("document", "documents", index=True),
    Column("unit", Plain, nullable=False),
    Column("added_at", Plain(40), nullable=False),
    Column("report_wire", LargeBinary, nullable=False),
    Column("wire", LargeBinary, nullable=False),
    UniqueConstraint("version", "unit"),
)

names = Table(
    "names",
    metadata,
    _key(),
    Column("folded", Plain, nullable=False, unique=True),
)
"""Every wording of an entity, source, place or outlet once, folded: substring searches scan this alone."""

entities = Table(
    "entities",
    metadata,
    _key(),
    _parent("report", "reports", index=True),
    Column("id", Plain, nullable=False),
    Column("kind", Plain(20), nullable=False),
    Column("label", Plain, nullable=False),
)

entity_names = Table(
    "entity_names",
    metadata,
    _parent("entity", "entities", primary=True),
    Column("name", KEY, ForeignKey("names.key"), primary_key=True),
    Index(None, "name", "entity"),
    sqlite_with_rowid=False,
)

claims = Table(
    "claims",
    metadata,
    _key(),
    _parent("report", "reports"),
    Column("ordinal", KEY, nullable=False),
    Column("id", Plain, nullable=False),
    Column("type", Plain(24), nullable=False),
    Column("mode", Plain),
    Column("status", Plain(16), nullable=False),
    Column("certainty", Plain(16), nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("hedged", Boolean, nullable=False),
    Column("time_start", Plain(10)),
    Column("time_end", Plain(10)),
    Column("country", Plain(2)),
    Column("place", Plain),
    Column("evidence", Plain, nullable=False),
    Column("evidence_start", KEY),
    Column("evidence_end", KEY),
    Column("sources", KEY, nullable=False),
    Column("score", Float),
    Column("need", Float, nullable=False, server_default="0"),
    UniqueConstraint("report", "ordinal"),
    Index(None, "type", "report"),
    Index(None, "country", "report"),
    Index(None, "time_start", "time_end"),
    Index(None, "need"),
)
"""`need` is how much the claim needs a person's eye (see `store/need.py`), kept as the queue's order."""

claim_places = Table(
    "claim_places",
    metadata,
    _parent("claim", "claims", primary=True),
    Column("name", KEY, ForeignKey("names.key"), primary_key=True),
    Index(None, "name", "claim"),
    sqlite_with_rowid=False,
)

claim_parties = Table(
    "claim_parties",
    metadata,
    _parent("claim", "claims", primary=True),
    Column("role", Plain(16), primary_key=True),
    _parent("entity", "entities", primary=True),
    Index(None, "entity", "claim"),
    sqlite_with_rowid=False,
)

claim_sources = Table(
    "claim_sources",
    metadata,
    _parent("claim", "claims", primary=True),
    Column("ordinal", KEY, primary_key=True),
    Column("text", Plain, nullable=False),
    Column("kind", Plain(16), nullable=False),
    Column("cue", Plain),
    Column("parallel", Boolean, nullable=False),
    _name("name", nullable=False),
    Column("entity", KEY, ForeignKey("entities.key", ondelete="CASCADE"), index=True),
    sqlite_with_rowid=False,
)

judgements = Table(
    "judgements",
    metadata,
    _key(),
    Column("subject", Plain, nullable=False, index=True),
    Column("verdict", Plain, nullable=False),
    Column("person", Plain, nullable=False),
    Column("at", Plain(40), nullable=False),
    Column("wire", Plain, nullable=False),
)

refusals = Table(
    "refusals",
    metadata,
    _key(),
    Column("hash", Plain(64), nullable=False, unique=True),
    Column("place", Plain, nullable=False, index=True),
    Column("wire", Plain, nullable=False),
)

# The full-text tables exist only in SQL (see the first migration, and `sql.py`):
#   claim_words(rowid, words)     row = claims.key
#   document_words(rowid, words)  row = documents.key
#   name_letters(folded)   row = names.key, by runs of three letters (see the third migration)

circles = Table("circles", metadata, _key(), Column("wire", LargeBinary, nullable=False))
"""What merging made of each circle of reports, as a record without codings."""

filings = Table(
    "filings",
    metadata,
    _parent("report", "reports", primary=True),
    Column("circle", KEY, ForeignKey("circles.key"), nullable=True, index=True),
    Column("packed", LargeBinary, nullable=False),
)
"""The keys of each report in one piece, eight bytes each, and the circle that it was merged in."""

block_keys = Table(
    "block_keys",
    metadata,
    Column("key", KEY, primary_key=True),
    Column("report", KEY, primary_key=True),
    sqlite_with_rowid=False,
)
"""The same keys the other way round. No foreign key: a check for each of some 30 rows a report costs."""

unfiled = Table("unfiled", metadata, _parent("report", "reports", primary=True))
"""Reports whose latest coding has not been merged yet."""

merged_by = Table(
    "merged_by",
    metadata,
    _key(),
    Column("judgements", KEY, nullable=False),
    Column("maker", Plain, nullable=False),
)
"""One row: how many judgements have been followed, and which version of merging made the circles."""

_COUNTED: Final = ("key", "start", "end", "disputes", "low", "placed")

incidents = Table(
    "incidents",
    metadata,
    _key(),
    Column("circle", KEY, ForeignKey("circles.key"), nullable=False, index=True),
    Column("id", Plain, nullable=False, index=True),
    Column("type", Plain(24), nullable=False),
    Column("tie", Boolean, nullable=False),
    Column("title", Plain, nullable=False),
    Column("moment", Plain(10), nullable=False),
    Column("start", Plain(10)),
    Column("end", Plain(10)),
    Column("place", Plain),
    Column("country", Plain(2)),
    Column("placed", Boolean, nullable=False),
    Column("untold", KEY, nullable=False),
    Column("outlets", KEY, nullable=False),
    Column("low", KEY, nullable=False),
    Column("likely", KEY, nullable=False),
    Column("high", KEY, nullable=False),
    Column("disputes", KEY, nullable=False),
    Column("wire", LargeBinary, nullable=False),
    Index("ix_incidents_told", "tie", "untold", *_COUNTED, "type", "country"),
    Index("ix_incidents_newest", "tie", "moment", *_COUNTED, "type", "country"),
    Index("ix_incidents_fewest", "tie", "likely", "untold", *_COUNTED, "type", "country"),
    Index("ix_incidents_of_type", "type", "untold", *_COUNTED, "country"),
    Index("ix_incidents_of_country", "country", "untold", *_COUNTED, "tie", "type"),
)
"""The incidents of all circles for lists of them. `moment` is when it happened, else when it was first told;
`untold` is the number of its reports, negative: an index in rising order lists the most told first.
What a list is narrowed by and counts stands in its index too: the walk then reads no row that it does not
show. The indexes have names of their own, since PostgreSQL cuts names that are longer than 63 letters."""

incident_claims = Table(
    "incident_claims",
    metadata,
    _parent("claim", "claims", primary=True),
    Column("incident", KEY, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

parties = Table(
    "parties",
    metadata,
    _key(),
    Column("id", Plain, nullable=False, unique=True),
    Column("name", Plain, nullable=False),
    Column("kind", Plain(20), nullable=False),
    Column("reports", KEY, nullable=False),
    Index(None, "reports", "key"),
)
"""Who is named in all circles, and in how many reports; `id` is the key that merging gives a party."""

party_names = Table(
    "party_names",
    metadata,
    Column("name", KEY, ForeignKey("names.key"), primary_key=True),
    _parent("party", "parties", primary=True),
    sqlite_with_rowid=False,
)

circle_parties = Table(
    "circle_parties",
    metadata,
    _parent("party", "parties", primary=True),
    Column("circle", KEY, primary_key=True, index=True),
    Column("reports", KEY, nullable=False),
    Column("names", Plain, nullable=False),
    sqlite_with_rowid=False,
)
"""What a circle adds to a party: how many reports name it, and how often each name is used (JSON)."""
_share = circle_parties.c
Index("ix_circle_parties_largest", _share.party, _share.reports.desc(), _share.circle)

incident_parties = Table(
    "incident_parties",
    metadata,
    _parent("party", "parties", primary=True),
    Column("part", KEY, primary_key=True),
    Column("moment", Plain(10), primary_key=True),
    Column("incident", KEY, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""In which incidents a party has a part (see `listing.Part`), by time."""

ties = Table(
    "ties",
    metadata,
    _key(),
    Column("circle", KEY, ForeignKey("circles.key"), nullable=False, index=True),
    Column("party", Plain, nullable=False),
    Column("other", Plain, nullable=False),
    Column("untold", KEY, nullable=False),
    Column("wire", LargeBinary, nullable=False),
    Index(None, "untold", "key"),
    Index(None, "party", "untold"),
    Index(None, "other", "untold"),
)
"""Ties as each circle tells them; what two circles tell of one tie is put together where it is read."""

chain = Table(
    "chain",
    metadata,
    _key(),
    Column("kind", Plain(16), nullable=False),
    Column("item", KEY, nullable=False),
    Column("hash", Plain(64), nullable=False),
    Column("link", Plain(64), nullable=False),
    UniqueConstraint("kind", "item"),
)
"""The hashes of all evidence, each bound to the one before (see `chain.py`)."""

audit = Table(
    "audit",
    metadata,
    _key(),
    Column("at", Plain(40), nullable=False),
    Column("person", Plain, nullable=False),
    Column("login", Plain),
    Column("act", Plain(24), nullable=False),
    Column("subject", Plain, nullable=False),
    Column("detail", Plain, nullable=False),
)

members = Table(
    "members",
    metadata,
    Column("person", Plain, primary_key=True),
    Column("role", Plain(16), nullable=False),
    Column("login", Plain),
)
