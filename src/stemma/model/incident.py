"""An incident: what several claims are about, with its origins and disputes."""

from __future__ import annotations

from pydantic import Field

from stemma.model.base import Noun
from stemma.model.place import Place
from stemma.model.time import Time
from stemma.model.vocabulary import ClaimType, SourceKind


class ClaimAt(Noun):
    """A claim of a casebook: the report that makes it and its id in that report's coding."""

    report: str
    claim: str


class Merging(Noun):
    """Why two claims are taken to be about one happening; `score` in [0, 1]."""

    left: ClaimAt
    right: ClaimAt
    reason: str
    score: float


class Origin(Noun):
    """An ultimate source of an incident's claims, after walking chains and lineage.

    `name` is its fullest name, `institution` the body it speaks for where one is known; `reports`
    the reports that rest on it. `held` is false for an outlet's story that is not in the casebook.
    """

    name: str
    kind: SourceKind
    institution: str | None = None
    anonymous: bool = False
    held: bool = True
    reports: tuple[str, ...] = ()


class Origins(Noun):
    """The ultimate sources, and how many of them are independent: between `low` and `high`.

    `reasons` say why the two differ: anonymous pools may overlap, a parent is not held. `sentence`
    says it in words to print.
    """

    origins: tuple[Origin, ...] = ()
    low: int = 0
    high: int = 0
    reasons: tuple[str, ...] = ()
    sentence: str = ""


class Version(Noun):
    """One value of a disputed attribute: who says it, where, and through whom."""

    value: str
    claims: tuple[ClaimAt, ...]
    reports: tuple[str, ...]
    origins: tuple[str, ...] = ()
    said: str | None = None
    withdrawn: bool = False


class Dispute(Noun):
    """Where the claims about one incident differ in a value.

    `attribute` is `killed`, `injured`, `captured` … for a toll (`of` says of whom), `actor`, `place`,
    `time`, or `happened`. `kind` is `differs`, `denied`, `superseded`, `moved` (a figure that changed
    owner on the way) or `headline` (a headline against its body).
    """

    attribute: str
    of: str | None = None
    kind: str = "differs"
    versions: tuple[Version, ...]
    note: str = ""


class Incident(Noun):
    """One happening: its claims, what they say together, on whose word, and where they differ.

    `parties` maps each role to the names of its parties, the most told first. `time` and `place` are
    the most precise values that no claim contradicts, null where there is none. `part_of` is the id of
    a campaign's incident that this one belongs to.
    """

    id: str
    type: ClaimType
    title: str
    claims: tuple[ClaimAt, ...]
    merged: tuple[Merging, ...] = ()
    parties: dict[str, tuple[str, ...]] = Field(default={})
    time: Time | None = None
    place: Place | None = None
    part_of: str | None = None
    origins: Origins = Origins()
    disputes: tuple[Dispute, ...] = ()

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that tell of it, each once, in order."""
        return tuple(dict.fromkeys(c.report for c in self.claims))
