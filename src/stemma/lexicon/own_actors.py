"""The user's own actors: rows that `stemma import` took from files, in one CSV file beside the gazetteer.

It lies in the file that STEMMA_ACTORS names, else in the user's data folder.
"""

from __future__ import annotations

import csv
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from stemma.errors import StemmaError
from stemma.lexicon import Row, split_list
from stemma.lexicon.gazetteer import gazetteer_path
from stemma.model import EntityKind

COLUMNS: Final = (
    "name kind country aliases parent start end predecessors split_from member_of ucdp ground".split()
)
"""The columns of the program's own table of actors."""

GROUND: Final = "your own: "
"""The start of the ground of every row of the user's; the name of the file follows."""

LARGEST: Final = 64_000_000


class OwnActorsError(StemmaError):
    """The user's own file of actors, where it cannot be read or written."""


def own_actors_path() -> Path:
    """Where the user's actors lie, there or not."""
    named = os.environ.get("STEMMA_ACTORS")
    return Path(named).expanduser() if named else gazetteer_path().with_name("actors.csv")


def read_own_rows() -> tuple[Row, ...]:
    """The user's rows as they stand; none where there is no file. Raises `OwnActorsError`."""
    return _read(own_actors_path())


def write_own_rows(file: str, rows: Sequence[Mapping[str, str]]) -> tuple[int, int]:
    """Puts the rows of this file in place of those that a file of its name gave before.

    Gives how many of them are new or changed, and how many were there already. The old file is replaced only
    once the new one is whole; call `stemma.lexicon.actors.forget_own` afterwards. Raises `OwnActorsError`.
    """
    path = own_actors_path()
    ground = GROUND + re.sub(r"\s+", " ", file)
    before = list(_read(path))
    made = [{**dict.fromkeys(COLUMNS, ""), **row, "ground": ground} for row in rows]
    known = {tuple(row.get(name, "") for name in COLUMNS) for row in before}
    new = sum(tuple(row[name] for name in COLUMNS) not in known for row in made)
    kept = [dict(row) for row in before if row.get("ground") != ground]
    if new or len(kept) + len(made) != len(before):
        _write(path, [*kept, *made])
    return new, len(made) - new


def _read(path: Path) -> tuple[Row, ...]:
    try:
        status = path.stat()
    except OSError:
        return ()
    return _read_at(path, status.st_mtime_ns, status.st_size)


@cache
def _read_at(path: Path, changed: int, size: int) -> tuple[Row, ...]:
    del changed
    mend = "move the file away, or name another one in STEMMA_ACTORS"
    try:
        if size > LARGEST:
            raise OwnActorsError(f"more than {LARGEST:,} bytes", where=str(path), mend=mend)
        with path.open(encoding="utf-8", newline="") as file:
            table = csv.DictReader(file)
            if not {"name", "kind", "aliases"} <= set(table.fieldnames or ()):
                raise OwnActorsError("no table of actors", where=str(path), mend=mend)
            rows = [{name: row.get(name) or "" for name in COLUMNS} for row in table]
    except (OSError, ValueError, csv.Error) as error:
        raise OwnActorsError(f"cannot be read ({error})", where=str(path), mend=mend) from error
    kinds = set(EntityKind)
    return tuple(MappingProxyType(row) for row in rows if row["name"] and row["kind"] in kinds)


def _write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=path.parent, prefix=".actors-", delete=False
        ) as file:
            table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
        Path(file.name).replace(path)
    except OSError as error:
        raise OwnActorsError(
            f"cannot be written ({error.strerror or error})", where=str(path), mend="it is as before"
        ) from error


def names_in(row: Mapping[str, str]) -> tuple[str, ...]:
    """The name and the aliases of a row."""
    return (row["name"], *split_list(row["aliases"]))
