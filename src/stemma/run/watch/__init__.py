"""Feeds, sitemaps and folders -> a casebook, round after round."""

from __future__ import annotations

from importlib.util import find_spec

from stemma.errors import UsageError

__all__ = ["require"]


def require() -> None:
    """Raises `UsageError` where the packages of the extra `watch` are not installed."""
    missing = [name for name in ("httpx2", "feedparser", "protego") if find_spec(name) is None]
    if missing:
        raise UsageError(
            f"following feeds needs {', '.join(missing)}",
            where="stemma watch",
            mend="pip install 'stemma-record[watch]'",
        )
