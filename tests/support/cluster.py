"""A throw-away PostgreSQL for tests: the one that STEMMA_TEST_POSTGRES names, else one started here."""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from functools import cache
from pathlib import Path

import pytest

ADDRESS = "STEMMA_TEST_POSTGRES"
UNPRIVILEGED = "postgres"


def new_database(encoding: str = "UTF8") -> str:
    """The address of a new, empty database; skips the test where there is no PostgreSQL."""
    address = _address()
    name = f"t{uuid.uuid4().hex}"
    run_sql(address, f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
    return address.replace("/postgres?", f"/{name}?", 1)


def run_sql(address: str, *statements: str) -> list[tuple[object, ...]]:
    """Runs statements as they are; gives the rows of the last."""
    import psycopg

    rows: list[tuple[object, ...]] = []
    with psycopg.connect(address, autocommit=True) as connection:
        for statement in statements:
            cursor = connection.execute(statement)  # type: ignore[call-overload]
            rows = cursor.fetchall() if cursor.description else []
    return rows


def empty(address: str) -> None:
    """Takes all out of a casebook, but for the casebook itself."""
    # A test may have left an answer half read, whose transaction would be waited for.
    others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    run_sql(address, f"SELECT pg_terminate_backend(pid) {others}")
    tables = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'"
    names = {str(row[0]) for row in run_sql(address, tables)} - {"casebook", "alembic_version"}
    run_sql(address, f"TRUNCATE {', '.join(sorted(names))}")


def as_user(address: str, user: str) -> str:
    """The same database for another user."""
    return address.replace("://stemma@", f"://{user}@", 1)


def _address() -> str:
    given = os.environ.get(ADDRESS)
    found = given or _started()
    if not found:
        pytest.skip(f"no PostgreSQL: set {ADDRESS}, or install its server")
    pytest.importorskip("psycopg")
    return found


@cache
def _started() -> str:
    """The address of a cluster of our own, on a socket in a temporary folder; empty where there is none."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        return ""
    programs_at = programs[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="stemma-pg-"))
    run = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        try:
            user = pwd.getpwnam(UNPRIVILEGED)
        except KeyError:
            return ""
        os.chown(folder, user.pw_uid, user.pw_gid)
        run = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    folder.chmod(0o755)
    data = folder / "data"
    initdb = [*run, str(programs_at / "initdb"), "-D", str(data), "-A", "trust", "-U", "stemma", "--no-sync"]
    subprocess.run([*initdb, "-E", "UTF8", "--locale=C"], check=True, capture_output=True, cwd=folder)
    options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=60"
    control = [*run, str(programs_at / "pg_ctl"), "-D", str(data), "-w"]
    start = [*control, "-l", str(folder / "log"), "-o", options, "start"]
    with (folder / "said").open("w") as said:
        subprocess.run(start, check=True, stdout=said, stderr=said, cwd=folder)

    def stop() -> None:
        stopping = [*control, "-m", "immediate", "stop"]
        subprocess.run(stopping, check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql://stemma@/postgres?host={folder}"
