"""A table of the ledgers: each column with its type, its meaning, and the value that it holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from stemma.export.sheets import Cell
from stemma.model import Place, Time

BETWEEN: Final = "; "
NAMES_BETWEEN: Final = " | "


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `type` is text, integer, number or boolean; `path` the value that it holds as it is.

    `path` is empty where the column is made of several values or is words for a reader.
    """

    name: str
    type: str
    meaning: str
    value: Callable[[Any], Cell]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a ledger: what a row is, and its columns; new ones are only ever added at the end."""

    name: str
    row: str
    columns: tuple[Column, ...]

    def cells(self, thing: Any) -> list[Cell]:
        """The cells of one row, in the order of the columns."""
        return [column.value(thing) for column in self.columns]


def time_columns(of: Callable[[Any], Time | None], path: str) -> tuple[Column, ...]:
    """When, in six columns."""

    def get(name: str) -> Callable[[Any], Cell]:
        def value(thing: Any) -> Cell:
            time = of(thing)
            found = getattr(time, name) if time else None
            return found.isoformat() if name == "anchor" and found else found

        return value

    meanings = {
        "text": "The words that say when.",
        "start": "First day, month or year, as precise as said; empty where open.",
        "end": "Last day, month or year; empty where open.",
        "edtf": "The same in EDTF notation.",
        "anchor": "The day from which the words count.",
    }
    return tuple(
        Column(f"time_{name}", "text", meaning, get(name), f"{path}.{name}")
        for name, meaning in meanings.items()
    )


def place_columns(of: Callable[[Any], Place | None], path: str) -> tuple[Column, ...]:
    """Where, in ten columns."""

    def get(name: str) -> Callable[[Any], Cell]:
        def value(thing: Any) -> Cell:
            place = of(thing)
            found: Cell = getattr(place, name) if place else None
            return found

        return value

    def precision(name: str) -> Callable[[Any], Cell]:
        def value(thing: Any) -> Cell:
            place = of(thing)
            found: Cell = getattr(place.precision, name) if place and place.precision else None
            return found

        return value

    plain = (
        ("place_text", "text", "The words that say where.", "text"),
        ("place_canonical", "text", "The place with its larger units.", "canonical"),
        ("country", "text", "ISO 3166-1 alpha-2.", "country"),
        ("admin1", "text", "The first-order unit.", "admin1"),
        ("geonames", "integer", "GeoNames id.", "geonames"),
        ("latitude", "number", "Degrees, WGS 84.", "latitude"),
        ("longitude", "number", "Degrees, WGS 84.", "longitude"),
        ("place_reason", "text", "Why this place.", "reason"),
    )
    return (
        *(
            Column(name, type_, meaning, get(field), f"{path}.{field}")
            for name, type_, meaning, field in plain
        ),
        Column(
            "where_prec", "integer", "UCDP's precision, 1 to 7.", precision("ucdp"), f"{path}.precision.ucdp"
        ),
        Column("geo_precision", "integer", "ACLED's, 1 to 3.", precision("acled"), f"{path}.precision.acled"),
    )
