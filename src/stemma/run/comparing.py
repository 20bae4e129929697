"""A casebook set beside a file of ACLED, UCDP or POLECAT; nothing of the file is kept."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from stemma.errors import UsageError
from stemma.importing import Entry, Kind, read_import
from stemma.importing.formats import list_importers
from stemma.model import Claim, Coding, Refusal
from stemma.run.recording import Asking, Recorded
from stemma.show.compare import Comparison, make_comparison
from stemma.show.compare_accounts import days_of
from stemma.store.fold import fold

MARKS: Final = {"acled": "event_id_cnty", "ucdp": "type_of_violence", "polecat": "event mode"}
"""A column by which each dataset's file is known."""

DATASETS: Final = tuple(MARKS)


@dataclass(slots=True)
class Rows:
    """A file's rows as codings, and what of it was refused. `filtered` rows were not asked for."""

    dataset: str
    codings: list[Coding] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    filtered: int = 0


def dataset_of(path: Path) -> str:
    """The dataset that a file is of, by its header; raises `UsageError`."""
    try:
        with path.open(encoding="utf-8-sig", errors="replace") as file:
            header = file.readline(100_000).lower()
    except OSError as error:
        raise UsageError(
            f"it cannot be read ({error.strerror or error})", where=str(path), mend="look at the path"
        ) from error
    found = [name for name, mark in MARKS.items() if mark in header]
    if len(found) != 1:
        raise UsageError(
            "its header is none of ACLED's, UCDP's or POLECAT's", where=str(path), mend="name it with --as"
        )
    return found[0]


def rows_of(path: Path, dataset: str | None, asking: Asking) -> Rows:
    """The rows of a file that the question's filters ask for; raises `UsageError`."""
    known = [one.name for one in list_importers() if one.kind is Kind.CLAIMS]
    if dataset is not None and dataset not in known:
        raise UsageError(f"{dataset!r} is none of {', '.join(known)}", where="--as", mend="give one of them")
    rows = Rows(dataset or dataset_of(path))
    for item in read_import(rows.dataset, path):
        if isinstance(item, Refusal):
            rows.refusals.append(item)
        elif isinstance(item, Entry):
            if _asked(item.coding, asking):
                rows.codings.append(item.coding)
            else:
                rows.filtered += 1
    return rows


def comparison_of(recorded: Recorded, rows: Rows, window: int) -> Comparison:
    """The record's incidents beside the rows."""
    return make_comparison(recorded.record, recorded.incidents, rows.codings, rows.dataset, window)


def _asked(coding: Coding, asking: Asking) -> bool:
    """True where a row meets the filters that are about what happened; sources and outlets are ours alone."""
    claim, query = coding.claims[0], asking.query
    if query.types and claim.type.value not in query.types:
        return False
    if query.country and (claim.place is None or claim.place.country != query.country):
        return False
    if query.place and not any(fold(query.place) in fold(name) for name in _places(claim)):
        return False
    if query.actor:
        wanted = [fold(name) for name in (query.actor, *query.units)]
        names = [fold(name) for entity in coding.entities for name in (*entity.names, entity.canonical or "")]
        if not any(want in name for want in wanted for name in names):
            return False
    return _in_time(claim, query.since, query.until)


def _places(claim: Claim) -> Iterator[str]:
    if claim.place:
        yield from (claim.place.text, claim.place.canonical or "", claim.place.admin1 or "")


def _in_time(claim: Claim, since: datetime.date | None, until: datetime.date | None) -> bool:
    first, last = days_of(claim.time)
    if first is None or last is None:
        return since is None and until is None
    return (since is None or last >= since) and (until is None or first <= until)
