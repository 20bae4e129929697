"""Stemma: who says so? Reads reports on armed conflict into sourced, dated, checkable claims."""

from stemma.version import __version__

__all__ = ["__version__"]
