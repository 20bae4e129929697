"""The files of a run: written under another name, made durable, then renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from stemma.errors import StemmaError

PER_FOLDER = 1000
"""Shards of one folder: folders of a hundred thousand files are slow everywhere."""


LEFTOVER = ".tmp-"
"""In the name of what is being written: after a `kill -9` it stays until the run is done."""


def is_leftover(path: Path) -> bool:
    """True for what a process was writing when it was killed."""
    return LEFTOVER in path.name


def table_path(out: str, number: int, kind: str = "reports") -> Path:
    """Where the Parquet file of a shard stands."""
    return Path(out, kind, f"{number // PER_FOLDER:05d}", f"{number:08d}.parquet")


def done_path(out: str, number: int, kind: str = "reports") -> Path:
    """Where the manifest of a shard stands; it is there once the shard is done."""
    return Path(out, "done", kind, f"{number // PER_FOLDER:05d}", f"{number:08d}.json")


def journal_path(out: str, number: int) -> Path:
    """Where a shard's journal stands while it is worked on."""
    return Path(out, "work", f"{number:08d}.journal")


def write_whole(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Writes a file wholly or not at all: what stands under `path` is complete, whatever happens."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}{LEFTOVER}{os.getpid()}")
    try:
        with beside.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def disk_faults(out: str) -> Iterator[None]:
    """Turns what the system says of a disk into one line; raises `StemmaError`."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        what = "the disk is full" if full else f"it cannot be written ({error.strerror or error})"
        mend = "make room" if full else "look at the folder"
        raise StemmaError(
            what, where=out, mend=f"{mend} and run the same command again: what is done is kept"
        ) from error
