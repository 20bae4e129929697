"""`stemma load`: tables of `stemma archive` into a casebook."""

from __future__ import annotations

from typing import Annotated

import typer

from stemma.cli.asking import Actor, Country, OutletName, PlaceName, Since, Types, Until
from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook

Tables = Annotated[str, typer.Argument(metavar="FOLDER", help="What stemma archive wrote to --out.")]


@guarded
def load(
    folder: Tables,
    *,
    casebook: Casebook = None,
    actor: Actor = None,
    type: Types = None,
    place: PlaceName = None,
    country: Country = None,
    since: Since = None,
    until: Until = None,
    outlet: OutletName = None,
) -> Status:
    """Put the reports of an archive's tables into a casebook: all, or those with such a claim."""
    from stemma.cli.claims import query_of
    from stemma.cli.consoles import prepare_streams, say
    from stemma.cli.progress import Run
    from stemma.model import Refusal
    from stemma.run.api import open_casebook
    from stemma.run.archive.loading import load_archive
    from stemma.settings import Settings
    from stemma.store.options import shown

    prepare_streams()
    asked = query_of(
        types=type, country=country, since=since, until=until, actor=actor, place=place, outlet=outlet
    )
    filtered = any((type, country, since, until, actor, place, outlet))
    into = shown(casebook or Settings.from_environment().store.casebook)
    run = Run(bar=True, total=lambda: None)
    try:
        with open_casebook(casebook, create=True) as store, run:
            for result in load_archive(folder, store, asked if filtered else None):
                if isinstance(result, Refusal):
                    run.refuse(result)
                elif result.claims is None:
                    run.knew()
                else:
                    run.took(result.claims)
    except KeyboardInterrupt:
        say(f"stopped: {run.summary('loaded')}; all of that is kept in {into}, the same command goes on")
        return Status.STOPPED
    say(f"{run.summary('loaded')}; in {into}")
    return run.status
