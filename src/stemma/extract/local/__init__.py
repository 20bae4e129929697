"""The shipped engine: one compact encoder and its decoding, on the CPU, without torch."""

from __future__ import annotations

from stemma.extract.local.engine import LocalEngine

__all__ = ["LocalEngine"]
