"""A claim told twice in one report is one claim, at its fullest telling."""

from __future__ import annotations

from collections.abc import Sequence

from stemma.model import Claim, Role


def without_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those that a fuller one of the same report tells again, in text order."""
    kept: list[Claim] = []
    for claim in claims:
        for index, other in enumerate(kept):
            if same_telling(claim, other):
                if fullness(claim) > fullness(other):
                    kept[index] = claim
                break
        else:
            kept.append(claim)
    return sorted(kept, key=lambda claim: claim.trigger_span.start if claim.trigger_span else 0)


def same_telling(a: Claim, b: Claim) -> bool:
    """True where two claims say the same and neither gives a value that the other contradicts."""
    if (a.type, a.mode, a.negated) != (b.type, b.mode, b.negated):
        return False
    parties = [(a.parties(role), b.parties(role)) for role in Role]
    if not any(one and other and set(one) & set(other) for one, other in parties):
        return False
    if any(one and other and not set(one) & set(other) for one, other in parties):
        return False
    if a.type.is_tie and a.parties(Role.ACTOR) != b.parties(Role.ACTOR):
        return False
    counts = [{(count.what, count.low, count.high) for count in claim.counts} for claim in (a, b)]
    if counts[0] and counts[1] and not counts[0] & counts[1]:
        return False
    pairs = ((a.time and (a.time.start, a.time.end), b.time and (b.time.start, b.time.end)),)
    if any(one and other and one != other for one, other in pairs):
        return False
    if a.place and b.place and a.place.text.lower() != b.place.text.lower():
        return False
    if a.type.is_tie or a.span == b.span:
        return True
    # Two like events without a shared value that marks them as one stay two.
    return bool(counts[0] & counts[1]) or bool(a.place and b.place and (a.time or b.time))


def fullness(claim: Claim) -> int:
    """How many values a claim carries."""
    values = sum(len(ids) for ids in claim.roles.values()) + len(claim.counts) + len(claim.sources)
    return values + bool(claim.time) + bool(claim.place)
