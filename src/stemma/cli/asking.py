"""What all views of a casebook are asked with: words, filters, and what was known by when."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook

if TYPE_CHECKING:
    from rich.console import Console

    from stemma.run.kept import Waiting
    from stemma.run.recording import Asking, Recorded
    from stemma.store.protocol import Store


class ViewFormat(StrEnum):
    """The forms in which a view is written."""

    TEXT = "text"
    JSON = "json"


class StatusName(StrEnum):
    """What a claim says of its happening, as `--status` takes it."""

    ACTUAL = "actual"
    ONGOING = "ongoing"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"


Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="QUERY", help="Words that are all said of an incident."),
]
Actor = Annotated[str | None, typer.Option(metavar="NAME", help="A party in any role.")]
WithUnits = Annotated[bool, typer.Option("--with-units", help="With --actor: its units too.")]
Types = Annotated[
    list[str] | None, typer.Option("--type", metavar="TYPE", help="ASSAULT, REALIGN …; repeat for more.")
]
PlaceName = Annotated[str | None, typer.Option("--place", metavar="NAME", help="Where it happened.")]
Country = Annotated[str | None, typer.Option(metavar="CC", help="The place's country, two letters.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="On or after: 2017, 2017-02 …")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="On or before.")]
SourceName = Annotated[str | None, typer.Option("--source", metavar="NAME", help="A voice in a chain.")]
OnlySource = Annotated[str | None, typer.Option(metavar="NAME", help="What rests on this voice alone.")]
OutletName = Annotated[str | None, typer.Option("--outlet", metavar="NAME", help="Who published a report.")]
StatusNames = Annotated[
    list[StatusName] | None, typer.Option("--status", help="What the claims say of it; repeat for more.")
]
KnownBy = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Only reports published up to that day."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many.")]
Format = Annotated[ViewFormat, typer.Option("--format", "-f", help="Text to read, or one JSON object.")]


def make_asking(  # noqa: PLR0917 - the filters of the commands, one by one
    words: list[str] | None = None,
    actor: str | None = None,
    with_units: bool = False,
    types: list[str] | None = None,
    place: str | None = None,
    country: str | None = None,
    since: str | None = None,
    until: str | None = None,
    source: str | None = None,
    only_source: str | None = None,
    outlet: str | None = None,
    status: list[StatusName] | None = None,
    known_by: str | None = None,
) -> Asking:
    """What is asked for, checked; raises `UsageError` for what cannot be."""
    from stemma.cli.claims import option_of
    from stemma.run import filters

    return filters.make_asking(
        " ".join(words) if words else None,
        actor,
        with_units,
        types,
        place,
        country,
        since,
        until,
        source,
        only_source,
        outlet,
        [name.value for name in status or ()],
        known_by,
        naming=option_of,
    )


def record_for(store: Store, asking: Asking, *, anew: bool = False) -> Recorded:
    """The record that answers, with a line on standard error for what it had to leave out; `anew` as of
    `record_of`."""
    from stemma.cli.consoles import say
    from stemma.run.recording import record_of
    from stemma.settings import Settings

    options = Settings.from_environment().merge
    recorded = record_of(store, asking, options, waiting=waiting_aloud(), anew=anew)
    if recorded.undated:
        several = f"{len(recorded.undated):,} reports have" if len(recorded.undated) > 1 else "1 report has"
        say(f"note: {several} no date and may not have been known by then: left out")
    if recorded.left_out:
        say(f"note: {recorded.left_out:,} older reports were left out; narrow the question with --since")
    return recorded


def waiting_aloud() -> Waiting:
    """Notes and, every few seconds, how far merging is, as lines on standard error."""
    import time

    from stemma.cli.consoles import say
    from stemma.cli.progress import LINE_SECONDS
    from stemma.run.kept import Waiting

    told = [time.monotonic()]

    def tell(done: int, total: int) -> None:
        if time.monotonic() - told[0] > LINE_SECONDS:
            told[0] = time.monotonic()
            say(f"… {done:,} of {total:,} reports merged")

    return Waiting(lambda text: say(f"note: {text}"), tell)


def write_view(view: Any, form: ViewFormat, draw: Callable[[Console], None]) -> None:
    """The view as JSON, or drawn on the terminal."""
    from stemma.cli.consoles import on_screen, out_console, prepare_streams
    from stemma.cli.harmless import harmless_json
    from stemma.show.wire import wire_of

    prepare_streams(machine=form is ViewFormat.JSON)
    if form is ViewFormat.JSON:
        wire = json.dumps(wire_of(view), ensure_ascii=False, indent=1)
        sys.stdout.write((harmless_json(wire) if on_screen() else wire) + "\n")
    else:
        draw(out_console())


def say_nothing(store: Store, asking: Asking, what: str) -> None:
    """One line on standard error: why there is nothing, and what to try."""
    from stemma.cli.consoles import say
    from stemma.run.recording import Asking

    tally = store.tally()
    if not tally.reports:
        say(f"no {what}: the casebook is empty; add reports with `stemma add PATH`")
    elif not tally.claims:
        say(f"no {what}: no claims were found in the casebook's {tally.reports:,} report(s)")
    else:
        tail = "; loosen or drop a filter" if asking != Asking() else ""
        say(f"no {what} among {tally.claims:,} claims of {tally.reports:,} report(s){tail}")


def view_command(
    name: str, summary: str, what: str, make: Callable[[Recorded, int | None], Any]
) -> Callable[..., None]:
    """The command of a view of incidents: all of them take the same words and filters.

    `make` gives the view, whose `rows` may be empty; `what` names them. It is drawn by `draw_NAME` of
    `stemma.cli.draw_views`.
    """

    def command(
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
        known_by: KnownBy = None,
        limit: Limit = None,
        format: Format = ViewFormat.TEXT,
        casebook: Casebook = None,
    ) -> Status:
        from stemma.cli import draw_views
        from stemma.run.api import open_casebook

        asking = make_asking(
            words, actor, with_units, types, place, country, since, until, source, only_source, outlet,
            status, known_by,
        )  # fmt: skip
        with open_casebook(casebook) as store:
            view = make(record_for(store, asking), limit)
            draw = getattr(draw_views, f"draw_{name}")
            write_view(view, format, lambda console: draw(console, view))
            if not view.rows:
                say_nothing(store, asking, what)
        return Status.DONE

    command.__name__ = name
    command.__doc__ = summary
    return guarded(command)
