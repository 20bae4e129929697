"""A casebook backed up, restored, moved and migrated."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from stemma.errors import CasebookError, UsageError
from stemma.store import StoreOptions, Verified, open_casebook
from stemma.store.options import is_address, shown
from stemma.store.protocol import Store


def back_up(store: Store, file: str) -> Verified:
    """Writes the casebook into a new file and verifies what was written; the act goes into the audit log."""
    from stemma.store.copying import back_up as write
    from stemma.store.database import SqlStore

    if not isinstance(store, SqlStore):
        raise CasebookError("this casebook cannot be backed up", where=file)
    write(store, Path(file))
    with open_casebook(StoreOptions(file), create=False) as copy:
        found = copy.verify()
    _tidy(Path(file))
    store.note("backup", file, found.head)
    return found


def restore(file: str, casebook: str) -> Verified:
    """Makes a new casebook from a backup; raises `CasebookError` where that is not whole or was changed.

    The backup itself stays as it is, also one of an older version.
    """
    from stemma.store.copying import check_backup

    check_backup(Path(file))
    with tempfile.TemporaryDirectory(prefix="stemma-") as folder:
        copy = str(Path(folder) / "restored.casebook")
        shutil.copyfile(file, copy)
        with open_casebook(StoreOptions(copy), create=False) as store:
            found = store.verify()
        if found.wrong:
            raise CasebookError(
                f"was changed since it was made: {found.wrong[0]}",
                where=file,
                mend="use another copy; `stemma verify` lists all",
            )
        move(copy, casebook)
    with open_casebook(StoreOptions(casebook), create=False) as store:
        store.note("restore", file, found.head)
    return found


def move(source: str, target: str) -> dict[str, int]:
    """Copies a casebook into a new one, a file or a database; gives the rows of each table.

    The source stays as it is. Raises `CasebookError` where the target holds something or the two differ.
    """
    from stemma.store.copying import copy_casebook
    from stemma.store.database import SqlStore

    made = not is_address(target) and not Path(target).exists()
    if not is_address(target) and not made:
        raise CasebookError("is there already", where=target, mend="name a new casebook")
    try:
        with (
            open_casebook(StoreOptions(source), create=False) as one,
            open_casebook(StoreOptions(target), create=True) as other,
        ):
            if not (isinstance(one, SqlStore) and isinstance(other, SqlStore)):
                raise CasebookError("cannot be copied", where=shown(source))
            counts = copy_casebook(one, other)
            other.note("move", shown(source), shown(target))
    except BaseException:
        if made:
            for tail in ("", "-wal", "-shm"):
                Path(target + tail).unlink(missing_ok=True)
        raise
    return counts


def migrate(casebook: str, version: str | None) -> tuple[str, str]:
    """Brings a casebook to a version, up or down, all or nothing; gives the version before and after."""
    from stemma.store.versioning import migrate_casebook

    return migrate_casebook(StoreOptions(casebook), version)


def _tidy(file: Path) -> None:
    """Opening a backup turned its write-ahead log on; it goes off again, so that it stays one file."""
    from stemma.store.copying import make_single

    make_single(file)


def name_of(person: str) -> str:
    """A person's name on one line; raises `UsageError` for none."""
    plain = " ".join(person.split())
    if not plain or not plain.isprintable():
        raise UsageError("is no name", where=repr(person), mend="give the name as in the desk's --users file")
    return plain
