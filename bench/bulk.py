"""Many reports into a casebook in one transaction: benchmarks measure what comes after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from stemma.store import database

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from stemma.model import Coding, Document, Report
    from stemma.store import Store


class Adding(Protocol):
    """Adds one report with its coding."""

    def __call__(self, report: Report, document: Document, coding: Coding) -> None: ...


@contextmanager
def at_once(store: Store, unit: str) -> Iterator[tuple[Connection, Adding]]:
    """What adds reports, coded as `unit`, and its connection; all of them are kept, or none."""
    with store._writer.begin() as connection:  # type: ignore[attr-defined]

        def add(report: Report, document: Document, coding: Coding) -> None:
            database._write(connection, database._Parcel(report, document, coding, unit))

        yield connection, add
