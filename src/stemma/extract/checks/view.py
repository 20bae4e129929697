"""What every check looks at: the claims of a report with their names, days and words at hand."""

from __future__ import annotations

from collections.abc import Iterator

from stemma.model import Claim, Coding, Document, Entity, Note, Status, Time

Placed = tuple[str, Note]
"""The id of a claim, and a note to show at it."""


class View:
    """A coding with its document, for the checks."""

    def __init__(self, document: Document, coding: Coding) -> None:
        self.document = document
        self.coding = coding
        self._entities = {entity.id: entity for entity in coding.entities}

    def entity(self, id: str | None) -> Entity | None:
        """The entity of this id; None where there is none."""
        return self._entities.get(id) if id is not None else None

    def label(self, id: str) -> str:
        """The name to show for an entity."""
        entity = self.entity(id)
        return entity.label if entity else id

    def held(self) -> Iterator[Claim]:
        """The claims that say of something that it happened or holds: none denied, planned or supposed."""
        return (claim for claim in self.coding.claims if is_held(claim))


def is_held(claim: Claim) -> bool:
    """True where the claim, however hedged, says that it happened or holds."""
    return not claim.negated and claim.status in (Status.ACTUAL, Status.ONGOING)


def first_day(time: Time | None) -> str | None:
    """The first day of an interval as `2016-12-01`; None where that end is open."""
    return time.start + "-01-01"[len(time.start) - 4 :] if time and time.start else None


def last_day(time: Time | None) -> str | None:
    """The last day of an interval, every month with a 31st: days are compared as text only."""
    return time.end + "-12-31"[len(time.end) - 4 :] if time and time.end else None


def may_overlap(one: Time | None, other: Time | None) -> bool:
    """False only where one is known to be over before the other begins."""
    pairs = ((last_day(one), first_day(other)), (last_day(other), first_day(one)))
    return not any(end is not None and start is not None and end < start for end, start in pairs)


def said(time: Time) -> str:
    """`2016-12-04`, or `2016-12 to 2017-01`, with `…` at an open end."""
    if time.start == time.end:
        return time.start or "…"
    return f"{time.start or '…'} to {time.end or '…'}"
