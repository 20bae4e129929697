"""What a store of casebooks provides; every store passes the suite in `tests/conformance`."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self

from stemma.model import Coding, Document, Judgement, Refusal, Report
from stemma.store.filing import Filing
from stemma.store.listing import Listing
from stemma.store.query import Query

__all__ = [
    "Audited",
    "Doubt",
    "Member",
    "Outcome",
    "Query",
    "Role",
    "Shelf",
    "ShelfQuery",
    "ShelfRow",
    "Store",
    "Tally",
    "Verified",
]


class Outcome(StrEnum):
    """What `add` did with a report."""

    ADDED = "added"
    KNOWN = "known"
    """The same bytes were coded before by the same engine under the same options."""
    RECODED = "recoded"
    """The same bytes, coded anew by another engine version."""
    VERSION = "version"
    """Other bytes under a known id: kept beside the earlier ones as a later version."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What a casebook holds."""

    reports: int = 0
    outlets: int = 0
    entities: int = 0
    claims: int = 0
    sourced: int = 0
    hedged: int = 0
    judgements: int = 0
    refused: int = 0
    first_published: datetime.date | None = None
    last_published: datetime.date | None = None
    claims_by_type: dict[str, int] = field(default_factory=dict)
    schema_version: str = ""


@dataclass(frozen=True, slots=True)
class ShelfQuery:
    """Which reports are listed. All that is given must hold.

    `text`: full-text search over documents (words; all must occur); `outlet`: substring of the outlet,
    case and accents ignored; `since`/`until`: published then, both ends inclusive; `type`: has a claim of
    this type; `country`: has a claim placed there; `among`/`without`: only, or none of, these report ids.
    `order` is `published` (newest first), `title`, `claims` (most first) or `score` (least sure first).
    `after`/`before`: only what stands beyond this report id in the order `published`, the nearest first; a
    report that is not there changes nothing.
    """

    text: str | None = None
    outlet: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    type: str | None = None
    country: str | None = None
    among: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    order: str = "published"
    offset: int = 0
    limit: int = 50
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class ShelfRow:
    """One report of the list, with its claims counted; `score` is the mean score of its claims."""

    id: str
    title: str | None
    outlet: str | None
    published: datetime.date | None
    language: str | None
    claims: int
    sourced: int
    hedged: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Shelf:
    """A page of the list of reports; `total` counts all that the query finds."""

    rows: tuple[ShelfRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """A claim in the queue for a person's eye.

    `score` is the engine's confidence (null where unknown); `lone` is true where the chain ends in a
    single anonymous source. `need` in [0, 1] orders the queue.
    """

    report: str
    claim: str
    type: str
    evidence: str
    score: float | None
    lone: bool
    hedged: bool
    need: float


@dataclass(slots=True)
class Verified:
    """What a look at all evidence found: what is wrong, in words; how much was looked at; the last link."""

    wrong: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    head: str = ""


class Role(StrEnum):
    """What a person may do in a casebook that has members; who is none may nothing."""

    READER = "reader"
    """Reads and exports."""
    REVIEWER = "reviewer"
    """Judges and merges as well."""
    OWNER = "owner"
    """Adds reports, gives roles and migrates as well."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person with a role; `login` is that person's user in the database, where there is one."""

    person: str
    role: Role
    login: str | None = None


@dataclass(frozen=True, slots=True)
class Audited:
    """One act: when (UTC), by whom as named and as logged in, what it was, on what."""

    at: str
    person: str
    login: str
    act: str
    subject: str
    detail: str


class Store(Filing, Listing, Protocol):
    """A casebook: reports, documents, codings, judgements, and what merging keeps."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def knows(self, bytes_hash: str, report: str, unit: str) -> bool:
        """True where these bytes under this id were already coded as `unit` (see `add`)."""
        ...

    def add(self, report: Report, document: Document, coding: Coding, unit: str) -> Outcome:
        """Stores one report with all that was made of it, atomically and durably.

        `unit` is the hash of (bytes hash, stages, stage versions, options): adding the same unit
        twice changes nothing. Refusals noted for the report's address are lifted. Raises
        `CasebookError` where it cannot be written.
        """
        ...

    def refuse(self, refusal: Refusal) -> None:
        """Notes that a report was refused; the same refusal twice is noted once."""
        ...

    def refusals(self) -> Iterator[Refusal]:
        """The refusals noted, oldest first."""
        ...

    def report_ids(self) -> Sequence[str]:
        """The ids of all reports, sorted."""
        ...

    def reports_with(self, text: str) -> Sequence[str]:
        """The ids, sorted, of the reports whose latest document has all words of `text`."""
        ...

    def document(self, report: str) -> Document:
        """The latest document of this report id; raises `KeyError`."""
        ...

    def coding(self, report: str) -> Coding:
        """The latest coding of this report id; raises `KeyError`."""
        ...

    def original(self, report: str) -> Report:
        """The latest bytes of this report id, as they arrived; raises `KeyError`."""
        ...

    def versions(self, report: str) -> Sequence[Document]:
        """All documents kept under this id, oldest first."""
        ...

    def codings(self, query: Query | None = None) -> Iterator[Coding]:
        """The latest codings by report id, each cut down to the claims that `query` asks for.

        A coding without such a claim is left out; entities that no kept claim uses are left out.
        """
        ...

    def judge(self, judgement: Judgement, seen: int | None = None) -> Sequence[Judgement]:
        """Appends a judgement; gives what others said of the same claim after the first `seen` judgements.

        `seen` is how many judgements the person had before their eyes. Nothing is refused and nothing is
        written over: who comes second is told, both judgements are kept.
        """
        ...

    def judgements(self, skip: int = 0) -> Iterator[Judgement]:
        """All judgements, in the order given, without the first `skip` of them."""
        ...

    def shelf(self, query: ShelfQuery) -> Shelf:
        """A page of the list of reports, and how many there are in all."""
        ...

    def doubts(self, limit: int) -> Sequence[Doubt]:
        """The claims that most need a person's eye, the neediest first (see `Doubt`)."""
        ...

    def tally(self) -> Tally:
        """What the casebook holds, counted."""
        ...

    def note(self, act: str, subject: str, detail: str = "", person: str = "") -> None:
        """Enters an act into the audit log; adding and judging enter themselves."""
        ...

    def audit(self) -> Sequence[Audited]:
        """The audit log, oldest first."""
        ...

    def members(self) -> Sequence[Member]:
        """Everybody with a role, by name; nobody where all may do all."""
        ...

    def set_member(self, member: Member, by: str = "") -> None:
        """Gives a person a role in place of any other; raises `CasebookError` where no owner is left."""
        ...

    def drop_member(self, person: str, by: str = "") -> None:
        """Takes a person's role away; raises `CasebookError` where no owner would be left."""
        ...

    def verify(self, head: str = "") -> Verified:
        """Compares all evidence with the chain of hashes; `head` is a link noted down earlier."""
        ...

    def close(self) -> None:
        """Releases the casebook."""
        ...
