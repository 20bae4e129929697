"""The options of extraction."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How claims are found.

    `engine` names the engine; `threads` the processor threads that one extraction may use;
    `min_score` the score (the chance that a claim is right) under which it is left out, null for
    the engine's own choice.
    """

    engine: str = "local"
    threads: int = 1
    min_score: float | None = None
