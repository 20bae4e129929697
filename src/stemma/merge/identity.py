"""Who is who by people's word: entities judged one party or two, across reports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from stemma.model import Judgement

ENTITY_SIGN: Final = "@"
"""Marks an entity in a subject, `REPORT#@ENTITY` or `@NAME`: claims and entities have ids of their own."""


@dataclass(frozen=True, slots=True)
class End:
    """One side of a judgement on entities: an entity of one report, or a name wherever it stands."""

    name: str
    report: str | None = None


@dataclass(slots=True)
class Identity:
    """The pairs of entities that people judged one party or two."""

    same: list[tuple[End, End]] = field(default_factory=list)
    apart: list[tuple[End, End]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.same or self.apart)

    def add(self, judgement: Judgement, ends: tuple[End, End]) -> None:
        """Takes a judgement `same` or `not-same` in."""
        pair = (ends[0], ends[1]) if str(ends[0]) < str(ends[1]) else (ends[1], ends[0])
        (self.same if judgement.verdict == "same" else self.apart).append(pair)


def end_of(path: str) -> End | None:
    """The entity of a subject `REPORT#@ENTITY` or `@NAME`; None where the path is none of the two."""
    report, sign, rest = path.rpartition("#")
    if not rest.startswith(ENTITY_SIGN) or len(rest) == 1:
        return None
    name = rest.removeprefix(ENTITY_SIGN)
    return End(name, report) if sign else End(fold_name(name))


def fold_name(name: str) -> str:
    """A name as it is compared in judgements: without case and doubled spaces."""
    return " ".join(name.casefold().split())


def names_in(judgements: Iterable[Judgement]) -> set[str]:
    """The names, folded, that judgements on entities give for all reports."""
    paths = [path for one in judgements for path in (one.subject, str(one.value))]
    return {end.name for path in paths if (end := end_of(path)) and end.report is None}
