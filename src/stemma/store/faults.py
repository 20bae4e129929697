"""What the database reports, as one line that a user can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from stemma.errors import CasebookError

_DAMAGED: Final = ("is damaged", "restore it from a copy, or add the reports to a new one with --casebook")
_FULL: Final = (
    "the disk is full",
    "free some space and run the same command again; what was added is kept",
)
_LOCKED: Final = ("is in use by another process for too long", "wait until that is done and run again")
_READ_ONLY: Final = (
    "cannot be opened for reading and writing",
    "change the permissions of the file and its folder, or choose another path with --casebook",
)

_UNREACHED: Final = (
    "the database cannot be reached",
    "look whether its server runs and the address is right",
)
_CLOSED: Final = (
    "the database does not let you in",
    "check user and password (PGPASSWORD or a .pgpass file), or ask the owner of the casebook",
)

_CODES: Final = {
    "53100": _FULL,
    "55P03": _LOCKED,
    "42501": (
        "your role does not allow that here",
        "an owner of the casebook can give you another with `stemma members`",
    ),
    "25006": ("the database takes no changes now", "wait until it is open for writing, then run again"),
    "57P01": ("the database was shut down meanwhile", "run again once it is up; what was added is kept"),
    "57P03": ("the database is starting or stopping", "wait a moment and run again"),
    "53300": ("the database has too many connections", "close some, or wait, and run again"),
    "3D000": ("there is no such database", "make it with `createdb`, or name another with --casebook"),
    "28000": _CLOSED,
    "28P01": _CLOSED,
    "23503": (
        "a row refers to one that is not there",
        "restore a backup",
    ),
    "54000": ("a text is too long for the database", "shorten the id of the report"),
}
"""What PostgreSQL reports, by its code."""

_SPOKEN: Final = (
    ("does not exist", _CODES["3D000"]),
    ("password authentication failed", _CLOSED),
    ("no password supplied", _CLOSED),
    ("too many clients", _CODES["53300"]),
    ("the database system is", _CODES["57P03"]),
    ("connection failed", _UNREACHED),
    ("connection is bad", _UNREACHED),
    ("is the server running", _UNREACHED),
    ("connection refused", _UNREACHED),
    ("failed to resolve host", _UNREACHED),
    ("server closed the connection", _CODES["57P01"]),
    ("the connection is closed", _CODES["57P01"]),
)
"""What is said before there is a code: on the way to PostgreSQL, or when it is gone."""

_KNOWN: Final = (
    ("database or disk is full", _FULL),
    ("no space left", _FULL),
    ("database is locked", _LOCKED),
    ("database table is locked", _LOCKED),
    ("readonly database", _READ_ONLY),
    ("unable to open database file", _READ_ONLY),
    ("permission denied", _READ_ONLY),
    ("malformed", _DAMAGED),
    ("file is not a database", _DAMAGED),
    ("disk i/o error", ("the disk cannot be read or written", "check the disk, then run again")),
)


@contextmanager
def told_plainly(where: str) -> Iterator[None]:
    """Turns faults of the database and of texts into a `CasebookError` at `where`."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise CasebookError(
            "the text holds half a character (a lone surrogate)", where=where, mend="save it as UTF-8"
        ) from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise casebook_error(error, where) from error
    except Exception as error:
        # What is streamed goes straight to the driver, and so comes back as the driver's own.
        if not is_of_postgres(error):
            raise
        raise casebook_error(error, where) from error


def casebook_error(error: Exception, where: str) -> CasebookError:
    """The `CasebookError` for a fault that the database reported."""
    inner = error.orig if isinstance(error, DBAPIError) else error
    message = str(inner)
    if is_of_postgres(inner):
        state = getattr(inner, "sqlstate", None)
        # With a code the words say nothing more: a table "does not exist" either.
        spoken = () if state else _SPOKEN
        found = _CODES.get(state or "") or next((t for sign, t in spoken if sign in message.lower()), None)
        if found is not None:
            return CasebookError(found[0], where=where, mend=found[1])
    for sign, (what, mend) in _KNOWN:
        if sign in message.lower():
            return CasebookError(what, where=where, mend=mend)
    return CasebookError(
        f"the database reports: {message}", where=where, mend="run again; if it stays, report it as a bug"
    )


def is_of_postgres(error: object) -> bool:
    """True for what PostgreSQL's driver raises, which is not imported for it."""
    return type(error).__module__.partition(".")[0] == "psycopg"
