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


def casebook_error(error: Exception, where: str) -> CasebookError:
    """The `CasebookError` for a fault that the database reported."""
    message = str(error.orig if isinstance(error, DBAPIError) else error)
    for sign, (what, mend) in _KNOWN:
        if sign in message.lower():
            return CasebookError(what, where=where, mend=mend)
    return CasebookError(
        f"the database reports: {message}", where=where, mend="run again; if it stays, report it as a bug"
    )
