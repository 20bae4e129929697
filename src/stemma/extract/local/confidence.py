"""How sure the engine is of a claim: a chance that holds over many claims, no raw output of the network."""

from __future__ import annotations

import math
from collections.abc import Mapping

from stemma.extract.local.decode import Draft
from stemma.model import ClaimType, Role

FEATURES = ("bias", "trigger", "parties", "no actor", "tie", "hedge")
EDGE = 1e-4
ROLES = frozenset(Role)


def features_of(draft: Draft, kind: ClaimType) -> tuple[float, ...]:
    """What the confidence rests on, in the order of `FEATURES`.

    The network's log odds of the trigger, those of the actor and of the other side on average, whether
    nobody acts, whether the claim is a tie, and how open its status is.
    """
    parties = [link.score for link in draft.links if link.label in ROLES]
    return (
        1.0,
        _log_odds(draft.score),
        sum(map(_log_odds, parties)) / len(parties) if parties else 0.0,
        float(not any(link.label == Role.ACTOR for link in draft.links)),
        float(kind.is_tie),
        1.0 - float(max(draft.status)),
    )


def confidence(draft: Draft, kind: ClaimType, weights: Mapping[str, float]) -> float:
    """The chance in [0, 1] that a careful person codes the claim with this type and these chief parties.

    Logistic regression over `features_of`, fitted by `training/calibrate.py`; without `weights` the
    network's chance of the trigger.
    """
    if not weights:
        return draft.score
    odds = sum(weights.get(name, 0.0) * x for name, x in zip(FEATURES, features_of(draft, kind), strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def _log_odds(chance: float) -> float:
    chance = min(max(chance, EDGE), 1 - EDGE)
    return math.log(chance / (1 - chance))
