"""`stemma watch`: feeds, sitemaps and folders, followed into a casebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from stemma.cli.guard import Status, guarded
from stemma.cli.options import Casebook, Outlet

if TYPE_CHECKING:
    from stemma.run.watch.harvest import Round
    from stemma.run.watch.options import WatchOptions
    from stemma.run.watch.subscriptions import Place
    from stemma.settings import Settings

SHOWN = 20
"""Faults of a round that are said line by line; the rest are counted."""

watch = typer.Typer(name="watch", help="Follow feeds, sitemaps and folders into a casebook.")

Folder = Annotated[
    str | None,
    typer.Option(metavar="FOLDER", help="Where feeds, state and pages are kept; else CASEBOOK.watch."),
]
ListFile = Annotated[
    str | None, typer.Option("--list", metavar="FILE", help="A file with an address a line.")
]
Once = Annotated[bool, typer.Option("--once", help="One round; else for ever, until Ctrl-C.")]
Interval = Annotated[float, typer.Option(min=1, help="Minutes between two looks at a feed.")]
Agent = Annotated[str | None, typer.Option(help="Who asks, as servers see it; name a contact.")]
Delay = Annotated[float, typer.Option(min=0, help="Seconds between two requests to one host.")]
Seconds = Annotated[float, typer.Option(min=1, help="Seconds that one answer may take in all.")]
MaxPage = Annotated[int, typer.Option(min=1, help="Bytes that a page may have, packed or unpacked.")]
MaxFeed = Annotated[int, typer.Option(min=1, help="Bytes that a feed may have, packed or unpacked.")]
MaxItems = Annotated[int, typer.Option(min=1, help="Entries that are taken from one feed at a time.")]
PerHost = Annotated[int, typer.Option(min=1, help="Pages of one host in a round; the rest wait.")]
Ports = Annotated[
    list[int] | None, typer.Option("--port", min=1, max=65535, help="A port beside 80 and 443; repeat.")
]
Private = Annotated[
    bool, typer.Option("--allow-private", help="Let requests reach this machine and its network.")
]


@watch.callback(invoke_without_command=True)
def run(
    context: typer.Context,
    *,
    once: Once = False,
    list_file: ListFile = None,
    interval: Interval = 15,
    agent: Agent = None,
    delay: Delay = 2,
    seconds: Seconds = 60,
    max_page: MaxPage = 10 * 1024 * 1024,
    max_feed: MaxFeed = 4 * 1024 * 1024,
    max_items: MaxItems = 200,
    pages_per_host: PerHost = 20,
    port: Ports = None,
    allow_private: Private = False,
    folder: Folder = None,
    casebook: Casebook = None,
) -> None:
    """Follow feeds, sitemaps and folders into a casebook."""
    if context.invoked_subcommand is not None:
        return
    _run(
        once, list_file, interval, agent, delay, seconds, max_page, max_feed, max_items, pages_per_host,
        port, allow_private, folder, casebook,
    )  # fmt: skip


@guarded
def _run(  # noqa: PLR0917 - the options of the command, one by one
    once: bool,
    list_file: str | None,
    interval: float,
    agent: str | None,
    delay: float,
    seconds: float,
    max_page: int,
    max_feed: int,
    max_items: int,
    pages_per_host: int,
    port: list[int] | None,
    allow_private: bool,
    folder: str | None,
    casebook: str | None,
) -> Status:
    from stemma.cli.consoles import prepare_streams
    from stemma.errors import UsageError
    from stemma.run.watch import require
    from stemma.run.watch.options import AGENT, WatchOptions
    from stemma.run.watch.subscriptions import load_subscriptions, read_list, with_addresses

    require()
    prepare_streams()
    if agent is not None and not (agent.strip() and agent.isprintable() and agent.isascii()):
        raise UsageError("a server cannot read this", where="--agent", mend="use plain letters")
    settings, place = _place(casebook, folder)
    listed = read_list(list_file) if list_file else []
    options = WatchOptions(
        interval=interval * 60,
        agent=agent or AGENT,
        delay=delay,
        seconds=seconds,
        max_page=min(max_page, settings.read.max_bytes),
        max_feed=max_feed,
        max_items=max_items,
        pages_per_host=pages_per_host,
        ports=(80, 443, *(port or ())),
        allow_private=allow_private,
    )
    follows = with_addresses(load_subscriptions(place), listed).follows
    if not follows:
        mend = "add one with `stemma watch add ADDRESS`, or give --list FILE"
        raise UsageError("nothing is followed yet", where=str(place.file), mend=mend)
    return _follow(settings, place, options, listed, once=once)


def _follow(
    settings: Settings, place: Place, options: WatchOptions, listed: list[str], *, once: bool
) -> Status:
    from stemma.cli.consoles import say
    from stemma.cli.harmless import harmless
    from stemma.run.api import open_casebook
    from stemma.run.watch.following import follow

    def tell(line: str) -> None:
        print(harmless(line), flush=True)

    failed = False
    try:
        with open_casebook(settings.store.casebook, create=True) as store:
            for done in follow(store, place, settings, options, listed, once=once, tell=tell):
                _say_round(done)
                failed = bool(done.faults)
    except KeyboardInterrupt:
        say(f"stopped; what was read is kept, the same command goes on ({place.folder})")
        return Status.STOPPED
    return Status.SOME_REFUSED if failed else Status.DONE


def _say_round(done: Round) -> None:
    from datetime import datetime

    from stemma.cli.consoles import say
    from stemma.cli.progress import count

    for where, what in done.faults[:SHOWN]:
        say(f"{where}: {what}")
    if len(done.faults) > SHOWN:
        say(f"and {len(done.faults) - SHOWN:,} more; `stemma watch list` shows the feeds that fail")
    for where in done.gone:
        say(f"{where}: the page is gone; its report stays")
    parts = [
        f"{count(done.feeds, 'feed')} asked",
        count(done.pages, "page"),
        f"{done.added:,} new",
        f"{done.versions:,} changed",
        f"{done.refused + done.missed + done.failed:,} not to be had",
    ]
    if done.waiting:
        parts.append(f"{done.waiting:,} wait for the next round")
    say(f"{datetime.now():%H:%M} {', '.join(parts)}")


def _place(casebook: str | None, folder: str | None) -> tuple[Settings, Place]:
    from dataclasses import replace

    from stemma.run.watch.subscriptions import place_beside
    from stemma.settings import Settings

    settings = Settings.from_environment()
    if casebook:
        settings = replace(settings, store=replace(settings.store, casebook=casebook))
    return settings, place_beside(settings.store.casebook, folder)


Addresses = Annotated[
    list[str], typer.Argument(metavar="ADDRESS...", help="Feeds and sitemaps (https://…), or folders.")
]


@watch.command()
@guarded
def add(
    addresses: Addresses, *, outlet: Outlet = None, folder: Folder = None, casebook: Casebook = None
) -> Status:
    """Follow these feeds, sitemaps and folders from now on."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.run.watch.subscriptions import load_subscriptions, save_subscriptions, with_addresses

    prepare_streams()
    _, place = _place(casebook, folder)
    before = load_subscriptions(place)
    after = with_addresses(before, addresses, outlet)
    save_subscriptions(place, after)
    new = len(after.follows) - len(before.follows)
    say(f"{new:,} new, {len(after.follows):,} followed; in {place.file}")
    return Status.DONE


@watch.command()
@guarded
def remove(addresses: Addresses, *, folder: Folder = None, casebook: Casebook = None) -> Status:
    """Follow these no more; their reports stay."""
    from pathlib import Path

    from stemma.cli.consoles import prepare_streams, say
    from stemma.errors import UsageError
    from stemma.run.watch.subscriptions import load_subscriptions, save_subscriptions

    prepare_streams()
    _, place = _place(casebook, folder)
    known = load_subscriptions(place)
    gone = {one if "://" in one else str(Path(one).resolve()) for one in addresses}
    unknown = gone - {one.address for one in known.follows}
    if unknown:
        mend = "see `stemma watch list`"
        raise UsageError("this is not followed", where=sorted(unknown)[0], mend=mend)
    kept = tuple(one for one in known.follows if one.address not in gone)
    save_subscriptions(place, known.model_copy(update={"follows": kept}))
    if place.state.exists():
        from stemma.run.watch.state import State

        with State(place.state) as state:
            for address in gone:
                state.forget_feed(address)
    say(f"{len(gone):,} removed, {len(kept):,} followed")
    return Status.DONE


@watch.command("list")
@guarded
def list_(*, folder: Folder = None, casebook: Casebook = None) -> Status:
    """List what is followed and how it goes, and the saved queries."""
    from stemma.cli.consoles import prepare_streams, say
    from stemma.cli.harmless import harmless
    from stemma.run.watch.following import lines_of
    from stemma.run.watch.subscriptions import load_subscriptions

    prepare_streams()
    _, place = _place(casebook, folder)
    known = load_subscriptions(place)
    for line in lines_of(place, known):
        print(harmless(line))
    queries = len(known.queries)
    saved = "1 saved query" if queries == 1 else f"{queries:,} saved queries"
    say(f"{len(known.follows):,} followed, {saved}; in {place.file}")
    return Status.DONE


@watch.command()
@guarded
def diff(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="A page's address, or its report's id.")],
    *,
    folder: Folder = None,
    casebook: Casebook = None,
) -> Status:
    """Show how a page changed from version to version."""
    from itertools import pairwise

    from stemma.cli.consoles import out_console, prepare_streams, say
    from stemma.cli.draw_difference import draw_difference
    from stemma.run.api import open_casebook
    from stemma.run.watch.following import versions_of
    from stemma.show.difference import make_difference

    prepare_streams()
    settings, place = _place(casebook, folder)
    with open_casebook(settings.store.casebook) as store:
        versions = versions_of(store, place, address)
    console = out_console()
    for (older, before), (newer, after) in pairwise(versions):
        draw_difference(console, make_difference(before, after, (older, newer)))
    if len(versions) == 1:
        say(f"{versions[0][0]}: there is one version, as it was first read")
    return Status.DONE
