"""No request leaves for a place that only this machine or its network can reach.

A feed says which addresses are fetched, and a feed is written by others. So the address is checked as it
is written, and once more when the connection is made, against what the name means at that moment: a name
that meant a public machine a second ago cannot lead to another one now. Redirects pass the same way.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

import httpcore2
import httpx2

if TYPE_CHECKING:
    import ssl

    from stemma.run.watch.options import WatchOptions

LONGEST: Final = 2_000
"""Letters of an address; servers refuse longer ones too."""
_ODD: Final = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\\]")
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

Ip = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Iterable[str]]
"""From a host's name and a port to the IP addresses that it has now."""


class Refused(Exception):  # noqa: N818 - a verdict, no fault of the program
    """An address that is not asked: `code` is short and stable, `what` says why."""

    def __init__(self, code: str, what: str) -> None:
        self.code, self.what = code, what
        super().__init__(what)


def check_address(address: str, options: WatchOptions) -> httpx2.URL:
    """The address, where its form is one that may be asked; raises `Refused`. Nothing is looked up."""
    if len(address) > LONGEST or _ODD.search(address):
        raise Refused("bad-address", "this is no address of the web")
    try:
        url = httpx2.URL(address)
        host, port = url.host, url.port
    except (httpx2.InvalidURL, ValueError) as error:
        raise Refused("bad-address", "this is no address of the web") from error
    if url.scheme not in ("http", "https") or not host:
        raise Refused("bad-address", "only addresses with http or https are asked")
    if url.userinfo:
        raise Refused("bad-address", "an address with a name or password is not asked")
    port = (443 if url.scheme == "https" else 80) if port is None else port
    if port not in options.ports:
        raise Refused("port", f"port {port} is not asked unless it is allowed with --port")
    literal = _literal(host)
    if literal is not None and not may_reach(literal, allow_private=options.allow_private):
        raise Refused("private", f"{host} is no public address")
    return url.copy_with(fragment=None)


def _literal(host: str) -> Ip | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


def may_reach(ip: Ip, *, allow_private: bool = False) -> bool:
    """True for a public address; with `allow_private` also for this machine and private networks.

    Addresses within addresses (IPv4 in IPv6, 6to4, Teredo, NAT64) count as what they lead to. Multicast,
    link-local (where clouds keep their keys) and reserved addresses are never reached.
    """
    within = _within(ip)
    if within is not None:
        return may_reach(within, allow_private=allow_private)
    if ip.is_multicast or ip.is_link_local or ip.is_unspecified:
        return False
    if allow_private and (ip.is_loopback or ip.is_private):
        return True
    return ip.is_global and not ip.is_reserved and not ip.is_loopback and not ip.is_private


def _within(ip: Ip) -> Ip | None:
    if not isinstance(ip, ipaddress.IPv6Address):
        return None
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    low = int(ip) & 0xFFFFFFFF
    if ip in _NAT64 or (int(ip) >> 32 == 0 and low > 1):
        return ipaddress.IPv4Address(low)
    return None


def resolve(host: str, port: int) -> list[str]:
    """What the system says that this name means now, each address once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and ends whatever takes longer than `seconds` in all."""

    def __init__(self, seconds: float, *, allow_private: bool, look_up: Resolve = resolve) -> None:
        self._seconds, self._allow_private, self._look_up = seconds, allow_private, look_up
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """A connection to what `host` means now; raises `Refused` where nothing of that is public."""
        deadline = time.monotonic() + self._seconds
        try:
            found = list(self._look_up(host, port))
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError(f"nobody knows the host {host}") from error
        # The address that was checked is the one that is connected to: no name is looked up again.
        allowed = [ip for ip in found if self._may(ip)]
        if not allowed:
            raise Refused("private", f"{host} is no public address")
        failure: Exception | None = None
        for ip in allowed[:3]:
            try:
                stream = self._inner.connect_tcp(ip, port, timeout, local_address, socket_options)
                return _Limited(stream, deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore2.ConnectError("no connection")

    def _may(self, ip: str) -> bool:
        literal = _literal(ip)
        return literal is not None and may_reach(literal, allow_private=self._allow_private)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Refused: nothing outside is reached by a socket of this machine."""
        raise Refused("private", "sockets of this machine are not asked")


class _Limited(httpcore2.NetworkStream):
    """A connection that ends at its deadline, however busily it trickles."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("the answer took too long")
        return left if timeout is None else min(left, timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Limited(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx2.HTTPTransport):
    """Requests over guarded connections: no proxy, no cookies, a new connection for each."""

    def __init__(self, options: WatchOptions, look_up: Resolve = resolve) -> None:
        super().__init__(trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=httpx2.create_ssl_context(trust_env=False),
            max_connections=max(1, options.hosts_at_once) * 2,
            # A connection kept alive would outlast its deadline, and its check.
            max_keepalive_connections=0,
            network_backend=GuardedBackend(
                options.seconds, allow_private=options.allow_private, look_up=look_up
            ),
        )
