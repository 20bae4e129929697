"""Hostile input, all of it: traps, bombs, and what no one part is asked about alone."""

from __future__ import annotations

import sys
from pathlib import Path

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[1] / "support"))
