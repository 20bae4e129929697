"""What a format provides, what it is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Protocol, Self

from stemma.export.options import ExportOptions
from stemma.model import Coding, Document, Incident, Judgement, Lineage, Record


def _no_document(report: str) -> Document | None:
    return None


@dataclass(frozen=True, slots=True)
class Stock:
    """What an export reads: a record whose codings may come one by one from a casebook.

    `codings` may be gone through several times, in the same order each time. `document` gives the document
    of a report id, null where it is not at hand.
    """

    codings: Iterable[Coding]
    lineage: Lineage = field(default_factory=Lineage)
    incidents: Sequence[Incident] = ()
    judgements: Sequence[Judgement] = ()
    document: Callable[[str], Document | None] = _no_document

    @classmethod
    def of(cls, record: Record, document: Callable[[str], Document | None] = _no_document) -> Self:
        """The stock of a record that is held in memory."""
        return cls(record.codings, record.lineage, record.incidents, record.judgements, document)


@dataclass(frozen=True, slots=True)
class Loss:
    """A value of the record that the format cannot hold, or holds only in part.

    `value` is its path below the record in the wire form without indices (`codings.claims.certainty`,
    `incidents.origins.low`); what stands below it is lost too. `part`: some of it is kept; `reason` says what
    in one sentence.
    """

    value: str
    reason: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What a format wrote: rows (or objects), and what it left out as a whole, by reason."""

    rows: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export amounts to. `files` are the names of all files written, the sidecar's too."""

    format: str
    rows: int
    losses: tuple[Loss, ...] = field(repr=False)
    left_out: Mapping[str, int] = field(default_factory=dict)
    files: tuple[str, ...] = ()


class Target(Protocol):
    """Where a format writes: one file, or the files of a folder. Whoever opens a file closes it."""

    def open(self, name: str = "") -> IO[bytes]:
        """A binary file to write: the one file, or the file of this name in the folder."""
        ...


class Format(Protocol):
    """One format of files.

    `description` is one sentence: what it is and who uses it. `suffix` is the usual end of a file's name.
    `tables` are the names of its files where it writes a folder of several (`options.table` picks one);
    empty for a format of one file. `merged`: it uses incidents or lineage, so a casebook is merged before.
    `documents`: it writes the reports' own text, so it is refused where names are to be pseudonyms.
    """

    name: str
    description: str
    suffix: str
    tables: tuple[str, ...]
    merged: bool
    documents: bool

    def losses(self) -> tuple[Loss, ...]:
        """All that a round trip through this format loses; what is not listed comes back as it was."""
        ...

    def write(self, stock: Stock, target: Target, options: ExportOptions) -> Written:
        """Writes the stock as it comes, without holding it in memory; raises `UsageError`."""
        ...
