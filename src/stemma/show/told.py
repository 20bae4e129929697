"""Who tells of a thing: reports as a reader knows them, by outlet and day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from stemma.model import Coding, Record


@dataclass(frozen=True, slots=True)
class Told:
    """A report that tells of something."""

    report: str
    outlet: str | None
    published: datetime.date | None
    title: str | None = None

    @property
    def label(self) -> str:
        """The outlet, else the report's id."""
        return " ".join((self.outlet or self.report).split())


def told_in(record: Record, reports: Iterable[str]) -> tuple[Told, ...]:
    """These reports, the earliest first, those without a date last; a report not held has its id only."""
    codings = _by_report(record)
    found = []
    for report in dict.fromkeys(reports):
        coding = codings.get(report)
        if coding is None:
            found.append(Told(report, None, None))
        else:
            found.append(Told(report, coding.outlet, coding.published, coding.title))
    return tuple(sorted(found, key=lambda one: (one.published or datetime.date.max, one.report)))


_last: list[tuple[Record, dict[str, Coding]]] = []


def _by_report(record: Record) -> dict[str, Coding]:
    """The codings of a record by report. A page asks for those of one record, row after row."""
    known = next(iter(_last), None)
    if known is None or known[0] is not record:
        known = (record, {coding.report: coding for coding in record.codings})
        _last[:] = [known]
    return known[1]


def outlets_of(told: Iterable[Told]) -> tuple[str, ...]:
    """The outlets of these reports, each once, in their order."""
    return tuple(dict.fromkeys(" ".join(one.outlet.split()) for one in told if one.outlet))
