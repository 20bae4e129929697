"""Places."""

from __future__ import annotations


def find_place(text: str, context: str) -> tuple[str | None, str | None]:
    """Canonical name and country of the place that `text` names in `context`."""
    return text, None
