"""The first tables."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_FULL_TEXT: Final = (
    # The texts arrive as folded words with spaces between; the `ascii` tokenizer only splits at the
    # spaces, so that every script follows the same rules and no Unicode tables of SQLite's matter.
    "CREATE VIRTUAL TABLE claim_words USING fts5(words, tokenize = 'ascii', detail = none, columnsize = 0)",
    "CREATE VIRTUAL TABLE document_words USING fts5("
    "words, tokenize = 'ascii', detail = none, columnsize = 0, content = '')",
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
    _make_keeping()
    _make_reports()
    _make_claims()
    _make_claim_parts()
    for statement in _FULL_TEXT:
        op.execute(statement)
    for table, verb, message in _NEVER_CHANGED:
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def _make_keeping() -> None:
    op.create_table(
        "casebook",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=40), nullable=False),
        sa.Column("created_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_casebook"),
    )
    op.create_table(
        "judgements",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=40), nullable=False),
        sa.Column("wire", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_judgements"),
    )
    op.create_index("ix_judgements_subject", "judgements", ["subject"])
    op.create_table(
        "refusals",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("wire", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_refusals"),
        sa.UniqueConstraint("hash", name="uq_refusals_hash"),
    )
    op.create_index("ix_refusals_place", "refusals", ["place"])
    op.create_table(
        "names",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_names"),
        sa.UniqueConstraint("folded", name="uq_names_folded"),
    )


def _make_reports() -> None:
    op.create_table(
        "reports",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("outlet_name", sa.Integer(), nullable=True),
        sa.Column("published", sa.String(length=10), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["outlet_name"], ["names.key"], name="fk_reports_outlet_name_names"),
        sa.PrimaryKeyConstraint("key", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
    )
    op.create_index("ix_reports_outlet_name", "reports", ["outlet_name"])
    op.create_table(
        "versions",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("bytes_hash", sa.String(length=64), nullable=False),
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
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["versions.key"], name="fk_documents_version_versions", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
        sa.UniqueConstraint("version", "hash", name="uq_documents_version_hash"),
    )
    op.create_table(
        "codings",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=40), nullable=False),
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
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name="fk_entities_report_reports", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", name="pk_entities"),
    )
    op.create_index("ix_entities_report", "entities", ["report"])
    op.create_table(
        "claims",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("mode", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("certainty", sa.String(length=16), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("hedged", sa.Boolean(), nullable=False),
        sa.Column("time_start", sa.String(length=10), nullable=True),
        sa.Column("time_end", sa.String(length=10), nullable=True),
        sa.Column("country", sa.String(length=2), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=True),
        sa.Column("evidence_end", sa.Integer(), nullable=True),
        sa.Column("sources", sa.Integer(), nullable=False),
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
        sa.Column("entity", sa.Integer(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
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
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=False),
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
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
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
        sa.Column("claim", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("parallel", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Integer(), nullable=False),
        sa.Column("entity", sa.Integer(), nullable=True),
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
