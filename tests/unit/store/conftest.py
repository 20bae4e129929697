from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

from stemma.store import Store, StoreOptions, open_casebook

OpenStore = Callable[..., Store]


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    """Where a casebook may be made."""
    return tmp_path / "stemma.casebook"


@pytest.fixture
def open_store(casebook: Path) -> Iterator[OpenStore]:
    opened: list[Store] = []

    def open_it(*, create: bool = True, busy_seconds: float = 5.0) -> Store:
        opened.append(open_casebook(StoreOptions(str(casebook), busy_seconds), create=create))
        return opened[-1]

    yield open_it
    for store in opened:
        store.close()
