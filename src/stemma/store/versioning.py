"""A casebook brought from one version to another because somebody asks for it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Engine

from stemma.errors import CasebookError
from stemma.store import schema
from stemma.store.faults import told_plainly
from stemma.store.members import grant_anew
from stemma.store.migrating import known_version, migrate, version_within
from stemma.store.opening import find_casebook, make_file_engine
from stemma.store.options import StoreOptions, is_address, shown
from stemma.store.postgres import make_engine

_FIRST_WITH_MEMBERS: Final = "0004"


def migrate_casebook(options: StoreOptions, version: str | None = None) -> tuple[str, str]:
    """Brings a casebook to `version` (else this program's), up or down; gives the version before and after.

    Raises `CasebookError` for a version that there is none of, or that nothing can go back to.
    """
    where, wanted = shown(options.casebook), version or schema.SCHEMA_VERSION
    known = [f"{number:04d}" for number in range(1, int(schema.SCHEMA_VERSION) + 1)]
    if wanted not in known:
        raise CasebookError(f"there is no version {wanted}", where="--to", mend=f"one of {', '.join(known)}")
    with told_plainly(where):
        engine = _writing_engine(options, where)
        try:
            with engine.begin() as connection:
                before = version_within(connection)
                if before is None:
                    raise CasebookError("there is no casebook here", where=where)
                known_version([(before,)], where)
                migrate(connection, wanted)
                if wanted >= _FIRST_WITH_MEMBERS and connection.dialect.name == "postgresql":
                    grant_anew(connection, where)
        finally:
            engine.dispose()
    return before, wanted


def _writing_engine(options: StoreOptions, where: str) -> Engine:
    if is_address(options.casebook):
        return make_engine(options, where).execution_options(writing=True)
    path = find_casebook(options.casebook, options.busy_seconds)
    engine = make_file_engine(path, options.busy_seconds, foreign_keys=False)
    return engine.execution_options(writing=True)
