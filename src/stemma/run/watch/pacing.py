"""One host is asked seldom, and left alone while it says so."""

from __future__ import annotations

import threading
import time
from typing import Final

MOST_HOSTS: Final = 10_000
"""Hosts that are remembered; of those whose time has passed nothing needs to be known."""

LONGEST_HOLD: Final = 86_400.0
"""Seconds that a server can send us away for at once: a day. Servers have sent years."""


class Clock:
    """The time; tests and measures bring one of their own."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Waits, until `stop` at the longest."""
        self._stop.wait(max(0.0, seconds))

    def stop(self) -> None:
        """Ends every wait, now and later."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        """True once `stop` was called."""
        return self._stop.is_set()


class Hosts:
    """When each host may be asked again; safe among threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._free: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self._lock = threading.Lock()

    def wait(self, host: str, delay: float) -> None:
        """Returns when it is this request's turn; the next one's comes `delay` seconds later."""
        with self._lock:
            now = self._clock.now()
            turn = max(now, self._free.get(host, 0.0))
            self._free[host] = turn + delay
            self._forget(now)
        if turn > now:
            self._clock.sleep(turn - now)

    def hold(self, host: str, seconds: float) -> None:
        """No request to this host for so long."""
        with self._lock:
            until = self._clock.now() + min(max(0.0, seconds), LONGEST_HOLD)
            self._held[host] = max(until, self._held.get(host, 0.0))

    def held(self, host: str) -> float:
        """Seconds until this host may be asked at all; 0 where it may."""
        with self._lock:
            return max(0.0, self._held.get(host, 0.0) - self._clock.now())

    def _forget(self, now: float) -> None:
        if len(self._free) > MOST_HOSTS or len(self._held) > MOST_HOSTS:
            self._free = {host: at for host, at in self._free.items() if at > now}
            self._held = {host: at for host, at in self._held.items() if at > now}
