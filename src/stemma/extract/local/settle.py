"""Which parties a claim keeps: what the codebook says of each type's roles, over the links' scores."""

from __future__ import annotations

import math
from collections.abc import Callable

from stemma.extract.local.decode import ROLES, Draft, Link
from stemma.extract.local.scores import Scores
from stemma.extract.local.thresholds import Thresholds
from stemma.model import ClaimType, Role

NEEDED = 0.85
"""A role that this share of a type's claims have is looked for harder (`Thresholds.needed`)."""
UNHEARD = 0.008
"""A role that a smaller share of a type's claims have is a slip (four of 338 COERCE claims name a `to`)."""
ALONE = 0.01
"""A role that a smaller share of a type's claims fill twice takes one party: one man leads a body."""
SELDOM = 0.07
"""Where a smaller share fill a role twice, its second party must be surer (`Thresholds.seldom`)."""
SHARED = frozenset({Role.RECIPIENT, Role.VICTIM})
"""The only two roles that one party fills in one claim (16 of 3,435 claims; all others together 5)."""
SIDES = frozenset({Role.ACTOR, Role.RECIPIENT, Role.TO})
"""The roles by which two claims are told apart."""

SPOKEN = frozenset(
    {
        ClaimType.ACCUSE,
        ClaimType.REQUEST,
        ClaimType.THREATEN,
        ClaimType.SUPPORT,
        ClaimType.REJECT,
        ClaimType.DENY,
        ClaimType.CLAIM_RESPONSIBILITY,
    }
)
"""Types whose actor is the speaker: their sources are only who relays the words."""

Shares = dict[str, dict[str, float]]


def settle(
    draft: Draft,
    kind: str,
    shares: Shares,
    limits: Thresholds,
    number: Callable[[int], int],
    *,
    twice: Shares | None = None,
) -> list[Link]:
    """The links of a draft with its roles settled: best first, a party in one role only, further
    parties of a role only where they are surer. Links that are no roles stay as they are.

    `shares` says what share of a type's claims have each role, `twice` what share have it with two
    parties or more (where nothing is known: any may); `number` gives the entity of a span.
    """
    kept = [link for link in draft.links if link.label not in ROLES]
    taken: dict[int, str] = {}
    filled: dict[str, int] = {}
    usual = shares.get(kind, {})
    for link in sorted((link for link in draft.links if link.label in ROLES), key=lambda link: -link.score):
        share = usual.get(link.label, 0.0 if usual else 1.0)
        floor = _floor(share, filled.get(link.label, 0), limits)
        if twice and filled.get(link.label):
            floor = max(floor, _second(twice.get(kind, {}).get(link.label, 0.0), limits))
        if share < UNHEARD or link.score < floor:
            continue
        party = number(link.span)
        before = taken.get(party)
        if before is not None and {before, link.label} != SHARED:
            continue
        if before is not None and link.score < limits.further:
            continue
        taken[party] = link.label
        filled[link.label] = filled.get(link.label, 0) + 1
        kept.append(link)
    return kept


def without_later(draft: Draft, scores: Scores, limits: Thresholds) -> list[Link]:
    """The links of a draft without sides and sources that only a later sentence names, unless they are sure.

    Who reads a sentence knows what was told before it: of 16 sides that were taken from behind one,
    coders name 4 (development reports). Victims and values do stand behind ("Nine people died.").
    """
    sentence = scores.words.sentence
    here = sentence[draft.start]
    return [
        link
        for link in draft.links
        if link.label not in SIDES | {"source"}
        or link.score >= limits.later
        or sentence[scores.spans.starts[link.span]] <= here
    ]


DOUBTED = "source?"
"""The label of a source that was passed over for want of certainty."""


def settle_sources(
    draft: Draft,
    kind: str,
    limits: Thresholds,
    number: Callable[[int], int],
    bodies: dict[int, set[int]],
) -> list[Link]:
    """The links of a draft with its sources settled: the surest first, a further one only where it is
    surer still; nobody who speaks as the claim's actor; no body whose own person speaks.

    `bodies` are the entities that each person leads or belongs to in this report. Who was passed over
    for want of certainty stays with the label `DOUBTED`.
    """
    kept = [link for link in draft.links if link.label != "source"]
    speakers = {number(link.span) for link in kept if link.label == Role.ACTOR} if kind in SPOKEN else set()
    chosen: list[Link] = []
    doubted: list[Link] = []
    for link in sorted(
        (link for link in draft.links if link.label == "source"), key=lambda link: -link.score
    ):
        first = limits.tied if ClaimType(kind).is_tie else limits.source
        if number(link.span) in speakers:
            continue
        if link.score < (limits.beside if chosen else first):
            doubted.append(Link(link.span, DOUBTED, link.score))
            continue
        chosen.append(link)
    voices = {number(link.span) for link in chosen}
    spoken_for = {body for voice in voices for body in bodies.get(voice, ())} - {
        voice for voice in voices if bodies.get(voice)
    }
    rest = [link for link in doubted if number(link.span) not in voices]
    return kept + [link for link in chosen + rest if number(link.span) not in spoken_for]


def bodies_of(drafts: list[Draft], types: list[str], number: Callable[[int], int]) -> dict[int, set[int]]:
    """Person -> the bodies that the report says he leads or belongs to; by entity."""
    found: dict[int, set[int]] = {}
    for draft in drafts:
        if types[draft.type] in (ClaimType.LEADS, ClaimType.MEMBER_OF):
            for actor in draft.linked(Role.ACTOR):
                found.setdefault(number(actor.span), set()).update(
                    number(body.span) for body in draft.linked(Role.TO)
                )
    return found


def _second(share: float, limits: Thresholds) -> float:
    """The limit for a further party of a role that a share of a type's claims have with two or more."""
    return math.inf if share < ALONE else limits.seldom if share < SELDOM else 0.0


def _floor(share: float, already: int, limits: Thresholds) -> float:
    if already:
        return limits.further
    return limits.needed if share >= NEEDED else limits.role
