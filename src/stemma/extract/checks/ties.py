"""Ties of one report that cannot hold together: allied and at war, said and denied, held by two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from stemma.extract.checks.view import Placed, View, may_overlap
from stemma.model import Claim, ClaimType, Note, Role, Status
from stemma.names.actor import is_unnamed

_SIDES = {
    ClaimType.ALLIED_WITH: Role.RECIPIENT,
    ClaimType.AT_WAR_WITH: Role.RECIPIENT,
    ClaimType.PART_OF: Role.TO,
    ClaimType.MEMBER_OF: Role.TO,
    ClaimType.LEADS: Role.TO,
}
_MUTUAL = frozenset({ClaimType.ALLIED_WITH, ClaimType.AT_WAR_WITH})
_OPPOSED = frozenset({ClaimType.ALLIED_WITH, ClaimType.AT_WAR_WITH})
_IN_PART = re.compile(
    r"(?i)\b(?:most|much|many|parts?|rest|half|some|pockets?|areas?|quarters?|districts?|neighbou?rhoods?"
    r"|entirely|mostly|largely|partly|remaining|outskirts|suburbs?|split|divided|contested|north\w*|south\w*"
    r"|east\w*|west\w*|villages|towns|countryside)\b"
)
"""Words by which a place is held in part: of seven notes without this rule on 90 reports, none was right."""


def find_contrary_ties(view: View) -> Iterator[Placed]:
    """A note at the later of two ties that hold at one time and contradict each other."""
    ties = [claim for claim in view.coding.claims if claim.type.is_tie and claim.status is Status.ONGOING]
    for first, second in combinations(ties, 2):
        if not may_overlap(first.time, second.time):
            continue
        why = (
            _opposed(view, first, second) or _denied(view, first, second) or _held(view, ties, first, second)
        )
        if why:
            yield second.id, Note(code="tie-contradicts", text=f"{why}, as {first.id} says.")


def _pairs(claim: Claim) -> frozenset[tuple[str, str]]:
    """The parties that the tie binds, in both orders where it is mutual."""
    side = _SIDES.get(claim.type)
    if side is None:
        return frozenset()
    found = {(one, other) for one in claim.parties(Role.ACTOR) for other in claim.parties(side)}
    return frozenset(found | {(b, a) for a, b in found} if claim.type in _MUTUAL else found)


def _opposed(view: View, first: Claim, second: Claim) -> str:
    if {first.type, second.type} != _OPPOSED or first.negated or second.negated:
        return ""
    for one, other in sorted(_pairs(first) & _pairs(second)):
        state = "allied" if first.type is ClaimType.ALLIED_WITH else "at war"
        return f"{view.label(one)} and {view.label(other)} are {state}"
    return ""


def _denied(view: View, first: Claim, second: Claim) -> str:
    """One voice says and denies the same tie; where two voices differ, that is a dispute and no slip."""
    if first.type is not second.type or first.negated == second.negated:
        return ""
    if {source.text for source in first.sources} != {source.text for source in second.sources}:
        return ""
    for one, other in sorted(_pairs(first) & _pairs(second)):
        holds = "does not hold" if first.negated else "holds"
        return f"The same tie of {view.label(one)} and {view.label(other)} {holds}"
    return ""


def _held(view: View, ties: list[Claim], first: Claim, second: Claim) -> str:
    """Two parties, neither allied nor one within the other, each hold the whole of one place."""
    if first.type is not ClaimType.CONTROLS or second.type is not ClaimType.CONTROLS:
        return ""
    if first.negated or second.negated or first.place is None or second.place is None:
        return ""
    name = first.place.canonical or first.place.text
    if name != (second.place.canonical or second.place.text) or ";" in name:
        return ""
    # A country or a province is held in parts: only a town can be held by one side alone.
    precision = first.place.precision
    if precision is None or precision.ucdp > 1:
        return ""
    if _IN_PART.search(f"{first.evidence} {first.place.text} {second.evidence} {second.place.text}"):
        return ""
    ones, others = first.parties(Role.ACTOR), second.parties(Role.ACTOR)
    bound = frozenset().union(*(_pairs(tie) for tie in ties if tie.type is not ClaimType.AT_WAR_WITH))
    for one in ones:
        for other in others:
            near = one == other or view.label(one) == view.label(other)
            if is_unnamed(view.label(one)) or is_unnamed(view.label(other)):
                return ""
            if near or (one, other) in bound or (other, one) in bound:
                return ""
    if not ones or not others:
        return ""
    return f"{view.label(ones[0])} holds {name}"
