"""What merging keeps: the keys that reports are filed under, and the circles merged so far."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT: Final = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes the tables, empty: the first merging files every report."""
    op.create_table(
        "circles",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_circles"),
    )
    op.create_table(
        "filings",
        sa.Column("report", _KEY, nullable=False),
        sa.Column("circle", _KEY, nullable=True),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_filings"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name="fk_filings_report_reports", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["circle"], ["circles.key"], name="fk_filings_circle_circles"),
    )
    op.create_index("ix_filings_circle", "filings", ["circle"])
    op.create_table(
        "block_keys",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("report", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("key", "report", name="pk_block_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unfiled",
        sa.Column("report", _KEY, nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_unfiled"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name="fk_unfiled_report_reports", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "merged_by",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("judgements", _KEY, nullable=False),
        sa.Column("maker", _TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_merged_by"),
    )
    op.execute("INSERT INTO unfiled (report) SELECT key FROM reports")


def downgrade() -> None:
    """Drops what merging keeps: an older program merges anew each time."""
    for table in ("merged_by", "unfiled", "block_keys", "filings", "circles"):
        op.drop_table(table)
