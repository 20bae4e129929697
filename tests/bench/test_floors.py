"""No floor of bench/floors.json is broken: the coded reports and the web pages, measured anew."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLD = Path(os.environ.get("STEMMA_GOLD", ROOT / "../shared/gold"))
BENCH = Path(os.environ.get("STEMMA_BENCH", ROOT / "../shared/bench"))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "needs"), [("gold", GOLD / "dev"), ("web", BENCH / "web")])
def test_floors_hold(name: str, needs: Path) -> None:
    if not needs.exists():
        pytest.skip(f"needs {needs.name} (STEMMA_GOLD, STEMMA_BENCH)")
    gate = [sys.executable, str(ROOT / "bench/gate.py"), name]
    run = subprocess.run(gate, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
