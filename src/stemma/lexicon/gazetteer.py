"""The user's own gazetteer: places that `stemma gazetteer add` took from files, in one SQLite file.

It lies in the file that STEMMA_GAZETTEER names, else in the user's data folder.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import get_ident

from stemma.errors import StemmaError

FORMAT = 1
"""The version of the file's tables, kept in `PRAGMA user_version`."""
MARK = 0x5374476F
"""`PRAGMA application_id`: tells a gazetteer from any other SQLite file."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS file (id INTEGER PRIMARY KEY, name TEXT UNIQUE, hash TEXT, form TEXT,
                                 places INTEGER);
CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, file INTEGER, name TEXT, kind TEXT, country TEXT,
                                  admin1 TEXT, latitude REAL, longitude REAL, population INTEGER);
CREATE TABLE IF NOT EXISTS name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_file ON place (file);
"""


class GazetteerError(StemmaError):
    """A gazetteer, or a file for it, that cannot be read or written."""


@dataclass(frozen=True, slots=True)
class Added:
    """A place that the user added. `id` is GeoNames', or below 0 for other sources; degrees are WGS 84.

    `kind` is the GeoNames class (A, H, L, P, S, T …), `admin1` the GeoNames code of the first-order unit.
    """

    id: int
    name: str
    kind: str
    country: str
    admin1: str
    latitude: float
    longitude: float
    population: int


def gazetteer_path() -> Path:
    """Where the user's gazetteer lies, there or not."""
    return _path(*map(os.environ.get, ("STEMMA_GAZETTEER", "LOCALAPPDATA", "XDG_DATA_HOME", "HOME")))


@lru_cache(maxsize=16)
def _path(named: str | None, local: str | None, data: str | None, home: str | None) -> Path:
    """The path by what the environment says now."""
    if named:
        return Path(named).expanduser()
    if sys.platform == "win32":
        folder = Path(local or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path(data or Path.home() / ".local" / "share")
    return folder / "stemma" / "gazetteer.sqlite"


def find_added(key: str) -> tuple[Added, ...]:
    """The places filed under `key` (`fold_place`) in the user's gazetteer, the most populous first."""
    base = _open()
    if base is None or not key:
        return ()
    return tuple(Added(*row) for row in base.execute(_BY_KEY, (key,)))


def begins_added(key: str) -> bool:
    """True where a name of more words in the user's gazetteer begins with the word `key`."""
    base = _open()
    return base is not None and base.execute(_BEGINS, (key + " ", key + "!")).fetchone() is not None


_BY_KEY = (
    "SELECT id, place.name, kind, country, admin1, latitude, longitude, population"
    " FROM name JOIN place ON place.id = name.place WHERE key = ? ORDER BY population DESC"
)
_BEGINS = "SELECT 1 FROM name WHERE key >= ? AND key < ? LIMIT 1"


def check_base(base: sqlite3.Connection, path: Path) -> None:
    """Raises `GazetteerError` where the open file is no gazetteer that this version reads."""
    mend = "move the file away, or name another one in STEMMA_GAZETTEER"
    try:
        mark = base.execute("PRAGMA application_id").fetchone()[0]
        version = base.execute("PRAGMA user_version").fetchone()[0]
        base.execute("SELECT 1 FROM name JOIN place ON place.id = name.place LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        raise GazetteerError(
            f"no gazetteer, or a damaged one ({error})", where=str(path), mend=mend
        ) from error
    if mark != MARK:
        raise GazetteerError("another program's file, no gazetteer", where=str(path), mend=mend)
    if version > FORMAT:
        raise GazetteerError("written by a newer version of the program", where=str(path), mend=mend)


def _open() -> sqlite3.Connection | None:
    return _base(os.getpid(), get_ident())


@lru_cache(maxsize=64)
def _base(process: int, thread: int) -> sqlite3.Connection | None:
    """The user's file, opened once for each process and thread; `None` where there is none.

    The environment is asked then and not at every name: a hundred names of a report are looked up, and the
    question took as long as the answer. `forget_open_files` asks anew.
    """
    path = gazetteer_path()
    if not path.is_file():
        return None
    try:
        base = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    except sqlite3.Error as error:
        raise GazetteerError(f"cannot be opened ({error})", where=str(path)) from error
    try:
        check_base(base, path)
    except GazetteerError:
        base.close()
        raise
    return base


def forget_open_files() -> None:
    """Closes the user's gazetteer where this process has it open: before it is written, moved or removed."""
    _base.cache_clear()


def list_files(path: Path) -> list[tuple[str, str, int]]:
    """Name, form and number of places of each file in the gazetteer at `path`, in the order of their adding.

    Raises `GazetteerError` where the file is none.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as base:
        check_base(base, path)
        return list(base.execute("SELECT name, form, places FROM file ORDER BY id"))
