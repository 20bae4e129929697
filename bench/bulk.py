"""Many reports into a casebook in one transaction: benchmarks measure what comes after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from stemma.store import database, schema
from stemma.store.index import next_key

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


def add_bare(store: Store, bundles: Iterable[tuple[Report, Document, Coding]], unit: str) -> None:
    """Adds new reports as merging reads them, at a sixth of the cost: no index of words, names and claims."""
    tables = (schema.reports, schema.versions, schema.documents, schema.codings, schema.unfiled)
    rows: list[list[dict[str, object]]] = [[] for _ in tables]
    with store._writer.begin() as connection:  # type: ignore[attr-defined]
        keys = [next_key(connection, table) for table in tables[:4]]
        for step, bundle in enumerate(bundles):
            made = database._Parcel(*bundle, unit)
            report, version, document, coding = (key + step for key in keys)
            published = made.coding.published
            shown = {"published": published.isoformat() if published else None, "outlet": made.coding.outlet}
            bytes_of = {"bytes_hash": made.bytes_hash, "content": made.content}
            text_of = {"hash": made.document_hash, "wire": made.document_wire}
            coded = {"unit": unit, "added_at": made.added_at, "report_wire": made.report_wire}
            for table, row in zip(
                rows,
                (
                    {"key": report, "id": made.report, "document": document, **shown},
                    {"key": version, "report": report, **bytes_of},
                    {"key": document, "version": version, **text_of},
                    {
                        "key": coding,
                        "version": version,
                        "document": document,
                        "wire": made.coding_wire,
                        **coded,
                    },
                    {"report": report},
                ),
                strict=True,
            ):
                table.append(row)
        for table, given in zip(tables, rows, strict=True):
            connection.execute(table.insert(), given)
