"""Folders: the files in them that are reports, in a fixed order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from stemma.model import Refusal
from stemma.run.intake.gathering import unreadable
from stemma.run.intake.streams import PACKED

SINGLE: Final = {
    ".txt": "text/plain",
    ".text": "text/plain",
    "": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
}
"""Endings of files that hold one report each."""

ROWS: Final = frozenset({".json", ".jsonl", ".ndjson", ".csv", ".tsv"})
"""Endings of files that may hold several."""

ARCHIVES: Final = frozenset(
    {".warc", ".wet", ".wacz", ".zip", ".tar", ".tgz", ".mbox", ".eml", ".pdf", *PACKED}
)
"""Endings of archives and of what is read like one (`stemma.run.intake.packed`)."""

PASSED_OVER: Final = frozenset(
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".svg",
        ".ico",
        ".bmp",
        ".tif",
        ".tiff",
        ".mp3",
        ".mp4",
        ".wav",
        ".ogg",
        ".webm",
        ".avi",
        ".mov",
        ".mkv",
        ".css",
        ".js",
        ".mjs",
        ".woff",
        ".woff2",
        ".ttf",
        ".otf",
        ".eot",
        ".map",
        ".py",
        ".pyc",
        ".sh",
        ".toml",
        ".yaml",
        ".yml",
        ".ini",
        ".cfg",
        ".lock",
        ".log",
        ".db",
        ".sqlite",
        ".bak",
        ".tmp",
        ".db-wal",
        ".db-shm",
        ".sqlite-wal",
        ".sqlite-shm",
        ".casebook",
        ".gitignore",
    ]
)
"""Pictures, sounds, programs and the like beside reports: nobody takes them for one."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and the id of its report or the start of its reports' ids."""

    path: Path
    id: str


def walk(path: str) -> Iterator[Found | Refusal]:
    """The files at or below `path`; hidden ones, sidecars and links to folders apart."""
    start = Path(path)
    try:
        is_folder = start.is_dir()
        if not is_folder:
            start.stat()
    except (OSError, ValueError) as error:
        yield unreadable(path, error)
        return
    if not is_folder:
        if not is_sidecar(start):
            yield Found(start, bare(start.name))
        return
    count = 0
    for found in _below(start):
        count += 1
        yield found
    if not count:
        yield Refusal(
            where=path,
            code="empty-folder",
            what="there is no report in this folder",
            mend="give a folder with .txt, .html, .md, .json, .jsonl or .csv files",
        )


def is_sidecar(path: Path) -> bool:
    """True for the `NAME.json` beside a report `NAME.txt` or the like."""
    if path.suffix.lower() != ".json":
        return False
    return any(path.with_suffix(ending).is_file() for ending in SINGLE if ending)


def bare(name: str) -> str:
    """A name without the endings that say how it is read: `news.warc.gz` is `news`."""
    path = PurePosixPath(name)
    if path.suffix.lower() in PACKED:
        path = path.with_suffix("")
    return path.with_suffix("").as_posix() if path.suffix else path.as_posix()


def _below(start: Path) -> Iterator[Found | Refusal]:
    faults: list[OSError] = []
    for folder, folders, names in os.walk(start, onerror=faults.append):
        while faults:
            yield _folder_fault(faults.pop(0))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        ids: set[str] = set()
        for name in sorted(names):
            if name.startswith("."):
                continue
            found = _file(start, Path(folder, name))
            if isinstance(found, Found) and found.id in ids:
                # Two files that differ in their ending only: the second keeps it.
                found = Found(found.path, f"{found.id}{found.path.suffix}")
            if isinstance(found, Found):
                ids.add(found.id)
            if found:
                yield found
    while faults:
        yield _folder_fault(faults.pop(0))


def _folder_fault(error: OSError) -> Refusal:
    return unreadable(str(error.filename or ""), error)


def _file(start: Path, path: Path) -> Found | Refusal | None:
    ending = path.suffix.lower()
    if ending in PASSED_OVER or not (path.is_file() or path.is_symlink()) or is_sidecar(path):
        return None
    if ending not in SINGLE and ending not in ROWS and ending not in ARCHIVES:
        return Refusal(
            where=str(path),
            code="unknown-format",
            what=f"files that end in {ending} are not read",
            mend="save it as .txt or .html",
        )
    return Found(path, bare(path.relative_to(start).as_posix()))
