from __future__ import annotations

import sys
from pathlib import Path

# Training is scripts beside the package, like the measures: found after everything installed.
sys.path.append(str(Path(__file__).parents[2] / "training"))
