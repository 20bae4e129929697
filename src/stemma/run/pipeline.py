"""The way of reports through the stages: gather, read, extract, store."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from stemma.model import Header, Refusal, Report
from stemma.run.intake import gather_reports
from stemma.run.reading import Reading
from stemma.run.unit import unit_of
from stemma.run.work import read_one, start_engine, work_through
from stemma.settings import Settings
from stemma.store.protocol import Outcome, Store
from stemma.version import __version__

__all__ = ["Added", "add_paths", "add_reports", "count_reports", "read_one", "read_paths"]


@dataclass(frozen=True, slots=True)
class Added:
    """One report that is in the casebook now. `claims` is null where it was known and not coded anew."""

    report: str
    outcome: Outcome
    claims: int | None = None


def read_paths(
    paths: Sequence[str | Path],
    settings: Settings | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    header: Header | None = None,
    workers: int = 1,
) -> Iterator[Reading | Refusal]:
    """What became of each report under `paths`, in the order of the reports.

    `mapping` names the columns or keys of CSV and JSON rows, `header` goes before what the reports
    themselves say, `workers` is the number of processes; it changes the speed only. Raises
    `UsageError` for arguments that cannot be followed and `EngineError` where no engine starts.
    """
    settings = settings or Settings()
    start_engine(settings.extract)
    items = gather_reports(paths, mapping or {}, header or Header(), settings.read)
    with closing(work_through(items, settings, workers)) as worked:
        for _, result in worked:
            yield result


def add_paths(
    paths: Sequence[str | Path],
    store: Store,
    settings: Settings | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    header: Header | None = None,
    workers: int = 1,
) -> Iterator[Added | Refusal]:
    """Reads the reports under `paths` into `store`; what is yielded as `Added` is stored for good.

    A report that the store knows by its unit is neither read nor coded again. Refusals are noted in
    the store. Raises as `read_paths` does, and `CasebookError` where the casebook cannot be written.
    """
    settings = settings or Settings()
    items = gather_reports(paths, mapping or {}, header or Header(), settings.read)
    yield from add_reports(items, store, settings, workers=workers)


def add_reports(
    items: Iterable[Report | Refusal], store: Store, settings: Settings | None = None, *, workers: int = 1
) -> Iterator[Added | Refusal]:
    """As `add_paths`, for reports that were gathered some other way; refusals among them are passed on."""
    settings = settings or Settings()
    engine = start_engine(settings.extract)

    def unit(report: Report) -> str:
        return unit_of(report, settings, __version__, (engine.name, engine.version))

    def unknown() -> Iterator[Report | Refusal | Added]:
        for item in items:
            if isinstance(item, Report) and store.knows(item.bytes_hash(), item.id, unit(item)):
                yield Added(item.id, Outcome.KNOWN)
            else:
                yield item

    with closing(work_through(unknown(), settings, workers)) as worked:
        for report, result in worked:
            if isinstance(result, Refusal):
                store.refuse(result)
                yield result
            elif isinstance(result, Added):
                yield result
            elif report:
                outcome = store.add(report, result.document, result.coding, unit(report))
                yield Added(report.id, outcome, len(result.claims))


def count_reports(
    paths: Sequence[str | Path],
    settings: Settings,
    *,
    mapping: Mapping[str, str] | None = None,
    header: Header | None = None,
    seconds: float = 1.0,
) -> int | None:
    """How many reports lie under `paths`, for a progress bar; null where counting takes too long.

    Standard input can be read once only and is never counted.
    """
    if any(str(path) == "-" for path in paths):
        return None
    number, until = 0, time.monotonic() + seconds
    for _ in gather_reports(paths, mapping or {}, header or Header(), settings.read):
        number += 1
        if time.monotonic() > until:
            return None
    return number
