"""The command `stemma` and its sub-commands."""

from __future__ import annotations

from typing import Annotated

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
from stemma.cli.read import read
from stemma.cli.show import show
from stemma.cli.status import status
from stemma.cli.team import audit, backup, members, migrate, move, restore, verify
from stemma.cli.tree import lineage
from stemma.cli.views import digest, disputes, dossier, network, origins, story, timeline
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


VIEWS = (story, lineage, origins, disputes, timeline, network, dossier, digest)

for command in (read, add, archive, claims, show, *VIEWS, judge, judgements, merge, export, desk, status):
    app.command()(command)
for command in (members, audit, backup, restore, verify, move, migrate):
    app.command()(command)
app.command("import")(import_)
app.command()(compare)
app.add_typer(gazetteer)
