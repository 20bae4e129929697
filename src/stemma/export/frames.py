"""Frames: the rows of a ledger for pandas and polars, under its columns and with their types."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from stemma.errors import UsageError
from stemma.export.ledger_claims import CLAIMS
from stemma.export.ledger_incidents import DISPUTES, INCIDENTS, LINEAGE
from stemma.export.ledger_table import BETWEEN, Column, Table
from stemma.export.sheets import Cell

if TYPE_CHECKING:
    import pandas
    import polars

__all__ = ["CLAIMS", "DISPUTES", "INCIDENTS", "LINEAGE", "REPORTS", "TIES", "pandas_frame", "polars_frame"]

DAYS: Final = frozenset(("published", "time_anchor", "first_told", "last_told"))
"""Columns that hold whole days. Others hold days, months or years as precise as a report gives them, and stay
text: no type of a frame holds `2017-02` without inventing a day."""


def _field(name: str, type_: str, meaning: str, field: str = "") -> Column:
    def value(thing: Any) -> Cell:
        found = getattr(thing, field or name)
        return found.isoformat() if isinstance(found, datetime.date) else found

    return Column(name, type_, meaning, value)


REPORTS: Final = Table(
    "reports",
    "one report",
    (
        _field("report", "text", "The report's id.", "id"),
        _field("outlet", "text", "Who published it."),
        _field("published", "text", "When, ISO date."),
        _field("title", "text", "Its title."),
        _field("language", "text", "Its language."),
        _field("claims", "integer", "How many claims it makes."),
        _field("sourced", "integer", "How many of them on somebody's word."),
        _field("hedged", "integer", "How many of them hedged."),
        _field("score", "number", "The engine's mean confidence, 0 to 1."),
    ),
)
"""Reports as the shelf lists them."""

TIES: Final = Table(
    "ties",
    "one tie between two parties, for one stretch of time",
    (
        _field("party", "text", "Who."),
        _field("type", "text", "MEMBER_OF, LEADS, AT_WAR_WITH …"),
        _field("other", "text", "With whom."),
        Column("titles", "text", "What a member is called.", lambda t: BETWEEN.join(t.titles) or None),
        _field("start", "text", "From when, as precise as said."),
        _field("end", "text", "Until when, as precise as said."),
        _field("first_told", "text", "The first day on which a report says that it holds."),
        _field("last_told", "text", "The last one."),
        _field("ended", "boolean", "True where a report says that it holds no more."),
        _field("hedged", "boolean", "True where every claim holds back."),
        Column("standing", "text", "What it is on the day asked for.", lambda t: str(t.standing)),
        _field("sentence", "text", "On whose word."),
        Column("denied_by", "text", "Who denies it.", lambda t: BETWEEN.join(t.denied_by) or None),
        Column("reports", "text", "The reports.", lambda t: BETWEEN.join(o.report for o in t.told) or None),
        Column("claims", "text", "Its claims as REPORT#CLAIM.", lambda t: BETWEEN.join(t.claims) or None),
    ),
)
"""The ties of a network."""


def pandas_frame(table: Table, things: Iterable[Any]) -> pandas.DataFrame:
    """The rows of `things` as a frame of pandas, one column for each of the table's.

    Text is `string`, whole numbers `Int64`, numbers `Float64`, yes and no `boolean`, days `datetime64`; what
    nobody says is missing (`NA`, `NaT`). Raises `UsageError` where pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise _missing("pandas") from error
    types = {"text": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
    columns: dict[str, Any] = {}
    for column, cells in _columns(table, things):
        if column.name in DAYS:
            columns[column.name] = pandas.Series(_days(cells), dtype="datetime64[s]")
        else:
            columns[column.name] = pandas.Series(cells, dtype=types[column.type])
    return pandas.DataFrame(columns)


def polars_frame(table: Table, things: Iterable[Any]) -> polars.DataFrame:
    """The rows of `things` as a frame of polars, one column for each of the table's.

    Text is `String`, whole numbers `Int64`, numbers `Float64`, yes and no `Boolean`, days `Date`; what nobody
    says is null. Raises `UsageError` where polars is not installed.
    """
    try:
        import polars
    except ImportError as error:
        raise _missing("polars") from error
    types = {
        "text": polars.String,
        "integer": polars.Int64,
        "number": polars.Float64,
        "boolean": polars.Boolean,
    }
    return polars.DataFrame(
        [
            polars.Series(column.name, _days(cells), dtype=polars.Date)
            if column.name in DAYS
            else polars.Series(column.name, cells, dtype=types[column.type])
            for column, cells in _columns(table, things)
        ]
    )


def _columns(table: Table, things: Iterable[Any]) -> list[tuple[Column, list[Cell]]]:
    rows = [table.cells(thing) for thing in things]
    return [(column, [_whole(row[place]) for row in rows]) for place, column in enumerate(table.columns)]


def _whole(cell: Cell) -> Cell:
    """The cell without half characters, which no frame can hold."""
    return cell.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(cell, str) else cell


def _days(cells: Iterable[Cell]) -> list[datetime.date | None]:
    return [datetime.date.fromisoformat(cell) if isinstance(cell, str) else None for cell in cells]


def _missing(library: str) -> UsageError:
    return UsageError(
        f"a frame of {library} needs {library}",
        where=f"to_{library}",
        mend=f"install it with: pip install 'stemma-record[{library}]'",
    )
