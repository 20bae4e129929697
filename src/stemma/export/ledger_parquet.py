"""Parquet ledgers: the same tables as the CSV ones, typed, for pandas, polars, DuckDB, Arrow and R."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any, Final

from stemma.errors import UsageError
from stemma.export.ledger import (
    DICTIONARY,
    DICTIONARY_COLUMNS,
    NAMES,
    TABLES,
    ledger_losses,
    ledger_rows,
    wanted_tables,
)
from stemma.export.ledger_claims import CLAIMS
from stemma.export.options import ExportOptions
from stemma.export.protocol import Loss, Stock, Target, Written
from stemma.export.sheets import Cell

BATCH: Final = 10_000
"""Rows of a table held before they are written: about 15 MB of claims."""


class ParquetFormat:
    """The ledgers as Parquet."""

    name = "parquet"
    description = "Ledgers as Parquet tables with a data dictionary, for pandas, polars, DuckDB and Arrow."
    suffix = ".parquet"
    tables = NAMES
    merged = True
    documents = False

    def losses(self) -> tuple[Loss, ...]:
        """What no table holds."""
        return ledger_losses()

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes all tables into a folder, or the one that the options name into a file."""
        wanted = wanted_tables(options.table)
        _arrow()
        with ExitStack() as stack:
            tables: dict[str, _Table] = {}
            for name in wanted:
                file = stack.enter_context(target.open("" if options.table else f"{name}.parquet"))
                tables[name] = stack.enter_context(_Table(file, name))
            for name, cells in ledger_rows(stock, frozenset(wanted)):
                tables[name].add(cells)
        return Written(tables[options.table or CLAIMS.name].rows)


def _arrow() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(
            "the parquet format needs pyarrow",
            where="parquet",
            mend="install it with: pip install 'stemma-record[parquet]'",
        ) from error
    return pyarrow


class _Table:
    """One Parquet table that is written batch by batch."""

    def __init__(self, file: Any, name: str) -> None:
        arrow = _arrow()
        self.schema = _schema(arrow, name)
        self._arrow = arrow
        self._file = file
        self._writer: Any = None
        self._batch: list[list[Cell]] = []
        self.rows = 0

    def __enter__(self) -> _Table:
        self._writer = self._arrow.parquet.ParquetWriter(self._file, self.schema, compression="zstd")
        return self

    def add(self, cells: list[Cell]) -> None:
        self._batch.append([_utf8(cell) if isinstance(cell, str) else cell for cell in cells])
        self.rows += 1
        if len(self._batch) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        columns = list(zip(*self._batch, strict=True)) or [()] * len(self.schema)
        arrays = [
            self._arrow.array(column, type=field.type)
            for column, field in zip(columns, self.schema, strict=True)
        ]
        self._writer.write_batch(self._arrow.record_batch(arrays, schema=self.schema))
        self._batch = []

    def __exit__(self, *reason: object) -> None:
        if reason[0] is None and self._batch:
            self._flush()
        self._writer.close()


def _utf8(text: str) -> str:
    """`text` without lone surrogates, which no Parquet file can hold."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _schema(arrow: Any, name: str) -> Any:
    types = {
        "text": arrow.string(),
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
    }
    if name == DICTIONARY:
        return arrow.schema([arrow.field(column, arrow.string()) for column in DICTIONARY_COLUMNS])
    table = next(table for table in TABLES if table.name == name)
    return arrow.schema(
        [
            arrow.field(column.name, types[column.type], metadata={"meaning": column.meaning})
            for column in table.columns
        ]
    )
