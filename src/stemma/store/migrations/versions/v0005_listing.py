"""What merging found, listed: incidents by size and time, parties, ties."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES: Final = (
    *("ties", "incident_parties", "circle_parties", "party_names", "parties"),
    *("incident_claims", "incidents"),
)
_INDEXES: Final = (
    ("incidents", ["circle"]),
    ("incidents", ["id"]),
    ("incidents", ["tie", "untold", "key", "start", "end", "disputes", "low"]),
    ("incidents", ["tie", "moment", "key", "start", "end"]),
    ("incidents", ["tie", "likely", "untold", "key", "start", "end"]),
    ("incidents", ["type", "untold", "key", "start", "end", "disputes", "low"]),
    ("incidents", ["country", "untold", "key", "tie", "start", "end", "disputes", "low"]),
    ("incident_claims", ["incident"]),
    ("parties", ["reports", "key"]),
    ("circle_parties", ["circle"]),
    ("incident_parties", ["incident"]),
    ("ties", ["circle"]),
    ("ties", ["untold", "key"]),
    ("ties", ["party", "untold"]),
    ("ties", ["other", "untold"]),
)


def _text(length: int | None = None) -> sa.String:
    plain = sa.Text() if length is None else sa.String(length)
    return plain.with_variant(sa.Text(collation="C"), "postgresql")


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, _KEY, nullable=False)


def _words(name: str, length: int | None = None, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, _text(length), nullable=nullable)


def _yes(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _of(table: str, column: str, target: str, *, cascade: bool = True) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target}"
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.key"], name=name, ondelete="CASCADE" if cascade else None
    )


def upgrade() -> None:
    """Makes the tables, empty: the next merging fills them."""
    op.create_table(
        "incidents",
        *(_number("key"), _number("circle"), _words("id"), _words("type", 24), _yes("tie"), _words("title")),
        *(_words("moment", 10), _words("start", 10, nullable=True), _words("end", 10, nullable=True)),
        *(_words("place", nullable=True), _words("country", 2, nullable=True), _yes("placed")),
        *map(_number, ("untold", "outlets", "low", "likely", "high", "disputes")),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_incidents"),
        _of("incidents", "circle", "circles", cascade=False),
    )
    op.create_table(
        "incident_claims",
        *(_number("claim"), _number("incident")),
        sa.PrimaryKeyConstraint("claim", "incident", name="pk_incident_claims"),
        _of("incident_claims", "claim", "claims"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "parties",
        *(_number("key"), _words("id"), _words("name"), _words("kind", 20), _number("reports")),
        sa.PrimaryKeyConstraint("key", name="pk_parties"),
        sa.UniqueConstraint("id", name="uq_parties_id"),
    )
    op.create_table(
        "party_names",
        *(_number("name"), _number("party")),
        sa.PrimaryKeyConstraint("name", "party", name="pk_party_names"),
        _of("party_names", "name", "names", cascade=False),
        _of("party_names", "party", "parties"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "circle_parties",
        *(_number("party"), _number("circle"), _number("reports"), _words("names")),
        sa.PrimaryKeyConstraint("party", "circle", name="pk_circle_parties"),
        _of("circle_parties", "party", "parties"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "incident_parties",
        *(_number("party"), _number("part"), _words("moment", 10), _number("incident")),
        sa.PrimaryKeyConstraint("party", "part", "moment", "incident", name="pk_incident_parties"),
        _of("incident_parties", "party", "parties"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ties",
        *(_number("key"), _number("circle"), _words("party"), _words("other"), _number("untold")),
        sa.Column("wire", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_ties"),
        _of("ties", "circle", "circles", cascade=False),
    )
    for table, columns in _INDEXES:
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def downgrade() -> None:
    """Drops the lists: an older program reads the circles."""
    for table in _TABLES:
        op.drop_table(table)
