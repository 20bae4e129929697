"""Indexes that hold all that a list of incidents asks, and the largest circles of a party first."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TABLE: Final = "incidents"
_SPAN: Final = ("key", "start", "end")
_BEFORE: Final[tuple[tuple[str, ...], ...]] = (
    ("tie", "untold", *_SPAN, "disputes", "low"),
    ("tie", "moment", *_SPAN),
    ("tie", "likely", "untold", *_SPAN),
    ("type", "untold", *_SPAN, "disputes", "low"),
    ("country", "untold", "key", "tie", "start", "end", "disputes", "low"),
)
_COUNTED: Final = (*_SPAN, "disputes", "low", "placed")
_AFTER: Final[dict[str, tuple[str, ...]]] = {
    "told": ("tie", "untold", *_COUNTED, "type", "country"),
    "newest": ("tie", "moment", *_COUNTED, "type", "country"),
    "fewest": ("tie", "likely", "untold", *_COUNTED, "type", "country"),
    "of_type": ("type", "untold", *_COUNTED, "country"),
    "of_country": ("country", "untold", *_COUNTED, "tie", "type"),
}


def _name(columns: tuple[str, ...]) -> str:
    return f"ix_{_TABLE}_{'_'.join(columns)}"


def upgrade() -> None:
    """Makes the indexes anew, which takes some seconds for a million incidents."""
    for columns in _BEFORE:
        op.drop_index(_name(columns), _TABLE)
    for name, columns in _AFTER.items():
        op.create_index(f"ix_{_TABLE}_{name}", _TABLE, list(columns))
    op.create_index(
        "ix_circle_parties_largest", "circle_parties", ["party", sa.text("reports DESC"), "circle"]
    )


def downgrade() -> None:
    """Makes the indexes of before."""
    op.drop_index("ix_circle_parties_largest", "circle_parties")
    for name in _AFTER:
        op.drop_index(f"ix_{_TABLE}_{name}", _TABLE)
    for columns in _BEFORE:
        op.create_index(_name(columns), _TABLE, list(columns))
