"""`stemma compare`: a casebook beside a file of ACLED, UCDP or POLECAT."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.asking import (
    Actor,
    Country,
    KnownBy,
    OutletName,
    PlaceName,
    Since,
    SourceName,
    Types,
    Until,
    ViewFormat,
    WithUnits,
    make_asking,
    record_for,
    write_view,
)
from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook

if TYPE_CHECKING:
    from stemma.show.compare import Comparison


class CompareFormat(StrEnum):
    """The forms in which a comparison is written."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


@guarded
def compare(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file of ACLED, UCDP GED or POLECAT.")],
    *,
    dataset: Annotated[
        str | None,
        typer.Option("--as", metavar="DATASET", help="acled, ucdp or polecat; else by the file's header."),
    ] = None,
    window: Annotated[
        int, typer.Option(min=0, max=31, help="Days between two accounts of one happening, at most.")
    ] = 3,
    actor: Actor = None,
    with_units: WithUnits = False,
    types: Types = None,
    place: PlaceName = None,
    country: Country = None,
    since: Since = None,
    until: Until = None,
    source: SourceName = None,
    outlet: OutletName = None,
    known_by: KnownBy = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many of each part.")] = None,
    format: Annotated[
        CompareFormat, typer.Option("--format", "-f", help="Text to read, one JSON object, or CSV.")
    ] = CompareFormat.TEXT,
    casebook: Casebook = None,
) -> Status:
    """Set a casebook beside a dataset: what both have, what one has alone, and where they differ and why."""
    from stemma.cli.consoles import say
    from stemma.cli.draw_compare import draw_comparison
    from stemma.run.api import open_casebook
    from stemma.run.comparing import comparison_of, rows_of

    asking = make_asking(
        None, actor, with_units, types, place, country, since, until, source, None, outlet, None, known_by
    )
    rows = rows_of(Path(file), dataset.strip().lower() if dataset else None, asking)
    for refusal in rows.refusals:
        say(refusal.line())
    with open_casebook(casebook) as store:
        view = comparison_of(record_for(store, asking), rows, window)
    if format is CompareFormat.CSV:
        _write_csv(_cut(view, limit))
    else:
        form = ViewFormat.JSON if format is CompareFormat.JSON else ViewFormat.TEXT
        shown = _cut(view, limit)
        write_view(shown, form, lambda console: draw_comparison(console, shown, view))
    if rows.filtered:
        say(f"note: {rows.filtered:,} rows of the file were not asked for")
    return Status.SOME_REFUSED if rows.refusals else Status.DONE


def _cut(view: Comparison, limit: int | None) -> Comparison:
    return replace(
        view,
        matched=view.matched[:limit],
        missing_here=view.missing_here[:limit],
        missing_there=view.missing_there[:limit],
    )


def _write_csv(view: Comparison) -> None:
    """One row for each difference, each agreement and each happening that one of the two has alone."""
    import csv

    from stemma.cli.consoles import on_screen, prepare_streams
    from stemma.cli.harmless import harmless_lines
    from stemma.cli.sheet import safe_cell
    from stemma.show.compare_rows import COLUMNS, rows_of

    prepare_streams(machine=True)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in rows_of(view):
        cells = [safe_cell(cell) for cell in row]
        if on_screen():
            cells = [harmless_lines(cell) if isinstance(cell, str) else cell for cell in cells]
        table.writerow([cell.replace("\r", "\n") if isinstance(cell, str) else cell for cell in cells])
