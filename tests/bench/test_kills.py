"""A few of the kills of `bench/kills.py`: one of each kind, on each database."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

import cluster

import kills


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize("store", ["file", "postgres"])
def test_a_killed_process_loses_nothing_and_leaves_nothing_twice(store: str, tmp_path: Path) -> None:
    casebook = cluster.new_database() if store == "postgres" else str(tmp_path / "a.casebook")
    lost = kills.kill_many(casebook, 4)
    assert lost.wrong == []
    assert dict(lost.kills) == {"add": 1, "merge": 1, "judge": 1, "migrate": 1}
    assert lost.reports
    assert lost.judgements
