"""`stemma export`: a casebook in the layouts of its users."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, cast

import typer

from stemma.cli.claims import query_of
from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.export import ExportOptions, ExportSummary
    from stemma.store.protocol import Query

REASONS_SHOWN = 3
"""Reasons for what was left out that the summary names; the sidecar has them all."""


def _list_formats(asked: bool) -> None:
    if asked:
        from stemma.export.formats import list_formats

        for one in list_formats():
            typer.echo(f"{one.name:14} {one.description}")
        raise typer.Exit


@guarded
def export(
    format: Annotated[
        str, typer.Argument(metavar="FORMAT", help="csv, jsonl, acled …; --formats lists them.")
    ],
    *,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="FILE", help="The file or folder to write; else output."),
    ] = None,
    casebook: Casebook = None,
    table: Annotated[
        str | None, typer.Option(metavar="NAME", help="One table of a format of several.")
    ] = None,
    one_by_one: Annotated[
        bool,
        typer.Option("--claims", help="Rows are claims, not incidents: nothing is merged, little memory."),
    ] = False,
    pseudonymise: Annotated[
        bool, typer.Option("--pseudonymise", help="Put stable pseudonyms for the names of people everywhere.")
    ] = False,
    salt: Annotated[
        str | None,
        typer.Option(
            envvar="STEMMA_SALT", metavar="TEXT", help="Their key; else that of the casebook's .salt file."
        ),
    ] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="A party in any role.")] = None,
    type: Annotated[
        list[str] | None, typer.Option(metavar="TYPE", help="ASSAULT, REALIGN, PART_OF …; repeat for more.")
    ] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Where it happened.")] = None,
    country: Annotated[
        str | None, typer.Option(metavar="CC", help="The place's country, two letters.")
    ] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="On or after: 2017, 2017-02 …")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="On or before.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="A voice in the chain.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="NAME", help="Who published the report.")] = None,
    hedged: Annotated[
        bool | None, typer.Option("--hedged/--plain", help="Only hedged, or only plain claims.")
    ] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="All of these words.")] = None,
    report: Annotated[str | None, typer.Option(metavar="ID", help="The claims of one report.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many claims.")] = None,
    formats: Annotated[
        bool,
        typer.Option("--formats", callback=_list_formats, is_eager=True, help="List the formats and end."),
    ] = False,
) -> Status:
    """Write a casebook in a format of the field; what the format cannot hold is said in FILE.losses.md."""
    from stemma.export import ExportOptions
    from stemma.store.protocol import Query

    query = query_of(
        types=type,
        country=country,
        since=since,
        until=until,
        actor=actor,
        place=place,
        source=source,
        outlet=outlet,
        hedged=hedged,
        text=text,
        report=report,
        limit=limit,
    )
    if salt and not pseudonymise:
        salt = None
    options = ExportOptions(claims=one_by_one, table=table, salt=salt)
    return _export(
        format, out, casebook, options, None if query == Query() else query, pseudonymise=pseudonymise
    )


def _export(
    format: str,
    out: str | None,
    casebook: str | None,
    options: ExportOptions,
    query: Query | None,
    *,
    pseudonymise: bool,
) -> Status:
    import datetime
    from dataclasses import replace

    from stemma.cli.consoles import say
    from stemma.run.api import open_casebook
    from stemma.run.exporting import export_casebook, salt_of
    from stemma.settings import Settings

    if options.made is None:
        options = replace(options, made=datetime.datetime.now(datetime.UTC).replace(microsecond=0))
    with open_casebook(casebook) as store:
        if pseudonymise and not options.salt:
            options = replace(options, salt=salt_of(casebook or Settings.from_environment().store.casebook))
        target = Path(out) if out and out != "-" else _standard_output(format)
        summary = export_casebook(store, format, target, options, query)
        store.note("export", out or "-", f"{format}, {summary.rows:,} rows")
    say(_summary(summary))
    return Status.DONE


def _summary(summary: ExportSummary) -> str:
    """`acled: 10 rows; left out: 31 a tie, not an event, …; what is lost stands in x.csv.losses.md`."""
    parts = [f"{summary.format}: {summary.rows:,} rows"]
    left = sorted(summary.left_out.items(), key=lambda item: (-item[1], item[0]))
    if left:
        shown = ", ".join(f"{number:,} ({reason})" for reason, number in left[:REASONS_SHOWN])
        more = sum(number for _, number in left[REASONS_SHOWN:])
        parts.append(f"left out: {shown}{f' and {more:,} more' if more else ''}")
    if summary.files:
        parts.append(f"what is lost stands in {summary.files[-1]}")
    elif summary.losses:
        parts.append(f"{len(summary.losses)} kinds of values are lost or kept in part; --out FILE says which")
    return "; ".join(parts)


def _standard_output(format: str) -> IO[bytes]:
    """Standard output as bytes; on a terminal what it might obey becomes visible, and binary is refused."""
    from stemma.cli.consoles import on_screen

    if not on_screen():
        return sys.stdout.buffer
    if format == "parquet":
        raise UsageError("this format is binary", where="--out", mend="name a file or a folder")
    return cast("IO[bytes]", _Screen())


class _Screen(io.RawIOBase):
    """A terminal that obeys nothing of what is written to it."""

    def __init__(self) -> None:
        import codecs

        self._decoder: Any = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, content: Any) -> int:
        """Shows the text."""
        from stemma.cli.harmless import harmless_lines

        sys.stdout.write(harmless_lines(self._decoder.decode(bytes(content))))
        return len(content)

    def flush(self) -> None:
        """Passes on what is buffered."""
        sys.stdout.flush()
