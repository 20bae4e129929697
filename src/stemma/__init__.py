"""Stemma: who says so? Reads reports on armed conflict into sourced, dated, checkable claims.

>>> import stemma
>>> reading = stemma.read("report.html")                        # doctest: +SKIP
>>> for claim in reading.claims:                                # doctest: +SKIP
...     print(claim.type, claim.evidence, claim.sources)

`read` gives back one `Reading` (a document and its claims), `read_all` one per report of a folder
or table; a `Casebook` keeps them and answers questions, as rows, as frames, and as pictures in a notebook.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any

from stemma.version import __version__

if TYPE_CHECKING:
    import datetime
    import os
    from collections.abc import Iterator, Sequence

    from stemma.errors import CasebookError, ReadError, StemmaError, UsageError
    from stemma.model import (
        Claim,
        Coding,
        Document,
        Entity,
        Incident,
        Judgement,
        Passage,
        Refusal,
        Report,
        Source,
        Span,
    )
    from stemma.run.book import Casebook
    from stemma.run.reading import Reading
    from stemma.store.protocol import Query, Store

__all__ = [
    "Casebook",
    "CasebookError",
    "Claim",
    "Coding",
    "Document",
    "Entity",
    "Incident",
    "Judgement",
    "Passage",
    "Query",
    "ReadError",
    "Reading",
    "Refusal",
    "Report",
    "Source",
    "Span",
    "StemmaError",
    "Store",
    "UsageError",
    "__version__",
    "open_casebook",
    "read",
    "read_all",
]

_HOMES = {
    **dict.fromkeys(("CasebookError", "ReadError", "StemmaError", "UsageError"), "stemma.errors"),
    **dict.fromkeys(
        (
            *("Claim", "Coding", "Document", "Entity", "Incident", "Judgement"),
            *("Passage", "Refusal", "Report", "Source", "Span"),
        ),
        "stemma.model",
    ),
    "Casebook": "stemma.run.book",
    "Reading": "stemma.run.reading",
    "Query": "stemma.store.protocol",
    "Store": "stemma.store.protocol",
}
"""Where each lazy name lives: `import stemma` alone must stay instant (no pydantic, no model)."""


def read(
    source: str | os.PathLike[str] | IO[str] | IO[bytes],
    *,
    outlet: str | None = None,
    published: datetime.date | str | None = None,
    url: str | None = None,
) -> Reading:
    """One report, read: its document and its claims, each with the words that carry it.

    `source` is a path (text, HTML or Markdown) or an open file of text or bytes. `outlet`,
    `published` (a date or `YYYY-MM-DD`) and `url` go before what the report itself says. Raises
    `ReadError` where the report cannot be read and `UsageError` where `source` holds several
    (then use `read_all`).
    """
    from stemma.run.api import make_header, read_single

    return read_single(source, make_header(outlet, published, url))


def read_all(paths: str | os.PathLike[str] | Sequence[str | os.PathLike[str]]) -> Iterator[Reading | Refusal]:
    """All reports under `paths` (files, folders, tables), read one by one, in order.

    A report that cannot be read comes as a `Refusal` that says what, where and what to do.
    """
    from stemma.run.api import read_several

    return read_several(paths)


def open_casebook(casebook: str | os.PathLike[str] | None = None, *, create: bool = False) -> Store:
    """What keeps the casebook in this file, for use in a `with` statement; `create` makes a new one.

    `Casebook` is easier to ask; this is its `store`, which gives codings one by one. Without a file: the
    one that `STEMMA_CASEBOOK` names, else `stemma.casebook`. Raises
    `CasebookError` where there is none or it cannot be opened.
    """
    from stemma.run.api import open_casebook as open_it

    return open_it(casebook, create=create)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'stemma' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)


class _ReadStage(ModuleType):
    """The package `stemma.read`, which can be called as the function of the same name."""

    __call__ = staticmethod(read)


class _Stemma(ModuleType):
    """This package, whose function `read` and stage `read` bear one name.

    Importing the stage makes Python set `stemma.read` to the module; here the module is then made to
    answer like the function, so that `stemma.read(...)` works before and after.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "read" and isinstance(value, ModuleType):
            value.__class__ = _ReadStage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Stemma
