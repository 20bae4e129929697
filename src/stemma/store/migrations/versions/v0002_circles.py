"""What merging keeps: the keys that reports are filed under, and the circles merged so far."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Makes the tables, empty: the first merging files every report."""
    op.create_table(
        "circles",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_circles"),
    )
    op.create_table(
        "filings",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("circle", sa.Integer(), nullable=True),
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
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "report", name="pk_block_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "unfiled",
        sa.Column("report", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("report", name="pk_unfiled"),
        sa.ForeignKeyConstraint(
            ["report"], ["reports.key"], name="fk_unfiled_report_reports", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "merged_by",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("judgements", sa.Integer(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_merged_by"),
    )
    op.execute("INSERT INTO unfiled (report) SELECT key FROM reports")
