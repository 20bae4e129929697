"""What other packages bring: at most seven hooks, each an entry point typed by a stage's protocol.

A package names its objects in its own `pyproject.toml`, under `[project.entry-points."stemma.engines"]`;
installing it is all that it takes. Nothing is loaded until it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from stemma.errors import EngineError, UsageError
from stemma.extract import ENGINES, Engine, ExtractOptions

ENGINE_HOOK: Final = "stemma.engines"
"""Each a callable that takes `ExtractOptions` and gives back an `Engine`."""
HOOKS: Final = (ENGINE_HOOK,)
"""Only what is used now: one. Seven are the most that there will ever be."""

MakeEngine = Callable[[ExtractOptions], Engine]


@dataclass(frozen=True, slots=True)
class Broken:
    """A plug-in that cannot be used: its hook, its name, and why, in one line."""

    hook: str
    name: str
    what: str

    def line(self) -> str:
        """`stemma.engines: tinyspan cannot be used: …`."""
        return " ".join(f"{self.hook}: {self.name} cannot be used: {self.what}".split())


def names_of(hook: str) -> tuple[str, ...]:
    """The names that installed packages give to this hook, sorted; nothing is loaded."""
    return tuple(sorted({point.name for point in entry_points(group=hook)}))


def load_engine(options: ExtractOptions) -> Engine:
    """The engine of a plug-in that `options` names.

    Raises `UsageError` where there is none of this name and `EngineError`, with one line that says why,
    where it cannot be loaded or is no engine.
    """
    name = options.engine
    points = [point for point in entry_points(group=ENGINE_HOOK) if point.name == name]
    if not points:
        known = ", ".join(dict.fromkeys((*ENGINES, *names_of(ENGINE_HOOK))))
        raise UsageError(f"no engine is called {name!r}", where="--engine", mend=f"use one of {known}")
    made = _make(points[0], options)
    if isinstance(made, Broken):
        raise EngineError(made.what, where=f"engine {name}", mend="mend or remove the package that brings it")
    return _Checked(name, made)


def broken_plugins() -> Iterator[Broken]:
    """Every plug-in that cannot be loaded, of all hooks."""
    for hook in HOOKS:
        for point in sorted(entry_points(group=hook), key=lambda point: point.name):
            loaded = _load(point)
            if isinstance(loaded, Broken):
                yield loaded


class _Checked:
    """A plug-in's engine, held to the protocol: its codings bear its name and fit their document."""

    def __init__(self, name: str, engine: Engine) -> None:
        self._engine, self.name, self.version = engine, name, str(engine.version)

    def extract(self, document: Any) -> Any:
        """The plug-in's coding of `document`; raises `EngineError` where it is none, or its spans lie."""
        from stemma.model import Coding

        where = f"engine {self.name}"
        try:
            coding = self._engine.extract(document)
        except EngineError:
            raise
        except Exception as error:
            raise EngineError(
                f"it failed on this report ({type(error).__name__}: {error})",
                where=where,
                mend="tell its makers, or use --engine local",
            ) from error
        if not isinstance(coding, Coding):
            raise EngineError(f"it gave back a {type(coding).__name__} and no coding", where=where)
        for claim in coding.claims:
            for ground in claim.grounds():
                if ground.span.of(document.text) != ground.text:
                    raise EngineError(
                        f"{ground.value} of claim {claim.id} is not what stands at its place", where=where
                    )
        return coding.model_copy(
            update={
                "report": document.report,
                "document_hash": document.content_hash(),
                "engine": self.name,
                "engine_version": self.version,
            }
        )


def _make(point: EntryPoint, *arguments: Any) -> Any:
    """What the plug-in's callable gives back, checked for an engine's parts; else why not."""
    loaded = _load(point)
    if isinstance(loaded, Broken):
        return loaded
    try:
        made = loaded(*arguments)
    except Exception as error:
        return Broken(point.group, point.name, f"it does not start ({type(error).__name__}: {error})")
    lacks = _lacks(made, "name", "version", "extract") if point.group == ENGINE_HOOK else ""
    return Broken(point.group, point.name, f"it has no `{lacks}`") if lacks else made


def _load(point: EntryPoint) -> Any:
    try:
        loaded = point.load()
    except Exception as error:
        # Whatever a package does while it is imported, the others must still be usable.
        return Broken(point.group, point.name, f"it does not load ({type(error).__name__}: {error})")
    return loaded if callable(loaded) else Broken(point.group, point.name, "it cannot be called")


def _lacks(made: object, *names: str) -> str:
    return next((name for name in names if not hasattr(made, name)), "")
