"""Who did what, when: a log that only grows."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Iterator
from functools import cache

from sqlalchemy import Connection, insert, select

from stemma.store import schema
from stemma.store.index import next_key
from stemma.store.protocol import Audited


@cache
def login_name() -> str:
    """The name of whoever runs this program, as the machine knows it."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "nobody"


def write_down(connection: Connection, act: str, subject: str, detail: str = "", person: str = "") -> None:
    """Enters one act, within the transaction that does it; the database itself enters the login."""
    table = schema.audit
    row = {
        "key": next_key(connection, table),
        "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "person": person or login_name(),
        "act": act,
        "subject": subject,
        "detail": detail,
    }
    if connection.dialect.name == "sqlite":
        row["login"] = login_name()
    connection.execute(insert(table), row)


def read_audit(connection: Connection) -> Iterator[Audited]:
    """All acts, oldest first."""
    for row in connection.execute(select(schema.audit).order_by(schema.audit.c.key)):
        yield Audited(row.at, row.person, row.login or "", row.act, row.subject, row.detail)
