"""A claim told twice in one report is one claim, at its fullest telling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from stemma.extract.local.counted import is_harm
from stemma.model import Claim, ClaimType, Role

ROLES = tuple(Role)
GROUND = frozenset({ClaimType.CONTROLS, ClaimType.BASED_IN})
"""The ties that are to a place: for all others it is only where the report speaks of them."""
COMPARED = 60
"""Claims before it with which a claim is compared: text that repeats itself must not cost its square."""
UNTOLD = "attack-other"
"""The mode of an assault of which no more is said."""
PASSAGES = frozenset({ClaimType.REALIGN, ClaimType.MOVE, ClaimType.TRANSFER})
"""One passing over is told by several words: "left A to join B" is one claim with `from` and `to`."""


def joined(a: Claim, b: Claim) -> Claim:
    """Two tellings of one passing over in one sentence: the roles of both, the name of the first told."""
    starts = [claim.trigger_span.start if claim.trigger_span else 0 for claim in (a, b)]
    first, second = (a, b) if starts[0] <= starts[1] else (b, a)
    named = {party for role in ROLES for party in first.parties(role)}
    missing = [
        role
        for role in ROLES
        if not first.parties(role) and second.parties(role) and not named & set(second.parties(role))
    ]
    return first.model_copy(
        update={
            "roles": first.roles | {role: second.roles[role] for role in missing},
            "role_spans": first.role_spans | {role: second.role_spans.get(role, ()) for role in missing},
            "counts": first.counts or second.counts,
            "time": first.time or second.time,
            "place": first.place or second.place,
            "sources": first.sources or second.sources,
        }
    )


def attack_and_harm(a: Claim, b: Claim) -> bool:
    """True where one of two claims of a sentence tells an attack and the other whom it harmed.

    "Killed four" and "in an airstrike" are one event: coders make two of such words in 10 sentences of
    204 reports, the network in 8 of 49.
    """
    if a.type is not ClaimType.ASSAULT or b.type is not ClaimType.ASSAULT or a.span != b.span:
        return False
    if (a.status, a.negated) != (b.status, b.negated) or is_harm(a.trigger) == is_harm(b.trigger):
        return False
    if a.time and b.time and (a.time.start, a.time.end) != (b.time.start, b.time.end):
        return False
    return _same_parties(a, b) and not _counts_contradict(a, b)


def attack_with_harm(a: Claim, b: Claim) -> Claim:
    """An attack and its harm as one claim: the fuller of the two, with what only the other says."""
    first, second = (a, b) if fullness(a) >= fullness(b) else (b, a)
    named = {party for role in ROLES for party in first.parties(role)}
    roles, spans = dict(first.roles), dict(first.role_spans)
    for role in ROLES:
        new = [party for party in second.parties(role) if party not in named]
        if new and not first.parties(role):
            roles[role], spans[role] = second.roles[role], second.role_spans.get(role, ())
    mode = second.mode if first.mode in (None, UNTOLD) else first.mode
    return first.model_copy(
        update={
            "mode": mode,
            "roles": roles,
            "role_spans": spans,
            "counts": first.counts or second.counts,
            "time": first.time or second.time,
            "place": first.place or second.place,
            "sources": first.sources or second.sources,
            "score": max(first.score or 0.0, second.score or 0.0),
        }
    )


def without_repeats(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those that a fuller one of the same report tells again, in text order."""
    kept: list[Claim] = []
    # Only claims of one type that share a party can be one: the others need not be compared.
    alike: defaultdict[tuple[object, ...], set[int]] = defaultdict(set)
    for claim in claims:
        keys = list(_keys(claim))
        near = sorted(set().union(*(alike[key] for key in keys)))[-COMPARED:]
        index = next((index for index in near if same_telling(claim, kept[index])), len(kept))
        whole = next((index for index in near if attack_and_harm(claim, kept[index])), None)
        if whole is not None:
            index = whole
            kept[index] = attack_with_harm(kept[index], claim)
        elif index == len(kept):
            kept.append(claim)
        elif claim.type in PASSAGES and claim.span == kept[index].span:
            kept[index] = joined(claim, kept[index])
        elif fullness(claim) > fullness(kept[index]):
            kept[index] = claim
        else:
            continue
        for key in keys:
            alike[key].add(index)
    return sorted(kept, key=lambda claim: claim.trigger_span.start if claim.trigger_span else 0)


def _keys(claim: Claim) -> Iterator[tuple[object, ...]]:
    for role in ROLES:
        for party in claim.parties(role):
            mode = None if claim.type is ClaimType.ASSAULT else _mode(claim)
            yield claim.type, mode, claim.negated, role, party


def _mode(claim: Claim) -> str | None:
    """What sets two claims of one type apart; the words of a title do not."""
    return None if claim.type.is_tie or claim.type in PASSAGES else claim.mode


def _counts_contradict(a: Claim, b: Claim) -> bool:
    """True where both give counts and share none."""
    mine, other = ({(count.what, count.low, count.high) for count in claim.counts} for claim in (a, b))
    return bool(mine and other and not mine & other)


def same_telling(a: Claim, b: Claim) -> bool:
    """True where two claims say the same and neither gives a value that the other contradicts."""
    if (a.type, _mode(a), a.negated) != (b.type, _mode(b), b.negated):
        return False
    if not _same_parties(a, b):
        return False
    if a.time and b.time and (a.time.start, a.time.end) != (b.time.start, b.time.end):
        return False
    placed = not a.type.is_tie or a.type in GROUND
    if placed and a.place and b.place and not _same_spot(a, b):
        return False
    if _counts_contradict(a, b):
        return False
    if a.type.is_tie or a.span == b.span:
        return True
    # Two like events without a shared value that marks them as one stay two.
    return bool(a.counts and b.counts) or bool(a.place and b.place and (a.time or b.time))


def _same_spot(a: Claim, b: Claim) -> bool:
    """True where two places are one in words, or within one sentence one is in the other's words."""
    one, other = (claim.place.text.lower() if claim.place else "" for claim in (a, b))
    return one == other or (a.span == b.span and (one in other or other in one))


def _same_parties(a: Claim, b: Claim) -> bool:
    """True where a role has a party in common and no role has parties that contradict."""
    parties = [(set(a.parties(role)), set(b.parties(role))) for role in ROLES]
    both = [bool(one & other) for one, other in parties if one and other]
    if not both or not all(both):
        return False
    return not a.type.is_tie or a.parties(Role.ACTOR) == b.parties(Role.ACTOR)


def fullness(claim: Claim) -> int:
    """How many values a claim carries."""
    values = sum(len(ids) for ids in claim.roles.values()) + len(claim.counts) + len(claim.sources)
    return values + bool(claim.time) + bool(claim.place)
