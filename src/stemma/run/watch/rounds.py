"""Round after round: feeds are looked at, pages fetched, reports added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from stemma.model import Header, Refusal
from stemma.run.pipeline import Added, add_paths, add_reports
from stemma.run.watch.answers import Answer, Failure, Known
from stemma.run.watch.feeds import Feed, FeedError, Item, parse_feed
from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.harvest import HOUR, Harvest, Round, backoff
from stemma.run.watch.naming import host_of, key_of, report_of
from stemma.run.watch.pages import Pages
from stemma.run.watch.parallel import in_parallel
from stemma.run.watch.state import FeedState, PageState, State
from stemma.run.watch.subscriptions import Followed, Place, Subscriptions
from stemma.settings import Settings
from stemma.store.protocol import Outcome, Store

ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5"
)
MOST_CHILDREN: Final = 20
"""Sitemaps of a sitemap of sitemaps that are looked at, the newest; older ones seldom change."""
SHORTEST: Final = 1.0
LONGEST: Final = 300.0
"""Seconds between two rounds of a run for ever: so soon is a change of the subscriptions seen."""

Tell = Callable[[str], None]


@dataclass(slots=True)
class Watcher:
    """Follows feeds, sitemaps and folders into one casebook."""

    place: Place
    state: State
    store: Store
    settings: Settings
    fetcher: Fetcher
    tell: Tell = print

    def round(self, subscriptions: Subscriptions) -> Round:
        """One round: the feeds that are due, then the pages that are due; folders every time."""
        done = Round()
        feeds = [one for one in subscriptions.follows if not one.is_folder]
        self._look_at(feeds, done)
        outlets = {one.address: one.outlet for one in feeds if one.outlet}
        harvest = Harvest(self.state, Pages(self.place.pages), self.fetcher, self.settings, outlets, done)
        with closing(harvest.reports()) as reports:
            for result in add_reports(reports, self.store, self.settings):
                self._enter(result, harvest, done)
        for one in subscriptions.follows:
            if one.is_folder:
                self._add_folder(one, done)
        done.waiting = self.state.waiting()
        return done

    def wait_for(self, subscriptions: Subscriptions) -> float:
        """Seconds until something is due, at most `LONGEST`."""
        now = self.fetcher.clock.now()
        times = [self.state.feed(one.address).due for one in subscriptions.follows if not one.is_folder]
        page = self.state.next_due()
        soonest = min([*times, *([page] if page is not None else [])], default=now + LONGEST)
        return min(max(soonest - now, SHORTEST), LONGEST)

    def _enter(self, result: Added | Refusal, harvest: Harvest, done: Round) -> None:
        if isinstance(result, Refusal):
            done.refused += 1
            done.faults.append((result.where, result.what))
            harvest.refused(result)
            return
        version = harvest.is_version(result.report)
        harvest.arrived(result.report, version=version)
        self._count(result, done, version=version)

    def _count(self, result: Added, done: Round, *, version: bool) -> None:
        if result.outcome is Outcome.KNOWN:
            done.known += 1
            return
        if not version:
            done.added += 1
        done.fresh.append(result.report)
        what = "changed" if version or result.outcome is Outcome.VERSION else "new"
        self.tell(f"{what}: {result.report}, {result.claims or 0:,} claims")

    def _add_folder(self, followed: Followed, done: Round) -> None:
        header = Header(outlet=followed.outlet)
        for result in add_paths([followed.address], self.store, self.settings, header=header):
            if isinstance(result, Refusal):
                done.refused += 1
                done.faults.append((result.where, result.what))
            else:
                self._count(result, done, version=False)

    def _look_at(self, feeds: Sequence[Followed], done: Round) -> None:
        """Asks the feeds that are due, and the sitemaps that they list."""
        now = self.fetcher.clock.now()
        due = [(one, state) for one in feeds if (state := self.state.feed(one.address)).due <= now]
        self._ask(self._ask(due, done), done)

    def _ask(
        self, due: Sequence[tuple[Followed, FeedState]], done: Round
    ) -> list[tuple[Followed, FeedState]]:
        options = self.fetcher.options

        def fetch(one: tuple[Followed, FeedState]) -> Answer | Failure:
            state = one[1]
            known = Known(state.etag, state.modified)
            return self.fetcher.get(state.address, options.max_feed, known, ACCEPT)

        children: list[tuple[Followed, FeedState]] = []
        groups = list(_by_host(due))
        with closing(in_parallel(groups, fetch, options.hosts_at_once, self.fetcher.clock.stop)) as found:
            for (followed, state), answer in found:
                feed = self._heard(followed, state, answer, done)
                if feed and feed.kind == "index" and state.address == followed.address:
                    now = self.fetcher.clock.now()
                    for item in feed.items[:MOST_CHILDREN]:
                        child = self.state.feed(item.address)
                        if child.due <= now:
                            children.append((followed, child))
                elif feed and feed.kind != "index":
                    self._queue(feed.items, followed)
        return children

    def _heard(
        self, followed: Followed, state: FeedState, answer: Answer | Failure, done: Round
    ) -> Feed | None:
        """The feed, where there is a new one; when it is due next is written down in any case."""
        done.feeds += 1
        clock = self.fetcher.clock
        options = self.fetcher.options
        interval = max(followed.interval or options.interval, SHORTEST)
        state.asked = clock.now()
        feed = None
        failure = answer if isinstance(answer, Failure) else None
        if isinstance(answer, Answer):
            if answer.status == 200:
                try:
                    feed = parse_feed(answer.body, answer.address, _day(clock.now()), options.max_items)
                except FeedError as error:
                    failure = Failure(state.address, "no-feed", str(error))
                except Exception as error:
                    # Hostile text in parsers of others: one feed must not end the run.
                    failure = Failure(state.address, "no-feed", f"it cannot be read ({type(error).__name__})")
            elif answer.status != 304:
                failure = Failure(state.address, "status", f"status {answer.status}")
        if failure:
            state.failures += 1
            state.said = failure.what
            state.due = clock.now() + backoff(state.failures, interval, failure.wait)
            done.failed += 1
            done.faults.append((state.address, failure.what))
        else:
            state.failures, state.said = 0, ""
            state.due = clock.now() + interval
        if feed and isinstance(answer, Answer):
            state.etag, state.modified = answer.head.get("etag"), answer.head.get("last-modified")
            state.title = feed.title
            state.said = f"{feed.nameless:,} entries without an address" if feed.nameless else ""
        elif not failure:
            done.unchanged += 1
        self.state.put(state)
        return feed

    def _queue(self, items: Iterable[Item], followed: Followed) -> None:
        """Enters pages that are new, or of which the feed says that they have changed."""
        now = self.fetcher.clock.now()
        for item in items:
            key, host = key_of(item.address), host_of(item.address)
            if not host:
                continue
            page = self.state.page(key)
            if page is None:
                page = PageState(key, item.address, host, followed.address, report_of(item.address))
                page.published = item.published.isoformat() if item.published else None
                page.due = now
            elif item.stated == page.stated or not page.versions:
                continue
            elif page.seen is None or now - page.seen >= HOUR:
                # Some feeds give another date at every look: once an hour is enough for those.
                page.due, page.looked = now, 0
            else:
                continue
            page.stated = item.stated
            self.state.put(page)


def _by_host(
    due: Sequence[tuple[Followed, FeedState]],
) -> Iterator[list[tuple[Followed, FeedState]]]:
    groups: dict[str, list[tuple[Followed, FeedState]]] = {}
    for one in due:
        groups.setdefault(host_of(one[1].address), []).append(one)
    yield from groups.values()


def _day(now: float) -> date:
    return datetime.fromtimestamp(now, UTC).date()
