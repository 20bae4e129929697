"""The command `stemma` and its sub-commands."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from stemma.cli.add import add
from stemma.cli.archive import archive
from stemma.cli.claims import claims
from stemma.cli.compare import compare
from stemma.cli.desk import desk
from stemma.cli.export import export
from stemma.cli.gazetteer import gazetteer
from stemma.cli.import_ import import_
from stemma.cli.judge import judge, judgements, merge
from stemma.cli.load import load
from stemma.cli.read import read
from stemma.cli.show import show
from stemma.cli.status import status
from stemma.cli.team import audit, backup, members, migrate, move, restore, verify
from stemma.cli.tree import lineage
from stemma.cli.views import digest, disputes, dossier, network, origins, story, timeline
from stemma.cli.watch import watch
from stemma.cli.watch_query import query
from stemma.version import __version__

app = typer.Typer(
    name="stemma",
    help="Who says so? Reads reports on armed conflict into sourced, dated, checkable claims.",
    epilog="Exit status: 0 all was read, 1 some reports were refused, 2 wrong usage or casebook, "
    "3 a cap ended the run.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"stemma {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and end.")
    ] = False,
) -> None:
    pass


PANELS: Final = {
    "Read": (read, add, archive, load, import_),
    "Ask": (claims, show, story, lineage, origins, disputes, timeline, network, dossier, digest, compare),
    "Check and correct": (desk, judge, judgements, merge),
    "Hand over": (export,),
    "Keep": (status, members, audit, backup, restore, verify, move, migrate),
}

for panel, commands in PANELS.items():
    for command in commands:
        app.command("import" if command is import_ else None, rich_help_panel=panel)(command)
app.add_typer(gazetteer, rich_help_panel="Keep")
watch.add_typer(query)
app.add_typer(watch)
