"""Lineage: which report depends on which, and how."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.span import Span


class Descent(StrEnum):
    """How a report depends on what it depends on."""

    COPIES = "copies"
    EXCERPTS = "excerpts"
    CITES = "cites"
    REWRITES = "rewrites"
    TRANSLATES = "translates"


class Alignment(Noun):
    """Words of one report that stand in another: `span` in the dependent one, `other` in its parent."""

    span: Span
    other: Span


REVISION: Final = "revision:"
"""How the reason of an edge begins that leads to an earlier text of the same address."""


class Dependence(Noun):
    """One edge of a lineage: `report` depends on `parent`.

    `parent` is the id of a report held, or `outlet:NAME` for an outlet's story that is not held, or
    `source:NAME` for a voice that is no outlet. `credited` is true where the report itself says so,
    in the words at `cue`. `reason` says in one line why, and why in this direction; `score` in [0, 1]
    how sure. `alignments` are the shared words (none where the parent is not held).
    """

    report: str
    parent: str
    kind: Descent
    credited: bool
    reason: str
    score: float = 1.0
    cue: Span | None = None
    alignments: tuple[Alignment, ...] = ()

    @property
    def how(self) -> str:
        """`copies, not credited` in words; a later text of one address is a revision of the earlier."""
        if self.reason.startswith(REVISION):
            return "a revision"
        return f"{self.kind.value}, {'credited' if self.credited else 'not credited'}"


class Dispatch(Noun):
    """Reports that carry one story of one agency, which is itself not held: siblings under `parent`."""

    parent: str
    reports: tuple[str, ...]
    reason: str = ""


class Lineage(Noun):
    """The dependences of a set of reports, in the order of the reports."""

    dependences: tuple[Dependence, ...] = Field(default=())
    dispatches: tuple[Dispatch, ...] = Field(default=())

    def of(self, report: str) -> tuple[Dependence, ...]:
        """What this report depends on; empty where nothing is known."""
        return tuple(d for d in self.dependences if d.report == report)
