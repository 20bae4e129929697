"""A server that misbehaves costs a bounded time and a bounded memory, and one line."""

from __future__ import annotations

import gzip
import time
import zlib

import pytest
from misbehaving import Site, endless, nonsense, redirect, send, slammed, trickle, trickled_head

from stemma.run.watch.answers import Answer, Failure, Known
from stemma.run.watch.fetching import Fetcher, retry_after
from stemma.run.watch.guard import Refused
from stemma.run.watch.unpacking import unpack_body


def failed(found: Answer | Failure) -> Failure:
    assert isinstance(found, Failure), found
    return found


def got(found: Answer | Failure) -> Answer:
    assert isinstance(found, Answer), found
    return found


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (trickle, "slow"),
        (trickled_head, "slow"),
        (endless, "too-large"),
        (nonsense, "network"),
        (slammed, "network"),
    ],
)
def test_what_a_bad_server_can_do(site: Site, fetcher: Fetcher, answer: object, code: str) -> None:
    site.pages["/a"] = answer  # type: ignore[assignment]
    began = time.monotonic()
    assert failed(fetcher.get(f"{site.base}/a", 100_000)).code == code
    # The limit is two seconds in all.
    assert time.monotonic() - began < 8


def test_a_large_page_is_refused_by_what_it_says_of_itself(site: Site, fetcher: Fetcher) -> None:
    address = site.page("/a", b"x" * 2_000)
    found = failed(fetcher.get(address, 1_000))
    assert found.code == "too-large"
    assert "2,000" in found.what


def test_a_packed_bomb_is_not_unpacked(site: Site, fetcher: Fetcher) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    address = site.page("/a", bomb, Content_Encoding="gzip")
    assert failed(fetcher.get(address, 100_000)).code == "bomb"


def test_an_honest_packed_page_is_unpacked_and_kept_as_it_came(site: Site, fetcher: Fetcher) -> None:
    packed = gzip.compress(b"<p>hello</p>")
    found = got(fetcher.get(site.page("/a", packed, Content_Encoding="gzip"), 1_000))
    assert found.body == b"<p>hello</p>"
    assert found.raw == packed


@pytest.mark.parametrize(
    "packed",
    [
        gzip.compress(b"ab") + gzip.compress(b"cd"),
        gzip.compress(b"abcd") + b"\0\0\0",
        gzip.compress(b"abcd"),
    ],
)
def test_gzip_in_parts_or_padded(packed: bytes) -> None:
    assert unpack_body(packed, "gzip", 10) == b"abcd"


def test_both_kinds_of_deflate() -> None:
    bare = zlib.compressobj(wbits=-15)
    assert unpack_body(bare.compress(b"abcd") + bare.flush(), "deflate", 10) == b"abcd"
    assert unpack_body(zlib.compress(b"abcd"), "deflate", 10) == b"abcd"


@pytest.mark.parametrize(
    ("packed", "encoding", "code"),
    [
        (gzip.compress(b"abcd"), "gzip", "bomb"),
        (gzip.compress(gzip.compress(b"abcd")), "gzip, gzip", "bomb"),
        (gzip.compress(b"ab")[:-4], "gzip", "damaged"),
        (b"no gzip", "gzip", "damaged"),
        (b"abc", "br", "damaged"),
        (zlib.compress(b"abcd"), "deflate", "bomb"),
    ],
)
def test_packings_that_are_refused(packed: bytes, encoding: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        unpack_body(packed, encoding, 3)
    assert refused.value.code == code


def test_redirects_come_to_an_end(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = redirect("/b")
    site.pages["/b"] = redirect("/a")
    assert failed(fetcher.get(f"{site.base}/a", 1_000)).code == "redirects"
    assert len(site.asked) == 1 + 6


def test_an_unchanged_page_is_not_sent_again(site: Site, fetcher: Fetcher) -> None:
    address = site.page("/a", "hello", ETag='"v1"')
    first = got(fetcher.get(address, 1_000))
    again = got(fetcher.get(address, 1_000, Known(first.head["etag"], None)))
    assert (first.status, again.status, again.body) == (200, 304, b"")


def test_who_asks_is_said_and_no_cookie_is_kept(site: Site, fetcher: Fetcher) -> None:
    address = site.page("/a", "hello", Set_Cookie="id=1")
    fetcher.get(address, 1_000)
    fetcher.get(address, 1_000)
    for one in site.asked:
        assert one.headers["User-Agent"].startswith("Stemma/")
        assert "Cookie" not in one.headers


class TestPoliteness:
    def test_one_host_is_asked_seldom(self, site: Site, fetcher: Fetcher, clock: object) -> None:
        for name in ("/a", "/b", "/c"):
            fetcher.get(site.page(name, "hello"), 1_000)
        # robots.txt and three pages, two seconds apart.
        assert clock.slept == pytest.approx([2.0, 2.0, 2.0])  # type: ignore[attr-defined]

    def test_a_crawl_delay_is_kept(self, site: Site, fetcher: Fetcher, clock: object) -> None:
        site.page("/robots.txt", "User-agent: *\nCrawl-delay: 7.5\n", media_type="text/plain")
        for name in ("/a", "/b"):
            fetcher.get(site.page(name, "hello"), 1_000)
        assert max(clock.slept) == pytest.approx(7.5)  # type: ignore[attr-defined]

    @pytest.mark.parametrize("delay", ["1e9", "-3", "nan", "inf", "soon"])
    def test_an_absurd_delay_does_not_stop_the_run(
        self, site: Site, fetcher: Fetcher, clock: object, delay: str
    ) -> None:
        site.page("/robots.txt", f"User-agent: *\nCrawl-delay: {delay}\n", media_type="text/plain")
        got(fetcher.get(site.page("/a", "hello"), 1_000))
        got(fetcher.get(site.page("/b", "hello"), 1_000))
        assert all(0 <= one <= 60 for one in clock.slept)  # type: ignore[attr-defined]

    def test_what_robots_txt_forbids_is_not_fetched(self, site: Site, fetcher: Fetcher) -> None:
        site.page("/robots.txt", "User-agent: *\nDisallow: /private*\n", media_type="text/plain")
        address = site.page("/private-notes", "hello")
        assert failed(fetcher.get(address, 1_000)).code == "robots"
        got(fetcher.get(site.page("/open", "hello"), 1_000))
        assert site.paths() == ["/robots.txt", "/open"]

    def test_a_rule_for_us_goes_before_the_rule_for_all(self, site: Site, fetcher: Fetcher) -> None:
        rules = "User-agent: *\nAllow: /\n\nUser-agent: stemma\nDisallow: /a\n"
        site.page("/robots.txt", rules, media_type="text/plain")
        assert failed(fetcher.get(site.page("/a", "hello"), 1_000)).code == "robots"

    def test_a_robots_txt_that_cannot_be_had_means_no(self, site: Site, fetcher: Fetcher) -> None:
        site.page("/robots.txt", "", status=500)
        assert failed(fetcher.get(site.page("/a", "hello"), 1_000)).code == "robots"
        assert site.paths() == ["/robots.txt"]

    def test_robots_txt_is_asked_for_once_a_day(self, site: Site, fetcher: Fetcher, clock: object) -> None:
        address = site.page("/a", "hello")
        fetcher.get(address, 1_000)
        fetcher.get(address, 1_000)
        clock.at += 90_000  # type: ignore[attr-defined]
        fetcher.get(address, 1_000)
        assert site.paths() == ["/robots.txt", "/a", "/a", "/robots.txt", "/a"]

    def test_a_huge_robots_txt_is_read_from_its_beginning(self, site: Site, fetcher: Fetcher) -> None:
        rules = b"User-agent: *\nDisallow: /a\n" + b"# more\n" * 200_000
        site.page("/robots.txt", rules, media_type="text/plain")
        assert failed(fetcher.get(site.page("/a", "hello"), 1_000)).code == "robots"

    @pytest.mark.parametrize("status", [429, 503])
    def test_a_busy_server_is_left_alone_as_long_as_it_asks(
        self, site: Site, fetcher: Fetcher, clock: object, status: int
    ) -> None:
        busy = site.page("/a", "", status=status, Retry_After="120")
        other = site.page("/b", "hello")
        assert failed(fetcher.get(busy, 1_000)).wait == 120
        held = failed(fetcher.get(other, 1_000))
        assert held.code == "busy"
        assert "/b" not in site.paths()
        clock.at += 121  # type: ignore[attr-defined]
        got(fetcher.get(other, 1_000))


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("99999999999999999999", 86_400.0),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0),
        ("Thu, 01 Jan 1970 00:00:10 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 86_400.0),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_how_long_a_server_sends_us_away(said: str | None, seconds: float | None) -> None:
    assert retry_after(said, 100.0) == seconds


def test_headers_in_odd_letters_do_no_harm(site: Site, fetcher: Fetcher) -> None:
    site.pages["/a"] = lambda handler: send(
        handler, 200, {"Content-Type": "text/html; charset=nonsense", "ETag": "\xe9\xff"}, b"hello"
    )
    found = got(fetcher.get(f"{site.base}/a", 1_000))
    got(fetcher.get(f"{site.base}/a", 1_000, Known(found.head["etag"], None)))
