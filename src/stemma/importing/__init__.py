"""File of another tool -> what it says: rows as reports, annotations, names of actors, addresses of pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from stemma.importing.options import ImportOptions
from stemma.importing.protocol import (
    ActorRow,
    Address,
    AnnotatedText,
    Entry,
    Importer,
    Item,
    Kind,
    Loss,
)
from stemma.model import Refusal

__all__ = [
    "ActorRow",
    "Address",
    "AnnotatedText",
    "Entry",
    "ImportOptions",
    "Importer",
    "Item",
    "Kind",
    "Loss",
    "read_import",
]


def read_import(
    format: str,
    path: Path,
    options: ImportOptions = ImportOptions(),  # noqa: B008 - frozen
) -> Iterator[Item | Refusal]:
    """What the file (or folder) at `path` says in the format of this name, one item after the other.

    What cannot be read is a `Refusal` of one line, with file, line and column; the rest is still given.
    Nothing is fetched. Raises `UsageError` for a format that is not known.
    """
    from stemma.importing.formats import find_importer
    from stemma.importing.reading import told_plainly

    return told_plainly(find_importer(format).read(path, options), path)
