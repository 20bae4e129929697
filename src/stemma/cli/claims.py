"""`stemma claims`: the claims of a casebook, filtered."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook, ClaimsFormat
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.store.protocol import Query, Store


@guarded
def claims(
    *,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="A party in any role.")] = None,
    with_units: Annotated[
        bool, typer.Option("--with-units", help="With --actor: its parts and leaders count too.")
    ] = False,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="With --with-units: its parts at that time.")
    ] = None,
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
    format: Annotated[
        ClaimsFormat, typer.Option("--format", "-f", help="A table to read, JSON, JSON lines, or CSV.")
    ] = ClaimsFormat.TABLE,
    casebook: Casebook = None,
) -> Status:
    """Show the claims of a casebook, each with its sources and the words that carry it."""
    from stemma.cli.consoles import say
    from stemma.cli.writers import find_writer
    from stemma.run.api import open_casebook

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
    if with_units and not actor:
        raise UsageError("it needs an actor", where="--with-units", mend="add --actor NAME")
    if as_of and not with_units:
        raise UsageError("it needs --with-units", where="--as-of", mend="add --with-units")
    then = _span(as_of)
    with open_casebook(casebook) as store:
        if with_units and actor:
            query = _with_units(store, query, actor, then, table=format is ClaimsFormat.TABLE)
        writer, found = find_writer(format.value), 0
        for coding in store.codings(query):
            found += len(coding.claims)
            writer.write(coding)
        writer.close()
        if not found:
            say(_nothing(store, query))
    return Status.DONE


def _span(as_of: str | None) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of `--as-of`."""
    from stemma.run.filters import parse_date

    first = parse_date(as_of, "--as-of", last=False)
    last = parse_date(as_of, "--as-of", last=True)
    return (first, last) if first and last else None


def _with_units(
    store: Store,
    query: Query,
    actor: str,
    then: tuple[datetime.date, datetime.date] | None,
    *,
    table: bool,
) -> Query:
    """`query` with the actor's parts, which are listed first: for a table with it, else on standard error."""
    import dataclasses

    from stemma.cli.consoles import out_console, say
    from stemma.cli.harmless import harmless
    from stemma.lexicon.actors import find_actors
    from stemma.run.units import names_of, parts_in

    parts = parts_in(store, actor, then)
    known = "with" if parts else "without units: none are known of"
    lines = [f"{known} {actor}" + (f", {len(parts)} units and people:" if parts else "")]
    others = [one.canonical for one in find_actors(actor) if one.canonical.lower() != actor.lower()]
    if others:
        lines.append(f"  {actor}: {' or '.join(others)}, by the table of actors")
    lines += [f"  {part.line}" for part in parts]
    for line in lines:
        if table:
            out_console().print(harmless(line), soft_wrap=True)
        else:
            say(line)
    if table:
        out_console().print()
    return dataclasses.replace(query, units=names_of(parts, actor))


def _nothing(store: Store, query: Query) -> str:
    """Why nothing was found, as far as that can be told, and what to try."""
    from stemma.cli.near import find_near

    tally = store.tally()
    if not tally.reports:
        return "no claims: the casebook is empty; add reports with `stemma add PATH`"
    if not tally.claims:
        return f"no claims: none were found in the casebook's {tally.reports:,} report(s)"
    ids = store.report_ids()
    if query.report and query.report not in ids:
        near = find_near(query.report, ids)
        return f"no claims: no report is called {query.report}{near}"
    filtered = query != type(query)()
    tail = "; loosen or drop a filter" if filtered else ""
    return f"no claims match among {tally.claims:,} in {tally.reports:,} report(s){tail}"


def query_of(
    *, types: list[str] | None, country: str | None, since: str | None, until: str | None, **plain: Any
) -> Query:
    """The query that the options ask for; `plain` are fields that need no reading.

    Raises `UsageError` for a value that says nothing and for an end before its beginning.
    """
    from stemma.run.filters import make_query

    return make_query(type=types, country=country, since=since, until=until, naming=option_of, **plain)


def option_of(name: str) -> str:
    """What a filter is called on the command line: `--known-by`."""
    return "--" + name.replace("_", "-")
