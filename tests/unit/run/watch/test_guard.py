"""Nothing that only this machine can reach is asked, however it is written."""

from __future__ import annotations

import ipaddress

import httpcore2
import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving import Site, redirect

from stemma.run.watch.answers import Answer, Failure
from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.guard import GuardedBackend, GuardedTransport, Refused, check_address, may_reach
from stemma.run.watch.options import WatchOptions
from stemma.run.watch.pacing import Clock

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",
    "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fc00::1", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe",
]  # fmt: skip
PUBLIC = ["93.184.215.14", "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("ip", PRIVATE)
def test_no_address_that_is_not_public_is_reached(ip: str) -> None:
    assert not may_reach(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses_are_reached(ip: str) -> None:
    assert may_reach(ipaddress.ip_address(ip))


@pytest.mark.parametrize("ip", ["169.254.169.254", "224.0.0.1", "fe80::1", "ff02::1", "0.0.0.0", "::"])
def test_some_addresses_are_not_reached_even_where_private_ones_are_allowed(ip: str) -> None:
    assert not may_reach(ipaddress.ip_address(ip), allow_private=True)


@pytest.mark.parametrize("ip", ["127.0.0.1", "10.1.2.3", "::1", "fc00::1", "::ffff:127.0.0.1"])
def test_private_addresses_are_reached_where_they_are_allowed(ip: str) -> None:
    assert may_reach(ipaddress.ip_address(ip), allow_private=True)


@given(st.ip_addresses(v=4))
def test_an_address_within_an_address_counts_as_what_it_leads_to(ip: ipaddress.IPv4Address) -> None:
    for outer in (f"::ffff:{ip}", f"64:ff9b::{ip}"):
        assert may_reach(ipaddress.ip_address(outer)) == may_reach(ip)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("ftp://north.example/a", "bad-address"),
        ("file:///etc/passwd", "bad-address"),
        ("gopher://north.example:70/", "bad-address"),
        ("javascript:alert(1)", "bad-address"),
        ("//north.example/a", "bad-address"),
        ("http://", "bad-address"),
        ("http://user:word@north.example/", "bad-address"),
        ("http://north.example/a b", "bad-address"),
        ("http://north.example/a\r\nHost: other", "bad-address"),
        ("http://north.example\\@127.0.0.1/", "bad-address"),
        ("http://north.example/" + "a" * 2_000, "bad-address"),
        ("http://north.example:99999/", "port"),
        ("http://north.example:22/", "port"),
        ("https://north.example:8443/", "port"),
        ("http://127.0.0.1/", "private"),
        ("http://[::1]/", "private"),
        ("http://[::ffff:10.0.0.1]/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("http://example.org:0/", "port"),
    ],
)
def test_addresses_that_are_not_asked(address: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check_address(address, WatchOptions())
    assert refused.value.code == code


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        url = check_address(f"http://{text}", WatchOptions())
    except Refused:
        return
    assert url.scheme in ("http", "https")
    assert url.port in (None, 80, 443)


@pytest.mark.parametrize("host", ["localhost", "2130706433", "0x7f.1", "127.1", "017700000001"])
def test_names_and_numbers_that_mean_this_machine_are_not_connected_to(host: str) -> None:
    with pytest.raises((Refused, httpcore2.ConnectError)) as refused:
        GuardedBackend(1.0, allow_private=False).connect_tcp(host, 80, timeout=1.0)
    # Where the system knows such a number at all it is refused; else nobody knows the host.
    assert "public" in str(refused.value) or "knows" in str(refused.value)


def test_a_name_that_changes_its_meaning_is_looked_at_when_the_connection_is_made(site: Site) -> None:
    """DNS rebinding: public at the first look, this machine at the second."""
    site.page("/robots.txt", "")
    site.page("/a", "secret")
    looks: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        looks.append(host)
        return ["127.0.0.1"]

    options = WatchOptions(ports=(site.port,), seconds=2.0)
    fetcher = Fetcher(options, Clock(), GuardedTransport(options, look_up))
    found = fetcher.get(f"http://north.example:{site.port}/a", 1000)
    assert isinstance(found, Failure)
    assert found.code == "private"
    assert looks
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_that_is_asked(site: Site) -> None:
    """One look for one connection: nobody can answer differently in between."""
    site.page("/a", "hello", media_type="text/plain")
    looks: list[str] = []

    def look_up(host: str, port: int) -> list[str]:
        looks.append(host)
        return ["169.254.169.254", "127.0.0.1"]

    options = WatchOptions(ports=(site.port,), seconds=2.0, allow_private=True)
    transport = GuardedTransport(options, look_up)
    answer = transport.handle_request(httpx2.Request("GET", f"http://north.example:{site.port}/a"))
    answer.read()
    assert answer.text == "hello"
    assert looks == ["north.example"]
    assert site.asked[0].headers["Host"] == f"north.example:{site.port}"


def test_a_redirect_to_this_machine_is_not_followed(site: Site) -> None:
    site.page("/robots.txt", "")
    site.page("/secret", "secret")
    site.pages["/a"] = redirect(f"http://127.0.0.1:{site.port}/secret")
    # The first host may be reached, as if it were public; what it redirects to is a private address.
    options = WatchOptions(ports=(site.port,), seconds=2.0)
    allowed = WatchOptions(ports=(site.port,), seconds=2.0, allow_private=True)
    fetcher = Fetcher(options, Clock(), GuardedTransport(allowed, lambda host, port: ["127.0.0.1"]))
    found = fetcher.get(f"http://north.example:{site.port}/a", 1000)
    assert isinstance(found, Failure)
    assert found.code == "private"
    assert site.paths() == ["/robots.txt", "/a"]


@pytest.mark.parametrize(
    "where", ["file:///etc/passwd", "ftp://north.example/", "http://[::1]:1/", "gopher://x/"]
)
def test_redirects_out_of_the_web_are_not_followed(site: Site, fetcher: Fetcher, where: str) -> None:
    site.pages["/a"] = redirect(where)
    found = fetcher.get(f"{site.base}/a", 1000)
    assert isinstance(found, Failure)
    assert found.code in ("bad-address", "port", "private")


def test_this_machine_is_reached_where_it_is_allowed(site: Site, fetcher: Fetcher) -> None:
    found = fetcher.get(site.page("/a", "hello"), 1000)
    assert isinstance(found, Answer)
    assert found.body == b"hello"
