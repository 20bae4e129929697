"""What a large casebook's lists would count: claims by report, the need of a claim, parts of names."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

_INDEXES: Final = (
    ("ix_reports_document", "reports", ["document"]),
    ("ix_reports_published_id", "reports", ["published", "id"]),
    ("ix_reports_claims_id", "reports", ["claims", "id"]),
    ("ix_reports_score_id", "reports", ["score", "id"]),
    ("ix_reports_title_id", "reports", ["title", "id"]),
    ("ix_claims_type_report", "claims", ["type", "report"]),
    ("ix_claims_country_report", "claims", ["country", "report"]),
    ("ix_claims_need", "claims", ["need"]),
)

_LONG: Final = ("ix_reports_title_id",)
"""A title may be longer than an index of PostgreSQL takes."""

_LATEST: Final = (
    "UPDATE reports SET document = (SELECT c.document FROM versions AS v "
    "JOIN codings AS c ON c.version = v.key WHERE v.report = reports.key "
    "ORDER BY v.key DESC, c.key DESC LIMIT 1)"
)
_COUNTED: Final = (
    "UPDATE reports SET claims = counted.claims, sourced = counted.sourced, hedged = counted.hedged, "
    "score = counted.score FROM (SELECT report, count(*) AS claims, "
    "sum(CASE WHEN sources > 0 THEN 1 ELSE 0 END) AS sourced, "
    "sum(CASE WHEN hedged THEN 1 ELSE 0 END) AS hedged, avg(score) AS score "
    "FROM claims GROUP BY report) AS counted WHERE counted.report = reports.key"
)
_NEED: Final = (
    "UPDATE claims SET need = 0.75 * (1.0 - coalesce(score, 0.5)) * CASE type "
    "WHEN 'ASSAULT' THEN 1.0 WHEN 'REALIGN' THEN 1.0 WHEN 'CLAIM-RESPONSIBILITY' THEN 0.9 "
    "WHEN 'DENY' THEN 0.9 WHEN 'COERCE' THEN 0.8 ELSE 0.5 END + CASE WHEN EXISTS ("
    "SELECT 1 FROM claim_sources AS s WHERE s.claim = claims.key "
    "AND s.ordinal = 0 AND s.kind = 'anonymous') AND NOT EXISTS (SELECT 1 FROM claim_sources AS s "
    "WHERE s.claim = claims.key AND s.ordinal = 1 AND s.parallel) THEN 0.25 ELSE 0.0 END"
)
_LETTERS: Final = (
    # Three letters at a time: the index gives the names that may have a part, which is then looked for.
    "CREATE VIRTUAL TABLE name_letters USING fts5("
    "folded, tokenize = 'trigram', detail = none, columnsize = 0, content = '')",
    "INSERT INTO name_letters (rowid, folded) SELECT key, folded FROM names",
)


def upgrade() -> None:
    """Adds the columns, fills them from what is there, and makes the indexes."""
    op.add_column("reports", sa.Column("document", _KEY, nullable=True))
    for name in ("claims", "sourced", "hedged"):
        op.add_column("reports", sa.Column(name, _KEY, nullable=False, server_default="0"))
    op.add_column("reports", sa.Column("score", sa.Float(), nullable=True))
    op.add_column("claims", sa.Column("need", sa.Float(), nullable=False, server_default="0"))
    postgres = op.get_bind().dialect.name == "postgresql"
    for statement in (_LATEST, _COUNTED, _NEED, *(() if postgres else _LETTERS)):
        op.execute(statement)
    op.drop_index("ix_claims_type", "claims")
    op.drop_index("ix_claims_country", "claims")
    for name, table, columns in _INDEXES:
        if not (postgres and name in _LONG):
            op.create_index(name, table, columns)


def downgrade() -> None:
    """Drops all of that: an older program counts."""
    postgres = op.get_bind().dialect.name == "postgresql"
    for name, table, _ in _INDEXES:
        if not (postgres and name in _LONG):
            op.drop_index(name, table)
    op.create_index("ix_claims_type", "claims", ["type"])
    op.create_index("ix_claims_country", "claims", ["country"])
    if not postgres:
        op.execute("DROP TABLE name_letters")
    op.drop_column("claims", "need")
    for name in ("score", "hedged", "sourced", "claims", "document"):
        op.drop_column("reports", name)
