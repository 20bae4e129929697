"""View or Record -> file: the record in the layouts of its users, with the losses of each stated."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from stemma.export.options import ExportOptions
from stemma.export.protocol import ExportSummary, Format, Loss, Stock, Target, Written
from stemma.model import Record

__all__ = [
    "ExportOptions",
    "ExportSummary",
    "Format",
    "Loss",
    "Stock",
    "Target",
    "Written",
    "write_export",
]


def write_export(
    record: Record | Stock,
    format: str,
    out: Path | IO[bytes],
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportSummary:
    """Writes `record` in the format of this name to `out`; what is lost stands beside it in `OUT.losses.md`.

    `out` is the path of a file (of a folder, where the format writes several), or a stream, which gets no
    sidecar. An old file is replaced only once the new one is whole. Raises `UsageError` for a format that is
    not known or cannot go there, `OSError` where the file cannot be written.
    """
    from stemma.export.writing import export_stock

    stock = record if isinstance(record, Stock) else Stock.of(record)
    return export_stock(stock, format, out, options)
