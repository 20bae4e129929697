"""`stemma story`, `timeline`, `disputes`, `origins`, `network`, `dossier`, `digest`: views of the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stemma.cli.asking import (
    Format,
    KnownBy,
    OutletName,
    ViewFormat,
    Words,
    make_asking,
    record_for,
    say_nothing,
    view_command,
    write_view,
)
from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook
from stemma.errors import UsageError

if TYPE_CHECKING:
    from stemma.run.recording import Recorded


def _story(recorded: Recorded, limit: int | None) -> Any:
    from stemma.show.story import make_story

    view = make_story(recorded.record, recorded.incidents, recorded.named)
    return replace(view, rows=view.rows[:limit])


def _timeline(recorded: Recorded, limit: int | None) -> Any:
    from stemma.show.story import make_timeline

    view = make_timeline(recorded.record, recorded.incidents)
    return replace(view, rows=view.rows[:limit])


def _disputes(recorded: Recorded, limit: int | None) -> Any:
    from stemma.show.disputes import make_disputes

    view = make_disputes(recorded.record, recorded.incidents, recorded.named)
    return replace(view, rows=view.rows[:limit])


story = view_command(
    "story",
    "Show the incidents of a casebook, and on how many independent words each rests.",
    "incidents",
    _story,
)
timeline = view_command(
    "timeline", "Show the incidents of a casebook in the order of time.", "incidents", _timeline
)
disputes = view_command(
    "disputes", "Show where reports differ: values side by side, and who says which.", "disputes", _disputes
)

AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="The ties as they stood on that day.")]


@guarded
def origins(
    claim: Annotated[str, typer.Argument(metavar="REPORT#CLAIM", help="A claim, as longitude-kolmaz#c12.")],
    *,
    known_by: KnownBy = None,
    format: Format = ViewFormat.TEXT,
    casebook: Casebook = None,
) -> Status:
    """Show on whose word a claim rests: each origin, and the reports that stand on it."""
    from stemma.cli.draw_views import draw_resting
    from stemma.cli.near import find_near
    from stemma.cli.show import find_report
    from stemma.run.api import open_casebook
    from stemma.run.recording import record_around
    from stemma.settings import Settings
    from stemma.show.resting import make_resting

    name, _, number = claim.rpartition("#")
    if not name or not number:
        mend = "write it as longitude-kolmaz#c12; `stemma claims` shows the numbers"
        raise UsageError(f"{claim!r} names no claim", where="REPORT#CLAIM", mend=mend)
    known = make_asking(known_by=known_by).known_by
    with open_casebook(casebook) as store:
        report = find_report(name, store)
        recorded = record_around(store, report, number, known, Settings.from_environment().merge)
        try:
            view = make_resting(recorded.record, report, number)
        except KeyError:
            coding = next((one for one in recorded.record.codings if one.report == report), None)
            if coding is None:
                what = f"{report} was not published by then, or has no date"
                raise UsageError(what, where="--known-by", mend="take a later day") from None
            near = find_near(number, [one.id for one in coding.claims])
            what = f"{report} has no claim {number!r}{near}"
            raise UsageError(what, where="REPORT#CLAIM", mend=f"see `stemma show {report}`") from None
    write_view(view, format, lambda console: draw_resting(console, view))
    return Status.DONE


@guarded
def network(
    words: Words = None,
    *,
    as_of: AsOf = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Only the ties of this party.")] = None,
    with_units: Annotated[
        bool, typer.Option("--with-units", help="With --actor: its units' ties too.")
    ] = False,
    outlet: OutletName = None,
    known_by: KnownBy = None,
    format: Format = ViewFormat.TEXT,
    casebook: Casebook = None,
) -> Status:
    """Show who belongs to, leads, controls or fights whom, as of a day, and by whose word."""
    from stemma.cli.draw_views import draw_network
    from stemma.model import TIES
    from stemma.run.api import open_casebook
    from stemma.run.filters import parse_date
    from stemma.run.ties import ties_asked_for
    from stemma.show.network import make_network

    ties_only = sorted(kind.value for kind in TIES)
    asking = make_asking(words, actor, with_units, ties_only, outlet=outlet, known_by=known_by)
    day = parse_date(as_of, "--as-of", last=True)
    with open_casebook(casebook) as store:
        recorded = record_for(store, asking)
        ties = ties_asked_for(recorded, actor, with_units=with_units)
        view = make_network(recorded.record, ties, day)
        write_view(view, format, lambda console: draw_network(console, view))
        if not view.ties:
            say_nothing(store, asking, "ties")
    return Status.DONE


@guarded
def dossier(
    entity: Annotated[list[str], typer.Argument(metavar="ENTITY", help="A party by any of its names.")],
    *,
    with_units: Annotated[bool, typer.Option("--with-units", help="Its units included.")] = False,
    as_of: AsOf = None,
    known_by: KnownBy = None,
    format: Format = ViewFormat.TEXT,
    casebook: Casebook = None,
) -> Status:
    """Show what the record says of one party: names, units, members, deeds and losses, and who says so."""
    from stemma.cli.draw_views import draw_dossier
    from stemma.cli.near import find_near
    from stemma.run.api import open_casebook
    from stemma.run.filters import parse_date
    from stemma.show.dossier import find_parties, make_dossier

    name = " ".join(entity)
    asking = make_asking(actor=name, with_units=with_units, known_by=known_by)
    day = parse_date(as_of, "--as-of", last=True)
    with open_casebook(casebook) as store:
        recorded = record_for(store, asking)
        parties = recorded.parties
        found = find_parties(parties, name)
        if not found:
            names = sorted({one for coding in store.codings() for e in coding.entities for one in e.names})
            mend = "`stemma claims --actor NAME` finds names by a part"
            raise UsageError(f"nobody is called {name!r}{find_near(name, names)}", where="ENTITY", mend=mend)
        view = make_dossier(
            recorded.record,
            found[0],
            parties,
            recorded.ties,
            with_units=with_units,
            alike=found[1:],
            as_of=day,
        )
    write_view(view, format, lambda console: draw_dossier(console, view))
    return Status.DONE


@guarded
def digest(
    words: Words = None,
    *,
    since: Annotated[str, typer.Option(metavar="DATE", help="The day from which reports are new.")],
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Up to that day; else to the last report.")
    ] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Only incidents with this party.")] = None,
    with_units: Annotated[bool, typer.Option("--with-units", help="With --actor: its units too.")] = False,
    arrived: Annotated[
        bool, typer.Option("--arrived", help="New is what came into the casebook since, whenever published.")
    ] = False,
    mail: Annotated[str | None, typer.Option(metavar="FILE", help="Write it as a mail (EML) too.")] = None,
    mail_to: Annotated[
        list[str] | None, typer.Option(metavar="ADDRESS", help="Mail it too; repeat. Needs a mail server.")
    ] = None,
    smtp: Annotated[
        str | None, typer.Option(metavar="SERVER", help="smtp://user@host:port; else STEMMA_SMTP.")
    ] = None,
    atom: Annotated[str | None, typer.Option(metavar="FILE", help="Write it as an Atom feed too.")] = None,
    webhook: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="POST it as JSON too; needs the extra watch.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let --webhook reach this machine and its network.")
    ] = False,
    format: Format = ViewFormat.TEXT,
    casebook: Casebook = None,
) -> Status:
    """Show what reports since a day have changed: incidents, disputes, figures and origins."""
    from stemma.cli.draw_views import draw_digest
    from stemma.cli.sending import check_mail, send_digest
    from stemma.run.api import open_casebook
    from stemma.run.filters import parse_date
    from stemma.run.letters import record_before_arrival
    from stemma.run.recording import record_before
    from stemma.settings import Settings
    from stemma.show.digest import make_digest

    day = parse_date(since, "--since", last=False)
    asking = make_asking(words, actor, with_units, known_by=until)
    if day is None or (asking.known_by and asking.known_by < day):
        raise UsageError(f"{until} lies before {since}", where="--until", mend="exchange the two")
    check_mail(mail_to or (), smtp)
    with open_casebook(casebook) as store:
        after = record_for(store, asking, anew=True)
        earlier = record_before_arrival if arrived else record_before
        before = earlier(store, after, day, Settings.from_environment().merge)
        view = make_digest(before, after.record, day, after.incidents)
        # Sent first: who pipes the output into `head` wants the mail all the same.
        status = send_digest(
            view, mail, atom, webhook, allow_private=allow_private, to=mail_to or (), smtp=smtp
        )
        write_view(view, format, lambda console: draw_digest(console, view))
        if not view.reports and not view.undated:
            say_nothing(store, asking, "new reports")
    return status
