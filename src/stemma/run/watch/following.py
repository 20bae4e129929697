"""Following for ever, or for one round; and what a person asks of it in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from stemma.errors import UsageError
from stemma.model import Document
from stemma.run.watch.naming import key_of, version_of
from stemma.run.watch.options import WatchOptions
from stemma.run.watch.state import State
from stemma.run.watch.subscriptions import Followed, Place, Subscriptions, load_subscriptions, with_addresses
from stemma.settings import Settings
from stemma.show.ledger import plural
from stemma.store.protocol import Store

if TYPE_CHECKING:
    from stemma.run.watch.fetching import Fetcher
    from stemma.run.watch.harvest import Round
    from stemma.run.watch.rounds import Tell


def follow(
    store: Store,
    place: Place,
    settings: Settings,
    options: WatchOptions,
    listed: Sequence[str] = (),
    *,
    once: bool,
    tell: Tell,
    fetcher: Fetcher | None = None,
) -> Iterator[Round]:
    """Each round, when it is done and its alerts are out. Subscriptions are read anew before each.

    Without `once` it never ends by itself. What was read is kept whenever it is stopped.
    """
    from stemma.run.watch.alerts import Alerts
    from stemma.run.watch.fetching import Fetcher
    from stemma.run.watch.rounds import Watcher

    fetcher = fetcher or Fetcher(options)
    with State(place.state, alone=True) as state:
        watcher = Watcher(place, state, store, settings, fetcher, tell)
        alerts = Alerts(place, state, store, settings, fetcher, tell)
        try:
            while True:
                subscriptions = with_addresses(load_subscriptions(place), listed)
                done = watcher.round(subscriptions)
                alerts.after_round(subscriptions.queries, done.fresh)
                yield done
                if once:
                    return
                fetcher.clock.sleep(watcher.wait_for(subscriptions))
        finally:
            fetcher.clock.stop()
            fetcher.close()


def lines_of(place: Place, subscriptions: Subscriptions) -> Iterator[str]:
    """A line for each feed, folder and query: when it was asked, and what is wrong with it."""
    if place.state.exists():
        with State(place.state) as state:
            yield from [_line(one, state) for one in subscriptions.follows]
    else:
        yield from (f"{one.address}  not asked yet" for one in subscriptions.follows)
    for query in subscriptions.queries:
        asked = ", ".join(f"{name} {_words(value)}" for name, value in query.filters.items())
        yield f"query {query.name}: {asked}"


def _words(value: object) -> str:
    return " or ".join(map(str, value)) if isinstance(value, list) else str(value)


def _line(followed: Followed, state: State) -> str:
    if followed.is_folder:
        return f"{followed.address}  a folder"
    feed = state.feed(followed.address)
    if feed.asked is None:
        return f"{followed.address}  not asked yet"
    when = datetime.fromtimestamp(feed.asked, UTC).strftime("%Y-%m-%d %H:%M UTC")
    failed = f"{plural(feed.failures, 'failure')} in a row, the last: " if feed.failures else ""
    said = f"; {failed}{feed.said}" if feed.said else ""
    title = f"  {feed.title}" if feed.title else ""
    return f"{followed.address}{title}  asked {when}{said}"


def versions_of(store: Store, place: Place, address: str) -> list[tuple[str, Document]]:
    """The versions of a page, oldest first, each with the id of its report (`~02` and so on).

    `address` is the page's address, or the id of a report; of a report whose bytes changed under one id the
    versions are numbered `#1`, `#2`. Raises `UsageError` where nothing is held of it.
    """
    reports = [address] if "://" not in address else []
    if place.state.exists():
        with State(place.state) as state:
            page = (
                state.page(key_of(address)) if "://" in address else state.page_of(address.partition("~")[0])
            )
        if page is not None:
            reports = [version_of(page.report, number) for number in range(1, page.versions + 1)]
    found: list[tuple[str, Document]] = []
    for report in reports:
        documents = store.versions(report)
        several = len(documents) > 1
        found += [
            (f"{report} #{number}" if several else report, document)
            for number, document in enumerate(documents, 1)
        ]
    if not found:
        mend = "give the address of a page as its feed has it, or the id of a report"
        raise UsageError("no version of this is held", where=address[:100], mend=mend)
    return found
