"""Feeds as they are written, and as they are written to do harm."""

from __future__ import annotations

import datetime
import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.run.watch.feeds import FeedError, parse_feed

TODAY = datetime.date(2026, 11, 22)
BASE = "https://north.example/feeds/all.xml"


def addresses(body: str | bytes, most: int = 50) -> list[str]:
    content = body.encode() if isinstance(body, str) else body
    return [item.address for item in parse_feed(content, BASE, TODAY, most).items]


def rss(items: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>North</title>{items}</channel></rss>'


def test_rss_with_relative_links_fragments_and_repeats() -> None:
    feed = parse_feed(
        rss(
            "<item><link>/a#x</link><guid>1</guid></item><item><link>/a</link><guid>2</guid></item>"
            "<item><link>b?c=d&amp;e=f</link><guid>1</guid></item>"
        ).encode(),
        BASE,
        TODAY,
        50,
    )
    assert [item.address for item in feed.items] == [
        "https://north.example/a",
        "https://north.example/feeds/b?c=d&e=f",
    ]
    # One guid for two pages is no reason to lose one; one page twice is one.
    assert feed.repeated == 1


def test_atom() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><entry><id>tag:1</id>
    <link rel="alternate" href="/a"/><published>2026-11-20T23:30:00+02:00</published>
    <updated>2026-11-21T08:00:00Z</updated></entry></feed>"""
    [item] = parse_feed(body.encode(), BASE, TODAY, 50).items
    assert item.address == "https://north.example/a"
    assert item.published == datetime.date(2026, 11, 20)
    assert item.stated == "2026-11-21T08:00:00Z"


def test_json_feed() -> None:
    dated = {"id": "1", "url": "/a", "date_published": "2026-11-20T10:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [dated, {"id": "2"}, "odd"]}
    found = parse_feed(json.dumps(feed).encode(), BASE, TODAY, 50)
    assert [(i.address, i.published) for i in found.items] == [
        ("https://north.example/a", datetime.date(2026, 11, 20))
    ]
    assert found.nameless == 1


def test_a_sitemap_gives_the_newest_first() -> None:
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    days = ["2026-11-01", "2026-11-20", "", "2026-11-10"]
    entries = "".join(
        f"<url><loc>https://north.example/{n}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for n, day in enumerate(days)
    )
    assert addresses(f"<urlset {space}>{entries}</urlset>", most=2) == [
        "https://north.example/1",
        "https://north.example/3",
    ]


def test_a_sitemap_of_news() -> None:
    body = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://north.example/a</loc>
    <news:news><news:publication_date>2026-11-19T10:00:00Z</news:publication_date></news:news></url></urlset>"""
    [item] = parse_feed(body.encode(), BASE, TODAY, 50).items
    assert item.published == datetime.date(2026, 11, 19)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Tue, 07 Feb 2017 10:00:00 +0100", datetime.date(2017, 2, 7)),
        ("Mon, 23 Nov 2026 10:00:00 GMT", datetime.date(2026, 11, 23)),
        ("Wed, 25 Nov 2026 10:00:00 GMT", None),
        ("Thu, 01 Jan 2099 00:00:00 GMT", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("32 Foo 2026", None),
        ("", None),
    ],
)
def test_dates_that_can_be_true_and_dates_that_cannot(said: str, day: datetime.date | None) -> None:
    body = rss(f"<item><link>/a</link><pubDate>{said}</pubDate></item>")
    [item] = parse_feed(body.encode(), BASE, TODAY, 50).items
    assert item.published == day


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "", "http://[::1"]
)
def test_what_is_no_page_is_left_out(link: str) -> None:
    assert addresses(rss(f"<item><link>{link}</link></item><item><link>/a</link></item>")) == [
        "https://north.example/a"
    ]


def test_encodings() -> None:
    for name in ("utf-8", "utf-16", "windows-1251", "iso-8859-1"):
        head = f'<?xml version="1.0" encoding="{name}"?>'
        assert addresses(rss("<item><link>/a</link></item>", head).encode(name)) == [
            "https://north.example/a"
        ]
    # The wrong one is said.
    wrong = rss("<item><link>/a</link><title>Größe</title></item>", '<?xml version="1.0" encoding="utf-8"?>')
    assert addresses(wrong.encode("latin-1")) == ["https://north.example/a"]


LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
    + rss("<item><link>/a</link><title>&i;</title></item>")
)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xef\xbb\xbf  ",
        b"\x89PNG\r\n",
        b"<html><body>Hello</body></html>",
        b"<!doctype html><p>Hello",
        b'{"items": 3}',
        b"{",
        b"[" * 100_000,
        b'{"items":' + b"[" * 100_000,
        LAUGHS.encode(),
        LAUGHS.encode("utf-16"),
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>',
        b"<rss><channel>" + b"<item/>" * 100_000,
        b"<rss>" + b"<a>" * 300_000,
        b"<other><thing/></other>",
    ],
)
def test_what_is_no_feed_or_one_made_to_harm_is_refused_soon(body: bytes) -> None:
    began = time.process_time()
    with pytest.raises(FeedError):
        parse_feed(body, BASE, TODAY, 50)
    assert time.process_time() - began < 2


def test_deep_nesting_ends() -> None:
    began = time.process_time()
    addresses("<rss><channel><item><link>/a</link>" + "<b>" * 20_000)
    assert time.process_time() - began < 5


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_refused(body: bytes) -> None:
    for whole in (body, b"<rss><channel><item><link>" + body, b"<urlset><url><loc>" + body):
        try:
            feed = parse_feed(whole, BASE, TODAY, 5)
        except FeedError:
            continue
        assert len(feed.items) <= 5
        assert all(item.address.startswith(("http://", "https://")) for item in feed.items)


@pytest.mark.parametrize("name", ["urlset:", "sitemapindex:", "urlset:a:b"])
def test_a_sitemap_whose_name_is_none_is_read_or_refused(name: str) -> None:
    # Found by fuzzing: the parser mends the page, and takes its own names from nobody.
    body = f'<{name} xmlns="http://a.example"><url><loc>https://a.example/1</loc></url></{name}>'.encode()
    try:
        found = parse_feed(body, "https://a.example/s.xml", datetime.date(2026, 11, 22), 50)
    except FeedError:
        return
    assert [item.address for item in found.items] in ([], ["https://a.example/1"])
