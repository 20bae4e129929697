"""`merged`: the record of reports with a lineage given by the test."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from stemma.merge import Held, merge_record
from stemma.model import Incident, Judgement, Lineage, Record

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[2] / "support"))


@pytest.fixture
def merged(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Record]:
    def merge(*held: Held, lineage: Lineage | None = None, judgements: Sequence[Judgement] = ()) -> Record:
        monkeypatch.setattr("stemma.merge.recording._lineage", lambda *_: lineage or Lineage())
        return merge_record(held, judgements)

    return merge


@pytest.fixture
def chief(merged: Any) -> Callable[..., Incident]:
    """The incident that most reports tell of."""

    def find(*held: Held, **more: Any) -> Incident:
        return max(merged(*held, **more).incidents, key=lambda i: (len(i.reports), len(i.claims)))

    return find
