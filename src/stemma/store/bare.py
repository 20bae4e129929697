"""Tables of PostgreSQL without their indexes for as long as very many rows are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Connection, text

_OWNED: Final = text(
    "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class "
    "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
)
_REFERENCES: Final = text(
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY oid"
)
_INDEXES: Final = text(
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
    "JOIN pg_class ON pg_class.oid = indexrelid "
    "WHERE NOT indisunique AND relnamespace = current_schema()::regnamespace ORDER BY indexrelid"
)
_ROOM: Final = "256MB"
"""For making one index: sorted in memory up to some millions of rows."""


@contextmanager
def bare_tables(connection: Connection) -> Iterator[None]:
    """Takes the indexes and references of all tables away, and makes them again for all rows at once.

    Entered row by row they cost most of a large copy: each reference is looked up by a query of its own. Keys
    and what must be unique stay. Within the transaction, so that a fault leaves all as it was; raises what
    the database says of a row that refers to nothing. Does nothing for SQLite, and for tables of another.
    """
    if connection.dialect.name != "postgresql" or not connection.execute(_OWNED).scalar():
        yield
        return
    references = connection.execute(_REFERENCES).all()
    indexes = connection.execute(_INDEXES).all()
    # Straight to the driver: a definition may have a % or a : of its own.
    driver: Any = connection.connection.driver_connection
    for table, name, _ in references:
        driver.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _ in indexes:
        driver.execute(f"DROP INDEX {name}")
    yield
    driver.execute(f"SET LOCAL maintenance_work_mem = '{_ROOM}'")
    for _, definition in indexes:
        driver.execute(definition)
    for table, name, definition in references:
        driver.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
