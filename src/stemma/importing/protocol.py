"""What an importer provides, and what it gives back."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from stemma.importing.options import ImportOptions
from stemma.model import Coding, Document, Refusal, Report, Span


class Kind(StrEnum):
    """What becomes of what an importer reads."""

    CLAIMS = "claims"
    REPORTS = "reports"
    JUDGEMENTS = "judgements"
    LEXICON = "lexicon"
    ADDRESSES = "addresses"


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a dataset as a report, with its text and the one claim that it makes."""

    report: Report
    document: Document
    coding: Coding


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a page that a dataset rests on, with what is coded of it.

    `codes` are CAMEO event codes, `events` ids of the dataset, `first` the first day of them.
    """

    url: str
    codes: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    first: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class AnnotatedMark:
    """A stretch that an annotator marked. `values` is what the words mean, where the mark says so."""

    label: str
    span: Span
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AnnotatedClaim:
    """A claim as annotated: its trigger, and what hangs on it, each with its role (`actor`, `time` …).

    `claim` is its id in the report's coding, null for one that the annotator added. `where` is for messages.
    """

    where: str
    trigger: AnnotatedMark
    parts: tuple[tuple[str, AnnotatedMark], ...]
    claim: str | None = None
    status: str | None = None
    certainty: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text with what an annotator marked in it.

    `report` is the id that the export gave it, null where the annotations do not say; `person` who annotated,
    null where they do not say; `whole`: the claims are all that the annotator lets stand.
    """

    where: str
    text: str
    claims: tuple[AnnotatedClaim, ...]
    report: str | None = None
    person: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor for the user's own lexicon: the values of a row of the lexicon's table of actors."""

    name: str
    kind: str
    country: str = ""
    aliases: tuple[str, ...] = ()
    parent: str = ""
    start: str = ""
    end: str = ""
    member_of: tuple[str, ...] = ()


Item: TypeAlias = Entry | Report | AnnotatedText | ActorRow | Address


@dataclass(frozen=True, slots=True)
class Loss:
    """What does not become a value of the claim, by columns of the file, with the reason.

    Every cell stands in the report's text all the same. `part`: some of it becomes one.
    """

    columns: tuple[str, ...]
    reason: str
    part: bool = False


class Importer(Protocol):
    """One format of files. `description` is one sentence: what it is and what becomes of it."""

    name: str
    kind: Kind
    description: str

    def losses(self) -> tuple[Loss, ...]:
        """What of the file does not come in."""
        ...

    def read(self, path: Path, options: ImportOptions) -> Iterator[Item | Refusal]:
        """What the file says, as it comes; a refusal for what cannot be read."""
        ...
