"""Document -> Claims: `extract_claims`."""

from __future__ import annotations

from functools import cache

from stemma.errors import UsageError
from stemma.extract.options import ExtractOptions
from stemma.extract.protocol import Engine
from stemma.model import Coding, Document

__all__ = ["Engine", "ExtractOptions", "extract_claims", "find_engine"]


@cache
def find_engine(options: ExtractOptions) -> Engine:
    """The engine that `options` names, started once per process; raises `UsageError`."""
    if options.engine != "local":
        raise UsageError(f"no engine is called {options.engine!r}", where="--engine", mend="use local")
    from stemma.extract.local import LocalEngine

    return LocalEngine(options)


def extract_claims(document: Document, options: ExtractOptions | None = None) -> Coding:
    """The coding of `document`: its entities and claims, every value with its offsets.

    Where claims contradict one another or their report, notes at them say so (`stemma.extract.checks`).
    """
    from stemma.extract.checks import with_checks

    return with_checks(document, find_engine(options or ExtractOptions()).extract(document))
