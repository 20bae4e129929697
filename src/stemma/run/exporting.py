"""A casebook exported: its claims asked for, merged where the format needs it, written in its layout."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from stemma.errors import CasebookError
from stemma.export import ExportOptions, ExportSummary, Stock, write_export
from stemma.export.formats import find_format
from stemma.model import Coding, Document, Record
from stemma.store.options import is_address, shown
from stemma.store.protocol import Query, Store

SALT_SUFFIX = ".salt"


def export_casebook(
    store: Store,
    format: str,
    out: Path | IO[bytes],
    options: ExportOptions,
    query: Query | None = None,
) -> ExportSummary:
    """Writes what `query` asks for in the format of this name; all of the casebook without a query.

    Where the format uses incidents or lineage the casebook is merged first, which holds it in memory;
    with `options.claims` it is not, and claims are written as they come. Raises `UsageError`.
    """
    merged = find_format(format).merged and not options.claims
    stock = _merged(store, query) if merged else _plain(store, query)
    return write_export(stock, format, out, options)


def _plain(store: Store, query: Query | None) -> Stock:
    return Stock(_Codings(store, query), judgements=tuple(store.judgements()), document=_documents(store))


def _merged(store: Store, query: Query | None) -> Stock:
    from stemma.merge import merge_record
    from stemma.merge.protocol import Held

    held = [Held(store.document(coding.report), coding) for coding in store.codings()]
    record = merge_record(held, tuple(store.judgements()))
    if query is not None:
        record = _cut(record, store, query)
    return Stock.of(record, _documents(store))


def _cut(record: Record, store: Store, query: Query) -> Record:
    """The record with the claims that `query` asks for, and the incidents and lineage that these touch."""
    kept = {(coding.report, claim.id) for coding in store.codings(query) for claim in coding.claims}
    reports = {report for report, _ in kept}
    codings = []
    for coding in record.codings:
        if coding.report in reports:
            claims = tuple(claim for claim in coding.claims if (coding.report, claim.id) in kept)
            codings.append(coding.model_copy(update={"claims": claims}))
    incidents = tuple(i for i in record.incidents if any((c.report, c.claim) in kept for c in i.claims))
    dependences = tuple(d for d in record.lineage.dependences if d.report in reports)
    dispatches = tuple(d for d in record.lineage.dispatches if reports.intersection(d.reports))
    lineage = record.lineage.model_copy(update={"dependences": dependences, "dispatches": dispatches})
    return record.model_copy(update={"codings": tuple(codings), "incidents": incidents, "lineage": lineage})


class _Codings:
    """The codings of a casebook, asked for anew each time they are gone through."""

    def __init__(self, store: Store, query: Query | None) -> None:
        self._store = store
        self._query = query

    def __iter__(self) -> Iterator[Coding]:
        return iter(self._store.codings(self._query))


def _documents(store: Store) -> Callable[[str], Document | None]:
    """Documents of a casebook by report id."""

    def find(report: str) -> Document | None:
        try:
            return store.document(report)
        except KeyError:
            return None

    return find


def salt_of(casebook: str) -> str:
    """The salt of a casebook's pseudonyms, from the file beside it, which is made on first use.

    Who has the file can test whether a pseudonym is a given name: it is readable by its owner only. Raises
    `CasebookError` where it cannot be read or made.
    """
    if is_address(casebook):
        raise CasebookError(
            "keeps no salt of pseudonyms",
            where=shown(casebook),
            mend="give one with --salt, the same each time",
        )
    path = Path(casebook + SALT_SUFFIX)
    try:
        if path.exists():
            salt = path.read_text("utf-8").strip()
            if salt:
                return salt
        salt = secrets.token_hex(32)
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            file.write(salt + "\n")
        return salt
    except (OSError, UnicodeDecodeError) as error:
        raise CasebookError(
            f"the salt of the pseudonyms cannot be kept ({error})",
            where=str(path),
            mend="give one with --salt",
        ) from error
