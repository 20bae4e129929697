"""Report, document, coding, judgement -> casebook: what was found, kept.

The casebook remembers every version of a report and every coding of it, and answers queries over
the latest. What `add` reported as added survives a killed process and a power cut.
"""

from __future__ import annotations

from stemma.store.options import StoreOptions, is_address
from stemma.store.protocol import (
    Audited,
    Doubt,
    Member,
    Outcome,
    Query,
    Role,
    Shelf,
    ShelfQuery,
    ShelfRow,
    Store,
    Tally,
    Verified,
)

__all__ = [
    "Audited",
    "Doubt",
    "Member",
    "Outcome",
    "Query",
    "Role",
    "Shelf",
    "ShelfQuery",
    "ShelfRow",
    "Store",
    "StoreOptions",
    "Tally",
    "Verified",
    "open_casebook",
]


def open_casebook(options: StoreOptions, *, create: bool) -> Store:
    """The casebook that `options` name, ready for use; close it, or use it in a `with` statement.

    With `create`, a missing one is made. An older one is brought up to date. Raises
    `NotACasebookError` for any other file, `CasebookVersionError` for one of a newer program,
    `CasebookError` where there is none (without `create`) or it cannot be opened.
    """
    # SQLAlchemy takes a fifth of a second to import; `stemma --help` reads the types above only.
    if is_address(options.casebook):
        from stemma.store.postgres import PostgresStore

        return PostgresStore(options, create=create)
    from stemma.store.sqlite import SqliteStore

    return SqliteStore(options, create=create)
