"""Requests for pages and feeds: checked, paced, limited; an answer or a failure, never an exception."""

from __future__ import annotations

import datetime
import math
import threading
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore2
import httpx2

from stemma.run.watch.answers import Answer, Failure, Known
from stemma.run.watch.guard import GuardedTransport, Refused, check_address
from stemma.run.watch.options import WatchOptions
from stemma.run.watch.pacing import LONGEST_HOLD, Clock, Hosts
from stemma.run.watch.robots import Robots, Rules
from stemma.run.watch.unpacking import unpack_body

REDIRECTS: Final = (301, 302, 303, 307, 308)
BUSY: Final = (429, 503)
"""Answers by which a server asks to be left alone for a while."""
BUSY_SECONDS: Final = 300.0
"""How long, where it does not say."""
QUIET_SECONDS: Final = 15.0
"""Seconds in which a server must send something."""
SMALL: Final = 512 * 1024
"""Bytes of a robots.txt that are read, as RFC 9309 asks (500 KiB)."""


@dataclass(slots=True)
class Fetcher:
    """Fetches under the guard. One of it serves many threads.

    `transport` and `clock` are for tests and measures.
    """

    options: WatchOptions
    clock: Clock = field(default_factory=Clock)
    transport: httpx2.BaseTransport | None = None
    hosts: Hosts = field(init=False)
    robots: Robots = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.hosts = Hosts(self.clock)
        self.robots = Robots(self.clock, self._robots_of)

    def close(self) -> None:
        """Closes the connections."""
        if self.transport is not None:
            self.transport.close()

    def get(
        self, address: str, most: int, known: Known | None = None, accept: str = "*/*"
    ) -> Answer | Failure:
        """The answer at `address`, after at most `max_redirects` redirects, each checked like the first.

        At most `most` bytes, packed and unpacked. An answer may have any status but a redirect's; 304 where
        nothing has changed since `known`.
        """
        try:
            return self._get(address, most, known, accept)
        except Exception as error:
            # A fault of ours, or of a library, on one hostile answer must not end the run.
            return Failure(
                address, "internal-error", f"a fault in the program ({type(error).__name__}: {error})"
            )

    def _get(self, address: str, most: int, known: Known | None, accept: str) -> Answer | Failure:
        asked = address
        headers = {"Accept": accept, **(known or Known()).headers()}
        for _ in range(self.options.max_redirects + 1):
            found = self._get_once(asked, most, headers)
            if isinstance(found, Failure) or found.status not in REDIRECTS or "location" not in found.head:
                return found
            try:
                asked = str(httpx2.URL(found.address).join(found.head["location"]))
            except (httpx2.InvalidURL, ValueError):
                return Failure(address, "bad-address", "it redirects to what is no address")
        return Failure(address, "redirects", f"more than {self.options.max_redirects} redirects")

    def _get_once(self, address: str, most: int, headers: dict[str, str]) -> Answer | Failure:
        try:
            url = check_address(address, self.options)
        except Refused as refused:
            return Failure(address, refused.code, refused.what)
        wait = self.hosts.held(url.host)
        if wait:
            return Failure(address, "busy", f"{url.host} asked to be left alone", wait)
        rules = self.robots.rules_of(url)
        if isinstance(rules, Failure):
            return Failure(address, rules.code, f"its robots.txt: {rules.what}", rules.wait)
        if not rules.allows(str(url)):
            return Failure(address, "robots", f"the robots.txt of {url.host} does not allow it")
        self.hosts.wait(url.host, max(self.options.delay, rules.delay))
        return self._ask(url, most, headers)

    def _robots_of(self, url: httpx2.URL) -> Rules | Failure:
        """The rules of a host, fetched from it; redirects are followed under the same guard."""
        asked = str(url.copy_with(path="/robots.txt", query=None, fragment=None))
        for _ in range(self.options.max_redirects + 1):
            try:
                checked = check_address(asked, self.options)
            except Refused as refused:
                return Failure(asked, refused.code, refused.what)
            self.hosts.wait(checked.host, self.options.delay)
            found = self._ask(checked, SMALL, {"Accept": "text/plain"}, cut=True)
            if isinstance(found, Failure):
                return found
            if found.status not in REDIRECTS or "location" not in found.head:
                return Rules.of(found.status, found.body)
            try:
                asked = str(checked.join(found.head["location"]))
            except (httpx2.InvalidURL, ValueError):
                break
        return Rules.of(404, b"")

    def _ask(
        self, url: httpx2.URL, most: int, headers: dict[str, str], *, cut: bool = False
    ) -> Answer | Failure:
        # Only packings whose size can be held while they are undone.
        sent = {"User-Agent": self.options.agent, "Accept-Encoding": "gzip, deflate", **headers}
        found = self.send("GET", url, sent, b"", most, cut=cut)
        if isinstance(found, Answer) and found.status in BUSY:
            wait = retry_after(found.head.get("retry-after"), self.clock.now())
            wait = BUSY_SECONDS if wait is None else wait
            self.hosts.hold(url.host, wait)
            return Failure(str(url), "busy", f"the server is busy (status {found.status})", wait)
        return found

    def send(
        self, method: str, url: httpx2.URL, headers: dict[str, str], content: bytes, most: int, *,
        cut: bool = False,
    ) -> Answer | Failure:  # fmt: skip
        """One request and its answer, no redirect followed. `cut` keeps the beginning of a long body."""
        where = str(url)
        quiet = min(QUIET_SECONDS, self.options.seconds)
        limits = {"connect": quiet, "read": quiet, "write": quiet, "pool": self.options.seconds}
        request = httpx2.Request(
            method, url, headers=headers, content=content, extensions={"timeout": limits}
        )
        try:
            response = self._transport().handle_request(request)
            try:
                raw = self._read(response, most, cut=cut)
            finally:
                response.close()
            head = {name.lower(): value for name, value in response.headers.items()}
            whole = b"" if cut and len(raw) > most else raw
            body = raw[:most] if cut and not head.get("content-encoding") else b""
            if not body and whole:
                body = unpack_body(whole, head.get("content-encoding", ""), most)
        except Refused as refused:
            return Failure(where, refused.code, refused.what)
        except (httpx2.TimeoutException, httpcore2.TimeoutException):
            return Failure(
                where, "slow", f"it took longer than {self.options.seconds:g} seconds, or fell silent"
            )
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
            said = " ".join(str(error).split())[:200] or type(error).__name__
            return Failure(where, "network", f"no answer ({said})")
        at = datetime.datetime.fromtimestamp(self.clock.now(), datetime.UTC).replace(microsecond=0)
        return Answer(where, response.status_code, head, raw, body, at, response.reason_phrase)

    def _read(self, response: httpx2.Response, most: int, *, cut: bool) -> bytes:
        length = response.headers.get("content-length", "")
        if length.isdigit() and int(length[:15]) > most and not cut:
            raise Refused("too-large", f"it has {int(length[:15]):,} bytes, more than {most:,}")
        deadline = time.monotonic() + self.options.seconds
        parts: list[bytes] = []
        size = 0
        stream = response.stream
        if not isinstance(stream, httpx2.SyncByteStream):
            return b""
        for part in stream:
            parts.append(part)
            size += len(part)
            if size > most:
                if cut:
                    break
                raise Refused("too-large", f"it has more than {most:,} bytes")
            if time.monotonic() > deadline:
                raise httpx2.ReadTimeout("the answer took too long")
        return b"".join(parts)

    def _transport(self) -> httpx2.BaseTransport:
        with self._lock:
            if self.transport is None:
                self.transport = GuardedTransport(self.options)
            return self.transport


def retry_after(said: str | None, now: float) -> float | None:
    """The seconds that a `Retry-After` asks for, a day at most; null where it says nothing that holds."""
    if not said:
        return None
    said = said.strip()
    try:
        seconds = float(said) if said.isdigit() else parsedate_to_datetime(said).timestamp() - now
    except (ValueError, OverflowError, TypeError):
        return None
    return min(max(seconds, 0.0), LONGEST_HOLD) if math.isfinite(seconds) else None
