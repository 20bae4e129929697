"""`stemma import`: what other tools hold, into a casebook, the lexicon, or a list of addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook, Workers
from stemma.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from stemma.importing import Address
    from stemma.model import Refusal
    from stemma.run.importing import Imported

REFUSALS_SHOWN = 50
"""Lines on bad rows after which only their number is told: a broken column breaks every row."""


def _list_formats(asked: bool) -> None:
    if asked:
        from stemma.importing.formats import list_importers

        for one in list_importers():
            typer.echo(f"{one.name:12} {one.description}")
        raise typer.Exit


@guarded
def import_(
    format: Annotated[
        str, typer.Argument(metavar="FORMAT", help="acled, ucdp, brat …; --formats lists them.")
    ],
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, or brat's folders.")],
    *,
    casebook: Casebook = None,
    person: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who annotated, for brat and Label Studio.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Claims that an annotator left as they are count as accepted.")
    ] = False,
    out: Annotated[
        str | None, typer.Option("--out", "-o", metavar="FILE", help="For gdelt: the list; else output.")
    ] = None,
    codes: Annotated[
        bool, typer.Option("--codes", help="For gdelt: a table with CAMEO codes, not a plain list.")
    ] = False,
    workers: Workers = 1,
    formats: Annotated[
        bool,
        typer.Option("--formats", callback=_list_formats, is_eager=True, help="List the formats and end."),
    ] = False,
) -> Status:
    """Bring in what another tool holds; a bad row is told in one line and the rest is taken."""
    from stemma.cli.consoles import prepare_streams
    from stemma.importing import Kind
    from stemma.run.importing import kind_of

    kind = kind_of(format)
    name = format.strip().lower()
    if (out or codes) and kind is not Kind.ADDRESSES:
        raise UsageError("only gdelt writes a list", where="--out", mend="leave --out and --codes away")
    if (person or accept) and kind is not Kind.JUDGEMENTS:
        raise UsageError("only annotations have a person", where="--person", mend="leave it away")
    prepare_streams()
    if kind is Kind.ADDRESSES:
        return _addresses(name, files, out, codes=codes)
    if kind is Kind.LEXICON:
        return _lexicon(name, files)
    return _into_casebook(name, files, casebook, person, accept=accept, workers=workers)


def _into_casebook(
    format: str, files: list[str], casebook: str | None, person: str | None, *, accept: bool, workers: int
) -> Status:
    from stemma.importing import Kind
    from stemma.run import importing
    from stemma.run.api import open_casebook
    from stemma.settings import Settings

    kind = importing.kind_of(format)
    settings = Settings.from_environment()
    done = importing.Imported("judgements" if kind is Kind.JUDGEMENTS else "reports")
    with open_casebook(casebook, create=kind is not Kind.JUDGEMENTS) as store:
        if kind is Kind.CLAIMS:
            refusals = importing.import_rows(store, format, files, done)
        elif kind is Kind.REPORTS:
            refusals = importing.import_reports(store, format, files, done, settings, workers=workers)
        else:
            refusals = importing.import_annotations(store, format, files, done, person=person, accept=accept)
        refused = _tell(refusals)
    return _close(format, done, refused)


def _lexicon(format: str, files: list[str]) -> Status:
    from stemma.lexicon.own_actors import own_actors_path
    from stemma.run.importing import Imported, import_lexicon

    done = Imported("actors")
    refused = _tell(import_lexicon(format, files, done))
    done.notes.append(f"they lie in {own_actors_path()}")
    return _close(format, done, refused)


def _addresses(format: str, files: list[str], out: str | None, *, codes: bool) -> Status:
    import sys

    from stemma.cli.consoles import prepare_streams, say
    from stemma.run.importing import list_addresses

    prepare_streams(machine=True)
    found: list[Address] = []
    refused = _tell(list_addresses(format, files, found))
    lines = _table(found) if codes else (address.url for address in found)
    text = "".join(f"{line}\n" for line in lines)
    if out and out != "-":
        Path(out).write_text(text, encoding="utf-8")
    else:
        from stemma.cli.consoles import on_screen
        from stemma.cli.harmless import harmless_lines

        sys.stdout.write(harmless_lines(text) if on_screen() else text)
    say(f"{format}: {len(found):,} addresses, {refused:,} refused; nothing was fetched")
    return Status.SOME_REFUSED if refused else Status.DONE


def _table(found: Iterable[Address]) -> Iterator[str]:
    """The addresses with what GDELT says of them, as CSV."""
    import csv
    import io

    from stemma.cli.sheet import safe_cell

    for cells in (
        ("address", "first_day", "cameo_codes", "events"),
        *((a.url, a.first or "", " ".join(a.codes), " ".join(a.events)) for a in found),
    ):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow([safe_cell(str(cell)) for cell in cells])
        yield line.getvalue()


def _tell(refusals: Iterable[Refusal]) -> int:
    """Says each refusal in a line, the first fifty; gives how many there were."""
    from stemma.cli.consoles import say

    number = 0
    for refusal in refusals:
        number += 1
        if number <= REFUSALS_SHOWN:
            say(refusal.line())
    if number > REFUSALS_SHOWN:
        say(f"and {number - REFUSALS_SHOWN:,} more lines of this kind")
    return number


def _close(format: str, done: Imported, refused: int) -> Status:
    from stemma.cli.consoles import say

    parts = [f"{format}: {done.new:,} {done.what} new"]
    if done.known:
        parts.append(f"{done.known:,} known already")
    parts.append(f"{refused:,} refused")
    if done.claims:
        parts.append(f"{done.claims:,} claims")
    say("; ".join([", ".join(parts), *done.notes]))
    return Status.SOME_REFUSED if refused else Status.DONE
