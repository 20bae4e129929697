"""All formats, by explicit import; no format registers itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stemma.export.protocol import Format


def list_formats() -> tuple[Format, ...]:
    """Every format, those of event data first."""
    from stemma.export.event_formats import event_formats
    from stemma.export.graph_formats import graph_formats

    return (*event_formats(), *graph_formats())


def find_format(name: str) -> Format:
    """The format of this name, whatever its case; raises `UsageError`."""
    from stemma.errors import UsageError

    known = {one.name: one for one in list_formats()}
    found = known.get(name.strip().casefold())
    if found is None:
        raise UsageError(
            f"no format is called {name!r}", where="FORMAT", mend=f"use one of {', '.join(known)}"
        )
    return found
