"""The options of exporting."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How a record becomes a file.

    `claims`: rows of event formats are claims even where the record has incidents. `table`: the one
    table to write, of a format that has several; null for all of them. `salt`: the key under which names
    of people become pseudonyms; null keeps the names. `made`: when the file was made, for formats with a
    column for it; null leaves that column empty, so that equal records give equal files.
    """

    claims: bool = False
    table: str | None = None
    salt: str | None = None
    made: datetime.datetime | None = None
