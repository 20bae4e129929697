from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import cluster

from stemma.store import Store, StoreOptions, open_casebook

MakeStore = Callable[[], Store]


def _sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Each call makes a new, empty casebook."""
    made: list[Store] = []

    def make() -> Store:
        path = tmp_path_factory.mktemp("casebook") / "stemma.casebook"
        made.append(open_casebook(StoreOptions(str(path)), create=True))
        return made[-1]

    yield make
    for store in made:
        store.close()


def _postgres(_: pytest.TempPathFactory) -> Iterator[MakeStore]:
    """Each call empties the one database: to make one takes a third of a second."""
    address = cluster.new_database()
    store = open_casebook(StoreOptions(address), create=True)

    def make() -> Store:
        store.close()
        cluster.empty(address)
        return store

    yield make
    store.close()


STORES = {"postgres": _postgres, "sqlite": _sqlite}
"""A new kind of store joins here: a generator that yields a maker of empty casebooks."""


@pytest.fixture(params=sorted(STORES), scope="session")
def make_store(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[MakeStore]:
    yield from STORES[request.param](tmp_path_factory)


@pytest.fixture
def store(make_store: MakeStore) -> Store:
    return make_store()
