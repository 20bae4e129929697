"""What a team needs: a chain of hashes over the evidence, who did what, and who may do what."""

from __future__ import annotations

import hashlib
from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_KEY: Final = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES: Final = ("chain", "audit", "members")
_KEPT: Final = (
    ("chain", "the chain of evidence is never changed"),
    ("audit", "the audit log is never changed"),
)
_CHAINED: Final = (
    (
        "version",
        "SELECT v.key, r.id, v.bytes_hash, v.content FROM versions AS v "
        "JOIN reports AS r ON r.key = v.report ORDER BY v.key",
    ),
    ("document", "SELECT key, version, hash, wire FROM documents ORDER BY key"),
    (
        "coding",
        "SELECT key, version, document, unit, added_at, report_wire, wire FROM codings ORDER BY key",
    ),
    ("judgement", "SELECT key, subject, verdict, person, at, wire FROM judgements ORDER BY key"),
)
_AT_ONCE: Final = 1000


def _text(length: int | None = None) -> sa.String:
    plain = sa.Text() if length is None else sa.String(length)
    return plain.with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Makes the tables; what is there already gets its places in the chain."""
    postgres = op.get_bind().dialect.name == "postgresql"
    login = sa.text("session_user") if postgres else None  # nobody can write another's
    op.create_table(
        "chain",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("kind", _text(16), nullable=False),
        sa.Column("item", _KEY, nullable=False),
        sa.Column("hash", _text(64), nullable=False),
        sa.Column("link", _text(64), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_chain"),
        sa.UniqueConstraint("kind", "item", name="uq_chain_kind_item"),
    )
    op.create_table(
        "audit",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("at", _text(40), nullable=False),
        sa.Column("person", _text(), nullable=False),
        sa.Column("login", _text(), nullable=True, server_default=login),
        sa.Column("act", _text(24), nullable=False),
        sa.Column("subject", _text(), nullable=False),
        sa.Column("detail", _text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_audit"),
    )
    op.create_table(
        "members",
        sa.Column("person", _text(), nullable=False),
        sa.Column("role", _text(16), nullable=False),
        sa.Column("login", _text(), nullable=True),
        sa.PrimaryKeyConstraint("person", name="pk_members"),
    )
    _fill()
    for table, message in _KEPT:
        for verb in ("UPDATE", "DELETE"):
            does = f"FOR EACH ROW EXECUTE FUNCTION stemma_keep('{message}')"
            raises = f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                + (does if postgres else raises)
            )


def downgrade() -> None:
    """Drops them; the evidence itself stays."""
    for table in _TABLES:
        op.drop_table(table)


def _fill() -> None:
    connection = op.get_bind()
    chain = sa.table("chain", *map(sa.column, ("key", "kind", "item", "hash", "link")))
    link, key = "", 0
    for kind, wanted in _CHAINED:
        rows = []
        for item, *parts in connection.exec_driver_sql(wanted):
            key += 1
            found = _digest(kind, item, *parts)
            link = _digest(link, kind, item, found)
            rows.append({"key": key, "kind": kind, "item": item, "hash": found, "link": link})
        for start in range(0, len(rows), _AT_ONCE):
            connection.execute(chain.insert(), rows[start : start + _AT_ONCE])


def _digest(*parts: object) -> str:
    whole = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else str(part).encode("utf-8")
        whole.update(b"%d:" % len(content) + content)
    return whole.hexdigest()
