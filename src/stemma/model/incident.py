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

    `likely` lies between them: every voice that is known counts, anonymous pools of different newsrooms
    apart, what cannot be resolved not. `reasons` say why low and high differ: pools may overlap, a parent
    is not held. `sentence` says it in words to print.
    """

    origins: tuple[Origin, ...] = ()
    low: int = 0
    likely: int = 0
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


class Statement(Noun):
    """One thing said of an incident, which has origins of its own: who counts the dead may be silent else.

    `attribute` is `killed`, `injured` … for a toll (`of` says of whom), `denied`, or a claim's type and
    mode in small letters (`coerce seize`). `reports` say it, through `claims` where it was coded.
    """

    attribute: str
    of: str | None = None
    claims: tuple[ClaimAt, ...] = ()
    reports: tuple[str, ...]
    origins: Origins = Origins()


class Incident(Noun):
    """One happening: its claims, what they say together, on whose word, and where they differ.

    `parties` maps each role to the names of its parties, the most told first. `time` and `place` are
    the most precise values that no claim contradicts, null where there is none. `part_of` is the id of
    a campaign's incident that this one belongs to. `told` are reports whose text tells of it although
    no claim of theirs was coded: the same names and figures stand in them.
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
    statements: tuple[Statement, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def reports(self) -> tuple[str, ...]:
        """The reports that tell of it, each once, those with claims first."""
        return tuple(dict.fromkeys((*(c.report for c in self.claims), *self.told)))
