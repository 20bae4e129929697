"""A casebook's version, and the migrations from one version to another."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, inspect

from stemma.errors import CasebookError, CasebookVersionError
from stemma.store import schema
from stemma.version import __version__

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def version_within(connection: Connection) -> str | None:
    """The version of the casebook at hand; None where there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return str(row[0]) if row else None


def known_version(found: Sequence[Any], where: str) -> str:
    """The one version in these rows, if this program knows it; raises `CasebookVersionError`."""
    if len(found) != 1:
        raise CasebookError("is damaged: it does not say its version", where=where, mend="restore a copy")
    version = str(found[0][0])
    if version > schema.SCHEMA_VERSION:
        raise CasebookVersionError(
            f"was written by a newer stemma (casebook version {version}; "
            f"stemma {__version__} knows versions up to {schema.SCHEMA_VERSION})",
            where=where,
            mend="upgrade stemma",
        )
    return version


def migrate(connection: Connection, version: str) -> None:
    """Brings the casebook to this version, up or down, within the transaction of `connection`."""
    # Alembic takes a quarter of a second to import and is needed only here.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if version >= (version_within(connection) or ""):
        command.upgrade(config, version)
    else:
        command.downgrade(config, version)


def say_who_made_it(connection: Connection) -> None:
    """Enters the moment and the program into a new casebook."""
    made = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    row = {"key": 1, "created_at": made, "created_by": f"stemma {__version__}"}
    connection.execute(schema.casebook.insert(), row)
