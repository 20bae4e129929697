from __future__ import annotations

import sys
from pathlib import Path

import pytest

# pytest's importlib mode leaves sys.path alone; what several folders of tests share is found here.
sys.path.insert(0, str(Path(__file__).parents[2] / "support"))


@pytest.fixture
def examples() -> Path:
    """The example files of imports, which we wrote, under the public headers."""
    return Path(__file__).parents[3] / "examples" / "import"
