"""`stemma watch query`: questions asked after every round that brought something."""

from __future__ import annotations

from typing import Annotated

import typer

from stemma.cli.asking import (
    Actor,
    Country,
    OnlySource,
    OutletName,
    PlaceName,
    Since,
    SourceName,
    StatusNames,
    Types,
    Until,
    WithUnits,
    Words,
    make_asking,
)
from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook
from stemma.cli.watch import Folder, _place

query = typer.Typer(name="query", help="Saved queries, asked after each round.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the query is called.")]
Mail = Annotated[str | None, typer.Option(metavar="FOLDER", help="Where mail files (EML) go, one an alert.")]
MailTo = Annotated[
    list[str] | None, typer.Option(metavar="ADDRESS", help="Whom to mail it; repeat. Needs STEMMA_SMTP.")
]
Atom = Annotated[str | None, typer.Option(metavar="FILE", help="The Atom feed to write; else among alerts.")]
Webhook = Annotated[str | None, typer.Option(metavar="ADDRESS", help="Where to POST the digest as JSON.")]


@query.command()
@guarded
def add(
    name: Name,
    words: Words = None,
    *,
    actor: Actor = None,
    with_units: WithUnits = False,
    types: Types = None,
    place: PlaceName = None,
    country: Country = None,
    since: Since = None,
    until: Until = None,
    source: SourceName = None,
    only_source: OnlySource = None,
    outlet: OutletName = None,
    status: StatusNames = None,
    mail: Mail = None,
    mail_to: MailTo = None,
    atom: Atom = None,
    webhook: Webhook = None,
    folder: Folder = None,
    casebook: Casebook = None,
) -> Status:
    """Save a query under a name, in place of any other of that name."""
    from pathlib import Path

    from stemma.cli.consoles import say
    from stemma.run.mailing import check_address, find_server
    from stemma.run.watch import require
    from stemma.run.watch.alerts import check_query
    from stemma.run.watch.subscriptions import (
        SavedQuery,
        check_webhook,
        load_subscriptions,
        save_subscriptions,
    )

    require()
    if mail_to:
        find_server()
    make_asking(
        words, actor, with_units, types, place, country, since, until, source, only_source, outlet, status
    )
    said = {
        "words": " ".join(words) if words else None,
        "actor": actor,
        "with_units": with_units or None,
        "type": types or None,
        "place": place,
        "country": country,
        "since": since,
        "until": until,
        "source": source,
        "only_source": only_source,
        "outlet": outlet,
        "status": [one.value for one in status or ()] or None,
    }
    made = SavedQuery(
        name=name,
        filters={key: value for key, value in said.items() if value is not None},
        mail=str(Path(mail).resolve()) if mail else None,
        mail_to=tuple(check_address(one) for one in mail_to or ()),
        atom=str(Path(atom).resolve()) if atom else None,
        webhook=check_webhook(webhook) if webhook else None,
    )
    check_query(made)
    _, where = _place(casebook, folder)
    known = load_subscriptions(where)
    kept = tuple(one for one in known.queries if one.name != name)
    save_subscriptions(where, known.model_copy(update={"queries": (*kept, made)}))
    say(f"saved in {where.file}")
    return Status.DONE


@query.command()
@guarded
def remove(name: Name, *, folder: Folder = None, casebook: Casebook = None) -> Status:
    """Take a saved query out."""
    from stemma.cli.consoles import say
    from stemma.cli.near import find_near
    from stemma.errors import UsageError
    from stemma.run.watch.subscriptions import load_subscriptions, save_subscriptions

    _, where = _place(casebook, folder)
    known = load_subscriptions(where)
    kept = tuple(one for one in known.queries if one.name != name)
    if len(kept) == len(known.queries):
        near = find_near(name, [one.name for one in known.queries])
        raise UsageError(f"no query is called {name!r}{near}", where="NAME", mend="see `stemma watch list`")
    save_subscriptions(where, known.model_copy(update={"queries": kept}))
    say("removed")
    return Status.DONE
