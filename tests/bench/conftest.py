from __future__ import annotations

import sys
from pathlib import Path

# The measures are scripts beside the package: their folder and that of the loaders are found here, after
# everything installed, and with them what these tests share.
TESTS = Path(__file__).parent
sys.path.extend(str(path) for path in (TESTS, TESTS.parents[1] / "bench", TESTS.parents[1] / "training"))
