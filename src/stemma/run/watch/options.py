"""How feeds are followed, and what an answer from outside may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from stemma.version import __version__

MEBIBYTE: Final = 1024 * 1024
AGENT: Final = f"Stemma/{__version__} (feed reader of a research project; no contact given)"
PRODUCT: Final = "Stemma"
"""By this name robots.txt may speak of us, whatever contact stands in the agent."""


@dataclass(frozen=True, slots=True)
class WatchOptions:
    """What `stemma watch` runs with. Times are in seconds, sizes in bytes.

    `interval`: between two looks at one feed. `delay`: between two requests to one host, more where its
    robots.txt asks for more. `seconds`: the longest that one answer may take, from connecting to its last
    byte. `max_feed`, `max_page`: bytes of an answer, packed and unpacked. `max_items`: entries that are taken
    from one feed at a time. `pages_per_host`: pages of one host in one round; the rest wait for the next.
    `ports` are the only ones that are asked; `allow_private` lets requests reach this machine and its
    network, for tests and intranets.
    """

    interval: float = 900.0
    agent: str = AGENT
    delay: float = 2.0
    seconds: float = 60.0
    max_feed: int = 4 * MEBIBYTE
    max_page: int = 10 * MEBIBYTE
    max_items: int = 200
    max_redirects: int = 5
    pages_per_host: int = 20
    hosts_at_once: int = 8
    ports: tuple[int, ...] = (80, 443)
    allow_private: bool = False
