"""The engine of a run: one of the house or a plug-in's, and whom it tells of the reports."""

from __future__ import annotations

from functools import cache

from stemma import extract
from stemma.errors import EngineError, StemmaError
from stemma.extract import ENGINES, Engine, ExtractOptions
from stemma.plugins import ENGINE_HOOK, load_engine, names_of


def start_engine(options: ExtractOptions) -> Engine:
    """The engine, started: one that cannot start is one fault of the run, not one per report.

    Raises `UsageError` for an unknown engine and `EngineError` for one that cannot start.
    """
    try:
        if options.engine not in ENGINES and options.engine in names_of(ENGINE_HOOK):
            return _of_plugin(options)
        return extract.find_engine(options)
    except StemmaError:
        raise
    except Exception as error:
        raise EngineError(
            f"the engine cannot start ({type(error).__name__}: {error})",
            where=options.engine,
            mend="install stemma-record again",
        ) from error


@cache
def _of_plugin(options: ExtractOptions) -> Engine:
    return load_engine(options)


def in_threads(engine: Engine) -> bool:
    """True for an engine that waits for an endpoint: its workers are threads, with one set of caps."""
    return getattr(engine, "host", None) is not None


def where_to(options: ExtractOptions) -> str:
    """One line that says where the text of the reports goes; empty where it stays here.

    A plug-in's own doing is not known here.
    """
    engine = start_engine(options)
    host = getattr(engine, "host", None)
    if host is None:
        return ""
    if options.llm.replay:
        return f"replay: answers of {host} are read from the cache, nothing is sent"
    if getattr(engine, "local", False):
        return f"the text of the reports is given to the server at {host} on this machine"
    return f"the text of the reports leaves this machine: it is sent to {host}"


def spent(options: ExtractOptions) -> str:
    """What a run with a language model cost so far, in a line; empty for other engines."""
    client = getattr(start_engine(options), "client", None)
    if client is None:
        return ""
    number = client.budget.requests
    return f"{number:,} {'request' if number == 1 else 'requests'} answered, {client.budget.told()}"
