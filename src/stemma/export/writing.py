"""One export from start to end: the format found, names taken out, the file and its sidecar written."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from stemma.errors import UsageError
from stemma.export.formats import find_format
from stemma.export.options import ExportOptions
from stemma.export.protocol import ExportSummary, Format, Stock, Written
from stemma.export.sidecar import sidecar_text
from stemma.export.target import FileTarget, Place, StreamTarget, taken

SIDECAR = ".losses.md"


def export_stock(stock: Stock, name: str, out: Path | IO[bytes], options: ExportOptions) -> ExportSummary:
    """Writes one export, as `stemma.export.write_export` says."""
    found = find_format(name)
    _check(found, options)
    if options.salt is not None:
        from stemma.export.pseudonyms import without_names

        stock = without_names(stock, options.salt)
    target: Place = FileTarget(out) if isinstance(out, Path) else StreamTarget(out)
    with taken(target):
        written = found.write(stock, target, options)
        files = target.keep()
    if isinstance(out, Path):
        files = (*files, _write_sidecar(found, out, written))
    return ExportSummary(found.name, written.rows, found.losses(), dict(written.left_out), files)


def _check(format: Format, options: ExportOptions) -> None:
    if options.table is not None and options.table not in format.tables:
        mend = f"use one of {', '.join(format.tables)}" if format.tables else "leave it out"
        raise UsageError(f"{format.name} has no table {options.table!r}", where="--table", mend=mend)
    if options.salt is not None and format.documents:
        raise UsageError(
            f"{format.name} writes the reports' own text, which names people",
            where="--pseudonymise",
            mend="choose a format without the text",
        )


def _write_sidecar(format: Format, out: Path, written: Written) -> str:
    path = out.with_name(out.name + SIDECAR)
    path.write_text(sidecar_text(format, written.rows, written.left_out), "utf-8")
    return str(path)
