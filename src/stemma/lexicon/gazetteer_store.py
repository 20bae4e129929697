"""Writes the user's gazetteer: a file of places in, a file of places out, each wholly or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from stemma.lexicon.gazetteer import FORMAT, MARK, SCHEMA, GazetteerError, check_base, forget_open_files
from stemma.lexicon.gazetteer_files import Line, form_of, read_lines
from stemma.lexicon.places_fold import fold_place

BATCH: Final = 5_000
"""Places between two writes: what is in memory at one time."""
LONGEST_KEY: Final = 60
CACHE_KIB: Final = 65_536


def add_file(path: Path, gazetteer: Path) -> tuple[int, bool]:
    """Adds a file of places: how many places it gave, and whether it was there already, unchanged.

    A file of the same name is taken out first. Raises `GazetteerError`; then the gazetteer is as before.
    """
    if not path.is_file():
        raise GazetteerError("there is no such file", where=str(path))
    digest = _hash(path)
    with _writing(gazetteer) as base:
        known = base.execute("SELECT hash, places FROM file WHERE name = ?", (path.name,)).fetchone()
        if known and known[0] == digest:
            return int(known[1]), True
        if known:
            _delete(base, path.name)
        row = base.execute(
            "INSERT INTO file (name, hash, form, places) VALUES (?, ?, ?, 0)",
            (path.name, digest, form_of(path)),
        )
        number, batch, total = row.lastrowid or 0, [], 0
        for line in read_lines(path):
            batch.append(line)
            if len(batch) == BATCH:
                total += _write(base, batch, number)
                batch = []
        total += _write(base, batch, number)
        if total == 0:
            raise GazetteerError(
                "no place of a country in it", where=str(path), mend="nothing of this file is kept"
            )
        base.execute("UPDATE file SET places = ? WHERE id = ?", (total, number))
        return total, False


def remove_file(name: str, gazetteer: Path) -> int:
    """Takes out the places of a file that was added under this name: how many. Raises `GazetteerError`."""
    if not gazetteer.is_file():
        raise GazetteerError("there is no gazetteer of your own", where=str(gazetteer))
    with _writing(gazetteer) as base:
        known = base.execute("SELECT places FROM file WHERE name = ?", (Path(name).name,)).fetchone()
        if known is None:
            raise GazetteerError(
                "no file of this name was added", where=name, mend="`stemma gazetteer status` lists them"
            )
        _delete(base, Path(name).name)
        return int(known[0])


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """The gazetteer within one transaction, made where it is not there."""
    forget_open_files()
    path.parent.mkdir(parents=True, exist_ok=True)
    is_new = not path.exists() or path.stat().st_size == 0
    kept = False
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            if is_new:
                base.execute(f"PRAGMA application_id = {MARK}")
                base.execute(f"PRAGMA user_version = {FORMAT}")
                base.executescript(SCHEMA)
            check_base(base, path)
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
                base.execute("COMMIT")
                kept = True
            finally:
                if base.in_transaction:
                    base.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise GazetteerError(
            f"cannot be written ({error})", where=str(path), mend="it is as before"
        ) from error
    finally:
        if is_new and not kept:
            path.unlink(missing_ok=True)
        forget_open_files()


def _write(base: sqlite3.Connection, lines: list[Line], number: int) -> int:
    """Writes the places and the keys of their names; one that another file gave already stays that file's."""
    for line in lines:
        place = line.place
        row = (place.id, number, place.name, place.kind, place.country, place.admin1, place.latitude,
               place.longitude, place.population)  # fmt: skip
        base.execute("INSERT OR IGNORE INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    keys = [
        (key, line.place.id)
        for line in lines
        for key in {fold_place(name) for name in line.names}
        if 1 < len(key) <= LONGEST_KEY
    ]
    base.executemany("INSERT OR IGNORE INTO name VALUES (?, ?)", sorted(keys))
    return len(lines)


def _delete(base: sqlite3.Connection, name: str) -> None:
    (number,) = base.execute("SELECT id FROM file WHERE name = ?", (name,)).fetchone()
    base.execute("DELETE FROM name WHERE place IN (SELECT id FROM place WHERE file = ?)", (number,))
    base.execute("DELETE FROM place WHERE file = ?", (number,))
    base.execute("DELETE FROM file WHERE id = ?", (number,))
