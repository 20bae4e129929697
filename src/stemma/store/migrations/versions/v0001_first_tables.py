"""The first tables."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(length: int | None = None) -> sa.String:
    """PostgreSQL compares letter by letter, as SQLite does, and cuts no length off."""
    plain = sa.Text() if length is None else sa.String(length)
    return plain.with_variant(sa.Text(collation="C"), "postgresql")


_FULL_TEXT: Final = (
    # The texts arrive as folded words with spaces between; the `ascii` tokenizer only splits at the
    # spaces, so that every script follows the same rules and no Unicode tables of SQLite's matter.
    "CREATE VIRTUAL TABLE claim_words USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0)",
    "CREATE VIRTUAL TABLE document_words USING fts5("
    "words, tokenize = 'ascii', detail = none, columnsize = 0, content = '')",
)

_ARRAYS: Final = tuple(
    statement
    for index, parent in (("claim_words", "claims"), ("document_words", "documents"))
    for statement in (
        # Arrays and not tsvector: its parser and its dictionaries have rules of their own about words.
        f"CREATE TABLE {index} (rowid BIGINT NOT NULL CONSTRAINT pk_{index} PRIMARY KEY "
        f"CONSTRAINT fk_{index}_rowid_{parent} REFERENCES {parent} (key) ON DELETE CASCADE, "
        'words TEXT[] COLLATE "C" NOT NULL)',
        f"CREATE INDEX ix_{index}_words ON {index} USING gin (words)",
    )
)

_NEVER_CHANGED: Final = (
    ("judgements", "UPDATE", "a judgement is never changed; give another one"),
    ("judgements", "DELETE", "a judgement is never deleted; give another one"),
    ("versions", "UPDATE", "a report is never changed"),
    ("documents", "UPDATE", "a document is never changed"),
    ("codings", "UPDATE", "a coding is never changed"),
)


def upgrade() -> None:
    """Makes all tables, the full-text search, and the triggers that keep what must stay."""
    postgres = op.get_bind().dialect.name == "postgresql"
    _make_keeping(postgres)
    _make_reports()
    _make_claims()
    _make_claim_parts()
    for statement in _ARRAYS if postgres else _FULL_TEXT:
        op.execute(statement)
    if postgres:
        _index_parts_of_names()
        op.execute(
            "CREATE FUNCTION stemma_keep() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = '23001'; END $$"
        )
    for table, verb, message in _NEVER_CHANGED:
        does = f"EXECUTE FUNCTION stemma_keep('{message}')" if postgres else ""
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            + (f"FOR EACH ROW {does}" if postgres else f"BEGIN SELECT RAISE(ABORT, '{message}'); END")
        )


def _index_parts_of_names() -> None:
    """An index of trigrams, where whoever makes the casebook may have that extension; else names are
    searched one by one, with the same answers."""
    connection = op.get_bind()
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.exec_driver_sql(
                "CREATE INDEX ix_names_trigrams ON names USING gin (folded gin_trgm_ops)"
            )
    except sa.exc.DBAPIError:
        return


def _index_of_any_length(table: str, column: str, *, unique: bool) -> None:
    """An index for whole values; a row of PostgreSQL's trees has 2,704 bytes at most, of hashes any."""
    if op.get_bind().dialect.name == "postgresql":
        op.create_index(f"ix_{table}_{column}", table, [column], postgresql_using="hash")
    elif not unique:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _make_keeping(postgres: bool) -> None:
    op.create_table(
        "casebook",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("created_at", _text(40), nullable=False),
        sa.Column("created_by", _text(40), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_casebook"),
    )
    op.create_table(
        "judgements",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("subject", _text(), nullable=False),
        sa.Column("verdict", _text(), nullable=False),
        sa.Column("person", _text(), nullable=False),
        sa.Column("at", _text(40), nullable=False),
        sa.Column("wire", _text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_judgements"),
    )
    _index_of_any_length("judgements", "subject", unique=False)
    op.create_table(
        "refusals",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("hash", _text(64), nullable=False),
        sa.Column("place", _text(), nullable=False),
        sa.Column("wire", _text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_refusals"),
        sa.UniqueConstraint("hash", name="uq_refusals_hash"),
    )
    _index_of_any_length("refusals", "place", unique=False)
    op.create_table(
        "names",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("folded", _text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_names"),
        *([] if postgres else [sa.UniqueConstraint("folded", name="uq_names_folded")]),
    )
    _index_of_any_length("names", "folded", unique=True)


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("id", _text(), nullable=False),
        sa.Column("outlet", _text(), nullable=True),
        sa.Column("outlet_name", _KEY, nullable=True),
        sa.Column("published", _text(10), nullable=True),
        sa.Column("title", _text(), nullable=True),
        sa.Column("url", _text(), nullable=True),
        sa.Column("language", _text(40), nullable=True),
        sa.ForeignKeyConstraint(["outlet_name"], ["names.key"], name="fk_reports_outlet_name_names"),
        sa.PrimaryKeyConstraint("key", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
    )
    op.create_index("ix_reports_outlet_name", "reports", ["outlet_name"])
    op.create_table(
        "versions",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.Column("bytes_hash", _text(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name="fk_versions_report_reports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_versions"),
        sa.UniqueConstraint("report", "bytes_hash", name="uq_versions_report_bytes_hash"),
    )
    op.create_index("ix_versions_bytes_hash", "versions", ["bytes_hash"])
    op.create_table(
        "documents",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("version", _KEY, nullable=False),
        sa.Column("hash", _text(64), nullable=False),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["versions.key"], name="fk_documents_version_versions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
        sa.UniqueConstraint("version", "hash", name="uq_documents_version_hash"),
    )
    op.create_table(
        "codings",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("version", _KEY, nullable=False),
        sa.Column("document", _KEY, nullable=False),
        sa.Column("unit", _text(), nullable=False),
        sa.Column("added_at", _text(40), nullable=False),
        sa.Column("report_wire", sa.LargeBinary(), nullable=False),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document"], ["documents.key"], name="fk_codings_document_documents", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["version"], ["versions.key"], name="fk_codings_version_versions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_codings"),
        sa.UniqueConstraint("version", "unit", name="uq_codings_version_unit"),
    )
    op.create_index("ix_codings_document", "codings", ["document"])


def _make_claims() -> None:
    op.create_table(
        "entities",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.Column("id", _text(), nullable=False),
        sa.Column("kind", _text(20), nullable=False),
        sa.Column("label", _text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name="fk_entities_report_reports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_entities"),
    )
    op.create_index("ix_entities_report", "entities", ["report"])
    op.create_table(
        "claims",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.Column("ordinal", _KEY, nullable=False),
        sa.Column("id", _text(), nullable=False),
        sa.Column("type", _text(24), nullable=False),
        sa.Column("mode", _text(), nullable=True),
        sa.Column("status", _text(16), nullable=False),
        sa.Column("certainty", _text(16), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("hedged", sa.Boolean(), nullable=False),
        sa.Column("time_start", _text(10), nullable=True),
        sa.Column("time_end", _text(10), nullable=True),
        sa.Column("country", _text(2), nullable=True),
        sa.Column("place", _text(), nullable=True),
        sa.Column("evidence", _text(), nullable=False),
        sa.Column("evidence_start", _KEY, nullable=True),
        sa.Column("evidence_end", _KEY, nullable=True),
        sa.Column("sources", _KEY, nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name="fk_claims_report_reports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_claims"),
        sa.UniqueConstraint("report", "ordinal", name="uq_claims_report_ordinal"),
    )
    op.create_index("ix_claims_country", "claims", ["country"])
    op.create_index("ix_claims_time_start_time_end", "claims", ["time_start", "time_end"])
    op.create_index("ix_claims_type", "claims", ["type"])
    op.create_table(
        "entity_names",
        sa.Column("entity", _KEY, nullable=False),
        sa.Column("name", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["entity"], ["entities.key"], name="fk_entity_names_entity_entities", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["name"], ["names.key"], name="fk_entity_names_name_names"),
        sa.PrimaryKeyConstraint("entity", "name", name="pk_entity_names"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entity_names_name_entity", "entity_names", ["name", "entity"])


def _make_claim_parts() -> None:
    op.create_table(
        "claim_parties",
        sa.Column("claim", _KEY, nullable=False),
        sa.Column("role", _text(16), nullable=False),
        sa.Column("entity", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.key"], name="fk_claim_parties_claim_claims", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entities.key"], name="fk_claim_parties_entity_entities", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim", "role", "entity", name="pk_claim_parties"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_parties_entity_claim", "claim_parties", ["entity", "claim"])
    op.create_table(
        "claim_places",
        sa.Column("claim", _KEY, nullable=False),
        sa.Column("name", _KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.key"], name="fk_claim_places_claim_claims", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["name"], ["names.key"], name="fk_claim_places_name_names"),
        sa.PrimaryKeyConstraint("claim", "name", name="pk_claim_places"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_places_name_claim", "claim_places", ["name", "claim"])
    op.create_table(
        "claim_sources",
        sa.Column("claim", _KEY, nullable=False),
        sa.Column("ordinal", _KEY, nullable=False),
        sa.Column("text", _text(), nullable=False),
        sa.Column("kind", _text(16), nullable=False),
        sa.Column("cue", _text(), nullable=True),
        sa.Column("parallel", sa.Boolean(), nullable=False),
        sa.Column("name", _KEY, nullable=False),
        sa.Column("entity", _KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["claim"], ["claims.key"], name="fk_claim_sources_claim_claims", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["entity"], ["entities.key"], name="fk_claim_sources_entity_entities", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["name"], ["names.key"], name="fk_claim_sources_name_names"),
        sa.PrimaryKeyConstraint("claim", "ordinal", name="pk_claim_sources"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_sources_entity", "claim_sources", ["entity"])
    op.create_index("ix_claim_sources_name", "claim_sources", ["name"])
