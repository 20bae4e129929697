"""What a host's robots.txt allows (RFC 9309), kept for a day."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from stemma.run.watch.answers import Failure
from stemma.run.watch.options import PRODUCT

if TYPE_CHECKING:
    import httpx2

    from stemma.run.watch.pacing import Clock

KEPT_SECONDS: Final = 86_400.0
FAILED_SECONDS: Final = 1_800.0
"""How long a robots.txt that could not be had is not asked for again; meanwhile nothing is fetched."""
MOST_KEPT: Final = 1_000
MOST_DELAY: Final = 60.0
"""Seconds; a longer `Crawl-delay` is one request a minute, and `pages_per_host` bounds the round."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one host; `delay` is its `Crawl-delay` in seconds, `closed` means nothing is allowed."""

    delay: float = 0.0
    parsed: Any = None
    closed: bool = False

    @classmethod
    def of(cls, status: int, body: bytes) -> Rules:
        """The rules of an answer: without a file all is allowed, after a fault of the server nothing."""
        from protego import Protego

        if status >= 500:
            return cls(closed=True)
        if status != 200:
            return cls()
        try:
            parsed = Protego.parse(body.decode("utf-8", "replace"))
            delay = parsed.crawl_delay(PRODUCT) or 0.0
        except Exception:
            # The parser is not ours and the file is hostile: what cannot be understood forbids nothing.
            return cls()
        return cls(min(max(float(delay), 0.0), MOST_DELAY), parsed)

    def allows(self, address: str) -> bool:
        """True where we may fetch this address."""
        if self.closed:
            return False
        return self.parsed is None or bool(self.parsed.can_fetch(address, PRODUCT))


class Robots:
    """The rules of hosts, each fetched once a day; safe among threads."""

    def __init__(self, clock: Clock, fetch: Callable[[httpx2.URL], Rules | Failure]) -> None:
        self._clock, self._fetch = clock, fetch
        self._kept: OrderedDict[str, tuple[float, Rules | Failure]] = OrderedDict()
        self._lock = threading.Lock()

    def rules_of(self, url: httpx2.URL) -> Rules | Failure:
        """The rules for this address's host; a failure where they cannot be had now."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii', 'replace')}"
        with self._lock:
            kept = self._kept.get(origin)
        if kept and self._clock.now() < kept[0]:
            return kept[1]
        rules = self._fetch(url)
        held = isinstance(rules, Rules) and not rules.closed
        with self._lock:
            self._kept[origin] = (self._clock.now() + (KEPT_SECONDS if held else FAILED_SECONDS), rules)
            self._kept.move_to_end(origin)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return rules
