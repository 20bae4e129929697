"""The casebook as one SQLite file."""

from __future__ import annotations

from pathlib import Path

from stemma.store.database import SqlStore
from stemma.store.opening import open_engine
from stemma.store.options import StoreOptions


class SqliteStore(SqlStore):
    """A `Store` in the file that `options` name; see `open_casebook` for what it raises."""

    def __init__(self, options: StoreOptions, *, create: bool) -> None:
        engine = open_engine(options.casebook, create=create, busy_seconds=options.busy_seconds)
        self.path = Path(options.casebook).expanduser().absolute()
        super().__init__(engine, engine.execution_options(writing=True), options.casebook)
