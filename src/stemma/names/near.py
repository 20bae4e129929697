"""What somebody may have meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

CLOSE: Final = 60
"""The likeness (0 to 100) under which a name is no help."""


def find_near(name: str, names: Sequence[str], limit: int = 3) -> str:
    """` (did you mean a, b or c?)`, or empty where nothing is like it."""
    from rapidfuzz import fuzz, process, utils

    found = process.extract(
        name, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=limit, score_cutoff=CLOSE
    )
    near = [str(match[0]) for match in found]
    if not near:
        return ""
    listed = near[0] if len(near) == 1 else f"{', '.join(near[:-1])} or {near[-1]}"
    return f" (did you mean {listed}?)"
