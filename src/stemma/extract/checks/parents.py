"""A unit that stands under two bodies of which neither is part of the other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from stemma.extract.checks.view import Placed, View, may_overlap
from stemma.lexicon.actors import parts_of
from stemma.model import Claim, ClaimType, EntityKind, Note, Role, Status

Bond = tuple[str, str]


def find_two_parents(view: View) -> Iterator[Placed]:
    """A note for each further parent of a unit, and for two bodies each said to be part of the other.

    Only units: groups may well stand in two coalitions. Only ties that hold at one time.
    """
    bonds: dict[Bond, Claim] = {}
    for claim in view.held():
        if claim.type is ClaimType.PART_OF and claim.status is Status.ONGOING:
            for part in claim.parties(Role.ACTOR):
                for whole in claim.parties(Role.TO):
                    bonds.setdefault((part, whole), claim)
    for (part, whole), claim in bonds.items():
        other = bonds.get((whole, part))
        if other and part < whole and may_overlap(claim.time, other.time):
            text = f"{view.label(part)} and {view.label(whole)} are each said to be part of the other."
            yield other.id, Note(code="tie-contradicts", text=text)
    for (one, first), (two, second) in combinations(bonds, 2):
        unit = view.entity(one)
        if one != two or unit is None or unit.kind is not EntityKind.UNIT:
            continue
        if not may_overlap(bonds[one, first].time, bonds[two, second].time):
            continue
        if _within(view, bonds, first, second) or _within(view, bonds, second, first):
            continue
        text = (
            f"{unit.label} is said to be part of {view.label(second)} here, and of {view.label(first)}"
            f" in {bonds[one, first].id}."
        )
        yield bonds[two, second].id, Note(code="two-parents", text=text)


def _within(view: View, bonds: dict[Bond, Claim], part: str, whole: str) -> bool:
    """True where the one stands under the other, by the report's claims or by the lexicon."""
    below = {whole}
    for _ in bonds:
        below |= {lower for lower, upper in bonds if upper in below}
    if part in below or view.label(part) == view.label(whole):
        return True
    year = view.coding.published.year if view.coding.published else None
    return any(actor.canonical == view.label(part) for actor in parts_of(view.label(whole), year))
