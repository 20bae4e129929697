"""The casebook as a PostgreSQL database, for a team."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import ArgumentError

from stemma.errors import CasebookError, CasebookVersionError, NotACasebookError
from stemma.store import schema
from stemma.store.database import SqlStore
from stemma.store.faults import told_plainly
from stemma.store.migrating import known_version, migrate, say_who_made_it, version_within
from stemma.store.options import StoreOptions, shown

_SCHEMES: Final = ("postgresql", "postgres", "postgresql+psycopg")
_CONNECT_SECONDS: Final = 10
_LOCK: Final = schema.APPLICATION_ID
"""The number of the database's advisory lock that whoever writes takes first: one writer at a time, as in
SQLite, so that keys rise in the order in which transactions end and nobody who reads on misses one."""


class PostgresStore(SqlStore):
    """A `Store` in the database that `options` name; see `open_casebook` for what it raises."""

    def __init__(self, options: StoreOptions, *, create: bool) -> None:
        where = shown(options.casebook)
        engine = make_engine(options, where)
        reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        writer = engine.execution_options(writing=True)
        try:
            with told_plainly(where):
                _open(reader, writer, where, create=create)
        except BaseException:
            engine.dispose()
            raise
        super().__init__(reader, writer, where, single=True)


def make_engine(options: StoreOptions, where: str) -> Engine:
    """An engine on the database; raises `CasebookError` for an address that is none."""
    url = _url(options.casebook, where)
    milliseconds = max(1, round(1000 * options.busy_seconds))
    given = dict(url.query)
    settings = (
        f"-c lock_timeout={milliseconds} "
        # The words asked for decide which index is best: no plan for words not known yet.
        "-c plan_cache_mode=force_custom_plan "
        # What a desk asks is small and mostly in memory: pages off an index cost little more than others
        # (a type in a country in a month: 11 ms, and 36 with the usual 4), and compiling takes longer
        # than it saves.
        "-c random_page_cost=1.1 -c jit=off"
    )
    own = given.pop("options", "")
    engine = create_engine(
        url.set(drivername="postgresql+psycopg", query=given),
        connect_args={
            "options": f"{settings} {own if isinstance(own, str) else ' '.join(own)}".strip(),
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": "stemma",
            "client_encoding": "utf8",
        },
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writing", False):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


def _url(casebook: str, where: str) -> URL:
    try:
        url = make_url(casebook)
    except (ArgumentError, ValueError) as error:
        raise CasebookError(
            "is no address of a database", where=where, mend="write postgresql://user@host/name"
        ) from error
    if url.drivername not in _SCHEMES:
        raise CasebookError(
            f"a casebook cannot be in {url.drivername}",
            where=where,
            mend="give a file, or a PostgreSQL database as postgresql://user@host/name",
        )
    if not url.database:
        raise CasebookError(
            "does not say which database", where=where, mend="write postgresql://user@host/name"
        )
    try:
        import psycopg  # noqa: F401 - an extra: say so before SQLAlchemy fails on it
    except ImportError as error:
        raise CasebookError(
            "the driver of PostgreSQL is not installed",
            where=where,
            mend="pip install 'stemma-record[postgres]'",
        ) from error
    return url


def _open(reader: Engine, writer: Engine, where: str, *, create: bool) -> None:
    """Makes the casebook where there is none and `create` says so; refuses what is not of our version."""
    with reader.begin() as connection:
        version = _look(connection, where)
    if version is None and not create:
        raise CasebookError(
            "there is no casebook in this database",
            where=where,
            mend="make one with `stemma add`, or name another with --casebook",
        )
    if version is None:
        with writer.begin() as connection:
            if version_within(connection) is None:
                migrate(connection, schema.SCHEMA_VERSION)
                say_who_made_it(connection)
    elif version != schema.SCHEMA_VERSION:
        raise CasebookVersionError(
            f"is of an older version ({version}; this stemma works with {schema.SCHEMA_VERSION}), "
            "and others may work in it",
            where=where,
            mend="the owner brings it up to date with `stemma migrate`, best after `stemma backup`",
        )


def _look(connection: Connection, where: str) -> str | None:
    """The version of the casebook in this database; None where there is nothing yet."""
    encoding: Any = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise CasebookError(
            f"the database keeps texts as {encoding}",
            where=where,
            mend="make one with: createdb --encoding UTF8 --template template0 NAME",
        )
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return None
    if not {"casebook", "alembic_version"} <= tables:
        raise NotACasebookError(
            "is a database with other tables, not a casebook", where=where, mend="make a database for it"
        )
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").all()
    return known_version(found, where)
