"""The options of extraction."""

from __future__ import annotations

from dataclasses import dataclass, field

from stemma.extract.llm_options import LlmOptions


@dataclass(frozen=True, slots=True)
class ExtractOptions:
    """How claims are found.

    `engine` names the engine: `local`, `llm`, `both`, or a plug-in's; `threads` the processor threads that
    one extraction may use; `min_score` the score (the chance that a claim is right) under which it is left
    out, null for the engine's own choice. `llm` says how a language model is asked, where one is.
    """

    engine: str = "local"
    threads: int = 1
    min_score: float | None = None
    llm: LlmOptions = field(default_factory=LlmOptions)
