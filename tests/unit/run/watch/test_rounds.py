"""Round after round against a server of this machine, with an engine that finds one claim per report."""

from __future__ import annotations

import datetime
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from misbehaving import Site, endless, redirect

from stemma.run.api import open_casebook
from stemma.run.intake import gather_reports
from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.harvest import Round
from stemma.run.watch.naming import report_of
from stemma.run.watch.rounds import Watcher
from stemma.run.watch.state import State
from stemma.run.watch.subscriptions import Followed, Place, Subscriptions
from stemma.settings import Settings
from stemma.store.protocol import Store


def article(text: str, title: str = "Bridge at Kolmaz") -> str:
    body = (
        "The bridge at Kolmaz was closed on Tuesday after a night of shelling, two drivers said at the "
        "market. Nobody could say who had fired, and the ferry went on in the morning as it does every day."
    )
    story = f"<article><h1>{title}</h1><p>{text}</p><p>{body}</p></article>"
    return f"<html><head><title>{title}</title></head><body>{story}</body></html>"


def rss(*items: tuple[str, str]) -> str:
    entries = "".join(f"<item><link>{link}</link><pubDate>{date}</pubDate></item>" for link, date in items)
    return f'<rss version="2.0"><channel><title>North</title>{entries}</channel></rss>'


MONDAY = "Mon, 07 Sep 2026 10:00:00 GMT"


class Desk:
    """A watcher with its casebook."""

    def __init__(self, store: Store, place: Place, fetcher: Fetcher, state: State) -> None:
        self.store, self.place, self.fetcher, self.state = store, place, fetcher, state
        self.told: list[str] = []
        self.watcher = Watcher(place, state, store, Settings(), fetcher, self.told.append)

    def round(self, *addresses: str, after: float = 0.0, outlet: str | None = None) -> Round:
        self.fetcher.clock.at += after  # type: ignore[attr-defined]
        follows = tuple(Followed(address=one, outlet=outlet) for one in addresses)
        return self.watcher.round(Subscriptions(follows=follows))


@pytest.fixture
def desk(tmp_path: Path, fetcher: Fetcher, engine: object) -> Iterator[Desk]:
    place = Place(tmp_path / "book.watch")
    with open_casebook(tmp_path / "book", create=True) as store, State(place.state, alone=True) as state:
        yield Desk(store, place, fetcher, state)


def named(site: Site, path: str) -> str:
    return report_of(site.base + path)


def test_the_pages_of_a_feed_become_reports_once(site: Site, desk: Desk) -> None:
    site.page("/one", article("One."))
    site.page("/two?utm_source=x", article("Two."))
    feed = site.page("/feed", rss(("/one", MONDAY), ("/two?utm_source=x", MONDAY), ("/one#top", MONDAY)))
    done = desk.round(feed, outlet="North News")
    assert (done.feeds, done.added, done.faults) == (1, 2, [])
    assert desk.store.report_ids() == [named(site, "/one"), named(site, "/two")]
    coding = desk.store.coding(named(site, "/one"))
    assert coding.outlet == "North News"
    # The page itself says no date, the feed does.
    assert coding.published == datetime.date(2026, 9, 7)
    again = desk.round(feed, after=1_000)
    assert (again.added, again.fresh) == (0, [])
    assert site.paths().count("/one") == 1


def test_a_page_is_kept_as_it_was_sent_with_its_time_and_hashes(site: Site, desk: Desk) -> None:
    site.page("/one", article("One."), ETag='"1"')
    desk.round(site.page("/feed", rss(("/one", MONDAY))))
    [file] = desk.place.pages.iterdir()
    [report] = gather_reports([str(file)])
    assert report.content == article("One.").encode()  # type: ignore[union-attr]
    assert report.header.url == f"{site.base}/one"  # type: ignore[union-attr]
    assert report.retrieved == datetime.datetime.fromtimestamp(  # type: ignore[union-attr]
        desk.fetcher.clock.now(), datetime.UTC
    )
    text = gzip.decompress(file.read_bytes())
    assert b"WARC-Payload-Digest: sha256:" in text
    assert b"WARC-Block-Digest: sha1:" in text
    page = desk.state.page_of(named(site, "/one"))
    assert page is not None
    assert page.kept == f"{file.name}:2"


def test_a_changed_page_is_a_version_and_an_unchanged_one_is_not(site: Site, desk: Desk) -> None:
    site.page("/one", article("Ten died."))
    feed = site.page("/feed", rss(("/one", MONDAY)))
    desk.round(feed)
    # Boilerplate and markup do not count.
    site.page("/one", article("Ten died.").replace("<body>", "<body data-nonce='7'><!-- 7 -->"))
    same = desk.round(feed, after=3_700)
    assert (same.pages, same.same, same.versions) == (1, 1, 0)
    site.page("/one", article("Twelve died."))
    changed = desk.round(feed, after=6 * 3_700)
    assert (changed.versions, changed.added) == (1, 0)
    assert desk.store.report_ids() == [named(site, "/one"), named(site, "/one") + "~02"]
    assert "Twelve" in desk.store.document(named(site, "/one") + "~02").text
    assert "Ten" in desk.store.document(named(site, "/one")).text


def test_two_versions_are_a_revision_and_no_second_voice(site: Site, desk: Desk) -> None:
    from stemma.merge.options import MergeOptions
    from stemma.run.recording import merge_reports

    site.page("/one", article("Ten died."))
    feed = site.page("/feed", rss(("/one", MONDAY)))
    desk.round(feed)
    site.page("/one", article("Twelve died."))
    desk.round(feed, after=3_700)
    record, _ = merge_reports(desk.store, desk.store.report_ids(), MergeOptions())
    [edge] = record.lineage.dependences
    assert (edge.report, edge.parent) == (named(site, "/one") + "~02", named(site, "/one"))
    assert "revision" in edge.reason


def test_looks_at_a_page_come_to_an_end(site: Site, desk: Desk) -> None:
    site.page("/one", article("One."))
    feed = site.page("/feed", rss(("/one", MONDAY)), ETag='"1"')
    for _ in range(30):
        desk.round(feed, after=86_400)
    # Once to read it, five times to see whether it changed.
    assert site.paths().count("/one") == 6


def test_a_feed_that_says_that_a_page_changed_is_believed_once_an_hour(site: Site, desk: Desk) -> None:
    site.page("/one", article("One."))
    for minute in range(12):
        feed = site.page("/feed", rss(("/one", f"Mon, 07 Sep 2026 10:{minute:02d}:00 GMT")))
        desk.round(feed, after=900)
    assert 2 <= site.paths().count("/one") <= 4


def test_bad_feeds_and_pages_stop_nothing(site: Site, desk: Desk) -> None:
    laughs = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><rss><channel><item/></channel></rss>'
    site.pages["/large"] = endless
    site.pages["/round"] = redirect("/round")
    good = site.page(
        "/good", rss(("/one", MONDAY), ("/gone", MONDAY), ("/picture", MONDAY), ("/round", MONDAY))
    )
    site.page("/one", article("One."))
    site.page("/picture", b"\x89PNG", media_type="image/png")
    done = desk.round(
        site.page("/laughs", laughs), site.page("/empty", ""), site.page("/html", article("x")),
        site.page("/broken", "<rss><channel><item><link>"), site.base + "/large", site.base + "/none", good,
    )  # fmt: skip
    assert done.added == 1
    said = dict(done.faults)
    assert "entities" in said[site.base + "/laughs"]
    assert "more than 100,000 bytes" in said[site.base + "/large"]
    assert "status 404" in said[site.base + "/none"]
    assert "image/png" in said[site.base + "/picture"]
    assert "redirects" in said[site.base + "/round"]


def test_a_feed_that_fails_is_asked_more_and_more_seldom(site: Site, desk: Desk) -> None:
    feed = site.page("/feed", "nothing", status=500)
    for _ in range(200):
        desk.round(feed, after=900)
    # 50 hours: after 30 min, 1, 2, 4, 8, 16 hours, then once a day.
    assert 6 <= site.paths().count("/feed") <= 9
    site.page("/feed", rss(("/one", MONDAY)))
    site.page("/one", article("One."))
    assert desk.round(feed, after=90_000).added == 1
    assert desk.state.feed(feed).failures == 0


def test_one_host_gives_so_many_pages_a_round(site: Site, desk: Desk) -> None:
    for number in range(30):
        site.page(f"/{number}", article(f"Number {number}."))
    feed = site.page("/feed", rss(*((f"/{number}", MONDAY) for number in range(30))))
    first = desk.round(feed)
    assert (first.added, first.waiting) == (20, 10)
    assert desk.round(feed).added == 10


def test_a_page_that_moved_is_one_report(site: Site, desk: Desk) -> None:
    site.page("/new", article("One."))
    site.pages["/old"] = redirect("/new")
    site.pages["/older"] = redirect("/new", 301)
    done = desk.round(site.page("/feed", rss(("/old", MONDAY), ("/older", MONDAY), ("/new", MONDAY))))
    assert desk.store.report_ids() == [named(site, "/new")]
    assert done.added == 1


def test_a_page_that_is_gone_is_told_and_its_report_stays(site: Site, desk: Desk) -> None:
    address = site.page("/one", article("One."))
    feed = site.page("/feed", rss(("/one", MONDAY)))
    desk.round(feed)
    site.page("/one", "gone", status=410)
    assert desk.round(feed, after=3_700).gone == [address]
    assert desk.store.report_ids() == [named(site, "/one")]


def test_sitemaps_of_sitemaps(site: Site, desk: Desk) -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.page("/one", article("One."))
    site.page(
        "/map", f"<urlset {space}><url><loc>{site.base}/one</loc></url></urlset>", media_type="text/xml"
    )
    index = site.page(
        "/index", f"<sitemapindex {space}><sitemap><loc>{site.base}/map</loc></sitemap></sitemapindex>"
    )
    assert desk.round(index).added == 1


def test_a_folder_is_looked_at_every_round(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("Note\n\nThe harbour was quiet, and the ferry left in the morning.\n")
    assert desk.round(str(folder)).added == 1
    assert desk.round(str(folder)).added == 0
    (folder / "b.txt").write_text("Note\n\nThe harbour was loud, and the ferry did not leave at all.\n")
    assert desk.round(str(folder)).fresh == ["b"]


def test_a_stop_between_store_and_state_repeats_nothing(
    site: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.page("/one", article("One."))
    feed = site.page("/feed", rss(("/one", MONDAY)))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("stemma.run.watch.harvest.Harvest.arrived", killed)
        with pytest.raises(KeyboardInterrupt):
            desk.round(feed)
    assert desk.store.report_ids() == [named(site, "/one")]
    done = desk.round(feed)
    assert (done.known, done.added) == (1, 0)
    assert desk.store.tally().reports == 1


def test_a_page_that_cannot_be_read_is_refused_once(site: Site, desk: Desk) -> None:
    site.page("/one", "<html><body></body></html>")
    feed = site.page("/feed", rss(("/one", MONDAY)))
    assert desk.round(feed).refused == 1
    assert [refusal.where for refusal in desk.store.refusals()] == [f"{site.base}/one"]
    assert desk.round(feed, after=3_700).refused == 0


def test_two_programs_at_one_folder(desk: Desk) -> None:
    from stemma.errors import UsageError

    with pytest.raises(UsageError, match="another"):
        State(desk.place.state, alone=True)
    with State(desk.place.state) as state:
        assert state.waiting() == 0
