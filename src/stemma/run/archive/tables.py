"""The Parquet file of a shard: one row per report read, with its document, its coding and its keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from stemma.errors import UsageError
from stemma.model import Coding, Document, Report

ROWS: Final = 32
"""Rows of a group: merging reads single reports of many shards, and a group is the least that can be read."""


def arrow() -> Any:
    """pyarrow; raises `UsageError` where it is not installed."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(
            "an archive is written as Parquet, which needs pyarrow",
            where="archive",
            mend="install it with: pip install 'stemma-record[parquet]'",
        ) from error
    return pyarrow


def number_of(shard: int, row: int) -> int:
    """The number of the report that stands in this row of this shard's table."""
    return shard << 20 | row


def place_of(number: int) -> tuple[int, int]:
    """The shard and the row of the report of this number."""
    return number >> 20, number & 0xFFFFF


def row_of(
    report: Report, document: Document, coding: Coding, unit: str, keys: Sequence[int]
) -> dict[str, Any]:
    """One report as a row; `document` and `coding` are the wire forms."""
    return {
        "report": document.report,
        "url": document.url,
        "outlet": document.outlet,
        "published": document.published.isoformat() if document.published else None,
        "retrieved": report.retrieved.isoformat() if report.retrieved else None,
        "title": document.title,
        "language": document.language,
        "claims": len(coding.claims),
        "bytes_hash": document.report_hash,
        "unit": unit,
        "keys": list(keys),
        "document": document.wire_json(),
        "coding": coding.wire_json(),
    }


def _schema(pyarrow: Any) -> Any:
    text, number = pyarrow.string(), pyarrow.int64()
    return pyarrow.schema([
        ("number", number), ("report", text), ("url", text), ("outlet", text), ("published", text),
        ("retrieved", text), ("title", text), ("language", text), ("claims", number), ("bytes_hash", text),
        ("unit", text),
        ("keys", pyarrow.list_(number)), ("document", text), ("coding", text),
    ])  # fmt: skip


def write_rows(file: BinaryIO, shard: int, rows: Sequence[dict[str, Any]]) -> None:
    """Writes the rows of a shard; the same rows give the same bytes."""
    pyarrow = arrow()
    numbered = [{"number": number_of(shard, at), **row} for at, row in enumerate(rows)]
    table = pyarrow.Table.from_pylist(numbered, schema=_schema(pyarrow))
    pyarrow.parquet.write_table(table, file, compression="zstd", row_group_size=ROWS)


def read_rows(path: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a shard, in order."""
    file = arrow().parquet.ParquetFile(path)
    for batch in file.iter_batches(ROWS, columns=columns):
        yield from batch.to_pylist()
