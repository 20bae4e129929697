"""Words, outlets, armed actors and places: data files that we wrote, and the one loader for them."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeAlias

Row: TypeAlias = MappingProxyType[str, str]

LIST_SEPARATOR = "|"


@cache
def read_rows(name: str) -> tuple[Row, ...]:
    """The rows of the data file `name` (`outlets.csv`), each as column -> value; read once.

    The delimiter is a tab in a `.tsv` file and a comma in any other. Raises `FileNotFoundError`
    where there is no such file.
    """
    text = files("stemma.lexicon").joinpath(name).read_text(encoding="utf-8")
    delimiter = "\t" if name.endswith(".tsv") else ","
    rows = csv.DictReader(text.splitlines(), delimiter=delimiter)
    return tuple(MappingProxyType({key: value or "" for key, value in row.items()}) for row in rows)


def split_list(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, in order; empty for an empty cell."""
    return tuple(part for part in (piece.strip() for piece in cell.split(LIST_SEPARATOR)) if part)
