"""Document -> Claims: `extract_claims`."""

from __future__ import annotations

from functools import cache
from typing import Final

from stemma.errors import UsageError
from stemma.extract.options import ExtractOptions
from stemma.extract.protocol import Engine
from stemma.model import Coding, Document

__all__ = ["ENGINES", "Engine", "ExtractOptions", "extract_claims", "find_engine"]

ENGINES: Final = ("local", "llm", "both")
"""The engines that come with the program; packages may bring more (`stemma.plugins`)."""


@cache
def find_engine(options: ExtractOptions) -> Engine:
    """The engine that `options` names, started once per process; raises `UsageError`."""
    if options.engine == "llm":
        from stemma.extract.llm.engine import LlmEngine

        return LlmEngine(options.llm)
    if options.engine == "both":
        from stemma.extract.both import BothEngines

        return BothEngines(options)
    if options.engine != "local":
        raise UsageError(
            f"no engine is called {options.engine!r}", where="--engine", mend=f"use {', '.join(ENGINES)}"
        )
    from stemma.extract.local import LocalEngine

    return LocalEngine(options)


def extract_claims(
    document: Document, options: ExtractOptions | None = None, engine: Engine | None = None
) -> Coding:
    """The coding of `document`: its entities and claims, every value with its offsets.

    `engine` is one that runs already, else the one that `options` name. Where claims contradict one another
    or their report, notes at them say so (`stemma.extract.checks`).
    """
    from stemma.extract.checks import with_checks

    engine = engine or find_engine(options or ExtractOptions())
    return with_checks(document, engine.extract(document))
