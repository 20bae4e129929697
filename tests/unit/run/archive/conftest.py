"""Runs over small archives in processes of their own, with an engine without a model."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

SUPPORT = Path(__file__).parents[3] / "support"
sys.path.insert(0, str(SUPPORT))

import archives  # noqa: E402 - found by the line above


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch, engine: Any) -> None:
    """Worker processes get the engine of tests/support/plug, as this process has the like of it."""
    pytest.importorskip("pyarrow")
    known = os.environ.get("PYTHONPATH")
    path = str(SUPPORT / "plug")
    monkeypatch.setenv("PYTHONPATH", f"{path}{os.pathsep}{known}" if known else path)


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """A WARC file of twelve pages; two of them are the same page fetched twice."""
    path = tmp_path / "news.warc.gz"
    records = archives.warc_of(12)
    path.write_bytes(b"".join([*records, *records[3:5]]))
    return path
