from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[2] / "support"))

import desk_client
import desk_story

from stemma.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with desk_story.make_casebook(tmp_path / "valley.casebook") as made:
        yield made


@pytest.fixture
def enter(store: Store) -> Callable[..., desk_client.Client]:
    """Opens the desk, as ann unless another name is given."""
    return lambda reviewer="ann": desk_client.make_client(store, reviewer).enter()


@pytest.fixture
def client(enter: Callable[..., desk_client.Client]) -> desk_client.Client:
    return enter()
