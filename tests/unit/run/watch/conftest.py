"""A server of this machine, and a clock that can be set."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from misbehaving import Site, serving

from stemma.run.watch.fetching import Fetcher
from stemma.run.watch.options import WatchOptions
from stemma.run.watch.pacing import Clock


class SetClock(Clock):
    """Time passes only by waiting, at once."""

    def __init__(self, at: float = 1_790_000_000.0) -> None:
        super().__init__()
        self.at = at
        self.slept: list[float] = []

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += max(0.0, seconds)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as server:
        yield server


@pytest.fixture
def options(site: Site) -> WatchOptions:
    return WatchOptions(
        allow_private=True, ports=(site.port,), delay=2.0, seconds=2.0, max_page=100_000, max_feed=100_000
    )


@pytest.fixture
def fetcher(options: WatchOptions, clock: SetClock) -> Iterator[Fetcher]:
    made = Fetcher(options, clock)
    yield made
    made.close()
